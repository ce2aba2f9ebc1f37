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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
import org.sterna.database.RowLimit;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Obligations.Page;

/** The table of notices, and every change of state that it allows. */
@Component
class Outbox {

    /** Notices that are read together where all are. */
    private static final int AT_A_TIME = 500;

    static final String REPEATED = "notice.reason.repeated";
    static final String UNCERTAIN = "notice.reason.uncertain";

    /** Kinds that may reach somebody twice without harm; all others are on the record and left to a person. */
    static final Set<String> REPEATABLE = Set.of("opened", "reminder", "digest", NoticeKinds.LIST);

    static final String ARRIVED = "notice.reason.arrived";
    static final String GIVEN_UP = "notice.reason.given-up";
    static final String CAPPED = "notice.reason.capped";

    /** Why something waits; means nothing any more once it has left. */
    private static final Set<String> PASSING = Set.of(CAPPED, LastLook.WARNING_FIRST, LastLook.NEWER_FIRST);

    private static final Duration HOUR = Duration.ofHours(1);

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

    /** Keys of those who have been told of that milestone of the obligation. */
    Set<String> told(UUID obligationId, String milestone) {
        return told(Set.of(obligationId), Set.of(milestone)).stream()
                .map(Told::key)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Writes a new notice, unless somebody else has just written it. */
    boolean put(Notice notice) {
        return !put(List.of(notice)).isEmpty();
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
              next_attempt_at, created_at, calendar)
            values (:id, :obligation, :milestone, :kind, :seat, :copy, :recipient, :email,
              :key, :language, :subject, :text, :html, :message, :state, :reason, 0, :at, :at, :calendar)
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
                .addValue("calendar", notice.calendar())
                .addValue("at", utc(notice.createdAt()));
    }

    Optional<Notice> find(UUID id) {
        return jdbc.sql("select * from notice where id = :id")
                .param("id", id)
                .query(Outbox::notice)
                .optional();
    }

    /** The notice that one of the Message-IDs belongs to. */
    Optional<Notice> byMessageId(Collection<String> ids) {
        return ids.isEmpty()
                ? Optional.empty()
                : jdbc.sql("select * from notice where message_id in (:ids) order by number desc fetch first row only")
                        .param("ids", ids)
                        .query(Outbox::notice)
                        .optional();
    }

    List<Notice> of(UUID obligationId) {
        return jdbc.sql("""
                        select n.* from notice n where n.id in (
                          select id from notice where obligation_id = :id
                          union
                          select l.notice_id from notice_list_member m join notice_list l on l.id = m.list_id
                          where m.obligation_id = :id
                          union
                          select r.id from notice_list_member m join notice_list l on l.id = m.list_id
                            join notice r on r.repeats = l.notice_id
                          where m.obligation_id = :id)
                        order by n.number
                        """).param("id", obligationId).query(Outbox::notice).list();
    }

    Page<Notice> list(@Nullable State state, int page, int size) {
        String where = state == null ? "" : " where state = '" + state + "'";
        List<Notice> items = jdbc.sql("select * from notice" + where
                        + " order by number desc offset :skipped rows fetch next :size rows only")
                .param("skipped", (long) page * size)
                .param("size", size)
                .query(Outbox::notice)
                .list();
        long total = jdbc.sql("select count(*) from (select 1 as one from notice" + where + " "
                        + RowLimit.first(Obligations.MOST_COUNTED) + ") counted")
                .query(Long.class)
                .single();
        return new Page<>(items, total);
    }

    /** The newest first, some at a time, as their texts are long. */
    void each(@Nullable State state, Predicate<Notice> wanted) {
        String found = "select * from notice where number < :before"
                + (state == null ? "" : " and state = '" + state + "'")
                + " order by number desc fetch first :most rows only";
        long[] before = {Long.MAX_VALUE};
        List<Notice> read;
        do {
            read = jdbc.sql(found)
                    .param("before", before[0])
                    .param("most", AT_A_TIME)
                    .query((row, line) -> {
                        before[0] = row.getLong("number");
                        return notice(row, line);
                    })
                    .list();
        } while (read.stream().allMatch(wanted) && read.size() == AT_A_TIME);
    }

    /** By one walk of an index for each state, none of them longer than what is counted. */
    Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        jdbc.sql(Arrays.stream(State.values())
                        .map(state -> "select '" + state + "' as state, (select count(*) from (select 1 as one"
                                + " from notice where state = '" + state + "' "
                                + RowLimit.first(Obligations.MOST_COUNTED) + ") counted) as notices")
                        .collect(Collectors.joining(" union all ")))
                .query(row -> {
                    counts.put(State.valueOf(row.getString("state")), row.getLong("notices"));
                });
        return counts;
    }

    /**
     * What the gate holds back.
     *
     * @param count how many notices
     * @param newest number of the newest of them; 0 if there is none
     */
    record Held(long count, long newest) {}

    Held held() {
        return jdbc.sql("select count(*), coalesce(max(number), 0) from notice where state = 'HELD'")
                .query((row, number) -> new Held(row.getLong(1), row.getLong(2)))
                .single();
    }

    private static final String FILED = """
            select id, number, obligation_id, milestone, kind, seat_code, email_key, state, created_at,
              chosen, repeats,
              case when state in ('SENT', 'FAILED', 'UNCERTAIN') then coalesce(sent_at, handed_over_at, created_at) end
                as left_at
            from notice where\s""";

    /** What is held up to that number. */
    List<LastLook.Filed> heldUpTo(long newest) {
        return jdbc.sql(FILED + "state = 'HELD' and number <= :newest")
                .param("newest", newest)
                .query(Outbox::filed)
                .list();
    }

    /** The obligations' notices of those kinds, whatever became of them. */
    List<LastLook.Filed> filed(Collection<UUID> obligationIds, Collection<String> kinds) {
        return obligationIds.isEmpty()
                ? List.of()
                : jdbc.sql(FILED + "obligation_id in (:ids) and kind in (:kinds)")
                        .param("ids", obligationIds)
                        .param("kinds", kinds)
                        .query(Outbox::filed)
                        .list();
    }

    /** Notices of that kind to those recipients that have not left, or only after that moment. */
    List<LastLook.Filed> filedSince(Collection<String> keys, String kind, Instant since) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql(FILED + "email_key in (:keys) and (sent_at is null or sent_at > :since) and kind = :kind")
                        .param("keys", keys)
                        .param("since", utc(since))
                        .param("kind", kind)
                        .query(Outbox::filed)
                        .list();
    }

    private static LastLook.Filed filed(ResultSet row, int number) throws SQLException {
        OffsetDateTime leftAt = row.getObject("left_at", OffsetDateTime.class);
        return new LastLook.Filed(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getObject("obligation_id", UUID.class),
                row.getString("milestone"),
                row.getString("kind"),
                row.getString("seat_code"),
                row.getString("email_key"),
                State.valueOf(row.getString("state")),
                row.getBoolean("chosen"),
                row.getObject("repeats", UUID.class) != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                leftAt == null ? null : leftAt.toInstant());
    }

    /** How many notices of each kind are held. */
    Map<String, Long> heldByKind() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("select kind, count(*) from notice where state = 'HELD' group by kind")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /** Queues a held notice; false if it is not held. */
    boolean release(UUID id, String username) {
        return decide(
                                "state = 'QUEUED', reason = null, first_attempt_at = null, next_attempt_at = :now,"
                                        + " released_by = :by, released_at = :now, chosen = true",
                                "id = :id and state = 'HELD'",
                                username)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Queues all held notices up to that number. */
    int releaseUpTo(long newest, String username) {
        return decide(
                        "state = 'QUEUED', reason = null, first_attempt_at = null, next_attempt_at = :now,"
                                + " released_by = :by, released_at = :now",
                        "number <= :newest and state = 'HELD'",
                        username)
                .param("newest", newest)
                .update();
    }

    /** Decides that a held notice is not sent; false if it is not held. */
    boolean discard(UUID id, String username) {
        return decide("state = 'SKIPPED', reason = 'notice.reason.discarded'", "id = :id and state = 'HELD'", username)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Decides that all held notices up to that number are not sent. */
    int discardUpTo(long newest, String username) {
        return decide(
                        "state = 'SKIPPED', reason = 'notice.reason.discarded'",
                        "number <= :newest and state = 'HELD'",
                        username)
                .param("newest", newest)
                .update();
    }

    /** Notes that an uncertain notice arrived; false if it is not uncertain. */
    boolean arrived(UUID id, String username) {
        return decide(
                                "state = 'SENT', reason = '" + ARRIVED + "', sent_at = coalesce(handed_over_at, :now)",
                                "id = :id and state = 'UNCERTAIN'",
                                username)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Queues an uncertain notice again under its Message-ID; false if it is not uncertain. */
    boolean sendAgain(UUID id, String username) {
        return decide(
                                "state = 'QUEUED', reason = '" + REPEATED
                                        + "', first_attempt_at = null, next_attempt_at = :now",
                                "id = :id and state = 'UNCERTAIN'",
                                username)
                        .param("id", id)
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec decide(String change, String which, String username) {
        return jdbc.sql("update notice set " + change + ", decided_by = :by, decided_at = :now where " + which)
                .param("by", username)
                .param("now", utc(clock.instant()));
    }

    /** Who decided what about a notice, and which others belong to it. */
    Deliveries.Trail trail(UUID id) {
        List<UUID> repeatedBy = jdbc.sql("select id from notice where repeats = :id order by number")
                .param("id", id)
                .query(UUID.class)
                .list();
        return jdbc.sql("select repeats, decided_by, decided_at from notice where id = :id")
                .param("id", id)
                .query((row, number) -> {
                    OffsetDateTime at = row.getObject("decided_at", OffsetDateTime.class);
                    return new Deliveries.Trail(
                            row.getObject("repeats", UUID.class),
                            repeatedBy,
                            row.getString("decided_by"),
                            at == null ? null : at.toInstant());
                })
                .single();
    }

    /**
     * Writes the same notice anew for another address or another time.
     *
     * @param username who asked for it; null if nobody did
     * @return false if that recipient has a notice for that milestone already
     */
    boolean copy(UUID original, Copy copy, State state, @Nullable String reason, @Nullable String username) {
        try {
            savepoint.executeWithoutResult(status -> jdbc.sql("""
                            insert into notice (id, obligation_id, milestone, kind, seat_code, as_copy, recipient, email,
                              email_key, language, subject, text_body, html_body, message_id, state, reason, attempts,
                              next_attempt_at, created_at, repeats, decided_by, decided_at, calendar)
                            select cast(:id as uuid), obligation_id, :milestone, kind, seat_code, as_copy, :recipient,
                              :email, :key, language, subject, text_body, html_body, :message, :state,
                              cast(:reason as varchar(100)), 0, cast(:at as timestamp with time zone),
                              cast(:at as timestamp with time zone), id, cast(:by as varchar(255)),
                              cast(:at as timestamp with time zone), calendar
                            from notice where id = :original
                            """)
                    .param("id", copy.id())
                    .param("original", original)
                    .param("milestone", copy.milestone())
                    .param("recipient", copy.recipient())
                    .param("email", copy.email())
                    .param("key", key(copy.email()))
                    .param("message", copy.messageId())
                    .param("state", state.name())
                    .param("reason", reason)
                    .param("at", utc(clock.instant()))
                    .param("by", username)
                    .update());
            return true;
        } catch (DuplicateKeyException alreadyThere) {
            return false;
        }
    }

    /**
     * What is different about a copy.
     *
     * @param id its own identity
     * @param milestone its once-only key
     * @param recipient how its recipient is addressed
     * @param email where it goes
     * @param messageId its own Message-ID
     */
    record Copy(UUID id, String milestone, String recipient, String email, String messageId) {}

    /** The key of the next repetition of a notice: {@code reminder-14@2027-01-15/2} and so on. */
    String repetition(Notice notice) {
        String once = withoutRepetition(notice.milestone());
        long repetitions = jdbc.sql(
                        "select count(*) from notice where obligation_id = :id and milestone like :like escape '!'")
                .param("id", notice.obligationId())
                .param("like", once.replace("_", "!_").replace("%", "!%") + "/%")
                .query(Long.class)
                .single();
        return once + "/" + (repetitions + 2);
    }

    static String withoutRepetition(String milestone) {
        return milestone.replaceFirst("/\\d+$", "");
    }

    /**
     * Keeps back what is queued.
     *
     * @param releasedToo whether also those that somebody released by hand
     */
    void hold(String reason, boolean releasedToo) {
        jdbc.sql("update notice set state = 'HELD', reason = :reason, released_by = null, released_at = null,"
                        + " chosen = false where state = 'QUEUED'" + (releasedToo ? "" : " and released_by is null"))
                .param("reason", reason)
                .update();
    }

    /**
     * Notices taken for one sender.
     *
     * @param notices those taken
     * @param more whether there may be more that are due
     * @param round number of this taking, counted over all nodes; 0 if nothing was due
     * @param server what is noted of the mail server; null if nothing was taken
     */
    record Claim(List<Notice> notices, boolean more, long round, JdbcMailServer.@Nullable Noted server) {}

    private record Due(UUID id, String key) {}

    /**
     * Takes due notices for one sender. Takings take turns, whatever nodes they come from, so that no two senders get
     * the same and the limit per recipient holds over all of them.
     *
     * @param most how many at most
     * @param perHour how many one recipient may get within an hour; 0 for no limit
     * @param all whether the gate is open; if not, only what was released by hand is taken
     */
    Claim claim(UUID token, int most, int perHour, boolean all) {
        if (due(most, all, "").isEmpty()) {
            return new Claim(List.of(), false, 0, null);
        }
        return transaction.execute(status -> {
            jdbc.sql("update mail_gate set rounds = rounds + 1 where id = 1").update();
            record Lever(boolean closed, long rounds, JdbcMailServer.Noted server) {}
            Lever lever = jdbc.sql(
                            "select closed, rounds, " + JdbcMailServer.Noted.COLUMNS
                                    + " from mail_gate join mail_server on mail_server.id = mail_gate.id where mail_gate.id = 1")
                    .query((row, number) ->
                            new Lever(row.getBoolean("closed"), row.getLong("rounds"), JdbcMailServer.Noted.of(row)))
                    .single();
            List<Due> due = due(most, all && !lever.closed(), " for update skip locked");
            boolean more = due.size() == most;
            List<UUID> taken = perHour == 0 ? due.stream().map(Due::id).toList() : withinLimit(due, perHour);
            if (taken.isEmpty()) {
                return new Claim(List.of(), more, lever.rounds(), null);
            }
            jdbc.sql("""
                            update notice set state = 'SENDING', claim = :token, claimed_at = :now,
                              handed_over_at = null, attempts = attempts + 1,
                              first_attempt_at = coalesce(first_attempt_at, :now)
                            where id in (:ids)
                            """)
                    .param("ids", taken)
                    .param("token", token)
                    .param("now", utc(clock.instant()))
                    .update();
            List<Notice> claimed = jdbc.sql("""
                            select * from notice where id in (:ids) and claim = :token
                            order by attempts, next_attempt_at, number
                            """)
                    .param("ids", taken)
                    .param("token", token)
                    .query(Outbox::notice)
                    .list();
            return new Claim(claimed, more, lever.rounds(), lever.server());
        });
    }

    private List<Due> due(int most, boolean all, String locking) {
        return jdbc.sql("select id, email_key from notice where state = 'QUEUED' and next_attempt_at <= :now"
                        + (all ? "" : " and released_by is not null")
                        + " order by attempts, next_attempt_at, number fetch first :most rows only" + locking)
                .param("now", utc(clock.instant()))
                .param("most", most)
                .query((row, number) -> new Due(row.getObject("id", UUID.class), row.getString("email_key")))
                .list();
    }

    /** Those within the limit; the others are put off until the hour gives way. */
    private List<UUID> withinLimit(List<Due> due, int perHour) {
        if (due.isEmpty()) {
            // another sender was faster
            return List.of();
        }
        Instant now = clock.instant();
        record Lately(long count, Instant oldest) {}
        Map<String, Lately> lately = new HashMap<>();
        jdbc.sql("""
                        select email_key, count(*), min(at_moment) from (
                          select email_key, sent_at as at_moment from notice
                          where email_key in (:keys) and sent_at > :before
                          union all
                          select email_key, claimed_at from notice where state = 'SENDING' and email_key in (:keys)
                        ) lately group by email_key
                        """)
                .param("keys", due.stream().map(Due::key).collect(Collectors.toSet()))
                .param("before", utc(now.minus(HOUR)))
                .query(row -> {
                    lately.put(
                            row.getString(1),
                            new Lately(
                                    row.getLong(2),
                                    row.getObject(3, OffsetDateTime.class).toInstant()));
                });
        List<UUID> within = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (Due one : due) {
            Lately so = lately.getOrDefault(one.key(), new Lately(0, now));
            if (so.count() + taken.merge(one.key(), 1, Integer::sum) <= perHour) {
                within.add(one.id());
            } else {
                jdbc.sql("update notice set next_attempt_at = :next, reason = :reason where id = :id")
                        .param("next", utc(so.oldest().plus(HOUR)))
                        .param("reason", CAPPED)
                        .param("id", one.id())
                        .update();
            }
        }
        return within;
    }

    /**
     * A notice that the server has just accepted.
     *
     * @param id its identity
     * @param reply what the server said
     */
    record Accepted(UUID id, String reply) {}

    /**
     * Notes that the notice is about to be handed over, and in the same breath that the one before it was accepted.
     * Like all that a sender notes of its own, it finds the notice by its claim, which only what is being sent has. A
     * condition on the state would say the same, but lead PostgreSQL through the remains of all that was lately sent.
     *
     * @return false if this sender has lost the notice meanwhile
     */
    boolean handOver(UUID id, UUID token, @Nullable Accepted before) {
        if (before == null) {
            return handOver(id, token);
        }
        int changed = jdbc.sql("""
                        update notice set
                          state = case when id = :before then 'SENT' else state end,
                          sent_at = case when id = :before then :now else sent_at end,
                          server_reply = case when id = :before then :reply else server_reply end,
                          reason = case when id = :before and reason in (:passing) then null else reason end,
                          claim = case when id = :before then null else claim end,
                          handed_over_at = case when id = :before then handed_over_at else :now end
                        where id in (:before, :id) and claim = :token
                        """)
                .param("before", before.id())
                .param("id", id)
                .param("token", token)
                .param("now", utc(clock.instant()))
                .param("reply", before.reply())
                .param("passing", PASSING)
                .update();
        return changed == 2 || changed == 1 && handedOver(id, token);
    }

    private boolean handedOver(UUID id, UUID token) {
        return jdbc.sql("select count(*) from notice where id = :id and claim = :token and handed_over_at is not null")
                        .param("id", id)
                        .param("token", token)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Notes that the notice is about to be handed over; false if this sender has lost it meanwhile. */
    boolean handOver(UUID id, UUID token) {
        return jdbc.sql("update notice set handed_over_at = :now where id = :id and claim = :token")
                        .param("id", id)
                        .param("token", token)
                        .param("now", utc(clock.instant()))
                        .update()
                == 1;
    }

    void sent(Accepted accepted, UUID token) {
        jdbc.sql("""
                        update notice set state = 'SENT', sent_at = :now, server_reply = :reply, claim = null,
                          reason = case when reason in (:passing) then null else reason end
                        where id = :id and claim = :token
                        """)
                .param("id", accepted.id())
                .param("token", token)
                .param("now", utc(clock.instant()))
                .param("reply", accepted.reply())
                .param("passing", PASSING)
                .update();
    }

    /** Puts back claimed notices that were not tried. */
    void giveBack(Collection<UUID> ids, UUID token) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, handed_over_at = null,
                          attempts = attempts - 1, next_attempt_at = :next
                        where id in (:ids) and claim = :token
                        """)
                .param("ids", ids)
                .param("token", token)
                .param("next", utc(clock.instant()))
                .update();
    }

    /** Puts back claimed notices for which there was no connection; an attempt, but none that the next waits longer for. */
    void unconnected(Collection<UUID> ids, UUID token, Duration wait, String reply) {
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, handed_over_at = null,
                          attempts = attempts - 1, unconnected = unconnected + 1, next_attempt_at = :next,
                          server_reply = :reply
                        where id in (:ids) and claim = :token
                        """)
                .param("ids", ids)
                .param("token", token)
                .param("next", utc(clock.instant().plus(wait)))
                .param("reply", reply)
                .update();
    }

    /** Ends those of the notices that were first tried that long ago and still wait. */
    int giveUp(Collection<UUID> ids, Duration after) {
        return jdbc.sql("""
                        update notice set state = 'FAILED', reason = :reason
                        where id in (:ids) and state = 'QUEUED' and first_attempt_at <= :before
                        """)
                .param("ids", ids)
                .param("reason", GIVEN_UP)
                .param("before", utc(clock.instant().minus(after)))
                .update();
    }

    /** Notes that mail for a notice came back; false if it is known already. */
    boolean bounced(UUID id, String reason, String said) {
        return jdbc.sql("""
                                update notice set state = 'FAILED', reason = :reason, server_reply = :said
                                where id = :id and state in ('SENT', 'UNCERTAIN')
                                """)
                        .param("id", id)
                        .param("reason", reason)
                        .param("said", said)
                        .update()
                == 1;
    }

    /** Takes back {@link #bounced}, because what came back was no bounce. */
    void arrivedAfterAll(UUID id) {
        jdbc.sql("""
                        update notice set state = 'SENT', reason = null, server_reply = null
                        where id = :id and state = 'FAILED'
                        and reason in ('notice.reason.bounced', 'notice.reason.undelivered')
                        """).param("id", id).update();
    }

    /** Puts back a claimed notice whose time has not come, as if nobody had tried to send it. */
    void putOff(UUID id, UUID token, Instant until, String reason) {
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, attempts = attempts - 1, reason = :reason,
                          first_attempt_at = case when attempts = 1 then null else first_attempt_at end,
                          next_attempt_at = :until
                        where id = :id and claim = :token
                        """)
                .param("id", id)
                .param("token", token)
                .param("until", utc(until))
                .param("reason", reason)
                .update();
    }

    /** Ends the sending of a claimed notice in a state that a reason explains. */
    void end(UUID id, UUID token, State state, String reason, @Nullable String reply) {
        jdbc.sql("""
                        update notice set state = :state, reason = :reason, claim = null,
                          server_reply = coalesce(:reply, server_reply)
                        where id = :id and claim = :token
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
                        where id = :id and claim = :token
                        """)
                .param("id", id)
                .param("token", token)
                .param("next", utc(clock.instant().plus(wait)))
                .param("note", note)
                .param("reply", reply)
                .update();
    }

    /**
     * How a notice was tried.
     *
     * @param first when for the first time
     * @param handovers how often there was a connection to hand it over
     */
    record Tried(Instant first, int handovers) {}

    Tried tried(UUID id) {
        return jdbc.sql("select first_attempt_at, attempts from notice where id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Tried(row.getObject(1, OffsetDateTime.class).toInstant(), row.getInt(2)))
                .single();
    }

    /**
     * Takes care of what a stopped sender left behind. What was not handed over yet is queued again; of what was, the
     * repeatable goes out again under its Message-ID and everything else waits for a person.
     *
     * @param alive tokens of this node's own senders, which are still at it
     */
    void recover(Duration patience, Set<UUID> alive) {
        OffsetDateTime before = utc(clock.instant().minus(patience));
        record Left(UUID id, UUID claim) {}
        List<UUID> left = jdbc
                .sql("select id, claim from notice where state = 'SENDING' and claimed_at < :before")
                .param("before", before)
                .query(Left.class)
                .list()
                .stream()
                .filter(one -> !alive.contains(one.claim()))
                .map(Left::id)
                .toList();
        if (left.isEmpty()) {
            return;
        }
        OffsetDateTime now = utc(clock.instant());
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, next_attempt_at = :now, attempts = attempts - 1
                        where id in (:ids) and state = 'SENDING' and handed_over_at is null and claimed_at < :before
                        """)
                .param("ids", left)
                .param("now", now)
                .param("before", before)
                .update();
        jdbc.sql("""
                        update notice set state = 'QUEUED', claim = null, next_attempt_at = :now, reason = :reason
                        where id in (:ids) and state = 'SENDING' and handed_over_at < :before and kind in (:kinds)
                        """)
                .param("ids", left)
                .param("now", now)
                .param("before", before)
                .param("kinds", REPEATABLE)
                .param("reason", REPEATED)
                .update();
        jdbc.sql("""
                        update notice set state = 'UNCERTAIN', claim = null, reason = :reason
                        where id in (:ids) and state = 'SENDING' and handed_over_at < :before and kind not in (:kinds)
                        """)
                .param("ids", left)
                .param("before", before)
                .param("kinds", REPEATABLE)
                .param("reason", UNCERTAIN)
                .update();
    }

    /** Takes back that somebody released notices that are still to be sent. */
    void forgetReleases() {
        jdbc.sql("update notice set released_by = null, released_at = null where state in ('QUEUED', 'SENDING')")
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
                row.getInt("attempts") + row.getInt("unconnected"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                sentAt == null ? null : sentAt.toInstant(),
                row.getString("calendar"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
