package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.register.Account;

/** The dates that deadlines hang on, as the Secretariat enters and moves them. */
@RestController
@Tag(name = OpenApi.CAMPAIGNS)
class DatesController {

    private final Meetings meetings;
    private final MeetingMoves moves;

    DatesController(Meetings meetings, MeetingMoves moves) {
        this.meetings = meetings;
        this.moves = moves;
    }

    @Schema(name = "MeetingRequest")
    record MeetingRequest(
            @Schema(
                    description = "Small letters, digits and hyphens, beginning with a letter",
                    example = "cop16",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String code,

            @Schema(
                    description = "cop, extraordinary-cop, standing-committee, scientific-council, mop or workshop",
                    example = "cop",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String kind,

            @Schema(
                    description = "Code of the Agreement or MOU whose meeting it is; required for a mop, none for all"
                            + " others",
                    example = "AEWA",
                    nullable = true)
            @Nullable
            String instrument,

            @Schema(description = "The city, or “online”", nullable = true) @Nullable
            String place,

            @Schema(description = "ISO 3166-1 alpha-3", example = "KEN", nullable = true) @Nullable
            String country,

            @Schema(
                    description = "A day, month, quarter or year: 2029-05-14, 2029-05, 2029-Q2 or 2029",
                    example = "2029-Q2",
                    nullable = true)
            @Nullable
            String opening,

            @Schema(description = "Last day", example = "2029-05-19", nullable = true) @Nullable
            String closing,

            @Schema(
                    description = "Zone of the place",
                    example = "Africa/Nairobi",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String zone,

            @Schema(description = "Whether the dates may still move; always so while they are not known to the day")
            boolean provisional) {}

    @Schema(name = "MeetingMove", description = "New dates of a meeting")
    record MoveRequest(
            @Schema(
                    description = "A day, month, quarter or year; none if there is no date any more",
                    example = "2029-05-14",
                    nullable = true)
            @Nullable
            String opening,

            @Schema(description = "Last day", example = "2029-05-19", nullable = true) @Nullable
            String closing,

            @Schema(description = "Whether the dates may still move")
            boolean provisional,

            @Schema(description = "Where it is published", example = "Notification 2028/019", nullable = true) @Nullable
            String reference,

            @Schema(description = "As the answer without it gave it; the dates then count", nullable = true) @Nullable
            String seen) {}

    @Schema(name = "NotifiedDateRequest")
    record NotifiedDateRequest(
            @Schema(
                    description = "Key of a duty, <duty>.<deadline> for one of its further deadlines, or a kind of"
                            + " document",
                    example = "national-report",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String subject,

            @Schema(
                    description = "Code of the meeting, a year or half a year",
                    example = "cop16",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String occasion,

            @Schema(
                    description = "Last day, today or later",
                    example = "2028-11-14",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String on,

            @Schema(
                    description = "Where it was published",
                    example = "Notification 2028/004",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String reference,

            @Schema(
                    description = "When it was published",
                    example = "2028-02-01",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String notifiedOn,

            @Schema(description = "As the answer without it gave it; the date then counts", nullable = true) @Nullable
            String seen) {}

    @Schema(name = "MovedDeadline", description = "A deadline of an open case that hangs on the dates")
    record DeadlineEntry(
            UUID obligation,
            @Schema(example = "CHE") String party,
            @Schema(example = "national-report") String duty,

            @Schema(description = "Name of the deadline; due for the main one", example = "due")
            String deadline,

            @Schema(
                    description =
                            "moves; or stays: frozen (past), notified, granted, correcting, or too-late (the new day"
                                    + " is past)",
                    example = "moves")
            String fate,

            Views.DeadlineView from,

            @Schema(nullable = true) Views.@Nullable DeadlineView to) {

        static DeadlineEntry of(MeetingMoves.Item item) {
            return new DeadlineEntry(
                    item.obligationId(),
                    item.partyCode(),
                    item.duty(),
                    item.deadline(),
                    item.fate().code(),
                    Views.DeadlineView.of(item.from()),
                    item.to() == null ? null : Views.DeadlineView.of(item.to()));
        }
    }

    @Schema(name = "DatesChange", description = "What new dates do, or did")
    record ChangeView(
            @Schema(description = "Whether the dates count now; else nothing was written")
            boolean made,

            @Schema(description = "To read the progress by; none while nothing is made", nullable = true) @Nullable
            UUID move,

            @Schema(description = "Stands for all of this; to be sent along to have it made")
            String seen,

            @Schema(description = "Codes of the Parties that get one notice each")
            List<String> told,

            List<DeadlineEntry> deadlines) {}

    @Schema(name = "DatesChangeProgress")
    record ProgressView(
            UUID move,
            @Schema(example = "cop16") String occasion,

            @Schema(description = "What was notified; none where the meeting itself moved", nullable = true) @Nullable
            String subject,

            @Schema(description = "Whether something is still being done")
            boolean running,

            @Schema(description = "Cases whose deadlines move")
            int cases,

            int done,

            @Schema(description = "Had ended or been changed meanwhile")
            int skipped,

            int failed,

            @Schema(description = "Parties to be told") int parties,

            int told) {}

    @PostMapping(
            path = "/api/v1/meetings",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "The meeting as it is kept")
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(summary = "Add a meeting", description = "For the Secretariat.")
    MeetingsController.MeetingEntry add(@RequestBody MeetingRequest request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("code", request.code(), faults);
        Meeting.Kind kind = read("kind", request.kind(), true, Meeting.Kind::of, "api.meeting.kind", faults);
        Meeting.Span opening =
                read("opening", request.opening(), false, Meeting.Span::parse, "api.meeting.opening", faults);
        LocalDate closing = day("closing", request.closing(), false, faults);
        Refusal.require("zone", request.zone(), faults);
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        ZoneId zone = meetings.zone(request.zone());
        Meeting meeting = new Meeting(
                request.code(),
                kind,
                request.instrument(),
                request.place(),
                request.country(),
                opening,
                closing,
                zone,
                request.provisional());
        meetings.add(meeting);
        return MeetingsController.entry(meeting, List.of());
    }

    @Schema(name = "MeetingInstrument")
    record InstrumentRequest(
            @Schema(
                    description = "Code of the Agreement or MOU",
                    example = "AEWA",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String instrument) {}

    @PutMapping(
            path = "/api/v1/meetings/{code}/instrument",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Say whose meeting of Parties it is",
            description =
                    "For the Secretariat. Duties are then opened for the Parties of that Agreement or MOU; what is"
                            + " open already stays as it is.")
    MeetingsController.MeetingEntry instrument(
            @Parameter(description = "Code of the meeting", example = "aewa-mop9") @PathVariable String code,
            @RequestBody InstrumentRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Meeting meeting = meetings.find(code).orElseThrow(Refusal::notFound);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("instrument", request.instrument(), faults);
        Refusal.ifAny(faults);
        Meeting corrected = meeting.of(request.instrument());
        meetings.change(corrected);
        return MeetingsController.entry(corrected, meetings.notified(code));
    }

    @PostMapping(
            path = "/api/v1/meetings/{code}/move",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Move a meeting",
            description = "For the Secretariat. Without seen, nothing is written: the answer says which deadlines of"
                    + " which Parties would move, which stay and why, and who would be told. Sent again with the seen of"
                    + " that answer, the dates count and everything follows in the background, case by case.")
    ChangeView move(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @RequestBody MoveRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Meeting before = meetings.find(code).orElseThrow(Refusal::notFound);
        List<Refusal.Fault> faults = new ArrayList<>();
        Meeting.Span opening =
                read("opening", request.opening(), false, Meeting.Span::parse, "api.meeting.opening", faults);
        LocalDate closing = day("closing", request.closing(), false, faults);
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        return act(
                new MeetingMoves.MeetingChange(before.on(opening, closing, request.provisional()), request.reference()),
                request.seen(),
                caller);
    }

    @PostMapping(
            path = "/api/v1/notified-dates",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Enter a notified date",
            description = "For the Secretariat. It comes before the date that the rule gives. Without seen, nothing is"
                    + " written: the answer says which deadlines would move. Sent again with the seen of that answer, the"
                    + " date counts.")
    ChangeView notify(@RequestBody NotifiedDateRequest request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("subject", request.subject(), faults);
        Refusal.require("occasion", request.occasion(), faults);
        LocalDate on = day("on", request.on(), true, faults);
        Refusal.require("reference", request.reference(), faults);
        LocalDate notifiedOn = day("notifiedOn", request.notifiedOn(), true, faults);
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        return act(
                new MeetingMoves.Notification(new NotifiedDate(
                        request.subject(),
                        request.occasion(),
                        on,
                        request.reference(),
                        notifiedOn,
                        NotifiedDate.Basis.SOURCED)),
                request.seen(),
                caller);
    }

    @GetMapping(path = "/api/v1/moves/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(summary = "Read how far a change of dates has come", description = "For the Secretariat.")
    ProgressView progress(@Parameter(description = "Id of the change") @PathVariable UUID id, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        MeetingMoves.Progress progress = moves.progress(id).orElseThrow(Refusal::notFound);
        return new ProgressView(
                id,
                progress.move().occasion(),
                progress.move().subject(),
                progress.running(),
                progress.cases(),
                progress.done(),
                progress.skipped(),
                progress.failed(),
                progress.parties(),
                progress.told());
    }

    private ChangeView act(MeetingMoves.Change change, @Nullable String seen, Account caller) {
        MeetingMoves.Preview preview = moves.preview(change);
        UUID made = seen == null ? null : moves.confirm(change, seen, caller.username());
        return new ChangeView(
                made != null,
                made,
                preview.seen(),
                preview.told(),
                preview.items().stream().map(DeadlineEntry::of).toList());
    }

    private static @Nullable LocalDate day(
            String field, @Nullable String given, boolean required, List<Refusal.Fault> faults) {
        return read(field, given, required, DatesController::day, "api.day", faults);
    }

    private static Optional<LocalDate> day(String given) {
        try {
            return Optional.of(LocalDate.parse(given));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }

    private static <T> @Nullable T read(
            String field,
            @Nullable String given,
            boolean required,
            Function<String, Optional<T>> reading,
            String otherwise,
            List<Refusal.Fault> faults) {
        if (given == null) {
            if (required) {
                Refusal.require(field, null, faults);
            }
            return null;
        }
        Optional<T> read = reading.apply(given);
        if (read.isEmpty()) {
            faults.add(new Refusal.Fault(field, otherwise));
        }
        return read.orElse(null);
    }
}
