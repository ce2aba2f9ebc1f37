package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.campaigns.Occasions;
import org.sterna.register.Account;

/** What should have opened by itself and was over when that was noticed; a campaign with a lateReason opens it. */
@RestController
@RequestMapping(path = "/api/v1/missed-openings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.CAMPAIGNS)
class MissedOpeningsController {

    private final Occasions occasions;

    MissedOpeningsController(Occasions occasions) {
        this.occasions = occasions;
    }

    @Schema(name = "MissedOpening")
    record MissedView(
            UUID id,
            @Schema(example = "credentials") String duty,
            @Schema(example = "cop16") String occasion,

            @Schema(description = "Day on which it should have opened by itself")
            LocalDate dueOn,

            CampaignsController.LateView late,

            @Schema(description = "That it was left as it is; none while nobody decided", nullable = true) @Nullable
            LeftView left) {

        static MissedView of(Occasions.Missed missed) {
            Occasions.Left left = missed.left();
            return new MissedView(
                    missed.id(),
                    missed.duty(),
                    missed.occasion(),
                    missed.dueOn(),
                    CampaignsController.LateView.of(missed.late()),
                    left == null ? null : new LeftView(left.by(), left.at(), left.reason()));
        }
    }

    @Schema(name = "LeftOpening")
    record LeftView(
            @Schema(description = "User name") String by,
            @Schema(description = "UTC") Instant at,
            String reason) {}

    @Schema(name = "LeaveRequest")
    record LeaveRequest(
            @Schema(description = "10 to 1000 characters; kept", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String reason) {}

    @GetMapping
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "List missed openings",
            description = "For the Secretariat. What should have opened by itself, was over by then, and which nobody"
                    + " has opened or left since; the earliest first. To open one, open a campaign with a lateReason.")
    List<MissedView> list(@Caller Account caller) {
        Wall.secretariatOnly(caller);
        return occasions.missed().stream().map(MissedView::of).toList();
    }

    @PostMapping(path = "/{id}/leave", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Leave a missed opening as it is",
            description = "For the Secretariat. Safe to repeat: one that was left already keeps its first reason.")
    MissedView leave(
            @Parameter(description = "Id of the missed opening") @PathVariable UUID id,
            @RequestBody LeaveRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        occasions.findMissed(id).orElseThrow(Refusal::notFound);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("reason", request.reason(), faults);
        Refusal.ifAny(faults);
        return MissedView.of(occasions.leave(id, request.reason(), caller.username()));
    }
}
