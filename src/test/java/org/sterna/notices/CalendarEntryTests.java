package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.validate.ValidationEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deadlines as other programs read them. */
class CalendarEntryTests {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant END = Instant.parse("2027-03-31T21:59:59Z");

    private static CalendarEntry entry(String uid, String summary, String description) {
        return new CalendarEntry(
                uid, 2, END, summary, description, "https://sterna.example/desk/obligations/1?a=b&c=d");
    }

    private static Calendar read(CalendarEntry.Method method, CalendarEntry... entries) throws Exception {
        InternetAddress organizer = new InternetAddress("cms.secretariat@example.org", "CMS; Secretariat, \"Bonn\"");
        String file = CalendarEntry.file(method, List.of(entries), organizer, NOW);
        assertThat(file.split("\r\n")).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75, "folded");
        return new CalendarBuilder().build(new StringReader(file));
    }

    @ParameterizedTest
    @EnumSource
    void areWhatTheStandardAsksFor(CalendarEntry.Method method) throws Exception {
        Calendar calendar = read(
                method, entry("a@sterna", "Due: report", "One\nTwo"), entry("b@sterna", "Échéance : rapport", "Trois"));

        assertThat(calendar.validate().getEntries())
                .filteredOn(fault -> fault.getSeverity() == ValidationEntry.Severity.ERROR)
                .isEmpty();
        assertThat(calendar.getComponents()).hasSize(2);
        assertThat(calendar.getMethod().getValue()).isEqualTo(method.name());
    }

    @Test
    void keepTextThatLooksLikeCalendarLinesAsText() throws Exception {
        String nasty = "x\r\nEND:VEVENT\r\nBEGIN:VALARM;a,b\\n\u2028ATTENDEE:mailto:x@example.org";
        Calendar calendar = read(CalendarEntry.Method.PUBLISH, entry("a@sterna", nasty, nasty));

        assertThat(calendar.getComponents()).hasSize(1);
        VEvent event = (VEvent) calendar.getComponents().get(0);
        assertThat(event.getAlarms()).isEmpty();
        assertThat(event.getProperty("ATTENDEE")).isEmpty();
        assertThat(event.<Summary>getRequiredProperty("SUMMARY").getValue()).contains("END:VEVENT");
        assertThat(event.<Description>getRequiredProperty("DESCRIPTION").getValue())
                .contains("ATTENDEE:mailto");
    }
}
