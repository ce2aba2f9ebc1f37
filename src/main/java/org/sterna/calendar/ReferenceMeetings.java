package org.sterna.calendar;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * The meetings of the reference data and what was published for them. A file that cannot be read stops the start with a
 * sentence that names its line and column.
 */
final class ReferenceMeetings {

    private static final String FILE = "reference/meetings.csv";

    private static final List<String> REQUIRED =
            List.of("code", "kind", "city", "country_iso3", "opening", "closing", "zone");

    private static final Map<String, Meeting.Kind> KINDS = Map.of(
            "ordinary", Meeting.Kind.COP,
            "extraordinary", Meeting.Kind.EXTRAORDINARY_COP,
            "mop", Meeting.Kind.MOP);

    /** Columns of dates by what they are for: duties by their keys, and a kind of document. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "national_report_deadline", "national-report",
            "appendix_proposal_deadline", "appendix-proposal",
            "non_scientific_document_deadline", "non-scientific-document");

    private final String file;
    private final List<Meeting> meetings = new ArrayList<>();
    private final List<NotifiedDate> notified = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ReferenceMeetings(String file) {
        this.file = file;
    }

    /** Reads those that come with the application. */
    static ReferenceMeetings read() {
        try (InputStream content = new ClassPathResource(FILE).getInputStream();
                Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
            return read(FILE, text);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file.
     *
     * @param file its name, for sentences
     * @throws IllegalStateException with a sentence that names line and column, if a value cannot be accepted
     */
    static ReferenceMeetings read(String file, Reader text) throws IOException {
        ReferenceMeetings reference = new ReferenceMeetings(file);
        try (CsvParser rows = new CsvMapper().getFactory().createParser(text)) {
            rows.enable(CsvParser.Feature.WRAP_AS_ARRAY);
            rows.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
            rows.setSchema(CsvSchema.emptySchema());
            rows.nextToken();
            List<String> columns = List.of();
            while (rows.nextToken() != JsonToken.END_ARRAY && !rows.isClosed()) {
                int line = 0;
                List<String> values = new ArrayList<>();
                while (rows.nextToken() == JsonToken.VALUE_STRING) {
                    values.add(rows.getText());
                    line = rows.currentTokenLocation().getLineNr();
                }
                if (columns.isEmpty()) {
                    columns = reference.columns(values);
                } else {
                    reference.add(reference.row(line, columns, values));
                }
            }
        }
        return reference;
    }

    List<Meeting> meetings() {
        return meetings;
    }

    List<NotifiedDate> notified() {
        return notified;
    }

    /** A line of the file. */
    private final class Row {

        private final int line;
        private final Map<String, String> values;

        Row(int line, Map<String, String> values) {
            this.line = line;
            this.values = values;
        }

        String text(String column) {
            return values.getOrDefault(column, "").strip();
        }

        @Nullable
        String given(String column) {
            return text(column).isEmpty() ? null : text(column);
        }

        @Nullable
        LocalDate day(String column) {
            if (text(column).isEmpty()) {
                return null;
            }
            try {
                return LocalDate.parse(text(column));
            } catch (DateTimeParseException notADay) {
                throw wrong(column, "is not a day; write for example 2029-05-14, or leave it empty");
            }
        }

        IllegalStateException wrong(String column, String why) {
            return new IllegalStateException(
                    "%s, line %d, column %s: '%s' %s".formatted(file, line, column, text(column), why));
        }
    }

    private List<String> columns(List<String> columns) {
        List<String> missing =
                REQUIRED.stream().filter(column -> !columns.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "%s, line 1: these columns are missing: %s".formatted(file, String.join(", ", missing)));
        }
        return columns;
    }

    private Row row(int line, List<String> columns, List<String> values) {
        if (values.size() != columns.size()) {
            throw new IllegalStateException(
                    "%s, line %d: %d values stand under %d columns; put texts with commas between quotation marks"
                            .formatted(file, line, values.size(), columns.size()));
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        return new Row(line, row);
    }

    private void add(Row row) {
        String code = row.text("code").toLowerCase(Locale.ROOT);
        if (!JdbcMeetings.CODE.matcher(code).matches()) {
            throw row.wrong("code", "is not a code; use 2 to 40 letters, digits and hyphens, for example COP16");
        }
        Integer before = lines.putIfAbsent(code, row.line);
        if (before != null) {
            throw row.wrong("code", "stands in line " + before + " already");
        }
        Meeting.Kind kind = KINDS.get(row.text("kind"));
        if (kind == null) {
            throw row.wrong("kind", "is no kind of meeting; write ordinary or extraordinary for a COP, or mop");
        }
        String instrument = row.given("instrument");
        if (kind.ofInstrument() != (instrument != null)) {
            throw row.wrong(
                    "instrument",
                    instrument == null
                            ? "is missing; write the Agreement or MOU whose meeting it is, for example AEWA"
                            : "belongs to no COP; leave it empty");
        }
        meetings.add(new Meeting(
                code, kind, instrument, place(row), country(row), opening(row), closing(row), zone(row), false));
        SUBJECTS.forEach((column, subject) -> {
            LocalDate on = row.day(column);
            if (on != null) {
                notified.add(new NotifiedDate(
                        subject, code, on, row.given(column + "_reference"), null, basis(row, column + "_basis")));
            }
        });
    }

    private static @Nullable String place(Row row) {
        if (row.text("city").length() > JdbcMeetings.LONGEST_PLACE) {
            throw row.wrong("city", "is longer than " + JdbcMeetings.LONGEST_PLACE + " characters");
        }
        return row.given("city");
    }

    private static @Nullable String country(Row row) {
        String country = row.given("country_iso3");
        if (country != null && !JdbcMeetings.COUNTRIES.contains(country)) {
            throw row.wrong("country_iso3", "is not a country; write a three-letter ISO code such as KEN");
        }
        return country;
    }

    private static Meeting.@Nullable Span opening(Row row) {
        if (row.text("opening").isEmpty()) {
            return null;
        }
        return Meeting.Span.parse(row.text("opening"))
                .filter(span -> !JdbcMeetings.implausible(span.first()))
                .orElseThrow(() ->
                        row.wrong("opening", "is not a date; write for example 2029-05-14, 2029-05, 2029-Q2 or 2029"));
    }

    private static @Nullable LocalDate closing(Row row) {
        LocalDate closing = row.day("closing");
        Meeting.Span opening = opening(row);
        if (closing != null && opening == null) {
            throw row.wrong("closing", "closes a meeting that does not open; write the opening too");
        }
        if (closing != null && opening != null && closing.isBefore(opening.first())) {
            throw row.wrong("closing", "is before the opening, " + opening.text());
        }
        if (closing != null && JdbcMeetings.implausible(closing)) {
            throw row.wrong("closing", "is not between 1979 and 2199");
        }
        return closing;
    }

    private static ZoneId zone(Row row) {
        if (!Zones.known(row.text("zone"))) {
            throw row.wrong("zone", "is not a time zone; write for example Africa/Nairobi");
        }
        return ZoneId.of(row.text("zone"));
    }

    private static NotifiedDate.Basis basis(Row row, String column) {
        return Arrays.stream(NotifiedDate.Basis.values())
                .filter(basis -> basis.code().equals(row.text(column)))
                .findFirst()
                .orElseThrow(() -> row.wrong(column, "is no basis; write sourced, computed or recalled"));
    }
}
