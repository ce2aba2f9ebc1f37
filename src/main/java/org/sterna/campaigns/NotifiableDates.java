package org.sterna.campaigns;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/** What can be notified: for what, for which occasion, and which days. */
@Component
class NotifiableDates {

    private static final int LONGEST_REFERENCE = 200;
    private static final int LAST_YEAR = 2199;

    private static final Pattern OCCASION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern YEAR = Pattern.compile("(?:19|20|21)\\d{2}");
    private static final Pattern HALF_YEAR = Pattern.compile("(?:19|20|21)\\d{2}-h[12]");

    private final Duties duties;
    private final Meetings meetings;
    private final CalendarSettings settings;
    private final MessageSource messages;
    private final Clock clock;

    NotifiableDates(Duties duties, Meetings meetings, CalendarSettings settings, MessageSource messages, Clock clock) {
        this.duties = duties;
        this.meetings = meetings;
        this.settings = settings;
        this.messages = messages;
        this.clock = clock;
    }

    /** @throws InvalidMove naming the field, if the date cannot be notified */
    void check(NotifiedDate date) {
        checkSubject(date);
        LocalDate today = LocalDate.now(clock.withZone(settings.zone()));
        if (date.on().isBefore(today)) {
            throw invalid("on", "notified-past", date.on().toString());
        }
        if (date.on().getYear() > LAST_YEAR) {
            throw invalid("on", "notified-implausible", date.on().toString());
        }
        String reference = date.reference();
        if (reference == null || reference.isBlank()) {
            throw invalid("reference", "notified-without-reference");
        }
        if (reference.length() > LONGEST_REFERENCE || reference.chars().anyMatch(Character::isISOControl)) {
            throw invalid("reference", "unfit-reference", LONGEST_REFERENCE);
        }
        if (date.notifiedOn() != null && date.notifiedOn().isAfter(today)) {
            throw invalid("notifiedOn", "notified-in-future", date.notifiedOn().toString());
        }
    }

    private void checkSubject(NotifiedDate date) {
        Optional<Meeting.Kind> kind = meetings.find(date.occasion()).map(Meeting::kind);
        Optional<Duty> duty = duties.find(date.subject().split("\\.", 2)[0]);
        Optional<DueRule> rule = duty.flatMap(found -> Stream.concat(
                        Stream.of(Duty.DUE), found.further().stream().map(Duty.Further::name))
                .filter(name -> found.subject(name).equals(date.subject()))
                .findFirst()
                .map(found::rule));
        if (rule.isEmpty()) {
            if (!MeetingMoves.KINDS_OF_DOCUMENT.contains(date.subject())) {
                throw invalid("subject", "unknown-subject", date.subject());
            }
            fit(kind.isPresent(), date, "notified-unknown-meeting");
            return;
        }
        fit(OCCASION.matcher(date.occasion()).matches(), date, "malformed-occasion");
        switch (rule.get().fits()) {
            case COP ->
                fit(
                        kind.filter(EnumSet.of(Meeting.Kind.COP, Meeting.Kind.EXTRAORDINARY_COP)::contains)
                                .isPresent(),
                        date,
                        "notified-not-a-cop");
            case STANDING_COMMITTEE ->
                fit(
                        kind.filter(Meeting.Kind.STANDING_COMMITTEE::equals).isPresent(),
                        date,
                        "notified-not-a-standing-committee");
            case MEETING -> fit(kind.isPresent(), date, "notified-not-a-meeting");
            case YEAR -> fit(YEAR.matcher(date.occasion()).matches(), date, "notified-not-a-year");
            case HALF_YEAR -> fit(HALF_YEAR.matcher(date.occasion()).matches(), date, "notified-not-a-half-year");
            case ANY -> {
                // whatever it was opened for
            }
        }
        Set<Meeting.Kind> kinds = duty.orElseThrow().meetings();
        fit(kind.isEmpty() || kinds.isEmpty() || kinds.contains(kind.get()), date, "notified-other-meeting");
    }

    private void fit(boolean fits, NotifiedDate date, String key) {
        if (!fits) {
            throw invalid("occasion", key, date.occasion());
        }
    }

    private InvalidMove invalid(String field, String key, Object... arguments) {
        return new InvalidMove(
                field, messages.getMessage("campaigns." + key, arguments, LocaleContextHolder.getLocale()));
    }
}
