package org.sterna.obligations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;

/** How the ledger's rows are read. */
final class Rows {

    private Rows() {}

    static Obligation obligation(ResultSet row, int number) throws SQLException {
        Obligation.State state = Obligation.State.valueOf(row.getString("state"));
        String rung = row.getString("next_rung");
        Instant nextAt = instant(row, "next_at");
        // the clock of the case runs on while the Secretariat reviews, but does nothing then
        boolean waitsForParty = state == Obligation.State.OPENING || state == Obligation.State.WITH_PARTY;
        return new Obligation(
                row.getObject("id", UUID.class),
                row.getString("duty"),
                row.getString("occasion"),
                row.getString("party_code"),
                state,
                deadline(row),
                required(row, "opened_at"),
                instant(row, "closed_at"),
                row.getBoolean("late"),
                !waitsForParty || rung == null || nextAt == null ? null : new Obligation.NextAct(rung, nextAt),
                row.getString("deadline_name"));
    }

    static Deadline deadline(ResultSet row) throws SQLException {
        return new Deadline(
                row.getObject("deadline_on", LocalDate.class),
                ZoneId.of(row.getString("deadline_zone")),
                Deadline.Origin.valueOf(row.getString("deadline_origin")),
                row.getString("deadline_reference"),
                row.getBoolean("deadline_provisional"));
    }

    static OpenTask task(ResultSet row, int number) throws SQLException {
        return new OpenTask(
                row.getString("task_id"),
                row.getObject("obligation_id", UUID.class),
                row.getString("duty"),
                row.getString("step"),
                row.getString("seat_code"),
                required(row, "created_at"),
                instant(row, "due_at"),
                row.getString("deadline_name"));
    }

    static DoneTask doneTask(ResultSet row, int number) throws SQLException {
        return new DoneTask(
                row.getString("task_id"),
                row.getObject("obligation_id", UUID.class),
                row.getString("step"),
                row.getString("done_by"),
                required(row, "done_at"));
    }

    static Submission submission(ResultSet row, int number) throws SQLException {
        Instant at = required(row, "submitted_at");
        return new Submission(
                row.getObject("id", UUID.class),
                row.getObject("obligation_id", UUID.class),
                row.getString("task_id"),
                row.getString("step"),
                row.getInt("version"),
                Answers.read(row.getString("answers")),
                row.getString("submitted_by"),
                row.getString("seat_code"),
                row.getBoolean("acting"),
                row.getBoolean("late"),
                at,
                receipt(row.getLong("number"), at));
    }

    static LedgerEvent event(ResultSet row, int number) throws SQLException {
        return new LedgerEvent(
                row.getObject("obligation_id", UUID.class),
                row.getInt("number"),
                required(row, "happened_at"),
                LedgerEvent.Kind.valueOf(row.getString("kind")),
                row.getString("actor"),
                Answers.readTexts(row.getString("details")),
                row.getString("hash"));
    }

    static Drafts.Draft draft(ResultSet row, int number) throws SQLException {
        return new Drafts.Draft(
                row.getString("task_id"),
                Answers.read(row.getString("answers")),
                row.getInt("version"),
                row.getString("saved_by"),
                required(row, "saved_at"));
    }

    static String receipt(ResultSet row) throws SQLException {
        return receipt(row.getLong("number"), required(row, "submitted_at"));
    }

    static String receipt(long number, Instant at) {
        return "S-%d-%06d".formatted(at.atOffset(ZoneOffset.UTC).getYear(), number);
    }

    /** For a condition "in": constants rather than values, so that the database can plan by them. */
    static String sql(Set<Obligation.State> states) {
        return states.stream().map(state -> "'" + state + "'").collect(Collectors.joining(", "));
    }

    static @Nullable OffsetDateTime sql(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
