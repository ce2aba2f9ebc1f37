package org.sterna.campaigns;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off bulk acts, one obligation in a transaction that also notes what came of it. Any number of nodes may do so at
 * once: each takes what nobody else holds. What is interrupted leaves no trace and is found by the next look.
 */
@Component
class BulkRunner implements AutoCloseable {

    /** Losing a race against a Party that is just answering is no reason to call somebody. */
    private static final int ATTEMPTS = 3;

    private static final int LONGEST = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(BulkRunner.class);

    private final JdbcClient jdbc;
    private final CaseActs cases;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final boolean enabled;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "bulk-acts");
        worker.setDaemon(true);
        return worker;
    });

    BulkRunner(
            JdbcClient jdbc,
            CaseActs cases,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${sterna.campaigns.bulk.enabled:true}") boolean enabled) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Looks for work soon, on the runner's own thread. */
    @Scheduled(fixedDelayString = "${sterna.campaigns.bulk.delay:PT5S}")
    void nudge() {
        if (enabled && nudged.compareAndSet(false, true)) {
            try {
                thread.execute(this::look);
            } catch (RejectedExecutionException closing) {
                // the next start finds what waits
            }
        }
    }

    private void look() {
        nudged.set(false);
        try {
            workOff();
        } catch (RuntimeException e) {
            LOG.warn("Bulk acts could not be worked off; the next look tries again", e);
        }
    }

    /** Does everything that waits. */
    void workOff() {
        while (!thread.isShutdown() && step()) {
            // one obligation each
        }
    }

    /** An obligation whose turn it is, its row locked in the transaction. */
    private record Turn(UUID actId, UUID obligationId, int attempts) {}

    /** Whether there was something to do. */
    private boolean step() {
        Turn[] now = new Turn[1];
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                Optional<Turn> turn = next();
                now[0] = turn.orElse(null);
                turn.ifPresent(found -> {
                    act(found);
                    end(found, BulkActs.State.DONE, found.attempts(), null);
                });
                return turn.isPresent();
            }));
        } catch (RuntimeException failure) {
            Turn turn = now[0];
            if (turn == null) {
                throw failure;
            }
            note(turn, failure);
            return true;
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    private Optional<Turn> next() {
        return jdbc.sql("select act_id, obligation_id, attempts from bulk_act_item where state = 'WAITING'"
                        + " order by attempts, act_id, obligation_id fetch first 1 row only for update skip locked")
                .query((row, number) -> new Turn(
                        row.getObject("act_id", UUID.class),
                        row.getObject("obligation_id", UUID.class),
                        row.getInt("attempts")))
                .optional();
    }

    private void act(Turn turn) {
        BulkActs.Act act = jdbc.sql("select * from bulk_act where id = :id")
                .param("id", turn.actId())
                .query(JdbcBulkActs::act)
                .single();
        LocaleContextHolder.setLocale(act.language());
        switch (act.kind()) {
            case REMIND -> cases.remind(turn.obligationId(), act.by());
            case EXTEND ->
                cases.extend(turn.obligationId(), Objects.requireNonNull(act.until()), act.reason(), act.by());
            case EXCUSE -> cases.excuse(turn.obligationId(), act.reason(), act.by());
            case CLOSE -> cases.closeAsNotDelivered(turn.obligationId(), act.reason(), act.by());
            case REASSIGN ->
                cases.reassign(turn.obligationId(), Objects.requireNonNull(act.role()), act.reason(), act.by());
            case COMPLETE -> cases.complete(turn.obligationId(), act.reason(), act.by());
        }
    }

    /** A refusal is an answer; anything else is tried again, behind all that waits. */
    private void note(Turn turn, RuntimeException failure) {
        boolean refused = failure instanceof IllegalArgumentException;
        int attempts = turn.attempts() + 1;
        if (!refused) {
            LOG.warn("A bulk act on {} failed", turn.obligationId(), failure);
        }
        BulkActs.State state =
                refused ? BulkActs.State.REFUSED : attempts < ATTEMPTS ? BulkActs.State.WAITING : BulkActs.State.FAILED;
        String told = String.valueOf(refused ? failure.getMessage() : failure);
        transaction.executeWithoutResult(status -> end(turn, state, attempts, told));
    }

    private void end(Turn turn, BulkActs.State state, int attempts, @Nullable String told) {
        jdbc.sql("update bulk_act_item set state = :state, attempts = :attempts, told = :told, done_at = :at"
                        + " where act_id = :act and obligation_id = :obligation and state = 'WAITING'")
                .param("state", state.name())
                .param("attempts", attempts)
                .param("told", told == null ? null : told.substring(0, Math.min(told.length(), LONGEST)))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("act", turn.actId())
                .param("obligation", turn.obligationId())
                .update();
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
