package org.sterna.notices;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes back: mail that could not be delivered, and answers to notices. Read from a mailbox where one is
 * configured, or filed by hand.
 */
public interface Correspondence {

    /**
     * A notice came back, or was delayed on its way.
     *
     * @param id its identity
     * @param noticeId the notice
     * @param hard whether there is no such mailbox, so that nothing sent there would arrive
     * @param verdict what became of the delivery
     * @param recipient the address that was reported about where that is another than the one written to, such as a
     *     member of a group; null otherwise
     * @param status enhanced status code of RFC 3463, for example {@code 5.1.1}; null if there was none
     * @param said what the returning server said
     * @param receivedAt when it was read or filed
     * @param filedBy who filed it by hand; null if it was read from the mailbox
     */
    record Bounce(
            UUID id,
            UUID noticeId,
            boolean hard,
            DeliveryVerdict verdict,
            @Nullable String recipient,
            @Nullable String status,
            String said,
            Instant receivedAt,
            @Nullable String filedBy) {}

    /** What came in reply to a notice. */
    enum ReplyKind {
        /** A person answered. */
        ANSWER,
        /** A machine answered, for example during an absence. */
        AUTOMATIC,
        /** A read receipt, RFC 8098. */
        RECEIPT;

        /** The code in message keys {@code secretariat.replies.<code>}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something came in reply to a notice by mail.
     *
     * @param id its identity
     * @param obligationId the case it is kept with
     * @param noticeId the notice answered; null if it is not known
     * @param from who answered, a name or an address as it stood in the mail
     * @param subject the subject line
     * @param text the text, without formatting; attachments are named in it and stay in the mailbox
     * @param kind what it is; only an answer is one
     * @param receivedAt when it was read or filed
     * @param filedBy who filed it by hand; null if it was read from the mailbox
     */
    record Reply(
            UUID id,
            UUID obligationId,
            @Nullable UUID noticeId,
            String from,
            String subject,
            String text,
            ReplyKind kind,
            Instant receivedAt,
            @Nullable String filedBy) {}

    /**
     * How reading the mailbox goes.
     *
     * @param configured whether there is a mailbox to read
     * @param readAt when it was last read; null before
     * @param problem why it could not be read last; null if it could
     * @param unmatched how many messages belonged to no notice; they stay in the mailbox for a person to read
     */
    record Mailbox(
            boolean configured,
            @Nullable Instant readAt,
            @Nullable String problem,
            long unmatched) {}

    /** Longest text of a reply, in characters. */
    int LONGEST_TEXT = 50_000;

    /**
     * Files that a notice came back. A hard bounce marks the address and lets the notice go on down the line of
     * fall-back.
     *
     * @param said what the returning server said
     * @throws IllegalStateException if the notice was never handed to the mail server
     */
    void fileBounce(UUID noticeId, boolean hard, String said, String username);

    /**
     * Files an answer that came by another way.
     *
     * @param from who answered
     * @param text what was answered; at most {@link #LONGEST_TEXT} characters are kept
     */
    void fileReply(UUID obligationId, String from, String subject, String text, String username);

    /** The notice's bounces, the oldest first. */
    List<Bounce> bounces(UUID noticeId);

    /** The answers, automatic answers and receipts kept with a case, the oldest first. */
    List<Reply> replies(UUID obligationId);

    /** How reading the mailbox goes. */
    Mailbox mailbox();
}
