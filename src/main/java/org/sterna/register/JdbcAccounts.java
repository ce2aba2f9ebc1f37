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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcAccounts implements Accounts {

    private static final String ACCOUNT =
            "select username, display_name, email, language, party_code, administrator from account where enabled";

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
        Set<String> held = seats.heldBy(username);
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
        Optional<String> hash = database.sql("select password_hash from account where enabled and username = :username")
                .param("username", username)
                .query(String.class)
                .optional();
        return passwords.match(password, hash);
    }

    @Override
    public List<Account> query(Set<String> usernames, Optional<String> seat) {
        Map<String, Set<String>> seatsByUsername = seats.byUsername();
        Set<String> wanted = new HashSet<>(usernames);
        if (seat.isPresent()) {
            Set<String> reached = seatsByUsername.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(seat.get()))
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
                .query((row, number) -> account(row, seatsByUsername.getOrDefault(row.getString("username"), Set.of())))
                .list();
    }

    @Override
    public boolean any() {
        return database.sql("select count(*) from account").query(Integer.class).single() > 0;
    }

    private static Account account(ResultSet row, Set<String> seats) throws SQLException {
        return new Account(
                row.getString("username"),
                row.getString("display_name"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("party_code"),
                Set.copyOf(seats),
                row.getBoolean("administrator"));
    }
}
