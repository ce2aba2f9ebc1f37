package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
@DependsOn("registerFilling")
class JdbcParties implements Parties {

    private static final String PARTY =
            "select p.code, p.name_en, p.name_fr, p.name_es, p.region, p.language, p.zone from party p ";

    private final JdbcClient database;
    private final Terms terms;

    JdbcParties(JdbcClient database, Terms terms) {
        this.database = database;
        this.terms = terms;
    }

    @Override
    public List<Party> all() {
        return database.sql(PARTY + "order by p.code").query(JdbcParties::party).list();
    }

    @Override
    public Optional<Party> find(String code) {
        if (code.indexOf('\0') >= 0) {
            // no code has this character, and PostgreSQL refuses to be asked
            return Optional.empty();
        }
        return database.sql(PARTY + "where p.code = :code")
                .param("code", code)
                .query(JdbcParties::party)
                .optional();
    }

    @Override
    public List<Party> withoutConfirmed(SeatRole role) {
        return database.sql(PARTY + """
                        where not exists (
                            select 1 from term_of_office t join seat s on s.code = t.seat_code
                            where s.party_code = p.code and s.role = :role and t.confirmed and %s)
                        order by p.code
                        """.formatted(Terms.IN_OFFICE))
                .param("role", role.code())
                .param("today", terms.today())
                .query(JdbcParties::party)
                .list();
    }

    @Override
    public List<String> unknown(Collection<String> codes) {
        Set<String> known = new HashSet<>(
                database.sql("select code from party").query(String.class).list());
        return codes.stream().filter(code -> !known.contains(code)).toList();
    }

    @Override
    public void setZone(String code, ZoneId zone) {
        int changed = database.sql("update party set zone = :zone where code = :code")
                .param("zone", zone.getId())
                .param("code", code)
                .update();
        if (changed == 0) {
            throw new IllegalArgumentException("There is no Party " + code + ".");
        }
    }

    private static Party party(ResultSet row, int number) throws SQLException {
        String zone = row.getString("zone");
        return new Party(
                row.getString("code"),
                row.getString("name_en"),
                row.getString("name_fr"),
                row.getString("name_es"),
                Region.valueOf(row.getString("region")),
                Locale.forLanguageTag(row.getString("language")),
                zone == null ? Party.BONN : ZoneId.of(zone));
    }
}
