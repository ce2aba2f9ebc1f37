package org.sterna.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule that gives a deadline: a day that it starts from, and how far the deadline lies from that day.
 *
 * <table>
 * <caption>Notation</caption>
 * <tr><td>{@code opened+30D}</td><td>30 days after the obligation is opened</td></tr>
 * <tr><td>{@code opened+P6M}</td><td>an ISO 8601 period after it; calendar months end on a shorter month's last
 * day</td></tr>
 * <tr><td>{@code opened+10WD}</td><td>10 working days of the Secretariat after it, which itself does not count</td></tr>
 * <tr><td>{@code opened+10PWD}</td><td>10 working days of the Party after it</td></tr>
 * <tr><td>{@code COP-150D}, {@code COP-P6M}</td><td>before the opening day of the COP</td></tr>
 * <tr><td>{@code COP-close+30D}</td><td>after its closing day</td></tr>
 * <tr><td>{@code StC-30D}, {@code StC-close+30D}</td><td>the same for a meeting of the Standing Committee</td></tr>
 * <tr><td>{@code meeting-45D}, {@code meeting-close+30D}</td><td>the same for a meeting of any kind</td></tr>
 * <tr><td>{@code next-COP-P9M}</td><td>before the opening day of the ordinary COP that follows the COP; not computable
 * while that COP is unknown or has no date</td></tr>
 * <tr><td>{@code due-14D}</td><td>14 days before the duty's main deadline, whatever set that; for further deadlines
 * only</td></tr>
 * <tr><td>{@code step+30D}</td><td>30 days after a step comes up; for further deadlines only</td></tr>
 * <tr><td>{@code half-year-close+30D}</td><td>30 days after the last day of the half-year that runs when it is asked
 * for; for further deadlines only</td></tr>
 * <tr><td>{@code H-close+30D}</td><td>after the last day of the half-year</td></tr>
 * <tr><td>{@code YYYY-03-31}</td><td>that day in the year of the occasion</td></tr>
 * <tr><td>{@code COP-150D@Africa/Nairobi}</td><td>the day ends in that zone</td></tr>
 * <tr><td>{@code COP+1D@meeting}</td><td>the day ends in the zone of the meeting's place</td></tr>
 * </table>
 *
 * {@code D}, {@code WD}, {@code PWD} and periods go with every start; {@code +} is after it and {@code -} before it. A
 * zone may stand behind every rule; without one, days end in the zone of {@link CalendarSettings}.
 *
 * @param text the rule as written in {@code duty.yaml}
 * @param start the day that it starts from
 * @param after how long after that day the deadline falls; negative before it; only days where working days are counted
 * @param counting which days are counted
 * @param day the day of the year; null unless the rule names one
 * @param zone name of the zone in which the day ends, or {@link #OF_MEETING}; null unless the rule names one
 */
public record DueRule(
        String text,
        Start start,
        Period after,
        Counting counting,
        @Nullable MonthDay day,
        @Nullable String zone) {

    /** Stands for the zone of the meeting's place. */
    public static final String OF_MEETING = "meeting";

    /** The kind of occasion that a rule fits. */
    public enum Fit {
        /** Any occasion. */
        ANY,
        /** The code of an ordinary or extraordinary COP, for example {@code cop15}. */
        COP,
        /** The code of a meeting of the Standing Committee, for example {@code stc57}. */
        STANDING_COMMITTEE,
        /** The code of a meeting of any kind. */
        MEETING,
        /** A year, for example {@code 2027}. */
        YEAR,
        /** Half a year, for example {@code 2027-h1}. */
        HALF_YEAR
    }

    /** The day that a rule starts from. */
    public enum Start {
        /** The day on which the obligation is opened. */
        OPENED("opened", Fit.ANY),
        COP_OPENING("COP", Fit.COP),
        COP_CLOSING("COP-close", Fit.COP),
        STANDING_COMMITTEE_OPENING("StC", Fit.STANDING_COMMITTEE),
        STANDING_COMMITTEE_CLOSING("StC-close", Fit.STANDING_COMMITTEE),
        MEETING_OPENING("meeting", Fit.MEETING),
        MEETING_CLOSING("meeting-close", Fit.MEETING),
        /** The opening day of the ordinary COP that follows. */
        NEXT_COP_OPENING("next-COP", Fit.COP),
        /** The duty's main deadline. */
        DUE("due", Fit.ANY),
        /** The day on which a step comes up. */
        STEP("step", Fit.ANY),
        /** The last day of the half-year that runs when the deadline is set. */
        RUNNING_HALF_YEAR_END("half-year-close", Fit.ANY),
        /** The last day of the half-year. */
        HALF_YEAR_END("H-close", Fit.HALF_YEAR),
        /** A day of the year, which the rule names. */
        YEAR("YYYY", Fit.YEAR);

        private final String word;
        private final Fit fit;

        Start(String word, Fit fit) {
            this.word = word;
            this.fit = fit;
        }
    }

    /** Which days are counted. */
    public enum Counting {
        CALENDAR_DAYS,
        /** Those on which the Secretariat works. */
        SECRETARIAT_WORKING_DAYS,
        /** Those on which offices of the Party's country work. */
        PARTY_WORKING_DAYS
    }

    private static final Pattern COUNTED =
            Pattern.compile("(opened|COP|COP-close|StC|StC-close|meeting|meeting-close|next-COP|due|step"
                    + "|half-year-close|H-close)([+-])(?:(\\d{1,4})(D|WD|PWD)|(P[\\dYMWD]+))");

    private static final Pattern DATED = Pattern.compile("YYYY-(\\d{2}-\\d{2})");

    /** Far beyond any duty, so that a deadline is always a date. */
    private static final Period LONGEST = Period.ofYears(100);

    /** A year without 29 February. */
    private static final int COMMON_YEAR = 2027;

    /** A rule that names no zone. */
    public DueRule(String text, Start start, Period after, Counting counting, @Nullable MonthDay day) {
        this(text, start, after, counting, day, null);
    }

    /** A rule in calendar days after the opening of the obligation. */
    public DueRule(String text, Period after) {
        this(text, Start.OPENED, after, Counting.CALENDAR_DAYS, null);
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with a sentence that says what is allowed, if the rule cannot be read
     */
    public static DueRule parse(String text) {
        int at = text.indexOf('@');
        String zone = at < 0 ? null : text.substring(at + 1);
        String counted = at < 0 ? text : text.substring(0, at);
        return counted(counted)
                .or(() -> dated(counted))
                .map(rule -> zone == null ? rule : rule.in(text, zone))
                .orElseThrow(
                        () -> new IllegalArgumentException(("The due rule '%s' cannot be computed; write for example"
                                        + " opened+30D, opened+P6M, opened+10WD, opened+10PWD, COP-P6M, COP-150D,"
                                        + " COP-close+30D, StC-30D, meeting-45D, H-close+30D or YYYY-03-31")
                                .formatted(text)));
    }

    /** The same rule with the zone that the text names. */
    private DueRule in(String whole, String name) {
        if (name.equals(OF_MEETING) ? !followsMeeting() : !Zones.known(name)) {
            throw new IllegalArgumentException(("The due rule '%s' names the time zone '%s', which there is none; write"
                            + " for example @Africa/Nairobi, or @meeting in a rule that starts from a meeting")
                    .formatted(whole, name));
        }
        return new DueRule(whole, start, after, counting, day, name);
    }

    private static Optional<DueRule> counted(String text) {
        Matcher matcher = COUNTED.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Start start = Arrays.stream(Start.values())
                .filter(one -> one.word.equals(matcher.group(1)))
                .findFirst()
                .orElseThrow();
        boolean before = matcher.group(2).equals("-");
        Period length;
        try {
            length = matcher.group(5) == null
                    ? Period.ofDays(Integer.parseInt(matcher.group(3)))
                    : Period.parse(matcher.group(5));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
        boolean fromAnAct = start == Start.OPENED || start == Start.STEP;
        if (fromAnAct && (before || length.isZero()) || tooLong(length)) {
            return Optional.empty();
        }
        Counting counting = "WD".equals(matcher.group(4))
                ? Counting.SECRETARIAT_WORKING_DAYS
                : "PWD".equals(matcher.group(4)) ? Counting.PARTY_WORKING_DAYS : Counting.CALENDAR_DAYS;
        return Optional.of(new DueRule(text, start, before ? length.negated() : length, counting, null));
    }

    private static boolean tooLong(Period length) {
        return length.toTotalMonths() > LONGEST.toTotalMonths() || length.getDays() > LONGEST.toTotalMonths() * 31;
    }

    /** A day of every year, which 29 February is not. */
    private static Optional<DueRule> dated(String text) {
        Matcher matcher = DATED.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            MonthDay day = MonthDay.parse("--" + matcher.group(1));
            return Optional.of(day)
                    .filter(one -> one.isValidYear(COMMON_YEAR))
                    .map(one -> new DueRule(text, Start.YEAR, Period.ZERO, Counting.CALENDAR_DAYS, one));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** The kind of occasion that the rule fits. */
    public Fit fits() {
        return start.fit;
    }

    /** Whether only further deadlines can be counted so. */
    public boolean furtherOnly() {
        return start == Start.DUE || !fixedAtOpening();
    }

    /** Whether the deadline is known when the obligation is opened; else only when its step comes up. */
    public boolean fixedAtOpening() {
        return start != Start.STEP && start != Start.NEXT_COP_OPENING && start != Start.RUNNING_HALF_YEAR_END;
    }

    /** Whether the deadline moves when a meeting does. */
    public boolean followsMeeting() {
        return start.fit == Fit.COP || start.fit == Fit.STANDING_COMMITTEE || start.fit == Fit.MEETING;
    }

    /** Whether the deadline depends on the Party. */
    public boolean dependsOnParty() {
        return counting == Counting.PARTY_WORKING_DAYS;
    }

    /**
     * The deadline of an obligation opened on that day, if the rule counts calendar days from the opening.
     *
     * @throws IllegalStateException if it is another rule; {@link Deadlines} knows all
     */
    public Deadline from(LocalDate opened, ZoneId zone) {
        if (start != Start.OPENED || counting != Counting.CALENDAR_DAYS) {
            throw new IllegalStateException("More than the day of opening is needed for " + text);
        }
        return new Deadline(opened.plus(after), zone, Deadline.Origin.RULE, text, false);
    }
}
