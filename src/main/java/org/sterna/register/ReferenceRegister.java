package org.sterna.register;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Puts the Parties of the reference data and all seats into the register, as far as they are missing. */
@Component
class ReferenceRegister {

    private static final String FILE = "reference/parties.csv";

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Row(
            String iso3,
            @JsonProperty("name_en") String nameEn,
            @JsonProperty("name_fr") String nameFr,
            @JsonProperty("name_es") String nameEs,
            String region,
            String language,
            String zone) {

        Party party() {
            return new Party(
                    iso3,
                    nameEn,
                    nameFr,
                    nameEs,
                    Region.named(region),
                    Locale.forLanguageTag(language),
                    ZoneId.of(zone));
        }
    }

    private final JdbcTemplate database;

    ReferenceRegister(JdbcTemplate database) {
        this.database = database;
    }

    /** The Parties of the reference data, in its order. */
    List<Party> parties() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream();
                MappingIterator<Row> rows = new CsvMapper()
                        .readerFor(Row.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            return rows.readAll().stream().map(Row::party).toList();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    void fill() {
        List<Party> parties = parties();
        Set<String> known = codes("select code from party");
        database.batchUpdate(
                "insert into party (code, name_en, name_fr, name_es, region, language, zone) values (?, ?, ?, ?, ?, ?, ?)",
                parties.stream()
                        .filter(party -> !known.contains(party.code()))
                        .map(party -> new Object[] {
                            party.code(),
                            party.nameEn(),
                            party.nameFr(),
                            party.nameEs(),
                            party.region().name(),
                            party.language().getLanguage(),
                            party.zone().getId()
                        })
                        .toList());
        // registers older than zones
        Set<String> without = codes("select code from party where zone is null");
        database.batchUpdate(
                "update party set zone = ? where code = ? and zone is null",
                parties.stream()
                        .filter(party -> without.contains(party.code()))
                        .map(party -> new Object[] {party.zone().getId(), party.code()})
                        .toList());

        Set<String> there = codes("select code from seat");
        database.batchUpdate(
                "insert into seat (code, role, party_code) values (?, ?, ?)",
                seats(parties).stream()
                        .filter(seat -> !there.contains(seat.code()))
                        .map(seat -> new Object[] {seat.code(), seat.role().code(), seat.partyCode()})
                        .toList());
    }

    private static List<Seat> seats(List<Party> parties) {
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat(SeatRole.SECRETARIAT.code(), SeatRole.SECRETARIAT, null));
        seats.add(new Seat(SeatRole.STC.code(), SeatRole.STC, null));
        parties.stream()
                .map(Party::region)
                .distinct()
                .forEach(region -> seats.add(new Seat(Seat.representative(region), SeatRole.REP, null)));
        for (Party party : parties) {
            Arrays.stream(SeatRole.values())
                    .filter(SeatRole::ofParty)
                    .forEach(role -> seats.add(new Seat(Seat.code(role, party.code()), role, party.code())));
        }
        return seats;
    }

    private Set<String> codes(String statement) {
        return new HashSet<>(database.queryForList(statement, String.class));
    }
}
