package org.sterna.calendar;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** The meetings of the reference data and what was published for them. */
final class ReferenceMeetings {

    private static final String FILE = "reference/meetings.csv";

    /** Columns of dates by what they are for: duties by their keys, and a kind of document. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "national_report_deadline", "national-report",
            "appendix_proposal_deadline", "appendix-proposal",
            "non_scientific_document_deadline", "non-scientific-document");

    private final List<Meeting> meetings = new ArrayList<>();
    private final List<NotifiedDate> notified = new ArrayList<>();

    private ReferenceMeetings() {}

    static ReferenceMeetings read() {
        ReferenceMeetings reference = new ReferenceMeetings();
        try (InputStream file = new ClassPathResource(FILE).getInputStream();
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            rows.forEachRemaining(reference::add);
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
        return reference;
    }

    List<Meeting> meetings() {
        return meetings;
    }

    List<NotifiedDate> notified() {
        return notified;
    }

    private void add(Map<String, String> row) {
        String code = row.get("code").toLowerCase(Locale.ROOT);
        meetings.add(new Meeting(
                code,
                switch (row.get("kind")) {
                    case "ordinary" -> Meeting.Kind.COP;
                    case "extraordinary" -> Meeting.Kind.EXTRAORDINARY_COP;
                    default -> throw new IllegalArgumentException(row.get("kind") + " is no kind of meeting");
                },
                given(row.get("city")),
                given(row.get("country_iso3")),
                Meeting.Span.parse(row.get("opening")).orElse(null),
                day(row.get("closing")),
                ZoneId.of(row.get("zone")),
                false));
        SUBJECTS.forEach((column, subject) -> {
            LocalDate on = day(row.get(column));
            if (on != null) {
                notified.add(new NotifiedDate(
                        subject,
                        code,
                        on,
                        given(row.get(column + "_reference")),
                        null,
                        NotifiedDate.Basis.valueOf(row.get(column + "_basis").toUpperCase(Locale.ROOT))));
            }
        });
    }

    private static @Nullable String given(String text) {
        return text.isBlank() ? null : text;
    }

    private static @Nullable LocalDate day(String text) {
        return text.isBlank() ? null : LocalDate.parse(text);
    }
}
