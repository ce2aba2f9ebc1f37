package org.sterna.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.campaigns.MeetingMoves.Dates;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.campaigns.MeetingMoves.Item;
import org.sterna.campaigns.MeetingMoves.Move;
import org.sterna.campaigns.MeetingMoves.Progress;
import org.sterna.campaigns.MeetingMoves.Trouble;

/** The tables of changes of dates, of the Parties to be told, and of the deadlines that move or stay. */
@Component
class MoveRecords {

    private static final int LONGEST_ERROR = 1000;

    private static final String PROGRESS = """
            select m.*, coalesce(i.cases, 0) as cases, coalesce(i.done, 0) as done, coalesce(i.skipped, 0) as skipped,
                coalesce(i.failed, 0) as failed, coalesce(i.stays, 0) as stays, coalesce(p.parties, 0) as parties,
                coalesce(p.told, 0) as told, coalesce(p.untold, 0) as untold
            from meeting_move m
            left join (
                select move_id,
                    count(distinct case when state <> 'STAYS' then obligation_id end) as cases,
                    count(distinct case when state = 'DONE' then obligation_id end) as done,
                    count(distinct case when state = 'SKIPPED' then obligation_id end) as skipped,
                    count(distinct case when state = 'FAILED' then obligation_id end) as failed,
                    count(case when state = 'STAYS' then 1 end) as stays
                from meeting_move_item where move_id = :id group by move_id) i on i.move_id = m.id
            left join (
                select move_id,
                    count(*) as parties,
                    count(case when state = 'DONE' then 1 end) as told,
                    count(case when state = 'FAILED' then 1 end) as untold
                from meeting_move_party where move_id = :id group by move_id) p on p.move_id = m.id
            where m.id = :id
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;

    MoveRecords(JdbcClient jdbc, NamedParameterJdbcOperations batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Where a deadline of a change stands. */
    enum State {
        WAITING,
        FAILED,
        DONE,
        /** The case had ended or had been changed meanwhile. */
        SKIPPED,
        /** It was never to move. */
        STAYS
    }

    /** A deadline of a change and where it stands. */
    record Entry(Item item, State state) {}

    /**
     * A Party whose turn it is, locked in the caller's transaction.
     *
     * @param attempts how often it was tried in vain
     */
    record Turn(UUID moveId, String partyCode, int attempts) {}

    void file(Move move, List<Item> items, List<String> told) {
        batch.update(
                "insert into meeting_move (id, occasion, subject, dates_before, dates_after, provisional_before,"
                        + " provisional_after, reference, moved_by, moved_at) values (:id, :occasion, :subject, :before,"
                        + " :after, :wasProvisional, :isProvisional, :reference, :by, :at)",
                new MapSqlParameterSource()
                        .addValue("id", move.id())
                        .addValue("occasion", move.occasion())
                        .addValue("subject", move.subject())
                        .addValue("before", written(move.before()))
                        .addValue("after", written(move.after()))
                        .addValue("wasProvisional", move.before().provisional())
                        .addValue("isProvisional", move.after().provisional())
                        .addValue("reference", move.reference())
                        .addValue("by", move.by())
                        .addValue("at", move.at().atOffset(ZoneOffset.UTC)));
        batch.batchUpdate(
                "insert into meeting_move_item (move_id, obligation_id, deadline, party_code, duty, fate, from_on,"
                        + " from_zone, from_origin, from_reference, from_provisional, to_on, to_zone, to_origin,"
                        + " to_reference, to_provisional, state) values (:move, :obligation, :deadline, :party, :duty,"
                        + " :fate, :fromOn, :fromZone, :fromOrigin, :fromReference, :fromProvisional, :toOn, :toZone,"
                        + " :toOrigin, :toReference, :toProvisional, :state)",
                items.stream().map(item -> row(move.id(), item)).toArray(SqlParameterSource[]::new));
        batch.batchUpdate(
                "insert into meeting_move_party (move_id, party_code, state, attempts)"
                        + " values (:move, :party, 'WAITING', 0)",
                told.stream()
                        .map(party -> new MapSqlParameterSource()
                                .addValue("move", move.id())
                                .addValue("party", party))
                        .toArray(SqlParameterSource[]::new));
    }

    private static SqlParameterSource row(UUID moveId, Item item) {
        MapSqlParameterSource row = new MapSqlParameterSource()
                .addValue("move", moveId)
                .addValue("obligation", item.obligationId())
                .addValue("deadline", item.deadline())
                .addValue("party", item.partyCode())
                .addValue("duty", item.duty())
                .addValue("fate", item.fate().name())
                .addValue("state", (item.fate() == Fate.MOVES ? State.WAITING : State.STAYS).name());
        deadline(row, "from", item.from());
        deadline(row, "to", item.fate() == Fate.MOVES ? item.to() : null);
        return row;
    }

    private static void deadline(MapSqlParameterSource row, String side, @Nullable Deadline deadline) {
        row.addValue(side + "On", deadline == null ? null : deadline.on())
                .addValue(
                        side + "Zone", deadline == null ? null : deadline.zone().getId())
                .addValue(
                        side + "Origin",
                        deadline == null ? null : deadline.origin().name())
                .addValue(side + "Reference", deadline == null ? null : deadline.reference())
                .addValue(side + "Provisional", deadline == null ? null : deadline.provisional());
    }

    /** Whether an earlier change of the occasion's dates is still being worked off. */
    boolean running(String occasion) {
        return jdbc.sql("select count(*) from meeting_move m join meeting_move_party p on p.move_id = m.id"
                                + " where m.occasion = :occasion and p.state = 'WAITING'")
                        .param("occasion", occasion)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Gives up what failed in earlier changes of the occasion's dates, which a new one takes over. */
    void supersede(String occasion) {
        jdbc.sql("update meeting_move_item set state = 'SKIPPED' where state = 'FAILED' and move_id in"
                        + " (select id from meeting_move where occasion = :occasion)")
                .param("occasion", occasion)
                .update();
        jdbc.sql("update meeting_move_party set state = 'WAITING', attempts = 0, error = null where state = 'FAILED'"
                        + " and move_id in (select id from meeting_move where occasion = :occasion)")
                .param("occasion", occasion)
                .update();
    }

    /**
     * Whose turn it is next: some Parties of one change that were not tried yet, or one that was. Parties that somebody
     * else works on are passed over, those that failed come last.
     */
    List<Turn> next(int most) {
        Optional<Turn> first = jdbc.sql("select * from meeting_move_party where state = 'WAITING'"
                        + " order by attempts, move_id, party_code fetch first 1 row only for update skip locked")
                .query(MoveRecords::turn)
                .optional();
        if (first.isEmpty() || first.get().attempts() > 0) {
            return first.stream().toList();
        }
        List<Turn> turns = new ArrayList<>(List.of(first.get()));
        turns.addAll(jdbc.sql("select * from meeting_move_party where move_id = :move and party_code > :party"
                        + " and state = 'WAITING' and attempts = 0"
                        + " order by party_code fetch first :more rows only for update skip locked")
                .param("move", first.get().moveId())
                .param("party", first.get().partyCode())
                .param("more", most - 1)
                .query(MoveRecords::turn)
                .list());
        return turns;
    }

    private static Turn turn(ResultSet row, int number) throws SQLException {
        return new Turn(row.getObject("move_id", UUID.class), row.getString("party_code"), row.getInt("attempts"));
    }

    /** Everything about some Parties in the change, by the Party's code and in the order of the duties. */
    Map<String, List<Entry>> entries(UUID moveId, List<String> partyCodes) {
        Map<String, List<Entry>> entries = new LinkedHashMap<>();
        partyCodes.forEach(code -> entries.put(code, new ArrayList<>()));
        jdbc.sql("select * from meeting_move_item where move_id = :move and party_code in (:parties)"
                        + " order by party_code, duty, obligation_id, deadline")
                .param("move", moveId)
                .param("parties", partyCodes)
                .query(MoveRecords::entry)
                .list()
                .forEach(entry -> entries.get(entry.item().partyCode()).add(entry));
        return entries;
    }

    /** Notes how things ended. */
    void settle(UUID moveId, Map<Item, State> ended, Instant at) {
        // by the Party too, as PostgreSQL takes the index of that one, and reads the whole change without it
        batch.batchUpdate(
                "update meeting_move_item set state = :state, done_at = :at, error = null where move_id = :move"
                        + " and party_code = :party and obligation_id = :obligation and deadline = :deadline",
                ended.entrySet().stream()
                        .map(entry -> new MapSqlParameterSource()
                                .addValue("move", moveId)
                                .addValue("party", entry.getKey().partyCode())
                                .addValue("obligation", entry.getKey().obligationId())
                                .addValue("deadline", entry.getKey().deadline())
                                .addValue("state", entry.getValue().name())
                                .addValue("at", at.atOffset(ZoneOffset.UTC)))
                        .toArray(SqlParameterSource[]::new));
    }

    /** Notes that Parties were told, or that what failed keeps them from being told. */
    void end(UUID moveId, Collection<String> partyCodes, State state) {
        if (!partyCodes.isEmpty()) {
            jdbc.sql("update meeting_move_party set state = :state where move_id = :move and party_code in (:parties)")
                    .param("move", moveId)
                    .param("parties", partyCodes)
                    .param("state", state.name())
                    .update();
        }
    }

    /**
     * Counts a failed try, after which the Party waits at the end of the queue, or which was the last.
     *
     * @param obligationId the case that failed; null where the notice did
     */
    void fail(Turn turn, @Nullable UUID obligationId, int mostAttempts, String error) {
        String kept = error.substring(0, Math.min(error.length(), LONGEST_ERROR));
        int attempts = jdbc.sql("select attempts from meeting_move_party where move_id = :move and party_code = :party"
                                + " for update")
                        .param("move", turn.moveId())
                        .param("party", turn.partyCode())
                        .query(Integer.class)
                        .single()
                + 1;
        boolean last = attempts >= mostAttempts;
        if (last && obligationId != null) {
            jdbc.sql("update meeting_move_item set state = 'FAILED', error = :error"
                            + " where move_id = :move and obligation_id = :obligation and state = 'WAITING'")
                    .param("move", turn.moveId())
                    .param("obligation", obligationId)
                    .param("error", kept)
                    .update();
        }
        // the Party's other cases have as many tries as this one had
        jdbc.sql("update meeting_move_party set state = :state, attempts = :attempts, error = :error"
                        + " where move_id = :move and party_code = :party and state = 'WAITING'")
                .param("move", turn.moveId())
                .param("party", turn.partyCode())
                .param("state", (last && obligationId == null ? State.FAILED : State.WAITING).name())
                .param("attempts", last && obligationId != null ? 0 : attempts)
                .param("error", last && obligationId == null ? kept : null)
                .update();
    }

    void retry(UUID moveId) {
        jdbc.sql("update meeting_move_item set state = 'WAITING', error = null"
                        + " where move_id = :move and state = 'FAILED'")
                .param("move", moveId)
                .update();
        jdbc.sql("update meeting_move_party set state = 'WAITING', attempts = 0, error = null"
                        + " where move_id = :move and state = 'FAILED'")
                .param("move", moveId)
                .update();
    }

    Move move(UUID id) {
        return jdbc.sql("select * from meeting_move where id = :id")
                .param("id", id)
                .query(MoveRecords::move)
                .single();
    }

    Optional<Progress> progress(UUID id) {
        return jdbc.sql(PROGRESS)
                .param("id", id)
                .query((row, number) -> new Progress(
                        move(row, number),
                        row.getInt("cases"),
                        row.getInt("done"),
                        row.getInt("skipped"),
                        row.getInt("failed"),
                        row.getInt("parties"),
                        row.getInt("told"),
                        row.getInt("untold"),
                        row.getInt("stays")))
                .optional();
    }

    List<Move> latest(String occasion, int most) {
        return jdbc.sql("select * from meeting_move where occasion = :occasion"
                        + " order by moved_at desc, id fetch first :most rows only")
                .param("occasion", occasion)
                .param("most", most)
                .query(MoveRecords::move)
                .list();
    }

    List<Trouble> troubles(UUID id) {
        return jdbc.sql("select obligation_id, party_code, duty, max(error) as error from meeting_move_item"
                        + " where move_id = :id and state = 'FAILED' group by obligation_id, party_code, duty"
                        + " union all select cast(null as uuid), party_code, null, error from meeting_move_party"
                        + " where move_id = :id and state = 'FAILED' and error is not null"
                        + " order by 2, 3")
                .param("id", id)
                .query((row, number) -> new Trouble(
                        row.getObject("obligation_id", UUID.class),
                        row.getString("party_code"),
                        row.getString("duty"),
                        row.getString("error")))
                .list();
    }

    private static Move move(ResultSet row, int number) throws SQLException {
        return new Move(
                row.getObject("id", UUID.class),
                row.getString("occasion"),
                row.getString("subject"),
                dates(row.getString("dates_before"), row.getBoolean("provisional_before")),
                dates(row.getString("dates_after"), row.getBoolean("provisional_after")),
                row.getString("reference"),
                row.getString("moved_by"),
                row.getObject("moved_at", OffsetDateTime.class).toInstant());
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                new Item(
                        row.getObject("obligation_id", UUID.class),
                        row.getString("party_code"),
                        row.getString("duty"),
                        row.getString("deadline"),
                        Fate.valueOf(row.getString("fate")),
                        Objects.requireNonNull(deadline(row, "from")),
                        deadline(row, "to")),
                State.valueOf(row.getString("state")));
    }

    private static @Nullable Deadline deadline(ResultSet row, String side) throws SQLException {
        LocalDate on = row.getObject(side + "_on", LocalDate.class);
        return on == null
                ? null
                : new Deadline(
                        on,
                        ZoneId.of(row.getString(side + "_zone")),
                        Deadline.Origin.valueOf(row.getString(side + "_origin")),
                        row.getString(side + "_reference"),
                        row.getBoolean(side + "_provisional"));
    }

    private static String written(Dates dates) {
        String opening = dates.opening() == null ? "" : dates.opening().text();
        return dates.closing() == null ? opening : opening + "/" + dates.closing();
    }

    private static Dates dates(String written, boolean provisional) {
        int slash = written.indexOf('/');
        return new Dates(
                Meeting.Span.parse(slash < 0 ? written : written.substring(0, slash))
                        .orElse(null),
                slash < 0 ? null : LocalDate.parse(written.substring(slash + 1)),
                provisional);
    }
}
