package org.sterna.register;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
@DependsOn("registerFilling")
class JdbcInstruments implements Instruments {

    private final JdbcClient database;
    private final Clock clock;

    JdbcInstruments(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<Instrument> all() {
        return database.sql("select code, name, kind from instrument order by kind, code")
                .query((row, number) -> new Instrument(
                        row.getString("code"), row.getString("name"), Kind.valueOf(row.getString("kind"))))
                .list();
    }

    @Override
    public List<Membership> of(String partyCode) {
        return database.sql("select * from instrument_membership where party_code = :party order by instrument_code")
                .param("party", partyCode)
                .query((row, number) -> new Membership(
                        row.getString("party_code"),
                        row.getString("instrument_code"),
                        row.getObject("first_day", LocalDate.class),
                        Basis.valueOf(row.getString("basis")),
                        row.getString("source")))
                .list();
    }

    @Override
    public Set<String> parties(String instrumentCode) {
        if (all().stream().noneMatch(one -> one.code().equals(instrumentCode))) {
            throw new IllegalArgumentException("There is no instrument " + instrumentCode);
        }
        return new LinkedHashSet<>(database.sql("select party_code from instrument_membership"
                        + " where instrument_code = :instrument and first_day <= :today order by party_code")
                .param("instrument", instrumentCode)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(String.class)
                .list());
    }
}
