package org.sterna.register;

import java.time.Instant;

/**
 * A figure of the register that was replaced by another one on somebody's decision.
 *
 * @param field what it is: {@code percent}, {@code from}, {@code invoice_no} or {@code assessed}, or {@code paid} where
 *     money was booked beside a payment that the Party told of
 * @param partyCode the Party
 * @param subject the year, or the short name of the instrument
 * @param before what the register had
 * @param after what it has since
 * @param source what the new value comes from: a file, or the key of a case
 * @param reason why it was replaced
 * @param at when
 * @param by user name
 */
public record RegisterChange(
        String field,
        String partyCode,
        String subject,
        String before,
        String after,
        String source,
        String reason,
        Instant at,
        String by) {

    /** The fewest characters of a reason. */
    public static final int SHORTEST_REASON = 10;

    /** The most characters of a reason. */
    public static final int LONGEST_REASON = 1000;

    /** Whether a text is a reason: long enough, and not too long. */
    public static boolean reason(String text) {
        int length = text.strip().length();
        return length >= SHORTEST_REASON && length <= LONGEST_REASON;
    }
}
