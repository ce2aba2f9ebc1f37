package org.sterna.feeds;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.FoldingWriter;
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

    /** The open deadlines of a feed, written as they are read, as those of all may be a hundred thousand. */
    void write(Feed feed, OutputStream target) throws IOException {
        Locale reader = feed.language();
        Obligations.Filter open = new Obligations.Filter(
                feed.scope() == Feed.Scope.DUTY ? feed.subject() : null,
                feed.scope() == Feed.Scope.PARTY ? feed.subject() : null,
                null,
                Arrays.stream(Obligation.State.values())
                        .filter(Obligation.State::open)
                        .collect(Collectors.toSet()),
                false);
        write(
                wording.text("feeds.calendar", reader, name(feed, reader)),
                target,
                events -> obligations.each(open, one -> events.test(event(feed, one, reader))));
    }

    private VEvent event(Feed feed, Obligation one, Locale reader) {
        String party = feed.scope() == Feed.Scope.PARTY ? "" : " – " + wording.party(one.partyCode(), reader);
        return event(
                one.id() + "@sterna",
                one.deadline(),
                wording.duty(one.duty(), reader) + ", " + wording.occasion(one.occasion()) + party,
                wording.state(one, reader).label() + ". " + wording.origin(one.deadline(), reader),
                baseUrl + "/desk/obligations/" + one.id());
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
        write(
                wording.text("feeds.public", reader),
                target,
                events -> actions.forEach(action -> events.test(event(
                        action.duty() + "/" + action.occasion() + "/"
                                + action.deadline().on() + "@sterna",
                        action.deadline(),
                        wording.duty(action.duty(), reader) + ", " + wording.occasion(action.occasion()),
                        wording.origin(action.deadline(), reader),
                        baseUrl + "/calendar"))));
    }

    /** Writes a calendar whose events come one after the other. */
    private static void write(String name, OutputStream target, Consumer<Predicate<VEvent>> events) throws IOException {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Sterna//Deadlines//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", name));
        String around = calendar.toString();
        int end = around.indexOf("END:VCALENDAR");
        try (FoldingWriter folded = new FoldingWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8))) {
            folded.write(around.substring(0, end));
            events.accept(event -> {
                try {
                    folded.write(event.toString());
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            folded.write(around.substring(end));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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
