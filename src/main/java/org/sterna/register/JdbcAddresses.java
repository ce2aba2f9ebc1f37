package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcAddresses implements Addresses, Reachability {

    private static final int LONGEST = 254;

    private static final String REACH = """
            select p.code, t.email, m.fault
            from party p
            left join term_of_office t on t.seat_code = '%s-' || p.code and %s
            left join marked_address m on m.email_key = lower(trim(t.email))
            """.formatted(SeatRole.NFP.code(), Terms.IN_OFFICE);

    private final JdbcClient database;
    private final Terms terms;
    private final JdbcAccountLetters letters;
    private final AccountJournal journal;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    JdbcAddresses(
            JdbcClient database,
            Terms terms,
            JdbcAccountLetters letters,
            AccountJournal journal,
            Clock clock,
            ApplicationEventPublisher events) {
        this.database = database;
        this.terms = terms;
        this.letters = letters;
        this.journal = journal;
        this.clock = clock;
        this.events = events;
    }

    @Override
    @Transactional(propagation = Propagation.NESTED)
    public boolean mark(String email, Fault fault, String said) {
        String key = Addresses.key(email);
        if (key.isEmpty() || key.length() > LONGEST) {
            return false;
        }
        if (marked(email)) {
            return false;
        }
        try {
            database.sql("""
                            insert into marked_address (email_key, fault, said, marked_at)
                            values (:key, :fault, :said, :at)
                            """)
                    .param("key", key)
                    .param("fault", fault.name())
                    .param("said", said)
                    .param("at", now())
                    .update();
        } catch (DuplicateKeyException justNow) {
            return false;
        }
        events.publishEvent(new AddressMarked(key));
        return true;
    }

    @Override
    public boolean marked(String email) {
        return database.sql("select count(*) from marked_address where email_key = :key")
                        .param("key", Addresses.key(email))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public Map<String, List<Holder>> users(Collection<String> emails) {
        return emails.isEmpty()
                ? Map.of()
                : database
                        .sql("select " + Terms.COLUMNS
                                + " from term_of_office t where lower(trim(t.email)) in (:emails)" + " and "
                                + Terms.IN_OFFICE + " order by t.seat_code")
                        .param("emails", emails)
                        .param("today", terms.today())
                        .query(Terms::holder)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(holder -> Addresses.key(holder.email())));
    }

    @Override
    @Transactional
    public boolean clear(String email) {
        String key = Addresses.key(email);
        boolean marked = database.sql("delete from marked_address where email_key = :key")
                        .param("key", key)
                        .update()
                == 1;
        if (marked) {
            events.publishEvent(new AddressMended(key));
        }
        return marked;
    }

    @Override
    @Transactional
    public void correct(String before, String after, String username) {
        String fresh = after.strip();
        if (fresh.length() > LONGEST || !fresh.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
            throw new IllegalArgumentException(
                    "after: this is not an e-mail address. Write one such as name@example.org.");
        }
        int changed = database.sql("""
                        update term_of_office set email = :after
                        where lower(trim(email)) = :before and (last_day is null or last_day >= :today)
                        """)
                .param("after", fresh)
                .param("before", Addresses.key(before))
                .param("today", terms.today())
                .update();
        if (changed == 0) {
            throw new IllegalArgumentException(
                    "before: nobody in office uses this address any more. Reload the page and look again.");
        }
        TermWords.keep(
                database,
                database.sql("select id, name, email from term_of_office where email = :after")
                        .param("after", fresh)
                        .query(TermWords.Named.class)
                        .list());
        database.sql("select username from account where lower(trim(email)) = :before order by username")
                .param("before", Addresses.key(before))
                .query(String.class)
                .list()
                .forEach(account -> {
                    letters.write(account, AccountLetters.Kind.ADDRESS_CHANGED);
                    letters.withdrawLinks(account);
                    journal.note(account, AccountAdministration.Happening.ADDRESS_CHANGED, username, before.strip());
                });
        database.sql("update account set email = :after where lower(trim(email)) = :before")
                .param("after", fresh)
                .param("before", Addresses.key(before))
                .update();
        clear(before);
        clear(fresh);
        database.sql("""
                        insert into address_correction (id, before_email, after_email, corrected_at, corrected_by)
                        values (:id, :before, :after, :at, :by)
                        """)
                .param("id", UUID.randomUUID())
                .param("before", before.strip())
                .param("after", fresh)
                .param("at", now())
                .param("by", username)
                .update();
    }

    /**
     * Takes back that addresses take no mail which nobody in office or to come uses any more. Takes part in the caller's
     * transaction.
     */
    void abandon(Collection<String> emails) {
        if (!emails.isEmpty()) {
            database.sql("""
                            select m.email_key from marked_address m
                            where m.email_key in (:emails) and not exists (
                                select 1 from term_of_office t
                                where lower(trim(t.email)) = m.email_key
                                and (t.last_day is null or t.last_day >= :today))
                            order by m.email_key
                            """)
                    .param(
                            "emails",
                            emails.stream().map(Addresses::key).distinct().toList())
                    .param("today", terms.today())
                    .query(String.class)
                    .list()
                    .forEach(this::clear);
        }
    }

    @Override
    @Transactional
    public List<String> holdMarked() {
        return database.sql("""
                        select m.email_key from marked_address m
                        where exists (
                            select 1 from term_of_office t where lower(trim(t.email)) = m.email_key and %s)
                        order by m.email_key for update
                        """.formatted(Terms.IN_OFFICE))
                .param("today", terms.today())
                .query(String.class)
                .list();
    }

    @Override
    public List<Unusable> unusable() {
        return database.sql("select " + Terms.COLUMNS + """
                        , m.fault, m.said, m.marked_at
                        from marked_address m join term_of_office t on lower(trim(t.email)) = m.email_key and %s
                        order by m.marked_at, m.email_key, t.seat_code
                        """.formatted(Terms.IN_OFFICE))
                .param("today", terms.today())
                .query((row, number) -> new Unusable(
                        row.getString("email"),
                        Terms.holder(row, number),
                        Fault.valueOf(row.getString("fault")),
                        row.getString("said"),
                        row.getObject("marked_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public Map<String, Reach> of(Collection<String> partyCodes) {
        return partyCodes.isEmpty()
                ? Map.of()
                : reach(database.sql(REACH + " where p.code in (:parties)").param("parties", partyCodes));
    }

    @Override
    public Map<String, Reach> unreachable() {
        Map<String, Reach> all = reach(database.sql(REACH));
        all.values().removeIf(Reach.REACHABLE::equals);
        return all;
    }

    private Map<String, Reach> reach(JdbcClient.StatementSpec statement) {
        Map<String, Reach> reach = new TreeMap<>();
        // of several in office, the one who is reached best counts; Reach is in that order
        statement.param("today", terms.today()).query((ResultSet row) -> {
            reach.merge(row.getString("code"), reach(row), (one, other) -> one.compareTo(other) < 0 ? one : other);
        });
        return reach;
    }

    private static Reach reach(ResultSet row) throws SQLException {
        String email = row.getString("email");
        @Nullable String fault = row.getString("fault");
        if (email == null) {
            return Reach.NO_HOLDER;
        }
        if (email.isBlank() || Fault.INVALID.name().equals(fault)) {
            return Reach.NO_ADDRESS;
        }
        return fault == null ? Reach.REACHABLE : Reach.BOUNCED;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
