package org.sterna.notices;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one recipient for one milestone; kept for ever.
 *
 * @param id its identity
 * @param obligationId what it is about
 * @param milestone once-only key, for example {@code reminder-14@2027-01-15} or {@code receipt@S-2026-000123}
 * @param kind what sort of message it is; prefix of its texts
 * @param seatCode the seat it was written to
 * @param copy whether the recipient only gets a copy
 * @param recipient how the recipient is addressed
 * @param email where it goes
 * @param language its language
 * @param subject the subject line
 * @param text the plain text
 * @param html the HTML text
 * @param messageId fixed Message-ID, the same at every attempt
 * @param state where it stands
 * @param reason why it is held, failed or was skipped; null otherwise
 * @param serverReply what the mail server said last; null before
 * @param attempts how often sending was tried
 * @param createdAt when it was issued
 * @param sentAt when the mail server accepted it; null before
 * @param calendar the deadline as an iCalendar file, sent along; null where there is none
 */
public record Notice(
        UUID id,
        UUID obligationId,
        String milestone,
        String kind,
        String seatCode,
        boolean copy,
        String recipient,
        String email,
        Locale language,
        String subject,
        String text,
        String html,
        String messageId,
        State state,
        @Nullable String reason,
        @Nullable String serverReply,
        int attempts,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable String calendar) {

    /** A notice with which no calendar file goes along. */
    public Notice(
            UUID id,
            UUID obligationId,
            String milestone,
            String kind,
            String seatCode,
            boolean copy,
            String recipient,
            String email,
            Locale language,
            String subject,
            String text,
            String html,
            String messageId,
            State state,
            @Nullable String reason,
            @Nullable String serverReply,
            int attempts,
            Instant createdAt,
            @Nullable Instant sentAt) {
        this(
                id,
                obligationId,
                milestone,
                kind,
                seatCode,
                copy,
                recipient,
                email,
                language,
                subject,
                text,
                html,
                messageId,
                state,
                reason,
                serverReply,
                attempts,
                createdAt,
                sentAt,
                null);
    }

    /** The same notice with other words. */
    Notice saying(String otherSubject, String otherText, String otherHtml) {
        return new Notice(
                id,
                obligationId,
                milestone,
                kind,
                seatCode,
                copy,
                recipient,
                email,
                language,
                otherSubject,
                otherText,
                otherHtml,
                messageId,
                state,
                reason,
                serverReply,
                attempts,
                createdAt,
                sentAt,
                calendar);
    }

    /** Where a notice stands. */
    public enum State {
        /** Kept back because the mail gate is closed; can be read and released. */
        HELD,
        /** Waits for the sender. */
        QUEUED,
        /** Being handed to the mail server. */
        SENDING,
        /** Accepted by the mail server. */
        SENT,
        /** Refused for good, or tried for 72 hours. */
        FAILED,
        /** The application stopped between handing over and noting the answer. */
        UNCERTAIN,
        /** Not sent because it was no longer needed. */
        SKIPPED;

        /** The code in the API and in message keys {@code notice.state.<code>}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
