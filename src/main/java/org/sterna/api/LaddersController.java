package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.InvalidLadder;
import org.sterna.notices.Ladders;
import org.sterna.register.Account;
import org.sterna.register.Parties;

@RestController
@RequestMapping(path = "/api/v1/ladders", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.CAMPAIGNS)
class LaddersController {

    private final Ladders ladders;
    private final Duties duties;
    private final Parties parties;

    LaddersController(Ladders ladders, Duties duties, Parties parties) {
        this.ladders = ladders;
        this.duties = duties;
        this.parties = parties;
    }

    @Schema(name = "Rung", description = "A step of a ladder")
    record RungEntry(
            @Schema(
                    description = "reminder, overdue or escalation",
                    example = "reminder",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String kind,

            @Schema(
                    description = "Period from the deadline, negative before it",
                    example = "-P14D",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String offset,

            @Schema(
                    description = "Roles written to",
                    example = "[\"nfp\"]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable String> to,

            @Schema(description = "Roles that get a copy", example = "[\"alt\"]", nullable = true) @Nullable
            List<@Nullable String> copies,

            @Schema(description = "Whether the Secretariat is asked to decide; escalations only")
            boolean decide,

            @Schema(
                    description = "Which of the duty's own texts is sent, by a name that begins with the kind; none for"
                            + " the text of the kind",
                    example = "overdue-no-vote",
                    nullable = true)
            @Nullable
            String text) {

        static RungEntry of(Rung rung) {
            return new RungEntry(
                    rung.kind().code(),
                    rung.offset().isNegative()
                            ? "-" + rung.offset().negated()
                            : rung.offset().toString(),
                    List.copyOf(rung.to()),
                    List.copyOf(rung.copies()),
                    rung.decide(),
                    rung.text());
        }

        Ladders.Line line() {
            return new Ladders.Line(
                    kind == null ? "" : kind,
                    offset == null ? "" : offset,
                    joined(to),
                    joined(copies),
                    decide,
                    text == null ? "" : text);
        }

        private static String joined(@Nullable List<@Nullable String> roles) {
            return roles == null
                    ? ""
                    : String.join(
                            ",",
                            roles.stream().map(role -> role == null ? "" : role).toList());
        }
    }

    @Schema(name = "Ladder", description = "A ladder in place of the duty's own, for an occasion or for a Party")
    record LadderEntry(
            @Schema(
                    description = "Key of the duty",
                    example = "nomination-confirmation",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String duty,

            @Schema(description = "due, or the name of a further deadline", example = "due", nullable = true) @Nullable
            String deadline,

            @Schema(description = "Occasion, for all Parties; none where it is for a Party", nullable = true) @Nullable
            String occasion,

            @Schema(description = "Code of the Party, on all occasions", example = "CHE", nullable = true) @Nullable
            String party,

            @Schema(
                    description = "Steps; none where nothing shall be sent",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable RungEntry> rungs,

            @Schema(description = "User name", accessMode = Schema.AccessMode.READ_ONLY, nullable = true) @Nullable
            String setBy,

            @Schema(description = "UTC", accessMode = Schema.AccessMode.READ_ONLY, nullable = true) @Nullable
            Instant setAt) {

        static LadderEntry of(Ladders.Own own) {
            return new LadderEntry(
                    own.scope().duty(),
                    own.scope().deadline(),
                    own.scope().occasion(),
                    own.scope().partyCode(),
                    own.rungs().stream().map(RungEntry::of).toList(),
                    own.setBy(),
                    own.setAt());
        }
    }

    @GetMapping
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(summary = "List the ladders that the Secretariat has set", description = "For the Secretariat.")
    List<LadderEntry> list(@Caller Account caller) {
        Wall.secretariatOnly(caller);
        return ladders.all().stream().map(LadderEntry::of).toList();
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Set a ladder",
            description =
                    "For the Secretariat. Counts for an occasion or for a Party; the clocks of running cases follow"
                            + " at once. Steps that are past are not made up for.")
    LadderEntry set(@RequestBody LadderEntry request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Ladders.Scope scope = scope(request.duty(), request.deadline(), request.occasion(), request.party());
        if (request.rungs() == null) {
            throw Refusal.invalid("rungs", "api.required");
        }
        List<Ladders.Line> lines = new ArrayList<>();
        for (int i = 0; i < request.rungs().size(); i++) {
            RungEntry rung = request.rungs().get(i);
            if (rung == null) {
                throw Refusal.invalid("rungs[" + i + "]", "api.required");
            }
            lines.add(rung.line());
        }
        try {
            ladders.set(scope, lines, caller.username());
        } catch (InvalidLadder invalid) {
            throw Refusal.invalid(invalid.faults().stream()
                    .map(fault -> new Refusal.Fault(
                            "rungs[%d].%s".formatted(fault.line(), fault.field()), fault.key(), fault.argument()))
                    .toList());
        }
        return ladders.find(scope).map(LadderEntry::of).orElseThrow(Refusal::notFound);
    }

    @DeleteMapping
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.INVALID})
    @Operation(
            summary = "Take a ladder back",
            description = "For the Secretariat. Safe to repeat. Answers with the usual ladder of the duty.")
    LadderEntry clear(
            @Parameter(description = "Key of the duty") @RequestParam String duty,
            @Parameter(description = "due, or the name of a further deadline") @RequestParam(required = false) @Nullable
                    String deadline,
            @Parameter(description = "Occasion") @RequestParam(required = false) @Nullable String occasion,
            @Parameter(description = "Code of the Party") @RequestParam(required = false) @Nullable String party,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Ladders.Scope scope = scope(duty, deadline, occasion, party);
        ladders.clear(scope, caller.username());
        return new LadderEntry(
                scope.duty(),
                scope.deadline(),
                scope.occasion(),
                scope.partyCode(),
                ladders.usual(scope.duty(), scope.deadline()).stream()
                        .map(RungEntry::of)
                        .toList(),
                null,
                null);
    }

    private Ladders.Scope scope(
            @Nullable String duty, @Nullable String deadline, @Nullable String occasion, @Nullable String party) {
        if (duty == null) {
            throw Refusal.invalid("duty", "api.required");
        }
        Duty known = duties.find(duty).orElseThrow(() -> Refusal.invalid("duty", "api.ladder.duty", duty));
        String name = deadline == null ? Duty.DUE : deadline;
        if (!name.equals(Duty.DUE) && known.further(name).isEmpty()) {
            throw Refusal.invalid("deadline", "api.ladder.deadline", name);
        }
        if ((occasion == null || occasion.isBlank()) == (party == null)) {
            throw Refusal.invalid("occasion", "api.ladder.scope");
        }
        if (occasion != null && occasion.strip().length() > 64) {
            throw Refusal.invalid("occasion", "api.ladder.scope");
        }
        if (party != null && parties.find(party).isEmpty()) {
            throw Refusal.invalid("party", "api.ladder.party", party);
        }
        return new Ladders.Scope(duty, name, party == null ? occasion.strip() : null, party);
    }
}
