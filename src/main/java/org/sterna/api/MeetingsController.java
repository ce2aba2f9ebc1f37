package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;

@RestController
@Tag(name = OpenApi.CATALOGUE)
class MeetingsController {

    private final Meetings meetings;

    MeetingsController(Meetings meetings) {
        this.meetings = meetings;
    }

    @Schema(name = "NotifiedDate", description = "A date published for a duty or a kind of document")
    record NotifiedDateEntry(
            @Schema(description = "Key of a duty, or kind of document", example = "national-report")
            String subject,

            @Schema(description = "Last day", example = "2023-04-26")
            LocalDate on,

            @Schema(description = "Where it was published", example = "Notification 2023/004", nullable = true)
            @Nullable
            String reference,

            @Schema(description = "When it was published", nullable = true) @Nullable
            LocalDate notifiedOn,

            @Schema(
                    description = "sourced, computed (counted back, not published) or recalled (to be checked)",
                    example = "sourced")
            String basis) {

        static NotifiedDateEntry of(NotifiedDate date) {
            return new NotifiedDateEntry(
                    date.subject(),
                    date.on(),
                    date.reference(),
                    date.notifiedOn(),
                    date.basis().code());
        }
    }

    @Schema(name = "Meeting", description = "A meeting that deadlines hang on")
    record MeetingEntry(
            @Schema(description = "Code, which is the occasion of its duties", example = "cop15")
            String code,

            @Schema(
                    description = "cop, extraordinary-cop, standing-committee, scientific-council, mop or workshop",
                    example = "cop")
            String kind,

            @Schema(
                    description = "Code of the Agreement or MOU whose meeting it is; none for the Convention's own",
                    example = "AEWA",
                    nullable = true)
            @Nullable
            String instrument,

            @Schema(example = "Campo Grande", nullable = true) @Nullable
            String place,

            @Schema(description = "ISO 3166-1 alpha-3", example = "BRA", nullable = true) @Nullable
            String country,

            @Schema(
                    description = "First day of the day, month, quarter or year of the opening; none while undated",
                    nullable = true)
            @Nullable
            LocalDate opening,

            @Schema(
                    description = "How exactly the opening is known: day, month, quarter or year",
                    example = "day",
                    nullable = true)
            @Nullable
            String precision,

            @Schema(description = "Last day", nullable = true) @Nullable
            LocalDate closing,

            @Schema(description = "Zone of the place", example = "America/Campo_Grande")
            String zone,

            @Schema(description = "Whether the dates may still move")
            boolean provisional,

            @Schema(description = "What was published for it, ordered by date")
            List<NotifiedDateEntry> notified) {}

    @GetMapping(path = "/api/v1/meetings", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "List the meetings",
            description = "All meetings, those without a date first, then the latest opening first.")
    List<MeetingEntry> list() {
        List<Meeting> all = meetings.all();
        Map<String, List<NotifiedDate>> notified =
                meetings.notified(all.stream().map(Meeting::code).toList());
        return all.stream()
                .map(meeting -> entry(meeting, notified.getOrDefault(meeting.code(), List.of())))
                .toList();
    }

    static MeetingEntry entry(Meeting meeting, List<NotifiedDate> notified) {
        Meeting.Span opening = meeting.opening();
        return new MeetingEntry(
                meeting.code(),
                meeting.kind().code(),
                meeting.instrument(),
                meeting.place(),
                meeting.country(),
                opening == null ? null : opening.first(),
                opening == null ? null : opening.precision().code(),
                meeting.closing(),
                meeting.zone().getId(),
                meeting.provisional(),
                notified.stream().map(NotifiedDateEntry::of).toList());
    }
}
