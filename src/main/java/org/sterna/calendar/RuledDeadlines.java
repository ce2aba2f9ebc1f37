package org.sterna.calendar;

import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was notified, else what the rule says. */
@Component
class RuledDeadlines implements Deadlines {

    /** The Convention was signed in 1979. */
    private static final String FROM_1979 = "(1979|19[89]\\d|2[01]\\d{2})";

    private static final Pattern YEAR = Pattern.compile(FROM_1979);
    private static final Pattern HALF_YEAR = Pattern.compile(FROM_1979 + "-h([12])");

    private static final Set<Meeting.Kind> COPS = EnumSet.of(Meeting.Kind.COP, Meeting.Kind.EXTRAORDINARY_COP);
    private static final Set<Meeting.Kind> STANDING_COMMITTEE = EnumSet.of(Meeting.Kind.STANDING_COMMITTEE);
    private static final Set<Meeting.Kind> ANY_KIND = EnumSet.allOf(Meeting.Kind.class);

    /**
     * The day that a rule starts from.
     *
     * @param day the day
     * @param provisional whether it may still move
     * @param zone the zone of the meeting's place; null unless it is the day of a meeting
     */
    private record From(
            LocalDate day, boolean provisional, @Nullable ZoneId zone) {

        From(LocalDate day) {
            this(day, false, null);
        }
    }

    private final Meetings meetings;
    private final WorkingDays workingDays;
    private final CalendarSettings settings;
    private final Sentences sentences;

    RuledDeadlines(Meetings meetings, WorkingDays workingDays, CalendarSettings settings, Sentences sentences) {
        this.meetings = meetings;
        this.workingDays = workingDays;
        this.settings = settings;
        this.sentences = sentences;
    }

    @Override
    public Deadline of(DueRule rule, String subject, String occasion, LocalDate opened, String partyCode) {
        return notified(rule, subject, occasion, settings.zone())
                .orElseGet(() -> computed(rule, from(rule, occasion, opened), settings.zone(), partyCode));
    }

    @Override
    public Deadline fromDue(DueRule rule, String subject, String occasion, Deadline due, String partyCode) {
        return notified(rule, subject, occasion, due.zone())
                .orElseGet(() -> computed(rule, new From(due.on(), due.provisional(), null), due.zone(), partyCode));
    }

    private Optional<Deadline> notified(DueRule rule, String subject, String occasion, ZoneId usual) {
        return meetings.notified(occasion).stream()
                .filter(date -> date.subject().equals(subject) && date.basis() == NotifiedDate.Basis.SOURCED)
                .findFirst()
                .map(date -> new Deadline(
                        date.on(),
                        zone(rule, meetings.find(occasion).map(Meeting::zone).orElse(null), usual),
                        Deadline.Origin.NOTIFIED,
                        date.reference(),
                        false));
    }

    private static ZoneId zone(DueRule rule, @Nullable ZoneId ofMeeting, ZoneId usual) {
        if (rule.zone() == null) {
            return usual;
        }
        return rule.zone().equals(DueRule.OF_MEETING)
                ? Objects.requireNonNullElse(ofMeeting, usual)
                : ZoneId.of(rule.zone());
    }

    private Deadline computed(DueRule rule, From from, ZoneId usual, String partyCode) {
        LocalDate on =
                switch (rule.counting()) {
                    case CALENDAR_DAYS -> from.day().plus(rule.after());
                    case SECRETARIAT_WORKING_DAYS ->
                        workingDays.count(from.day(), rule.after().getDays(), WorkingDays.SECRETARIAT);
                    case PARTY_WORKING_DAYS ->
                        workingDays.count(from.day(), rule.after().getDays(), partyCode);
                };
        return new Deadline(on, zone(rule, from.zone(), usual), Deadline.Origin.RULE, rule.text(), from.provisional());
    }

    private From from(DueRule rule, String occasion, LocalDate opened) {
        return switch (rule.start()) {
            case OPENED, STEP -> new From(opened);
            case DUE -> throw new IllegalStateException("The main deadline is needed for " + rule.text());
            case COP_OPENING -> opening(meeting(occasion, COPS, "not-a-cop"));
            case COP_CLOSING -> closing(meeting(occasion, COPS, "not-a-cop"));
            case NEXT_COP_OPENING -> opening(nextCop(meeting(occasion, COPS, "not-a-cop")));
            case STANDING_COMMITTEE_OPENING ->
                opening(meeting(occasion, STANDING_COMMITTEE, "not-a-standing-committee"));
            case STANDING_COMMITTEE_CLOSING ->
                closing(meeting(occasion, STANDING_COMMITTEE, "not-a-standing-committee"));
            case MEETING_OPENING -> opening(meeting(occasion, ANY_KIND, "unknown-meeting"));
            case MEETING_CLOSING -> closing(meeting(occasion, ANY_KIND, "unknown-meeting"));
            case RUNNING_HALF_YEAR_END ->
                new From(Year.of(opened.getYear())
                        .atMonth(opened.getMonthValue() <= 6 ? 6 : 12)
                        .atEndOfMonth());
            case HALF_YEAR_END -> new From(halfYearEnd(occasion));
            case YEAR -> new From(Objects.requireNonNull(rule.day()).atYear(year(occasion)));
        };
    }

    /** The ordinary COP with the earliest opening after that of the meeting. */
    private Meeting nextCop(Meeting cop) {
        LocalDate opening = dated(cop).first();
        return meetings.all().stream()
                .filter(one -> one.kind() == Meeting.Kind.COP && one.opening() != null)
                .filter(one -> Objects.requireNonNull(one.opening()).first().isAfter(opening))
                .min(Comparator.comparing(
                        one -> Objects.requireNonNull(one.opening()).first()))
                .orElseThrow(() -> sentences.misfit("no-next-cop", cop.code()));
    }

    private Meeting meeting(String occasion, Set<Meeting.Kind> kinds, String otherwise) {
        Meeting meeting = meetings.find(occasion).orElseThrow(() -> sentences.misfit("unknown-meeting", occasion));
        if (!kinds.contains(meeting.kind())) {
            throw sentences.misfit(otherwise, occasion);
        }
        return meeting;
    }

    private From opening(Meeting meeting) {
        return new From(dated(meeting).first(), meeting.provisional(), meeting.zone());
    }

    /** While the meeting is not dated to the day, it counts as if it closed on the first day of the span. */
    private From closing(Meeting meeting) {
        Meeting.Span opening = dated(meeting);
        if (meeting.closing() != null) {
            return new From(meeting.closing(), meeting.provisional(), meeting.zone());
        }
        if (opening.precision() == Meeting.Precision.DAY) {
            throw sentences.misfit("unclosed-meeting", meeting.code());
        }
        return new From(opening.first(), true, meeting.zone());
    }

    private Meeting.Span dated(Meeting meeting) {
        Meeting.Span opening = meeting.opening();
        if (opening == null) {
            throw sentences.misfit("undated-meeting", meeting.code());
        }
        return opening;
    }

    private int year(String occasion) {
        if (!YEAR.matcher(occasion).matches()) {
            throw sentences.misfit("not-a-year", occasion);
        }
        return Integer.parseInt(occasion);
    }

    private LocalDate halfYearEnd(String occasion) {
        Matcher half = HALF_YEAR.matcher(occasion);
        if (!half.matches()) {
            throw sentences.misfit("not-a-half-year", occasion);
        }
        return Year.of(Integer.parseInt(half.group(1)))
                .atMonth(half.group(2).equals("1") ? 6 : 12)
                .atEndOfMonth();
    }
}
