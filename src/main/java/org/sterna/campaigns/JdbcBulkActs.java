package org.sterna.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

@Component
class JdbcBulkActs implements BulkActs {

    private static final String PROGRESS = "select a.*,"
            + " (select count(*) from bulk_act_item i where i.act_id = a.id) as items,"
            + " (select count(*) from bulk_act_item i where i.act_id = a.id and i.state = 'DONE') as done,"
            + " (select count(*) from bulk_act_item i where i.act_id = a.id and i.state = 'REFUSED') as refused,"
            + " (select count(*) from bulk_act_item i where i.act_id = a.id and i.state = 'FAILED') as failed"
            + " from bulk_act a";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final TransactionTemplate transaction;
    private final Obligations obligations;
    private final BulkRunner runner;
    private final Clock clock;

    JdbcBulkActs(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batch,
            PlatformTransactionManager transactions,
            Obligations obligations,
            BulkRunner runner,
            Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.transaction = new TransactionTemplate(transactions);
        this.obligations = obligations;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public void start(Act act, Collection<UUID> obligationIds) {
        List<UUID> known = obligations.findAll(Set.copyOf(obligationIds)).stream()
                .map(Obligation::id)
                .toList();
        if (known.isEmpty() || known.size() > MOST) {
            throw new IllegalArgumentException("A bulk act is for 1 to " + MOST + " obligations, not " + known.size());
        }
        try {
            transaction.executeWithoutResult(status -> insert(act, known));
        } catch (DuplicateKeyException askedBefore) {
            // the act is there, which is all that was wanted
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // nothing is to be seen before the caller's transaction ends
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    runner.nudge();
                }
            });
        } else {
            runner.nudge();
        }
    }

    private void insert(Act act, List<UUID> known) {
        jdbc.sql("insert into bulk_act (id, kind, until_on, seat_role, reason, language, started_by, started_at)"
                        + " values (:id, :kind, :until, :role, :reason, :language, :by, :at)")
                .param("id", act.id())
                .param("kind", act.kind().name())
                .param("until", act.until())
                .param("role", act.role())
                .param("reason", act.reason())
                .param("language", act.language().getLanguage())
                .param("by", act.by())
                .param("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .update();
        batch.batchUpdate(
                "insert into bulk_act_item (act_id, obligation_id, state, attempts)"
                        + " values (:act, :obligation, 'WAITING', 0)",
                known.stream()
                        .map(id -> new MapSqlParameterSource()
                                .addValue("act", act.id())
                                .addValue("obligation", id))
                        .toArray(SqlParameterSource[]::new));
    }

    @Override
    public Optional<Progress> progress(UUID id) {
        return jdbc.sql(PROGRESS + " where a.id = :id")
                .param("id", id)
                .query(JdbcBulkActs::progress)
                .optional();
    }

    @Override
    public List<Item> items(UUID id) {
        return jdbc.sql("select * from bulk_act_item where act_id = :id order by case state when 'FAILED' then 0"
                        + " when 'REFUSED' then 1 when 'WAITING' then 2 else 3 end, obligation_id")
                .param("id", id)
                .query((row, number) -> new Item(
                        row.getObject("obligation_id", UUID.class),
                        State.valueOf(row.getString("state")),
                        row.getString("told")))
                .list();
    }

    @Override
    public List<Progress> latest(int most) {
        return jdbc.sql(PROGRESS + " order by a.started_at desc, a.id fetch first :most rows only")
                .param("most", most)
                .query(JdbcBulkActs::progress)
                .list();
    }

    @Override
    public int retry(UUID id) {
        int again = jdbc.sql("update bulk_act_item set state = 'WAITING', attempts = 0, told = null"
                        + " where act_id = :id and state = 'FAILED'")
                .param("id", id)
                .update();
        runner.nudge();
        return again;
    }

    private static Progress progress(ResultSet row, int number) throws SQLException {
        return new Progress(
                act(row, number),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getInt("items"),
                row.getInt("done"),
                row.getInt("refused"),
                row.getInt("failed"));
    }

    static Act act(ResultSet row, int number) throws SQLException {
        return new Act(
                row.getObject("id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getObject("until_on", LocalDate.class),
                row.getString("seat_role"),
                row.getString("reason"),
                row.getString("started_by"),
                Locale.forLanguageTag(row.getString("language")));
    }
}
