package org.sterna.campaigns;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/** Whether a duty and an occasion go together, and what the deadlines then are. */
@Component
class Fit {

    private static final Pattern OCCASION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** For rules that are the same for every Party. */
    private static final String ANY_PARTY = "";

    private static final Pattern YEAR = Pattern.compile("\\d{4}");

    private final Duties duties;
    private final Meetings meetings;
    private final Deadlines deadlines;
    private final CalendarSettings calendar;
    private final Sentences sentences;
    private final Clock clock;

    Fit(
            Duties duties,
            Meetings meetings,
            Deadlines deadlines,
            CalendarSettings calendar,
            Sentences sentences,
            Clock clock) {
        this.duties = duties;
        this.meetings = meetings;
        this.deadlines = deadlines;
        this.calendar = calendar;
        this.sentences = sentences;
        this.clock = clock;
    }

    /** Today where the days of deadlines end. */
    LocalDate today() {
        return LocalDate.now(clock.withZone(calendar.zone()));
    }

    /**
     * The duty with that key.
     *
     * @throws InvalidCampaign if there is none, or the occasion is malformed, or a year or a meeting that the duty is not
     *     for
     */
    Duty duty(String key, String occasion) {
        Duty duty = duties.find(key).orElseThrow(() -> sentences.invalid("duty", "unknown-duty", key));
        if (!OCCASION.matcher(occasion).matches()) {
            throw sentences.invalid("occasion", "malformed-occasion", occasion);
        }
        Duty.Years years = duty.years();
        if (years != null && YEAR.matcher(occasion).matches()) {
            int year = Integer.parseInt(occasion);
            int last = today().getYear() + years.ahead();
            if (year < years.first() || year > last) {
                throw sentences.invalid(
                        "occasion", "wrong-year", occasion, String.valueOf(years.first()), String.valueOf(last));
            }
        }
        checkMeeting(duty, occasion);
        return duty;
    }

    /**
     * The Parties by their deadlines by name if opened today, the main one first; one for all unless a deadline depends
     * on the Party. Without those that are known only later, and those of other meetings than the occasion is.
     *
     * @throws InvalidCampaign if the occasion does not fit the duty, or its meeting is unknown or lacks the date needed
     */
    Map<Map<String, Deadline>, List<String>> deadlines(Duty duty, String occasion, Collection<String> parties) {
        if (parties.isEmpty()) {
            return Map.of();
        }
        checkMeeting(duty, occasion);
        LocalDate today = today();
        boolean oneForAll = !duty.deadline().dependsOnParty()
                && duty.further().stream().noneMatch(further -> further.rule().dependsOnParty());
        try {
            if (oneForAll) {
                String any = parties.iterator().next();
                return Map.of(dates(duty, occasion, today, any), List.copyOf(parties));
            }
            return parties.stream()
                    .collect(Collectors.groupingBy(
                            party -> dates(duty, occasion, today, party), LinkedHashMap::new, Collectors.toList()));
        } catch (InvalidOccasion misfit) {
            throw sentences.invalid("occasion", "misfit", misfit.getMessage());
        }
    }

    /** Those of the duty's deadlines that are known at the opening. */
    private Map<String, Deadline> dates(Duty duty, String occasion, LocalDate today, String party) {
        Map<String, Deadline> dates = new LinkedHashMap<>();
        Deadline main = deadlines.of(duty.deadline(), duty.key(), occasion, today, party);
        dates.put(Duty.DUE, main);
        for (Duty.Further further : duty.further()) {
            DueRule rule = further.rule();
            String subject = duty.subject(further.name());
            if (rule.start() == DueRule.Start.DUE) {
                dates.put(further.name(), deadlines.fromDue(rule, subject, occasion, main, party));
            } else if (rule.fixedAtOpening() && applies(rule, occasion)) {
                dates.put(further.name(), deadlines.of(rule, subject, occasion, today, party));
            }
        }
        return dates;
    }

    /**
     * Whether opening the duty on a day would be late, so that somebody has to say why it is opened all the same: its
     * meeting is over and the duty was owed before that, or every deadline of the occasion has passed.
     *
     * @param dates what {@link #deadlines} gives for those it would be opened for
     */
    Optional<Preview.Late> late(Duty duty, String occasion, Collection<Map<String, Deadline>> dates, LocalDate day) {
        Optional<Meeting> meeting = duty.meetings().isEmpty() ? Optional.empty() : meetings.find(occasion);
        Optional<LocalDate> over = meeting.filter(found -> found.overOn(day)).map(Meeting::lastDay);
        if (over.isPresent()
                && dates.stream()
                        .noneMatch(some ->
                                Objects.requireNonNull(some.get(Duty.DUE)).on().isAfter(over.get()))) {
            return Optional.of(new Preview.Late(Preview.Late.Kind.MEETING_OVER, over.get()));
        }
        return Stream.concat(
                        dates.stream().flatMap(some -> some.values().stream()).map(Deadline::on),
                        untilNextCop(duty, occasion, day))
                .max(Comparator.naturalOrder())
                .filter(last -> last.isBefore(day))
                .map(last -> new Preview.Late(Preview.Late.Kind.DEADLINES_PAST, last));
    }

    /** Deadlines counted from the next COP are set when their step comes up, but show how long the duty goes on. */
    private Stream<LocalDate> untilNextCop(Duty duty, String occasion, LocalDate day) {
        return duty.further().stream()
                .filter(further -> further.rule().start() == DueRule.Start.NEXT_COP_OPENING)
                .flatMap(further -> {
                    try {
                        return Stream.of(deadlines
                                .of(further.rule(), duty.subject(further.name()), occasion, day, ANY_PARTY)
                                .on());
                    } catch (InvalidOccasion notYet) {
                        return Stream.empty();
                    }
                });
    }

    /** Whether the rule is about such a meeting: of a duty for many kinds, a deadline may be that of COPs alone. */
    private boolean applies(DueRule rule, String occasion) {
        Set<Meeting.Kind> kinds =
                switch (rule.fits()) {
                    case COP -> EnumSet.of(Meeting.Kind.COP, Meeting.Kind.EXTRAORDINARY_COP);
                    case STANDING_COMMITTEE -> EnumSet.of(Meeting.Kind.STANDING_COMMITTEE);
                    case ANY, MEETING, YEAR, HALF_YEAR -> EnumSet.allOf(Meeting.Kind.class);
                };
        return meetings.find(occasion)
                .map(Meeting::kind)
                .filter(kind -> !kinds.contains(kind))
                .isEmpty();
    }

    /**
     * Checks that a duty opened now would not be closed as not delivered at once.
     *
     * @throws InvalidCampaign if it would
     */
    void stillOpen(Duty duty, String occasion) {
        DueRule closes = duty.closes().rule();
        if (closes == null || closes.fits() == DueRule.Fit.ANY) {
            return;
        }
        Deadline closing;
        try {
            closing = deadlines.of(closes, duty.subject("closing"), occasion, today(), "");
        } catch (InvalidOccasion misfit) {
            // told with the deadlines
            return;
        }
        if (closing.at().isBefore(clock.instant())) {
            throw sentences.invalid("occasion", "over", occasion, sentences.day(closing.on()));
        }
    }

    /** Whether the duty is for such a meeting: of its kind, and of the Agreement or MOU that it is about. */
    static boolean forMeeting(Duty duty, Meeting meeting) {
        return duty.meetings().contains(meeting.kind())
                && (duty.binds().instrument() == null
                        || meeting.lacksInstrument()
                        || duty.binds().instrument().equals(meeting.instrument()));
    }

    /** A meeting must be of a kind and of the instrument that the duty is for, and it must be known whose it is. */
    private void checkMeeting(Duty duty, String occasion) {
        if (duty.meetings().isEmpty()) {
            return;
        }
        meetings.find(occasion).ifPresent(meeting -> {
            if (!duty.meetings().contains(meeting.kind())) {
                throw sentences.invalid(
                        "occasion",
                        "wrong-meeting",
                        occasion,
                        duty.meetings().stream().sorted().map(sentences::kind).collect(Collectors.joining(", ")));
            }
            if (meeting.lacksInstrument()) {
                throw sentences.invalid("occasion", "meeting-without-instrument", occasion);
            }
            if (!forMeeting(duty, meeting)) {
                throw sentences.invalid(
                        "occasion",
                        "other-instrument",
                        occasion,
                        Objects.requireNonNull(duty.binds().instrument()));
            }
        });
    }
}
