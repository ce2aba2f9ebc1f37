package org.sterna.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that gives a deadline: {@code opened+30D}, {@code opened+P6M}.
 *
 * @param text the rule as written in {@code duty.yaml}
 * @param after how long after the opening day the deadline falls
 */
public record DueRule(String text, Period after) {

    private static final Pattern OPENED = Pattern.compile("opened\\+(?:(\\d{1,4})D|(P\\w+))");

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with a sentence that says what is allowed, if the rule cannot be read
     */
    public static DueRule parse(String text) {
        Matcher matcher = OPENED.matcher(text);
        if (matcher.matches()) {
            try {
                Period after = matcher.group(1) != null
                        ? Period.ofDays(Integer.parseInt(matcher.group(1)))
                        : Period.parse(matcher.group(2));
                if (!after.isNegative() && !after.isZero()) {
                    return new DueRule(text, after);
                }
            } catch (DateTimeException unreadable) {
                // falls through to the sentence below
            }
        }
        throw new IllegalArgumentException(
                "The due rule '%s' cannot be computed; write opened+30D or opened+P6M".formatted(text));
    }

    /** The deadline of an obligation opened on that day. */
    public Deadline from(LocalDate opened, ZoneId zone) {
        return new Deadline(opened.plus(after), zone, Deadline.Origin.RULE, text, false);
    }
}
