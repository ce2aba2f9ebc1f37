package org.sterna.feeds;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;

/** Writes deadlines as iCalendar (RFC 5545): one whole day each, which does not block anybody's time. */
@Component
class Almanac {

    private final Obligations obligations;
    private final Wording wording;
    private final String baseUrl;

    Almanac(Obligations obligations, Wording wording, @Value("${sterna.base-url}") String baseUrl) {
        this.obligations = obligations;
        this.wording = wording;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    /** The open deadlines of a feed. */
    void write(Feed feed, OutputStream target) throws IOException {
        Locale reader = feed.language();
        String name = wording.text("feeds.calendar", reader, name(feed, reader));
        Calendar calendar = empty(name);
        for (Obligation one : obligations.openOf(
                feed.scope() == Feed.Scope.PARTY ? feed.subject() : null,
                feed.scope() == Feed.Scope.DUTY ? feed.subject() : null)) {
            String party = feed.scope() == Feed.Scope.PARTY ? "" : " – " + wording.party(one.partyCode(), reader);
            String text = wording.state(one, reader).label() + ". " + wording.origin(one.deadline(), reader);
            calendar.add(event(
                    one.id() + "@sterna",
                    one.deadline(),
                    wording.duty(one.duty(), reader) + ", " + wording.occasion(one.occasion()) + party,
                    text,
                    baseUrl + "/desk/obligations/" + one.id()));
        }
        new CalendarOutputter(false).output(calendar, target);
    }

    /** What a feed is called. */
    String name(Feed feed, Locale reader) {
        String subject = feed.subject() == null ? "" : feed.subject();
        return switch (feed.scope()) {
            case ALL -> wording.text("feeds.all", reader);
            case PARTY -> wording.party(subject, reader);
            case DUTY -> wording.duty(subject, reader);
        };
    }

    /** The public calendar of actions. */
    void writePublic(List<Obligations.Action> actions, Locale reader, OutputStream target) throws IOException {
        Calendar calendar = empty(wording.text("feeds.public", reader));
        for (Obligations.Action action : actions) {
            calendar.add(event(
                    action.duty() + "/" + action.occasion() + "/"
                            + action.deadline().on() + "@sterna",
                    action.deadline(),
                    wording.duty(action.duty(), reader) + ", " + wording.occasion(action.occasion()),
                    wording.origin(action.deadline(), reader),
                    baseUrl + "/calendar"));
        }
        new CalendarOutputter(false).output(calendar, target);
    }

    private static Calendar empty(String name) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Sterna//Deadlines//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", name));
        return calendar;
    }

    private VEvent event(String uid, Deadline deadline, String summary, String text, String address) {
        VEvent event = new VEvent(false);
        event.add(new DtStamp(wording.now().truncatedTo(ChronoUnit.SECONDS)));
        event.add(new Uid(uid));
        event.add(new DtStart<LocalDate>(deadline.on()));
        event.add(new Summary(summary));
        event.add(new Description(text));
        event.add(new Url(URI.create(address)));
        event.add(new Status(deadline.provisional() ? Status.VALUE_TENTATIVE : Status.VALUE_CONFIRMED));
        event.add(ImmutableTransp.TRANSPARENT);
        return event;
    }
}
