package org.sterna.notices;

import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * A deadline as an entry for the reader's own calendar (RFC 5545, RFC 5546): the last hour before it ends, as absolute
 * time, so that every calendar shows it on the reader's clock. Published, not requested: nobody has to accept it.
 *
 * @param uid the same for the same deadline of the same obligation, so that a moved one replaces the one before
 * @param sequence rises whenever a deadline of the obligation moves
 * @param end the end of the deadline
 * @param summary the line in the calendar
 * @param description what to do, on several lines
 * @param link where to do it
 */
record CalendarEntry(String uid, int sequence, Instant end, String summary, String description, String link) {

    /** What a calendar shall do with entries. */
    enum Method {
        PUBLISH,
        CANCEL
    }

    /**
     * The entries as one iCalendar file.
     *
     * @param organizer who answers for them
     * @param now when they are written
     */
    static String file(Method method, List<CalendarEntry> entries, InternetAddress organizer, Instant now) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//CMS//Sterna//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(method == Method.CANCEL ? ImmutableMethod.CANCEL : ImmutableMethod.PUBLISH);
        entries.forEach(entry -> calendar.add(entry.event(method, organizer, now)));
        StringWriter file = new StringWriter();
        try {
            // that our entries are valid is for tests to say: validating takes three times as long as writing
            new CalendarOutputter(false).output(calendar, file);
        } catch (IOException e) {
            throw new IllegalStateException("A writer in memory does not fail", e);
        }
        return file.toString();
    }

    private VEvent event(Method method, InternetAddress organizer, Instant now) {
        VEvent event = new VEvent(false);
        event.add(new Uid(uid));
        event.add(new DtStamp(now));
        event.add(new Sequence(sequence));
        // the deadline is the last second of its day
        Instant over = end.plusSeconds(1);
        event.add(new DtStart<>(over.minus(Duration.ofHours(1))));
        event.add(new DtEnd<>(over));
        event.add(new Summary(summary));
        event.add(new Description(description));
        event.add(new Url(URI.create(link)));
        event.add(new Organizer(
                organizer.getPersonal() == null
                        ? new ParameterList()
                        : new ParameterList(List.of(new Cn(organizer.getPersonal()))),
                URI.create("mailto:" + organizer.getAddress())));
        event.add(ImmutableTransp.TRANSPARENT);
        event.add(method == Method.CANCEL ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        return event;
    }
}
