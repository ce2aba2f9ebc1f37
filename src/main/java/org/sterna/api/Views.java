package org.sterna.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.notices.Notice;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;

/** What callers read of the ledger; these names and shapes are kept while the inside may change. */
final class Views {

    private Views() {}

    @Schema(name = "Deadline")
    record DeadlineView(
            @Schema(description = "Last day", example = "2026-12-24")
            LocalDate on,

            @Schema(description = "Zone in which that day ends", example = "Europe/Berlin")
            String zone,

            @Schema(description = "Last second, UTC") Instant at,

            @Schema(description = "What set it: rule, notified, extension or correction", example = "rule")
            String origin,

            @Schema(description = "Rule, number of the notification, or reason", nullable = true) @Nullable
            String reference,

            @Schema(description = "Whether it may still move")
            boolean provisional) {

        static DeadlineView of(Deadline deadline) {
            return new DeadlineView(
                    deadline.on(),
                    deadline.zone().getId(),
                    deadline.at(),
                    deadline.origin().name().toLowerCase(Locale.ROOT),
                    deadline.reference(),
                    deadline.provisional());
        }
    }

    @Schema(name = "NextAct", description = "What the reminder clock does next")
    record NextActView(
            @Schema(example = "reminder-14") String rung,
            @Schema(description = "When, UTC") Instant at) {

        static @Nullable NextActView of(Obligation.@Nullable NextAct act) {
            return act == null ? null : new NextActView(act.rung(), act.at());
        }
    }

    @Schema(name = "Event", description = "A fact in the life of an obligation; each hash covers the one before")
    record EventView(
            int number,
            @Schema(description = "When, UTC") Instant at,
            @Schema(example = "task-opened") String kind,

            @Schema(description = "User name, or sterna for automatic acts")
            String actor,

            Map<String, String> details,
            @Schema(description = "SHA-256, hexadecimal") String hash) {

        static EventView of(LedgerEvent event) {
            return new EventView(
                    event.number(), event.at(), event.kind().code(), event.actor(), event.details(), event.hash());
        }
    }

    @Schema(name = "Submission", description = "What was sent in one step; never changed")
    record SubmissionView(
            UUID id,

            @Schema(description = "Number on the receipt", example = "S-2026-000123")
            String receipt,

            @Schema(example = "submit-nomination") String step,

            @Schema(description = "1 for the first submission of the step")
            int version,

            @Schema(description = "Answers by field; none where they stay within the Party")
            Map<String, Object> values,

            @Schema(description = "User name") String submittedBy,
            @Schema(example = "nfp-CHE") String seat,

            @Schema(description = "Whether somebody stood in for the seat’s own holder")
            boolean acting,

            @Schema(description = "Whether it came after the deadline")
            boolean late,

            @Schema(description = "When it was received, UTC")
            Instant submittedAt) {

        static SubmissionView of(Submission submission, boolean withheld) {
            return new SubmissionView(
                    submission.id(),
                    submission.receipt(),
                    submission.step(),
                    submission.version(),
                    withheld ? Map.of() : submission.values(),
                    submission.submittedBy(),
                    submission.seatCode(),
                    submission.acting(),
                    submission.late(),
                    submission.submittedAt());
        }
    }

    @Schema(name = "Notice", description = "One message to one recipient for one milestone")
    record NoticeView(
            UUID id,
            UUID obligation,
            @Schema(example = "reminder-14@2027-01-15") String milestone,
            @Schema(example = "reminder") String kind,

            @Schema(description = "Seat written to", example = "nfp-CHE")
            String seat,

            @Schema(description = "Whether the recipient only gets a copy")
            boolean copy,

            String recipient,
            String email,
            @Schema(example = "fr") String language,
            String subject,

            @Schema(description = "Empty where it stays within the Party")
            String text,

            @Schema(description = "held, queued, sending, sent, failed, uncertain or skipped", example = "sent")
            String state,

            @Schema(description = "When it was issued, UTC") Instant createdAt,

            @Schema(description = "When the mail server accepted it, UTC", nullable = true) @Nullable
            Instant sentAt) {

        static NoticeView of(Notice notice, boolean withheld) {
            return new NoticeView(
                    notice.id(),
                    notice.obligationId(),
                    notice.milestone(),
                    notice.kind(),
                    notice.seatCode(),
                    notice.copy(),
                    notice.recipient(),
                    notice.email(),
                    notice.language().getLanguage(),
                    notice.subject(),
                    withheld ? "" : notice.text(),
                    notice.state().code(),
                    notice.createdAt(),
                    notice.sentAt());
        }
    }

    @Schema(name = "TaskSummary", description = "A step that waits for a seat")
    record TaskView(
            String id,
            UUID obligation,
            @Schema(example = "CHE") String party,
            @Schema(example = "2026-11") String occasion,

            @Schema(
                    description = "Key of the duty, or of the shared process, that the step belongs to",
                    example = "nomination-confirmation")
            String duty,

            @Schema(example = "submit-nomination") String step,

            @Schema(description = "Name of the step in the reader’s language")
            String name,

            @Schema(example = "nfp-CHE") String seat,
            @Schema(description = "When it came up, UTC") Instant createdAt,

            @Schema(description = "By when, UTC", nullable = true) @Nullable
            Instant dueAt) {

        static TaskView of(OpenTask task, Obligation obligation, String name) {
            return new TaskView(
                    task.taskId(),
                    task.obligationId(),
                    obligation.partyCode(),
                    obligation.occasion(),
                    task.duty(),
                    task.step(),
                    name,
                    task.seatCode(),
                    task.createdAt(),
                    task.dueAt());
        }
    }
}
