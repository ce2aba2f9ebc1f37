package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligations.Page;

/** The table of notices, and every change of state that it allows. */
@Component
class Outbox {

    static final String REPEATED = "notice.reason.repeated";
    static final String UNCERTAIN = "notice.reason.uncertain";

    /** The only kind that may reach somebody twice without harm; all others are on the record. */
    static final String REPEATABLE = "reminder";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;
    private final Clock clock;

    Outbox(JdbcClient jdbc, NamedParameterJdbcOperations batch, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /** The form of an address by which recipients are told apart. */
    static String key(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Who has a notice for what.
     *
     * @param key the recipient's {@link #key}
     */
    record Told(UUID obligationId, String milestone, String key) {}

    /** Who has been told of one of the milestones of the obligations; one statement for all. */
    Set<Told> told(Collection<UUID> obligationIds, Collection<String> milestones) {
        return obligationIds.isEmpty()
                ? new HashSet<>()
                : new HashSet<>(jdbc.sql("select obligation_id, milestone, email_key from notice"
                                + " where obligation_id in (:ids) and milestone in (:milestones)")
                        .param("ids", obligationIds)
                        .param("milestones", milestones)
                        .query((row, number) -> new Told(
                                row.getObject("obligation_id", UUID.class),
                                row.getString("milestone"),
                                row.getString("email_key")))
                        .list());
    }

    /**
     * Writes new notices, without those that somebody else has just written. The savepoint keeps the caller's
     * transaction usable on PostgreSQL after the unique key has spoken.
     *
     * @return those written
     */
    List<Notice> put(List<Notice> notices) {
        if (notices.isEmpty() || inserted(notices)) {
            return notices;
        }
        return notices.stream().filter(notice -> inserted(List.of(notice))).toList();
    }

    private boolean inserted(List<Notice> notices) {
        try {
            savepoint.executeWithoutResult(status ->
                    batch.batchUpdate(INSERT, notices.stream().map(Outbox::row).toArray(SqlParameterSource[]::new)));
            return true;
        } catch (DuplicateKeyException alreadyThere) {
            return false;
        }
    }

    private static final String INSERT = """
            insert into notice (id, obligation_id, milestone, kind, seat_code, as_copy, recipient, email,
              email_key, language, subject, text_body, html_body, message_id, state, reason, attempts,
              next_attempt_at, created_at)
            values (:id, :obligation, :milestone, :kind, :seat, :copy, :recipient, :email,
              :key, :language, :subject, :text, :html, :message, :state, :reason, 0, :at, :at)
            """;

    private static SqlParameterSource row(Notice notice) {
        return new MapSqlParameterSource()
                .addValue("id", notice.id())
                .addValue("obligation", notice.obligationId())
                .addValue("milestone", notice.milestone())
                .addValue("kind", notice.kind())
                .addValue("seat", notice.seatCode())
                .addValue("copy", notice.copy())
                .addValue("recipient", notice.recipient())
                .addValue("email", notice.email())
                .addValue("key", key(notice.email()))
                .addValue("language", notice.language().toLanguageTag())
                .addValue("subject", notice.subject())
                .addValue("text", notice.text())
                .addValue("html", notice.html())
                .addValue("message", notice.messageId())
                .addValue("state", notice.state().name())
                .addValue("reason", notice.reason())
                .addValue("at", utc(notice.createdAt()));
    }

    Optional<Notice> find(UUID id) {
        return jdbc.sql("select * from notice where id = :id")
                .param("id", id)
                .query(Outbox::notice)
                .optional();
    }

    List<Notice> of(UUID obligationId) {
        return jdbc.sql("select * from notice where obligation_id = :id order by number")
                .param("id", obligationId)
                .query(Outbox::notice)
                .list();
    }

    Page<Notice> list(@Nullable State state, int page, int size) {
        Collection<String> states =
                state == null ? Arrays.stream(State.values()).map(State::name).toList() : List.of(state.name());
        long total = jdbc.sql("select count(*) from notice where state in (:states)")
                .param("states", states)
                .query(Long.class)
                .single();
        List<Notice> items = jdbc.sql("""
                        select * from notice where state in (:states)
                        order by number desc
                        offset :skipped rows fetch next :size rows only
                        """)
                .param("states", states)
                .param("skipped", (long) page * size)
                .param("size", size)
                .query(Outbox::notice)
                .list();
        return new Page<>(items, total);
    }

    Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0L);
        }
        jdbc.sql("select state, count(*) from notice group by state").query(row -> {
            counts.put(State.valueOf(row.getString(1)), row.getLong(2));
        });
        return counts;
    }

    /** Queues a held notice; false if it is not held. */
    boolean release(UUID id, String username) {
        return jdbc.sql("""
                                update notice set state = 'QUEUED', reason = null, next_attempt_at = :now,
                                  released_by = :by, released_at = :now
                                where id = :id and state = 'HELD'
                                """)
                        .param("id", id)
                        .param("by", username)
                        .param("now", utc(clock.instant()))
                        .update()
                == 1;
    }

    /**
     * Keeps back what is queued.
     *
     * @param releasedToo whether also those that somebody released by hand
     */
    void hold(String reason, boolean releasedToo) {
        jdbc.sql("update notice set state = 'HELD', reason = :reason, released_by = null, released_at = null"
                        + " where state = 'QUEUED'" + (releasedToo ? "" : " and released_by is null"))
                .param("reason", reason)
                .update();
    }

    /**
     * Takes due notices for one sender. Rows are claimed one by one under a fresh token, so that no two senders get
     * the same, whatever the database makes of skipping locked rows.
     */
    List<Notice> claim(UUID token, int most) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            List<UUID> due = jdbc.sql("""
                            select id from notice
                            where state = 'QUEUED' and next_attempt_at <= :now
                            order by next_attempt_at, number
                            fetch first :most rows only
                            for update skip locked
                            """)
                    .param("now", utc(now))
                    .param("most", most)
                    .query(UUID.class)
                    .list();
            List<Notice> claimed = new ArrayList<>();
            for (UUID id : due) {
                int changed = jdbc.sql("""
                                update notice set state = 'SENDING', claim = :token, claimed_at = :now,
                                  handed_over_at = null, attempts = attempts + 1,
                                  first_attempt_at = coalesce(first_attempt_at, :now)
                                where id = :id and state = 'QUEUED'
                                """)
                        .param("id", id)
                        .param("token", token)
                        .param("now", utc(now))
                        .update();
                if (changed == 1) {
                    claimed.add(find(id).orElseThrow());
                }
            }
            return claimed;
        });
    }

    /** Notes that the notice is about to be handed over; false if this sender has lost it meanwhile. */
    boolean handOver(UUID id, UUID token) {
        return jdbc.sql(
                                "update notice set handed_over_at = :now where id = :id and claim = :token and state = 'SENDING'")
                        .param("id", id)
                        .param("token", token)
                        .param("now", utc(clock.instant()))
                        .update()
                == 1;
    }

    void sent(UUID id, UUID token, String reply) {
        jdbc.sql("""
                        update notice set state = 'SENT', sent_at = :now, server_reply = :reply, claim = null
                        where id = :id and claim = :token and state = 'SENDING'
                        """)
                .param("id", id)
                .param("token", token)
                .param("now", utc(clock.instant()))
                .param("reply", reply)
                .update();
    }

    /** Ends the sending of a claimed notice in a state that a reason explains. */
    void end(UUID id, UUID token, State state, String reason, @Nullable String reply) {
        jdbc.sql("""
                        update notice set state = :state, reason = :reason, claim = null,
                          server_reply = coalesce(:reply, server_reply)
                        where id = :id and claim = :token and state = 'SENDING'
                        """)
                .param("id", id)
                .param("token", token)
                .param("state", state.name())
                .param("reason", reason)
                .param("reply", reply)
                .update();
    }

    /**
     * Queues a claimed notice again.
     *
     * @param note why it may come twice; null if it cannot
     */
    void later(UUID id, UUID token, Duration wait, @Nullable String note, String reply) {
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, next_attempt_at = :next,
                          reason = coalesce(:note, reason), server_reply = :reply
                        where id = :id and claim = :token and state = 'SENDING'
                        """)
                .param("id", id)
                .param("token", token)
                .param("next", utc(clock.instant().plus(wait)))
                .param("note", note)
                .param("reply", reply)
                .update();
    }

    /** When sending was first tried. */
    Instant firstAttempt(UUID id) {
        return jdbc.sql("select first_attempt_at from notice where id = :id")
                .param("id", id)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    /**
     * Takes care of what a stopped sender left behind. What was not handed over yet is queued again; a reminder that
     * was goes out again under its Message-ID; everything else waits for a human.
     */
    void recover(Duration patience) {
        OffsetDateTime before = utc(clock.instant().minus(patience));
        OffsetDateTime now = utc(clock.instant());
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, next_attempt_at = :now
                        where state = 'SENDING' and handed_over_at is null and claimed_at < :before
                        """).param("now", now).param("before", before).update();
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, next_attempt_at = :now, reason = :reason
                        where state = 'SENDING' and handed_over_at < :before and kind = :kind
                        """)
                .param("now", now)
                .param("before", before)
                .param("kind", REPEATABLE)
                .param("reason", REPEATED)
                .update();
        jdbc.sql("""
                        update notice set state = 'UNCERTAIN', claim = null, reason = :reason
                        where state = 'SENDING' and handed_over_at < :before and kind <> :kind
                        """)
                .param("before", before)
                .param("kind", REPEATABLE)
                .param("reason", UNCERTAIN)
                .update();
    }

    private static Notice notice(ResultSet row, int number) throws SQLException {
        OffsetDateTime sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new Notice(
                row.getObject("id", UUID.class),
                row.getObject("obligation_id", UUID.class),
                row.getString("milestone"),
                row.getString("kind"),
                row.getString("seat_code"),
                row.getBoolean("as_copy"),
                row.getString("recipient"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("subject"),
                row.getString("text_body"),
                row.getString("html_body"),
                row.getString("message_id"),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("server_reply"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                sentAt == null ? null : sentAt.toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
