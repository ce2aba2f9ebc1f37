package org.sterna.register;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Inserts accounts, with a first term of office where one is given, as far as the user names are new. */
@Component
class Newcomers {

    /**
     * @param username lower case
     * @param seatCode the seat to sit in; null for none
     * @param confirmed whether the term counts as confirmed
     */
    record Newcomer(
            String username,
            String name,
            String email,
            Locale language,
            @Nullable String partyCode,
            @Nullable String seatCode,
            boolean confirmed,
            boolean administrator) {}

    private final JdbcTemplate database;
    private final Clock clock;

    Newcomers(JdbcTemplate database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Inserts somebody who has no password yet. */
    void invite(Newcomer newcomer, LocalDate from) {
        insert(List.of(newcomer), null, from);
    }

    void welcome(Collection<Newcomer> newcomers, String passwordHash, LocalDate from) {
        Set<String> known = new HashSet<>(database.queryForList("select username from account", String.class));
        List<Newcomer> missing = newcomers.stream()
                .filter(newcomer -> !known.contains(newcomer.username()))
                .toList();
        insert(missing, passwordHash, from);
    }

    private void insert(List<Newcomer> missing, @Nullable String passwordHash, LocalDate from) {
        database.batchUpdate(
                """
                insert into account
                    (username, display_name, email, language, party_code, password_hash, administrator, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                missing.stream()
                        .map(newcomer -> new Object[] {
                            newcomer.username(),
                            newcomer.name(),
                            newcomer.email(),
                            newcomer.language().getLanguage(),
                            newcomer.partyCode(),
                            passwordHash,
                            newcomer.administrator(),
                            clock.instant().atOffset(ZoneOffset.UTC)
                        })
                        .toList());
        Map<UUID, Newcomer> terms = new LinkedHashMap<>();
        missing.stream()
                .filter(newcomer -> newcomer.seatCode() != null)
                .forEach(newcomer -> terms.put(UUID.randomUUID(), newcomer));
        database.batchUpdate(
                """
                insert into term_of_office (id, seat_code, username, name, email, language, first_day, confirmed)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                terms.entrySet().stream()
                        .map(term -> new Object[] {
                            term.getKey(),
                            term.getValue().seatCode(),
                            term.getValue().username(),
                            term.getValue().name(),
                            term.getValue().email(),
                            term.getValue().language().getLanguage(),
                            from,
                            term.getValue().confirmed()
                        })
                        .toList());
        TermWords.keep(
                JdbcClient.create(database),
                terms.entrySet().stream()
                        .map(term -> new TermWords.Named(
                                term.getKey(),
                                term.getValue().name(),
                                term.getValue().email()))
                        .toList());
    }
}
