package org.sterna.register;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.sterna.register.Instruments.Instrument;

/** Puts the instruments of the reference data into the register, as far as they are missing; who belongs is not there. */
@Component
class ReferenceInstruments {

    private static final String FILE = "reference/instruments.csv";

    private final JdbcTemplate database;

    ReferenceInstruments(JdbcTemplate database) {
        this.database = database;
    }

    void fill() {
        Set<String> known = new HashSet<>(database.queryForList("select code from instrument", String.class));
        database.batchUpdate(
                "insert into instrument (code, name, kind) values (?, ?, ?)",
                instruments().stream()
                        .filter(one -> !known.contains(one.code()))
                        .map(one ->
                                new Object[] {one.code(), one.name(), one.kind().name()})
                        .toList());
    }

    private static List<Instrument> instruments() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream();
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            return rows.readAll().stream()
                    .map(row ->
                            new Instrument(row.get("acronym"), row.get("name"), Instruments.Kind.of(row.get("type"))))
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }
}
