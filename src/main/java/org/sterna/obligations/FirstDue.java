package org.sterna.obligations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps, for each Party and duty, the open obligation that is due first as it stands, and how many are open. Whatever a
 * transaction changes is looked at once, just before it commits: few statements, however much it did, and all locks in
 * one order and after all others, so that two transactions never wait for each other.
 */
final class FirstDue {

    /** What is kept of the obligation. */
    static final String COLUMNS = "id, occasion, state, deadline_on, deadline_zone, deadline_origin,"
            + " deadline_reference, deadline_provisional, deadline_name, opened_at, late, next_rung, next_at";

    private static final String OPEN_OF_CELL = " from obligation where party_code = :party and duty = :duty"
            + " and state in (" + Rows.sql(Obligation.State.OPEN) + ")";

    private static final String COUNT_ANEW =
            "update first_due set open_count = (select count(*)" + OPEN_OF_CELL + "), (" + COLUMNS + ") = (select "
                    + COLUMNS + OPEN_OF_CELL + " order by deadline_at, id fetch first 1 rows only)"
                    + " where party_code = :party and duty = :duty";

    /** One more is open; it takes the place of the one kept if it is due before it. */
    private static final String COUNT_ONE_MORE = "update first_due set open_count = open_count + 1, (" + COLUMNS
            + ") = (select " + COLUMNS + " from obligation where id in (first_due.id, :id)"
            + " order by deadline_at, id fetch first 1 rows only) where party_code = :party and duty = :duty";

    private static final String LOOKED_AT = COLUMNS.substring("id, ".length());

    /** Does nothing where another obligation is due before it. */
    private static final String LOOK_AGAIN = "update first_due set (" + LOOKED_AT + ") = (select " + LOOKED_AT
            + " from obligation where id = :id) where party_code = :party and duty = :duty and id = :id";

    private static final Comparator<Cell> ORDER =
            Comparator.comparing(Cell::partyCode).thenComparing(Cell::duty);

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final TransactionTemplate savepoint;

    /** @param savepoint runs what may fail without harm to the transaction around it */
    FirstDue(JdbcClient jdbc, NamedParameterJdbcOperations batch, TransactionTemplate savepoint) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.savepoint = savepoint;
    }

    /** A Party and a duty. */
    record Cell(String partyCode, String duty) {}

    /** What has become of an obligation; the greater if there is more. */
    private enum Change {
        /** Something of it that does not concern its place is another. */
        LOOKED_AT,
        /** It is there, and open. */
        OPENED,
        /** It is open again, ended or due at another time. */
        PLACED
    }

    /** The obligation is new in the running transaction, and open. */
    void opened(UUID obligationId) {
        changes().add(obligationId, Change.OPENED);
    }

    /** The obligation is open again, ended or due at another time after the running transaction. */
    void placed(UUID obligationId) {
        changes().add(obligationId, Change.PLACED);
    }

    /** Something else of the obligation is another after the running transaction; of an open one it stays open. */
    void changed(UUID obligationId) {
        changes().add(obligationId, Change.LOOKED_AT);
    }

    private Changes changes() {
        Changes changes = (Changes) TransactionSynchronizationManager.getResource(this);
        if (changes == null) {
            changes = new Changes();
            TransactionSynchronizationManager.bindResource(this, changes);
            TransactionSynchronizationManager.registerSynchronization(changes);
        }
        return changes;
    }

    /** Counts the cells anew of which an obligation was placed, and of the others looks only at what has changed. */
    private void keep(Map<UUID, Change> changes) {
        Map<UUID, Cell> cells = cells(changes.keySet());
        Set<Cell> sorted = new TreeSet<>(ORDER);
        sorted.addAll(cells.values());
        Set<Cell> counted = new TreeSet<>(ORDER);
        for (List<Cell> missing = unlocked(sorted); !missing.isEmpty(); missing = unlocked(sorted)) {
            add(missing);
            counted.addAll(missing);
        }
        cells.forEach((id, cell) -> {
            if (changes.get(id) == Change.PLACED) {
                counted.add(cell);
            }
        });
        update(COUNT_ANEW, counted.stream().map(FirstDue::row));
        cells.values().removeAll(counted);
        update(COUNT_ONE_MORE, rows(cells, changes, Change.OPENED));
        update(LOOK_AGAIN, rows(cells, changes, Change.LOOKED_AT));
    }

    private static Stream<SqlParameterSource> rows(Map<UUID, Cell> cells, Map<UUID, Change> changes, Change change) {
        return cells.entrySet().stream()
                .filter(changed -> changes.get(changed.getKey()) == change)
                .map(changed -> row(changed.getValue()).addValue("id", changed.getKey()));
    }

    private Map<UUID, Cell> cells(Set<UUID> obligationIds) {
        Map<UUID, Cell> cells = new HashMap<>();
        Set<UUID> unknown = new HashSet<>();
        for (UUID id : obligationIds) {
            Known.cell(id).ifPresentOrElse(cell -> cells.put(id, cell), () -> unknown.add(id));
        }
        if (!unknown.isEmpty()) {
            jdbc.sql("select id, party_code, duty from obligation where id in (:ids)")
                    .param("ids", unknown)
                    .query((row, number) -> cells.put(row.getObject("id", UUID.class), cell(row, number)))
                    .list();
        }
        return cells;
    }

    private void update(String statement, Stream<? extends SqlParameterSource> rows) {
        SqlParameterSource[] all = rows.toArray(SqlParameterSource[]::new);
        if (all.length > 0) {
            batch.batchUpdate(statement, all);
        }
    }

    /**
     * Locks the rows that there are and gives the cells that have none. By a statement of its own, as only one that
     * begins when the lock is held sees what others have committed.
     */
    private List<Cell> unlocked(Set<Cell> cells) {
        List<Cell> missing = new ArrayList<>(cells);
        missing.removeAll(Set.copyOf(jdbc.sql("select party_code, duty from first_due where party_code in (:parties)"
                        + " and duty in (:duties) order by party_code, duty for update")
                .param("parties", cells.stream().map(Cell::partyCode).collect(Collectors.toSet()))
                .param("duties", cells.stream().map(Cell::duty).collect(Collectors.toSet()))
                .query(FirstDue::cell)
                .list()));
        return missing;
    }

    private static Cell cell(ResultSet row, int number) throws SQLException {
        return new Cell(row.getString("party_code"), row.getString("duty"));
    }

    private void add(List<Cell> missing) {
        try {
            savepoint.executeWithoutResult(nested -> batch.batchUpdate(
                    "insert into first_due (party_code, duty, open_count) values (:party, :duty, 0)",
                    missing.stream().map(FirstDue::row).toArray(SqlParameterSource[]::new)));
        } catch (DuplicateKeyException addedMeanwhile) {
            // by somebody else; what is still missing shows when the rest is locked
        }
    }

    private static MapSqlParameterSource row(Cell cell) {
        return new MapSqlParameterSource().addValue("party", cell.partyCode()).addValue("duty", cell.duty());
    }

    /** What the running transaction has changed. */
    private final class Changes implements TransactionSynchronization {

        private final Map<UUID, Change> byObligation = new HashMap<>();

        private boolean committing;

        void add(UUID obligationId, Change change) {
            if (committing) {
                keep(Map.of(obligationId, change));
            } else {
                byObligation.merge(obligationId, change, (before, now) -> before.compareTo(now) > 0 ? before : now);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            committing = true;
            keep(byObligation);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(FirstDue.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(FirstDue.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(FirstDue.this);
        }
    }
}
