package org.sterna.campaigns;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.campaigns.MeetingMoves.Item;
import org.sterna.campaigns.MoveRecords.Entry;
import org.sterna.campaigns.MoveRecords.State;
import org.sterna.campaigns.MoveRecords.Turn;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/**
 * Works off changes of dates, the cases of some Parties in a transaction, and one case in a transaction once that has
 * failed. Any number of threads and nodes may do so at once: whoever works on a case holds the row of its Party, so that
 * the last case of a Party is known for certain, and the Party's notice is written in that case's transaction. What is
 * interrupted leaves no trace and is found by the next look.
 */
@Component
class MoveRunner implements AutoCloseable {

    /** Losing a race against a Party that is just answering is no reason to call somebody. */
    private static final int ATTEMPTS = 3;

    /** Parties to a transaction: enough to share its cost, few enough to show progress and to be spread over threads. */
    private static final int AT_ONCE = 6;

    /** As many as start cases. */
    private static final int THREADS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(MoveRunner.class);

    private final MoveRecords records;
    private final CaseDeadlines cases;
    private final Ledger ledger;
    private final Obligations obligations;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final boolean enabled;
    private final AtomicInteger nudged = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread worker = new Thread(work, "meeting-moves");
        worker.setDaemon(true);
        return worker;
    });

    MoveRunner(
            MoveRecords records,
            CaseDeadlines cases,
            Ledger ledger,
            Obligations obligations,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${sterna.campaigns.moves.enabled:true}") boolean enabled) {
        this.records = records;
        this.cases = cases;
        this.ledger = ledger;
        this.obligations = obligations;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Looks for work soon, on the runner's own threads. */
    @Scheduled(fixedDelayString = "${sterna.campaigns.moves.delay:PT5S}")
    void nudge() {
        while (enabled && nudged.get() < THREADS) {
            nudged.incrementAndGet();
            try {
                threads.execute(this::look);
            } catch (RejectedExecutionException closing) {
                // the next start finds what waits
                return;
            }
        }
    }

    private void look() {
        nudged.decrementAndGet();
        try {
            workOff();
        } catch (RuntimeException e) {
            LOG.warn("Changes of dates could not be worked off; the next look tries again", e);
        }
    }

    /** Does everything that waits. */
    void workOff() {
        while (!threads.isShutdown() && step()) {
            // some Parties each, or one case
        }
    }

    /** What is being tried. */
    private static final class Try {
        private List<Turn> turns = List.of();
        private @Nullable UUID obligationId;
    }

    /** Whether there was something to do. */
    private boolean step() {
        Try now = new Try();
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                now.turns = records.next(AT_ONCE);
                if (!now.turns.isEmpty()) {
                    work(now);
                }
                return !now.turns.isEmpty();
            }));
        } catch (RuntimeException failure) {
            if (now.turns.isEmpty()) {
                throw failure;
            }
            LOG.warn("Deadlines could not follow a change of dates: {}", now.turns, failure);
            transaction.executeWithoutResult(status ->
                    now.turns.forEach(turn -> records.fail(turn, now.obligationId, ATTEMPTS, String.valueOf(failure))));
            return true;
        }
    }

    /** All cases of the Parties together; one by one once that has failed, so that one stops no other. */
    private void work(Try now) {
        UUID moveId = now.turns.get(0).moveId();
        Map<String, List<Entry>> entries =
                records.entries(moveId, now.turns.stream().map(Turn::partyCode).toList());
        Map<UUID, List<Item>> waiting = new LinkedHashMap<>();
        entries.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.state() == State.WAITING)
                .map(Entry::item)
                .forEach(item -> waiting.computeIfAbsent(item.obligationId(), id -> new ArrayList<>())
                        .add(item));
        if (!waiting.isEmpty()) {
            UUID first = waiting.keySet().iterator().next();
            boolean together = now.turns.get(0).attempts() == 0;
            if (!together || waiting.size() == 1 && now.turns.size() == 1) {
                now.obligationId = first;
            }
            boolean more = !together && waiting.size() > 1;
            Map<UUID, List<Item>> tried = together ? waiting : Map.of(first, waiting.get(first));
            Map<Item, State> settled = move(moveId, tried);
            if (more) {
                return;
            }
            entries.replaceAll((party, all) -> all.stream()
                    .map(entry -> new Entry(entry.item(), settled.getOrDefault(entry.item(), entry.state())))
                    .toList());
        }
        now.obligationId = null;
        Map<Boolean, List<String>> failed = entries.keySet().stream()
                .collect(Collectors.partitioningBy(
                        party -> entries.get(party).stream().anyMatch(entry -> entry.state() == State.FAILED)));
        records.end(moveId, failed.get(true), State.FAILED);
        entries.keySet().removeAll(failed.get(true));
        tell(moveId, entries.values());
        records.end(moveId, failed.get(false), State.DONE);
    }

    /** What has ended or was changed by somebody else meanwhile stays as it is. */
    private Map<Item, State> move(UUID moveId, Map<UUID, List<Item>> waiting) {
        Map<UUID, Obligation> open = ledger.lock(waiting.keySet()).stream()
                .filter(obligation -> obligation.state().open())
                .collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        Map<UUID, Map<String, Deadline>> several = obligations.deadlines(open.keySet());
        Map<Item, State> settled = new LinkedHashMap<>();
        Map<UUID, Map<String, Deadline>> deadlines = new LinkedHashMap<>();
        waiting.forEach((id, items) -> {
            Obligation obligation = open.get(id);
            Map<String, Deadline> current = obligation == null
                    ? Map.of()
                    : several.getOrDefault(id, Map.of(obligation.deadlineName(), obligation.deadline()));
            for (Item item : items) {
                boolean asItWas = obligation != null && Objects.equals(current.get(item.deadline()), item.from());
                if (asItWas) {
                    deadlines
                            .computeIfAbsent(id, none -> new LinkedHashMap<>())
                            .put(item.deadline(), Objects.requireNonNull(item.to()));
                }
                settled.put(item, asItWas ? State.DONE : State.SKIPPED);
            }
        });
        records.settle(moveId, settled, clock.instant());
        if (!deadlines.isEmpty()) {
            cases.move(deadlines, records.move(moveId).by());
        }
        return settled;
    }

    /** Nobody is told of a change that changed nothing for the Party after all. */
    private void tell(UUID moveId, Collection<List<Entry>> parties) {
        List<List<Item>> told = parties.stream()
                .filter(entries -> entries.stream().anyMatch(entry -> entry.state() == State.DONE))
                .map(entries -> entries.stream()
                        .filter(entry -> entry.state() == State.DONE
                                || entry.state() == State.STAYS && entry.item().fate() != Fate.MOVES)
                        .map(Entry::item)
                        .toList())
                .toList();
        if (!told.isEmpty()) {
            cases.tell(records.move(moveId), told);
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
