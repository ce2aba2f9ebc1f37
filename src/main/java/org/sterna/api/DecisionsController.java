package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.duties.Duties;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;

/** What the Secretariat decides about a notice. */
@RestController
@RequestMapping(path = "/api/v1/notices", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.LEDGER)
class DecisionsController {

    private final Notices notices;
    private final Deliveries deliveries;
    private final Correspondence correspondence;
    private final Obligations obligations;
    private final Duties duties;

    DecisionsController(
            Notices notices,
            Deliveries deliveries,
            Correspondence correspondence,
            Obligations obligations,
            Duties duties) {
        this.notices = notices;
        this.deliveries = deliveries;
        this.correspondence = correspondence;
        this.obligations = obligations;
        this.duties = duties;
    }

    @Schema(name = "NoticeDecision")
    record Decision(
            @Schema(
                    description = "What is decided. Of a held notice: release, discard. Of an uncertain one: arrived,"
                            + " send-again. Of one that was sent or failed: resend. Of one that was sent or is"
                            + " uncertain: bounced (there is no such mailbox), returned (it came back for another"
                            + " reason)",
                    example = "arrived",
                    allowableValues = {"release", "discard", "arrived", "send-again", "resend", "bounced", "returned"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String decision,

            @Schema(description = "What the returned message says; for bounced and returned", nullable = true) @Nullable
            String said) {}

    @PostMapping(path = "/{id}/decision", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Decide about a notice",
            description = "For the Secretariat. Answers with the notice as it stands then; after resend, with the new"
                    + " notice.")
    Views.NoticeView decide(
            @Parameter(description = "Id of the notice") @PathVariable UUID id,
            @RequestBody Decision request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        notices.find(id).orElseThrow(Refusal::notFound);
        if (request.decision() == null) {
            throw Refusal.invalid("decision", "api.required");
        }
        UUID shown;
        try {
            shown = decided(id, request.decision(), request.said() == null ? "" : request.said(), caller.username());
        } catch (IllegalStateException otherState) {
            throw Refusal.invalid("decision", "api.notice-state");
        }
        return notices.find(shown)
                .map(notice -> Views.NoticeView.of(notice, withheld(notice, caller)))
                .orElseThrow(Refusal::notFound);
    }

    private boolean withheld(Notice notice, Account caller) {
        return obligations
                .find(notice.obligationId())
                .filter(about -> Wall.withholds(notice.seatCode(), about, duties, caller))
                .isPresent();
    }

    private UUID decided(UUID id, String decision, String said, String username) {
        switch (decision) {
            case "release" -> notices.release(id, username);
            case "discard" -> deliveries.discard(id, username);
            case "arrived" -> deliveries.arrived(id, username);
            case "send-again" -> deliveries.sendAgain(id, username);
            case "resend" -> {
                return deliveries.resend(id, username);
            }
            case "bounced" -> correspondence.fileBounce(id, true, said, username);
            case "returned" -> correspondence.fileBounce(id, false, said, username);
            default -> throw Refusal.invalid("decision", "api.unknown-decision", decision);
        }
        return id;
    }
}
