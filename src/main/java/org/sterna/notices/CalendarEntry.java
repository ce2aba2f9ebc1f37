package org.sterna.notices;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.FoldingWriter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
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

    /** What entries of the same deadline have in common. */
    private record Like(Method method, int sequence, Instant end, String organizer) {}

    /** Files without what differs from reader to reader: making them costs more than all other wording of a letter. */
    private static final Cache<Like, String> MADE =
            Caffeine.newBuilder().maximumSize(200).build();

    private static final String BEGIN = "BEGIN:VEVENT";
    private static final String END = "END:VEVENT\r\n";

    /**
     * The entries as one iCalendar file.
     *
     * @param entries at least one
     * @param organizer who answers for them
     * @param now when they are written
     */
    static String file(Method method, List<CalendarEntry> entries, InternetAddress organizer, Instant now) {
        StringBuilder file = new StringBuilder();
        String rest = "";
        for (CalendarEntry entry : entries) {
            String made = MADE.get(
                    new Like(method, entry.sequence(), entry.end(), organizer.toString()),
                    missing -> entry.made(method, organizer));
            int end = made.indexOf(END);
            file.append(made, file.isEmpty() ? 0 : made.indexOf(BEGIN), end)
                    .append(folded(entry.own(now)))
                    .append(END);
            rest = made.substring(end + END.length());
        }
        return file.append(rest).toString();
    }

    private static String folded(String lines) {
        StringWriter folded = new StringWriter();
        try (FoldingWriter folding = new FoldingWriter(folded)) {
            folding.write(lines);
        } catch (IOException e) {
            throw new IllegalStateException("A writer in memory does not fail", e);
        }
        return folded.toString();
    }

    /** The file with this entry alone, without its own words; that it is valid is for tests to say. */
    private String made(Method method, InternetAddress organizer) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//CMS//Sterna//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(method == Method.CANCEL ? ImmutableMethod.CANCEL : ImmutableMethod.PUBLISH);
        VEvent event = new VEvent(false);
        event.add(new Sequence(sequence));
        // the deadline is the last second of its day
        Instant over = end.plusSeconds(1);
        event.add(new DtStart<>(over.minus(Duration.ofHours(1))));
        event.add(new DtEnd<>(over));
        event.add(new Organizer(
                organizer.getPersonal() == null
                        ? new ParameterList()
                        : new ParameterList(List.of(new Cn(organizer.getPersonal()))),
                URI.create("mailto:" + organizer.getAddress())));
        event.add(ImmutableTransp.TRANSPARENT);
        event.add(method == Method.CANCEL ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        calendar.add(event);
        return folded(calendar.toString());
    }

    /** The lines that no other entry has. */
    private String own(Instant now) {
        return Stream.of(
                        new Uid(uid),
                        new DtStamp(now),
                        new Summary(summary),
                        new Description(description),
                        new Url(URI.create(link)))
                .map(Property::toString)
                .collect(Collectors.joining());
    }
}
