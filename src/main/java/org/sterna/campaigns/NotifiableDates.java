package org.sterna.campaigns;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.duties.Duties;

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
        Optional<DueRule> rule = duties.all().stream()
                .flatMap(duty -> Hanging.named(duty).entrySet().stream()
                        .filter(named ->
                                Hanging.subject(duty.key(), named.getKey()).equals(date.subject())))
                .map(java.util.Map.Entry::getValue)
                .findFirst();
        if (rule.isEmpty() && !MeetingMoves.KINDS_OF_DOCUMENT.contains(date.subject())) {
            throw invalid("subject", "unknown-subject", date.subject());
        }
        Optional<Meeting.Kind> kind = meetings.find(date.occasion()).map(Meeting::kind);
        if (rule.isEmpty()) {
            if (kind.isEmpty()) {
                throw invalid("occasion", "notified-unknown-meeting", date.occasion());
            }
            return;
        }
        switch (rule.get().fits()) {
            case COP -> fit(kind.equals(Optional.of(Meeting.Kind.COP)), date, "notified-not-a-cop");
            case STANDING_COMMITTEE ->
                fit(
                        kind.equals(Optional.of(Meeting.Kind.STANDING_COMMITTEE)),
                        date,
                        "notified-not-a-standing-committee");
            case YEAR -> fit(YEAR.matcher(date.occasion()).matches(), date, "notified-not-a-year");
            case HALF_YEAR -> fit(HALF_YEAR.matcher(date.occasion()).matches(), date, "notified-not-a-half-year");
            case ANY -> fit(OCCASION.matcher(date.occasion()).matches(), date, "malformed-occasion");
        }
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
