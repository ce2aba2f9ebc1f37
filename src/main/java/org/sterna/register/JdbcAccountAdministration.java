package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.register.Newcomers.Newcomer;

@Component
class JdbcAccountAdministration implements AccountAdministration {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 200;

    private static final String ENTRY = """
            select a.username, a.display_name, a.email, a.language, a.administrator, a.enabled, a.ended_at,
              a.password_hash is not null as has_password,
              (select l.state from account_letter l
                where l.username = a.username and l.kind in ('INVITATION', 'RESET')
                order by l.written_at desc, l.id fetch first 1 row only) as letter
            from account a""";

    private static final String WITHOUT_ACCOUNT = """
            from term_of_office t
            where (t.last_day is null or t.last_day >= :today) and (t.last_day is null or t.last_day >= t.first_day)
              and (t.username is null
                or exists (select 1 from account a where a.username = t.username and a.ended_at is not null))
            """;

    private final JdbcClient database;
    private final Terms terms;
    private final Newcomers newcomers;
    private final JdbcAccountLetters letters;
    private final AccountJournal journal;
    private final Clock clock;

    JdbcAccountAdministration(
            JdbcClient database,
            Terms terms,
            Newcomers newcomers,
            JdbcAccountLetters letters,
            AccountJournal journal,
            Clock clock) {
        this.database = database;
        this.terms = terms;
        this.newcomers = newcomers;
        this.letters = letters;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public List<Entry> all() {
        Map<String, Set<String>> seats = terms.everywhere().ownSeatsByUsername();
        return database.sql(ENTRY + " order by case when a.ended_at is null then 0 else 1 end, a.username")
                .query((row, number) -> entry(row, seats.getOrDefault(row.getString("username"), Set.of())))
                .list();
    }

    @Override
    public Optional<Entry> find(String username) {
        Map<String, Set<String>> seats = terms.everywhere().ownSeatsByUsername();
        return database.sql(ENTRY + " where a.username = :username")
                .param("username", username)
                .query((row, number) -> entry(row, seats.getOrDefault(username, Set.of())))
                .optional();
    }

    private static Entry entry(ResultSet row, Set<String> seats) throws SQLException {
        String letter = row.getString("letter");
        return new Entry(
                row.getString("username"),
                row.getString("display_name"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                Set.copyOf(seats),
                row.getBoolean("administrator"),
                status(row),
                letter == null ? null : letter.toLowerCase(Locale.ROOT));
    }

    private static Status status(ResultSet row) throws SQLException {
        if (row.getObject("ended_at") != null) {
            return Status.ENDED;
        }
        if (!row.getBoolean("enabled")) {
            return Status.LOCKED;
        }
        return row.getBoolean("has_password") ? Status.ACTIVE : Status.INVITED;
    }

    @Override
    public List<Event> events(String username) {
        return journal.of(username);
    }

    @Override
    public List<Holder> withoutAccount() {
        return database.sql(
                        "select " + Terms.COLUMNS + " " + WITHOUT_ACCOUNT + " order by t.seat_code, t.first_day, t.id")
                .param("today", terms.today())
                .query(Terms::holder)
                .list();
    }

    @Override
    @Transactional
    public void open(Officer officer, String by) {
        if (!officer.username().matches(FirstAdministrator.USERNAME)) {
            throw new InvalidOfficer("username", "invalid");
        }
        if (officer.name().isBlank()
                || officer.name().length() > LONGEST_NAME
                || officer.name().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidOfficer("name", "invalid");
        }
        if (officer.email().length() > LONGEST_EMAIL
                || !EMAIL.matcher(officer.email()).matches()) {
            throw new InvalidOfficer("email", "invalid");
        }
        String seat = SeatRole.SECRETARIAT.code();
        if (taken(officer.username())) {
            throw new InvalidOfficer("username", "taken");
        }
        try {
            newcomers.invite(
                    new Newcomer(
                            officer.username(),
                            officer.name().strip(),
                            officer.email(),
                            officer.language(),
                            null,
                            seat,
                            true,
                            officer.administrator()),
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        } catch (DuplicateKeyException justNow) {
            throw new InvalidOfficer("username", "taken");
        }
        opened(officer.username(), officer.administrator() ? seat + ", administrator" : seat, by);
    }

    @Override
    @Transactional
    public Optional<String> openFor(UUID term, String by) {
        Optional<Holder> holder = database.sql(
                        "select " + Terms.COLUMNS + " " + WITHOUT_ACCOUNT + " and t.id = :term for update")
                .param("today", terms.today())
                .param("term", term)
                .query(Terms::holder)
                .optional();
        return holder.map(found -> {
            String username = openFor(found.seatCode(), found.name(), found.email(), found.language(), by);
            database.sql("update term_of_office set username = :username where id = :term")
                    .param("username", username)
                    .param("term", term)
                    .update();
            return username;
        });
    }

    /**
     * Opens an account for a holder of a seat and mails a link to it. Takes part in the caller’s transaction.
     *
     * @return the user name: the office’s, with a number if somebody had it before
     */
    String openFor(String seatCode, String name, String email, Locale language, @Nullable String by) {
        @Nullable
        String party = database.sql("select party_code from seat where code = :seat")
                .param("seat", seatCode)
                .query((row, number) -> Optional.ofNullable(row.getString("party_code")))
                .single()
                .orElse(null);
        String office = party == null
                ? seatCode
                : party.toLowerCase(Locale.ROOT) + "-"
                        + SeatRole.ofSeat(seatCode).orElseThrow().code();
        String username = office;
        for (int number = 2; taken(username); number++) {
            username = office + "-" + number;
        }
        newcomers.invite(
                new Newcomer(username, name, email, language, party, null, true, false),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        opened(username, seatCode, by);
        return username;
    }

    private boolean taken(String username) {
        return database.sql("select count(*) from account where username = :username")
                        .param("username", username)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void opened(String username, String seat, @Nullable String by) {
        journal.note(username, Happening.OPENED, by, seat);
        letters.write(username, AccountLetters.Kind.INVITATION);
    }

    @Override
    @Transactional
    public boolean invite(String username, String by) {
        boolean usable = find(username)
                .filter(entry -> entry.status() == Status.INVITED || entry.status() == Status.ACTIVE)
                .isPresent();
        if (usable) {
            letters.withdrawLinks(username);
            letters.write(username, AccountLetters.Kind.INVITATION);
            journal.note(username, Happening.INVITED, by, null);
        }
        return usable;
    }

    @Override
    @Transactional
    public void lock(String username, String by) {
        othersOnly(username, by);
        change(username, "enabled = false", "enabled", Happening.LOCKED, by);
    }

    @Override
    @Transactional
    public void unlock(String username, String by) {
        change(username, "enabled = true", "not enabled and ended_at is null", Happening.UNLOCKED, by);
    }

    @Override
    @Transactional
    public void end(String username, String by) {
        othersOnly(username, by);
        change(username, "enabled = false, ended_at = :now", "ended_at is null", Happening.ENDED, by);
    }

    @Override
    @Transactional
    public void endSessions(String username, String by) {
        change(username, "enabled = enabled", "enabled", Happening.SESSIONS_ENDED, by);
    }

    /** Changes it, if it is still as the page showed it, and ends its sessions and links. */
    private void change(String username, String change, String condition, Happening happening, String by) {
        JdbcClient.StatementSpec statement = database.sql("update account set " + change
                        + ", sessions_ended = sessions_ended + 1 where username = :username and " + condition)
                .param("username", username);
        if (change.contains(":now")) {
            statement = statement.param("now", clock.instant().atOffset(ZoneOffset.UTC));
        }
        if (statement.update() == 1) {
            if (happening != Happening.SESSIONS_ENDED) {
                letters.withdrawLinks(username);
            }
            journal.note(username, happening, by, null);
        }
    }

    /** Two administrators who lock each other take turns here, so that one of them stays. */
    private void othersOnly(String username, String by) {
        List<String> administrators = database.sql(
                        "select username from account where administrator and enabled order by username for update")
                .query(String.class)
                .list();
        if (username.equals(by)) {
            throw new NotAllowed("nobody locks or ends the own account");
        }
        if (administrators.stream().noneMatch(other -> !other.equals(username))) {
            throw new NotAllowed("nobody would be left to administer accounts");
        }
    }

    /** Whether two names are those of one person: the words of one are all among those of the other. */
    static boolean sameName(String one, String other) {
        Set<String> words = NameWords.of(one);
        Set<String> others = NameWords.of(other);
        return !words.isEmpty() && !others.isEmpty() && (others.containsAll(words) || words.containsAll(others));
    }

    /**
     * The account of the Party in which that person works already, for example as alternate.
     *
     * @param besides accounts that are not meant
     */
    Optional<String> ofPerson(String seatCode, String name, String email, @Nullable String... besides) {
        record Known(String username, String name) {}
        return database
                .sql("""
                        select a.username, a.display_name as name from account a
                        join seat s on s.code = :seat and s.party_code = a.party_code
                        where a.enabled and lower(trim(a.email)) = :email order by a.username
                        """)
                .param("seat", seatCode)
                .param("email", Addresses.key(email))
                .query(Known.class)
                .stream()
                .filter(known -> sameName(known.name(), name))
                .map(Known::username)
                .filter(username -> !Arrays.asList(besides).contains(username))
                .findFirst();
    }
}
