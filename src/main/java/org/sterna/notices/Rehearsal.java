package org.sterna.notices;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.register.Account;

/**
 * What will be sent, before it is sent: computed by the same clock, ladders, seats and texts that send it, as they
 * stand now. It does not foresee what people will do, who will hold a seat then, or duties that open meanwhile.
 */
public interface Rehearsal {

    /** How a notice will come. */
    enum Way {
        /** As a mail of its own. */
        SINGLE,
        /** Gathered into the reader's digest of the day. */
        DIGEST,
        /** Not at all, because the reader put reminders off. */
        SNOOZED
    }

    /**
     * A notice that will be sent.
     *
     * @param obligationId what it is about
     * @param duty the duty's key
     * @param occasion the occasion
     * @param partyCode the Party
     * @param at when it will be issued
     * @param milestone its once-only key
     * @param kind what sort of notice it is
     * @param seatCode the seat it goes to
     * @param copy whether the recipient only gets a copy
     * @param recipient how the recipient is addressed
     * @param email where it goes
     * @param language its language
     * @param way how it comes
     * @param others codes of the other Parties that a list of Parties tells; empty for a notice about one alone
     */
    record Line(
            UUID obligationId,
            String duty,
            String occasion,
            String partyCode,
            Instant at,
            String milestone,
            String kind,
            String seatCode,
            boolean copy,
            String recipient,
            String email,
            Locale language,
            Way way,
            List<String> others) {

        /** A notice about one Party. */
        public Line(
                UUID obligationId,
                String duty,
                String occasion,
                String partyCode,
                Instant at,
                String milestone,
                String kind,
                String seatCode,
                boolean copy,
                String recipient,
                String email,
                Locale language,
                Way way) {
            this(
                    obligationId,
                    duty,
                    occasion,
                    partyCode,
                    at,
                    milestone,
                    kind,
                    seatCode,
                    copy,
                    recipient,
                    email,
                    language,
                    way,
                    List.of());
        }

        /** Whether it tells of that Party. */
        public boolean tells(String code) {
            return partyCode.equals(code) || others.contains(code);
        }
    }

    /**
     * A notice's text.
     *
     * @param subject the subject line
     * @param text the plain text
     * @param html the HTML text
     * @param language its language
     */
    record Text(String subject, String text, String html, Locale language) {}

    /** Everything that will be sent until then, in order; the same few statements however much it is. */
    List<Line> until(Instant horizon);

    /** The text of one of the lines; empty if that is not going to be sent any more. */
    Optional<Text> text(UUID obligationId, String milestone, String email);

    /** The kinds of notice that the duty has texts for. */
    Set<String> kinds(String duty);

    /**
     * A template with a Party's data and a deadline in 30 days, as the duty's holder would get it.
     *
     * @param language null for the holder's own
     * @throws IllegalArgumentException if there is no such duty, Party or kind
     */
    Text preview(String duty, String kind, String partyCode, @Nullable Locale language);

    /** Writes such a preview to the account's own address, marked as a test, into the outbox. */
    Notice sendTest(String duty, String kind, String partyCode, @Nullable Locale language, Account to);
}
