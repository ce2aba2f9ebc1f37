package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcAccounts implements Accounts {

    private static final String ACCOUNT =
            "select username, display_name, email, language, party_code, administrator, sessions_ended"
                    + " from account where enabled";

    private final JdbcClient database;
    private final JdbcSeats seats;
    private final Passwords passwords;

    JdbcAccounts(JdbcClient database, JdbcSeats seats, Passwords passwords) {
        this.database = database;
        this.seats = seats;
        this.passwords = passwords;
    }

    @Override
    public Optional<Account> find(String username) {
        JdbcSeats.Held held = seats.heldToday(username);
        return database.sql(ACCOUNT + " and username = :username")
                .param("username", username)
                .query((row, number) -> account(row, held))
                .optional();
    }

    @Override
    public Map<String, String> names(Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Map.of();
        }
        Map<String, String> names = new HashMap<>();
        database.sql("select username, display_name from account where enabled and username in (:usernames)")
                .param("usernames", Set.copyOf(usernames))
                .query(row -> {
                    names.put(row.getString("username"), row.getString("display_name"));
                });
        return names;
    }

    @Override
    public boolean passwordMatches(String username, String password) {
        Optional<String> hash = database.sql("select password_hash from account where enabled and username = :username"
                        + " and password_hash is not null")
                .param("username", username)
                .query(String.class)
                .optional();
        return passwords.match(password, hash);
    }

    @Override
    public List<Account> query(Set<String> usernames, Optional<String> seat) {
        Map<String, JdbcSeats.Held> held = seats.byUsername();
        Set<String> wanted = new HashSet<>(usernames);
        if (seat.isPresent()) {
            Set<String> reached = held.entrySet().stream()
                    .filter(entry -> entry.getValue().seats().contains(seat.get()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (usernames.isEmpty()) {
                wanted = reached;
            } else {
                wanted.retainAll(reached);
            }
            if (wanted.isEmpty()) {
                return List.of();
            }
        }
        JdbcClient.StatementSpec statement = wanted.isEmpty()
                ? database.sql(ACCOUNT + " order by username")
                : database.sql(ACCOUNT + " and username in (:usernames) order by username")
                        .param("usernames", wanted);
        return statement
                .query((row, number) ->
                        account(row, held.getOrDefault(row.getString("username"), JdbcSeats.Held.NOTHING)))
                .list();
    }

    @Override
    public boolean any() {
        return database.sql("select count(*) from account").query(Integer.class).single() > 0;
    }

    private static Account account(ResultSet row, JdbcSeats.Held held) throws SQLException {
        return new Account(
                row.getString("username"),
                row.getString("display_name"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                party(row.getString("party_code"), held.parties()),
                Set.copyOf(held.seats()),
                row.getBoolean("administrator"),
                row.getInt("sessions_ended"));
    }

    /** Of the Parties in whose seats the account sits, the one that it was opened for, else the first. */
    private static @Nullable String party(@Nullable String openedFor, SortedSet<String> held) {
        if (openedFor != null && held.contains(openedFor)) {
            return openedFor;
        }
        return held.isEmpty() ? null : held.first();
    }
}
