package org.sterna.register;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and days as files write them. With commas between the values there is one way only. With semicolons a number
 * may have a comma before its decimals and points or spaces between thousands, and a day may be written day first; what
 * could mean two things is not read.
 */
final class Written {

    private static final Pattern PLAIN = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern COMMA = Pattern.compile("(\\d+|\\d{1,3}([. \u00a0\u202f])\\d{3}(\\2\\d{3})*),(\\d+)");
    private static final Pattern GROUPS = Pattern.compile("[1-9]\\d{0,2}([. \u00a0\u202f])\\d{3}(\\1\\d{3})*");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})([./])(\\d{1,2})\\2(\\d{4})");

    /** What a text says. */
    enum Reading {
        READ,
        /** Nothing of that kind. */
        NONE,
        /** More than one thing. */
        AMBIGUOUS
    }

    /** A number, if it could be read. */
    record Number(Reading reading, @Nullable BigDecimal value) {}

    /** A day, if it could be read. */
    record Day(Reading reading, @Nullable LocalDate value) {}

    private Written() {}

    /**
     * A number that is zero or more.
     *
     * @param decimals how many decimals it may have
     * @param most the greatest it may be
     */
    static Number number(String text, boolean semicolons, int decimals, BigDecimal most) {
        BigDecimal point = PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
        if (!semicolons) {
            return number(point, decimals, most);
        }
        Matcher comma = COMMA.matcher(text);
        Matcher groups = GROUPS.matcher(text);
        BigDecimal grouped = groups.matches() ? new BigDecimal(digits(text)) : null;
        if (comma.matches()) {
            Number read = number(new BigDecimal(digits(comma.group(1)) + "." + comma.group(4)), decimals, most);
            // 1,000 may be a thousand to whoever writes a point before decimals
            boolean thousands = comma.group(2) == null
                    && comma.group(1).length() <= 3
                    && !comma.group(1).startsWith("0")
                    && comma.group(4).length() == 3
                    && number(new BigDecimal(comma.group(1) + comma.group(4)), decimals, most)
                                    .reading()
                            == Reading.READ;
            return thousands ? new Number(Reading.AMBIGUOUS, null) : read;
        }
        if (point != null && grouped != null) {
            // 1.000 is one or a thousand, unless a thousand is too much
            return number(grouped, decimals, most).reading() == Reading.READ
                    ? new Number(Reading.AMBIGUOUS, null)
                    : number(point, decimals, most);
        }
        return number(point == null ? grouped : point, decimals, most);
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static Number number(@Nullable BigDecimal value, int decimals, BigDecimal most) {
        return value == null || value.scale() > decimals || value.compareTo(most) > 0
                ? new Number(Reading.NONE, null)
                : new Number(Reading.READ, value);
    }

    static Day day(String text, boolean semicolons) {
        Matcher written = DAY.matcher(text);
        if (semicolons && written.matches()) {
            int first = Integer.parseInt(written.group(1));
            int second = Integer.parseInt(written.group(3));
            // points are written day first everywhere; with slashes some write the month first
            if (written.group(2).equals("/") && first <= 12 && second <= 12 && first != second) {
                return new Day(Reading.AMBIGUOUS, null);
            }
            return day(Integer.parseInt(written.group(4)), second, first);
        }
        try {
            LocalDate day = LocalDate.parse(text);
            return day(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
        } catch (DateTimeException noDay) {
            return new Day(Reading.NONE, null);
        }
    }

    private static Day day(int year, int month, int dayOfMonth) {
        try {
            LocalDate day = LocalDate.of(year, month, dayOfMonth);
            // a year that cannot be meant is a slip of the pen
            return year >= 1945 && year <= 2199 ? new Day(Reading.READ, day) : new Day(Reading.NONE, null);
        } catch (DateTimeException noDay) {
            return new Day(Reading.NONE, null);
        }
    }
}
