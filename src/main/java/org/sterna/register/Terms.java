package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads terms of office and absences; a day is a day in UTC. */
@Component
@DependsOn("registerFilling")
class Terms {

    static final String COLUMNS =
            "t.id, t.seat_code, t.username, t.name, t.email, t.language, t.first_day, t.last_day, t.confirmed, t.evidence";

    /** In office on {@code :today}: within the term, and with an enabled account if there is one. */
    static final String IN_OFFICE = """
            t.first_day <= :today and (t.last_day is null or t.last_day >= :today)
            and (t.username is null or exists (select 1 from account o where o.username = t.username and o.enabled))
            """;

    /**
     * Codes of the Parties whose work may fall to the Secretariat, as nobody is in office where it falls before; with
     * the codes of {@link Occupancy#FALL_BACK} as {@code :roles}.
     */
    static final String PARTIES_WITHOUT_FALL_BACK = """
            select p.code from party p where not exists (
                select 1 from seat f join term_of_office t on t.seat_code = f.code
                where f.party_code = p.code and f.role in (:roles) and %s)
            """.formatted(IN_OFFICE);

    private static final String OCCUPANCY = """
            select %s, exists (
                select 1 from absence a
                where a.seat_code = t.seat_code and a.first_day <= :today and a.last_day >= :today) as absent
            from term_of_office t join seat s on s.code = t.seat_code
            where %s
            """.formatted(COLUMNS, IN_OFFICE);

    private static final String ORDER = " order by t.seat_code, t.first_day, t.id";

    private final JdbcClient database;
    private final Clock clock;

    Terms(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Who is in office today in any seat. */
    Occupancy everywhere() {
        return occupancy(database.sql(OCCUPANCY + ORDER));
    }

    /** Who is in office today in some seats only. */
    Occupancy in(Collection<String> seatCodes) {
        return occupancy(
                database.sql(OCCUPANCY + " and t.seat_code in (:seats)" + ORDER).param("seats", seatCodes));
    }

    /** Who is in office today in some seats only, passed over those whose address takes no mail. */
    Occupancy withUsableAddress(Collection<String> seatCodes) {
        return occupancy(database.sql(OCCUPANCY + """
                         and t.seat_code in (:seats)
                         and not exists (select 1 from marked_address m where m.email_key = lower(trim(t.email)))
                        """ + ORDER).param("seats", seatCodes));
    }

    /** Who is in office today in the seats of some Parties, and in those of no Party. */
    Occupancy ofParties(Collection<String> partyCodes) {
        return partyCodes.isEmpty()
                ? occupancy(database.sql(OCCUPANCY + " and s.party_code is null" + ORDER))
                : occupancy(
                        database.sql(OCCUPANCY + " and (s.party_code is null or s.party_code in (:parties))" + ORDER)
                                .param("parties", partyCodes));
    }

    static Holder holder(ResultSet row, int number) throws SQLException {
        return new Holder(
                row.getObject("id", UUID.class),
                row.getString("seat_code"),
                row.getString("username"),
                row.getString("name"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getBoolean("confirmed"),
                row.getObject("evidence", UUID.class));
    }

    private Occupancy occupancy(JdbcClient.StatementSpec statement) {
        Set<String> absent = new HashSet<>();
        List<Holder> holders = statement
                .param("today", today())
                .query((row, number) -> {
                    Holder holder = holder(row, number);
                    if (row.getBoolean("absent")) {
                        absent.add(holder.seatCode());
                    }
                    return holder;
                })
                .list();
        return new Occupancy(holders, absent);
    }
}
