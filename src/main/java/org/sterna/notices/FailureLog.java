package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.register.Addresses;

/** Keeps each failure of an address, and counts how many addresses fail at once. */
@Component
class FailureLog {

    /** What follows from a failure. */
    enum State {
        /** Nothing but that it counts. */
        NOTED,
        /** The address was marked. */
        MARKED,
        /** The Secretariat has to decide. */
        WAITING,
        /** A person said that the address is gone. */
        CONFIRMED,
        /** The fault was ours. */
        FORGOTTEN,
        /** A person looked at it and left it at that. */
        DISMISSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private static final Duration REMEMBERED = Duration.ofDays(90);

    /** After this a mail that did not come back has arrived. */
    private static final Duration ARRIVED = Duration.ofDays(3);

    private static final int MOST_LISTED = 200;

    private final JdbcClient jdbc;
    private final Addresses addresses;
    private final FailureSettings settings;
    private final Clock clock;

    FailureLog(JdbcClient jdbc, Addresses addresses, FailureSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.addresses = addresses;
        this.settings = settings;
        this.clock = clock;
    }

    DeliveryFailures.Limit limit() {
        return new DeliveryFailures.Limit(settings.most(), settings.within());
    }

    /** Keeps a failure that marks no address. Takes part in the caller's transaction. */
    void note(Notice notice, DeliveryVerdict verdict, String said) {
        insert(notice, verdict, null, said, State.NOTED);
    }

    /**
     * Keeps a failure for which the address is to be marked, unless too many are. Those that were marked within the same
     * time are then marked no longer. Takes part in the caller's transaction.
     *
     * @return whether to mark the address; if not, the Secretariat decides
     */
    boolean mayMark(Notice notice, Addresses.Fault fault, String said) {
        jdbc.sql("select id from address_guard where id = 1 for update")
                .query(Integer.class)
                .single();
        if (addresses.marked(notice.email())) {
            return true;
        }
        Set<String> together = new HashSet<>(jdbc.sql("""
                        select distinct email_key from delivery_failure
                        where state in ('MARKED', 'WAITING', 'FORGOTTEN') and fault is not null and failed_at > :since
                        """)
                .param("since", utc(clock.instant().minus(settings.within())))
                .query(String.class)
                .list());
        together.add(Outbox.key(notice.email()));
        if (together.size() <= settings.most()) {
            insert(notice, DeliveryVerdict.GONE, fault, said, State.MARKED);
            return true;
        }
        insert(notice, DeliveryVerdict.GONE, fault, said, State.WAITING);
        List<String> before = jdbc.sql(
                        "select distinct email_key from delivery_failure where state = 'MARKED' and failed_at > :since")
                .param("since", utc(clock.instant().minus(settings.within())))
                .query(String.class)
                .list();
        jdbc.sql("update delivery_failure set state = 'WAITING' where state = 'MARKED' and failed_at > :since")
                .param("since", utc(clock.instant().minus(settings.within())))
                .update();
        before.forEach(addresses::clear);
        LOG.warn(
                "{} addresses failed within {}; none is marked until the Secretariat decides",
                together.size(),
                settings.within());
        return false;
    }

    private void insert(
            Notice notice, DeliveryVerdict verdict, Addresses.@Nullable Fault fault, String said, State state) {
        insert(notice, verdict, fault, said, state, null);
    }

    private void insert(
            Notice notice,
            DeliveryVerdict verdict,
            Addresses.@Nullable Fault fault,
            String said,
            State state,
            @Nullable String username) {
        jdbc.sql("""
                        insert into delivery_failure (id, notice_id, email, email_key, verdict, fault, said, failed_at,
                          state, decided_by, decided_at)
                        values (:id, :notice, :email, :key, :verdict, :fault, :said, :at, :state, :by,
                          cast(:decided as timestamp with time zone))
                        """)
                .param("id", UUID.randomUUID())
                .param("notice", notice.id())
                .param("email", notice.email())
                .param("key", Outbox.key(notice.email()))
                .param("verdict", verdict.name())
                .param("fault", fault == null ? null : fault.name())
                .param("said", said)
                .param("at", utc(clock.instant()))
                .param("state", state.name())
                .param("by", username)
                .param("decided", username == null ? null : utc(clock.instant()))
                .update();
    }

    /** Keeps a person's word that the address is gone. Takes part in the caller's transaction. */
    void confirm(Notice notice, String said, String username) {
        insert(notice, DeliveryVerdict.GONE, Addresses.Fault.BOUNCED, said, State.CONFIRMED, username);
    }

    /** Failures that wait for a decision, with what the addresses are to be marked with. */
    record Waiting(DeliveryFailures.Doubt doubt, Addresses.Fault fault) {}

    /** The newest first. */
    List<Waiting> waiting() {
        return jdbc.sql("select * from delivery_failure where state = 'WAITING' order by number desc")
                .query((row, line) -> waiting(row))
                .list();
    }

    /** Those of them that are to be decided now, held until the caller's transaction ends. */
    List<Waiting> waiting(long newest) {
        jdbc.sql("select id from address_guard where id = 1 for update")
                .query(Integer.class)
                .single();
        return jdbc.sql("select * from delivery_failure where state = 'WAITING' and number <= :newest order by number")
                .param("newest", newest)
                .query((row, line) -> waiting(row))
                .list();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                new DeliveryFailures.Doubt(
                        row.getLong("number"),
                        row.getString("email"),
                        row.getObject("notice_id", UUID.class),
                        row.getString("said"),
                        instant(row, "failed_at")),
                Addresses.Fault.valueOf(row.getString("fault")));
    }

    long countWaiting() {
        return jdbc.sql("select count(distinct email_key) from delivery_failure where state = 'WAITING'")
                .query(Long.class)
                .single();
    }

    void decide(long newest, State state, String username) {
        jdbc.sql("""
                        update delivery_failure set state = :state, decided_by = :by, decided_at = :at
                        where state = 'WAITING' and number <= :newest
                        """)
                .param("state", state.name())
                .param("by", username)
                .param("at", utc(clock.instant()))
                .param("newest", newest)
                .update();
    }

    /** Decides about what was noted of an address. */
    void decide(String email, State state, String username) {
        jdbc.sql("""
                        update delivery_failure set state = :state, decided_by = :by, decided_at = :at
                        where email_key = :key and state = 'NOTED'
                        """)
                .param("state", state.name())
                .param("by", username)
                .param("at", utc(clock.instant()))
                .param("key", Outbox.key(email))
                .update();
    }

    List<DeliveryFailures.Repeated> repeated() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        select f.email_key, g.times, f.verdict, f.said, f.failed_at
                        from (select email_key, count(distinct notice_id) as times, max(number) as newest
                            from delivery_failure where state = 'NOTED' and failed_at > :since
                            group by email_key having count(distinct notice_id) > 1) g
                        join delivery_failure f on f.number = g.newest
                        where not exists (select 1 from notice n where n.email_key = f.email_key and n.state = 'SENT'
                            and n.sent_at > f.failed_at and n.sent_at < :settled)
                        order by f.number desc fetch first :most rows only
                        """)
                .param("since", utc(now.minus(REMEMBERED)))
                .param("settled", utc(now.minus(ARRIVED)))
                .param("most", MOST_LISTED)
                .query((row, number) -> new DeliveryFailures.Repeated(
                        row.getString("email_key"),
                        row.getLong("times"),
                        DeliveryVerdict.valueOf(row.getString("verdict")),
                        row.getString("said"),
                        instant(row, "failed_at")))
                .list();
    }

    /** What was said last of an address that failed repeatedly; null if nothing is noted of it. */
    @Nullable
    String lastSaid(String email) {
        return jdbc.sql("""
                        select said from delivery_failure where email_key = :key and state = 'NOTED'
                        order by number desc fetch first row only
                        """)
                .param("key", Outbox.key(email))
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Those of the addresses of which a person said that they are gone. */
    Set<String> confirmed(Set<String> keys) {
        return keys.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        jdbc.sql("""
                                select email_key from delivery_failure
                                where email_key in (:keys) and state = 'CONFIRMED'
                                union
                                select n.email_key from notice n join bounce b on b.notice_id = n.id
                                where n.email_key in (:keys) and b.hard = true and b.filed_by is not null
                                """).param("keys", keys).query(String.class).list());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
