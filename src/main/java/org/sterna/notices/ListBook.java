package org.sterna.notices;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice.State;

/** The tables of lists of Parties and of what is on them. */
@Component
class ListBook {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;

    ListBook(JdbcClient jdbc, NamedParameterJdbcOperations batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * What goes into one list.
     *
     * @param rung id of the rung, with the name of its deadline where that is not the main one
     * @param key the recipient's {@link Outbox#key}
     */
    record Key(String duty, String occasion, String rung, String key) implements Comparable<Key> {

        String deadlineName() {
            return Rung.deadlineName(rung).orElse(Duty.DUE);
        }

        @Override
        public int compareTo(Key other) {
            return String.join("\n", duty, occasion, rung, key)
                    .compareTo(String.join("\n", other.duty, other.occasion, other.rung, other.key));
        }
    }

    /**
     * A list to one recipient.
     *
     * @param kind of the rung
     * @param seatCode the seat that stands for the Parties
     * @param day the day it is for
     * @param noticeId its notice
     */
    record PartyList(
            UUID id,
            Key key,
            String kind,
            String seatCode,
            boolean copy,
            LocalDate day,
            Instant openedAt,
            UUID noticeId) {}

    /** What a list tells. */
    record Member(UUID listId, UUID obligationId, String milestone) {}

    /** Lists of those keys, of that day or later, and those opened since. */
    List<PartyList> current(Collection<Key> keys, LocalDate day, Instant since) {
        return jdbc
                .sql("""
                        select * from notice_list
                        where duty in (:duties) and occasion in (:occasions) and rung in (:rungs)
                          and email_key in (:keys) and (on_day >= :day or opened_at > :since)
                        """)
                .param("duties", each(keys, Key::duty))
                .param("occasions", each(keys, Key::occasion))
                .param("rungs", each(keys, Key::rung))
                .param("keys", each(keys, Key::key))
                .param("day", day)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(ListBook::list)
                .list()
                .stream()
                .filter(list -> keys.contains(list.key()))
                .toList();
    }

    private static Set<String> each(Collection<Key> keys, Function<Key, String> part) {
        return keys.stream().map(part).collect(Collectors.toSet());
    }

    private static PartyList list(ResultSet row, int number) throws SQLException {
        return new PartyList(
                row.getObject("id", UUID.class),
                new Key(
                        row.getString("duty"),
                        row.getString("occasion"),
                        row.getString("rung"),
                        row.getString("email_key")),
                row.getString("kind"),
                row.getString("seat_code"),
                row.getBoolean("as_copy"),
                row.getObject("on_day", LocalDate.class),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("notice_id", UUID.class));
    }

    /** Which of the notices have not left yet; none of these leaves before the transaction ends. */
    Set<UUID> waiting(Collection<UUID> noticeIds) {
        return noticeIds.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("select id from notice where id in (:ids) and state in ('QUEUED', 'HELD')"
                                + " order by id for update")
                        .param("ids", noticeIds)
                        .query(UUID.class)
                        .list());
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another node has just opened one of them */
    void open(List<PartyList> lists) {
        batch.batchUpdate(
                """
                insert into notice_list (id, duty, occasion, rung, kind, seat_code, as_copy, email_key, on_day,
                  opened_at, notice_id)
                values (:id, :duty, :occasion, :rung, :kind, :seat, :copy, :key, :day, :at, :notice)
                """,
                lists.stream()
                        .map(list -> new MapSqlParameterSource()
                                .addValue("id", list.id())
                                .addValue("duty", list.key().duty())
                                .addValue("occasion", list.key().occasion())
                                .addValue("rung", list.key().rung())
                                .addValue("kind", list.kind())
                                .addValue("seat", list.seatCode())
                                .addValue("copy", list.copy())
                                .addValue("key", list.key().key())
                                .addValue("day", list.day())
                                .addValue("at", list.openedAt().atOffset(ZoneOffset.UTC))
                                .addValue("notice", list.noticeId()))
                        .toArray(SqlParameterSource[]::new));
    }

    void add(List<Member> members, Instant at) {
        batch.batchUpdate(
                "insert into notice_list_member (list_id, obligation_id, milestone, told_at)"
                        + " values (:list, :obligation, :milestone, :at)",
                members.stream()
                        .map(member -> new MapSqlParameterSource()
                                .addValue("list", member.listId())
                                .addValue("obligation", member.obligationId())
                                .addValue("milestone", member.milestone())
                                .addValue("at", at.atOffset(ZoneOffset.UTC)))
                        .toArray(SqlParameterSource[]::new));
    }

    /** What the lists tell. */
    List<Member> told(Collection<UUID> listIds) {
        return listIds.isEmpty()
                ? List.of()
                : jdbc.sql("select * from notice_list_member where list_id in (:ids)")
                        .param("ids", listIds)
                        .query(ListBook::member)
                        .list();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getObject("list_id", UUID.class),
                row.getObject("obligation_id", UUID.class),
                row.getString("milestone"));
    }

    /** Has the notices of lists wait for more until then. */
    void waitUntil(Collection<UUID> noticeIds, Instant until) {
        if (!noticeIds.isEmpty()) {
            jdbc.sql("update notice set next_attempt_at = :until where id in (:ids) and next_attempt_at < :until")
                    .param("ids", noticeIds)
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** Who has been told of one of the milestones of the obligations by a list. */
    Set<Outbox.Told> told(Collection<UUID> obligationIds, Collection<String> milestones) {
        return new HashSet<>(jdbc.sql("select m.obligation_id, m.milestone, l.email_key from notice_list_member m"
                        + " join notice_list l on l.id = m.list_id"
                        + " where m.obligation_id in (:ids) and m.milestone in (:milestones)")
                .param("ids", obligationIds)
                .param("milestones", milestones)
                .query((row, number) -> new Outbox.Told(
                        row.getObject("obligation_id", UUID.class),
                        row.getString("milestone"),
                        row.getString("email_key")))
                .list());
    }

    /** The lists of those notices, by the notice. */
    Map<UUID, PartyList> of(Collection<UUID> noticeIds) {
        return noticeIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from notice_list where notice_id in (:ids)")
                        .param("ids", noticeIds)
                        .query(ListBook::list)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(PartyList::noticeId, list -> list));
    }

    /** What the list tells that the notice is, or repeats; in the order of the obligations. */
    List<Member> members(UUID noticeId) {
        return jdbc.sql("select m.* from notice_list_member m join notice_list l on l.id = m.list_id"
                        + " where l.notice_id = :id or l.notice_id = (select n.repeats from notice n where n.id = :id)"
                        + " order by m.obligation_id, m.milestone")
                .param("id", noticeId)
                .query(ListBook::member)
                .list();
    }

    /** Which of the seats have been told of a duty for an occasion. */
    List<String> seatsTold(String duty, String occasion, Collection<String> seatCodes) {
        return seatCodes.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct seat_code from notice_list where duty = :duty and occasion = :occasion"
                                + " and seat_code in (:seats)")
                        .param("duty", duty)
                        .param("occasion", occasion)
                        .param("seats", seatCodes)
                        .query(String.class)
                        .list();
    }

    /**
     * What a list tells of one obligation, as if it were a notice of its own.
     *
     * @param noticeId the notice that tells it with others
     * @param filed with an identity of its own
     */
    record Listed(UUID noticeId, LastLook.Filed filed) {}

    private static final String LISTED = """
            select n.id, n.number, m.obligation_id, m.milestone, l.kind, l.seat_code, l.email_key, n.state, n.chosen,
              n.repeats, m.told_at,
              case when n.state in ('SENT', 'FAILED', 'UNCERTAIN')
                then coalesce(n.sent_at, n.handed_over_at, n.created_at) end as left_at
            from notice_list_member m join notice_list l on l.id = m.list_id join notice n on n.id = l.notice_id
            where\s""";

    /** What the lists tell that those notices are. */
    List<Listed> listed(Collection<UUID> noticeIds) {
        return noticeIds.isEmpty()
                ? List.of()
                : jdbc.sql(LISTED + "l.notice_id in (:ids)")
                        .param("ids", noticeIds)
                        .query(ListBook::listed)
                        .list();
    }

    /** What any list tells of those obligations. */
    List<Listed> about(Collection<UUID> obligationIds) {
        return jdbc.sql(LISTED + "m.obligation_id in (:ids)")
                .param("ids", obligationIds)
                .query(ListBook::listed)
                .list();
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        UUID noticeId = row.getObject("id", UUID.class);
        UUID obligationId = row.getObject("obligation_id", UUID.class);
        String milestone = row.getString("milestone");
        OffsetDateTime leftAt = row.getObject("left_at", OffsetDateTime.class);
        return new Listed(
                noticeId,
                new LastLook.Filed(
                        UUID.nameUUIDFromBytes(
                                (noticeId + "\n" + obligationId + "\n" + milestone).getBytes(StandardCharsets.UTF_8)),
                        row.getLong("number"),
                        obligationId,
                        milestone,
                        row.getString("kind"),
                        row.getString("seat_code"),
                        row.getString("email_key"),
                        State.valueOf(row.getString("state")),
                        row.getBoolean("chosen"),
                        row.getObject("repeats", UUID.class) != null,
                        row.getObject("told_at", OffsetDateTime.class).toInstant(),
                        leftAt == null ? null : leftAt.toInstant()));
    }

    /** Writes what lists say that wait, by their notices. */
    void rewrite(Map<UUID, NoticeWriter.Wording> wordings) {
        batch.batchUpdate(
                "update notice set subject = :subject, text_body = :text, html_body = :html where id = :id",
                wordings.entrySet().stream()
                        .map(entry -> new MapSqlParameterSource()
                                .addValue("id", entry.getKey())
                                .addValue("subject", entry.getValue().subject())
                                .addValue("text", entry.getValue().text())
                                .addValue("html", entry.getValue().html()))
                        .toArray(SqlParameterSource[]::new));
    }

    /** Writes what the list says now, before it is handed over. */
    void rewrite(UUID noticeId, UUID token, NoticeWriter.Wording wording) {
        jdbc.sql("update notice set subject = :subject, text_body = :text, html_body = :html"
                        + " where id = :id and claim = :token")
                .param("id", noticeId)
                .param("token", token)
                .param("subject", wording.subject())
                .param("text", wording.text())
                .param("html", wording.html())
                .update();
    }

    /** Finds the list of a key that may still be joined. */
    static Optional<PartyList> joinable(Collection<PartyList> current, Key key, Set<UUID> waiting) {
        return newestFirst(current, key)
                .filter(list -> waiting.contains(list.noticeId()))
                .findFirst();
    }

    /** The newest day for which there is a list of that key. */
    static @Nullable LocalDate newestDay(Collection<PartyList> current, Key key) {
        return newestFirst(current, key).map(PartyList::day).findFirst().orElse(null);
    }

    private static Stream<PartyList> newestFirst(Collection<PartyList> current, Key key) {
        return current.stream().filter(list -> list.key().equals(key)).sorted((one, other) -> other.day()
                .compareTo(one.day()));
    }
}
