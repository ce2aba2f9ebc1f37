package org.sterna.obligations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.Databases;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;

/** What the ledger keeps for the matrix, beside the same counted from all obligations after acts as chance has them. */
class FirstDueTests {

    private static final List<String> PARTIES = List.of("CHE", "FRA", "KEN");
    private static final List<String> DUTIES = List.of("one-duty", "other-duty");

    /** One database of each kind serves all tests, as each test begins it anew. */
    private static final Map<String, DataSource> DATABASES =
            Map.of("H2", Databases.h2(), "PostgreSQL", Databases.postgres());

    private final Duties duties = mock();
    private JdbcClient jdbc;
    private Ledger ledger;
    private Obligations obligations;
    private TransactionTemplate transaction;

    @BeforeEach
    void knowsNoDuty() {
        when(duties.find(anyString())).thenReturn(Optional.empty());
    }

    private void on(String database) {
        DataSource source = DATABASES.get(database);
        Clock clock = Clock.fixed(RandomLedger.NOW, ZoneOffset.UTC);
        JdbcTransactionManager transactions = new JdbcTransactionManager(source);
        jdbc = JdbcClient.create(source);
        for (String table : List.of(
                "first_due",
                "submission",
                "obligation_task",
                "obligation_deadline",
                "obligation_event",
                "obligation")) {
            jdbc.sql("delete from " + table).update();
        }
        jdbc.sql("delete from occasion").update();
        ledger = new JdbcLedger(jdbc, new NamedParameterJdbcTemplate(source), transactions, event -> {}, duties, clock);
        obligations = new JdbcObligations(jdbc, duties, clock);
        transaction = new TransactionTemplate(transactions);
    }

    static Stream<Arguments> chances() {
        return DATABASES.keySet().stream()
                .flatMap(database -> LongStream.range(0, 4).mapToObj(seed -> Arguments.of(database, seed)));
    }

    @ParameterizedTest
    @MethodSource("chances")
    void isKeptThroughWhateverHappens(String database, long seed) {
        on(database);
        Random chance = new Random(seed);
        for (int i = 0; i < 40; i++) {
            boolean undone = chance.nextInt(6) == 0;
            transaction.executeWithoutResult(tx -> {
                for (int acts = 1 + chance.nextInt(3); acts > 0; acts--) {
                    act(chance);
                }
                if (undone) {
                    tx.setRollbackOnly();
                }
            });
            assertThat(kept()).as("after %d transactions", i + 1).isEqualTo(counted());
        }
        assertThat(counted()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void isKeptWhenManyActAtOnce(String database) throws Exception {
        on(database);
        ExecutorService people = Executors.newFixedThreadPool(4);
        List<Callable<Void>> work = IntStream.range(0, 4)
                .<Callable<Void>>mapToObj(person -> () -> {
                    Random chance = new Random(person);
                    for (int i = 0; i < 30; i++) {
                        try {
                            transaction.executeWithoutResult(tx -> act(chance));
                        } catch (CannotAcquireLockException | IllegalStateException tooLate) {
                            // somebody else was first, as it goes
                        }
                    }
                    return null;
                })
                .toList();
        for (Future<Void> done : people.invokeAll(work)) {
            done.get();
        }
        people.shutdown();

        assertThat(kept()).isEqualTo(counted());
        assertThat(counted()).isNotEmpty();
    }

    /** Opens, takes up again, ends, moves, plans, answers or has a step come up. */
    private void act(Random chance) {
        List<Obligation> all = chance.nextInt(4) == 0
                ? List.of()
                : obligations.list(Obligations.Filter.ANY, 0, 500).items();
        if (all.isEmpty()) {
            Map<String, Deadline> further = chance.nextBoolean() ? Map.of("draft", deadline(chance)) : Map.of();
            ledger.open(
                    DUTIES.get(chance.nextInt(DUTIES.size())),
                    "round-" + chance.nextInt(6),
                    PARTIES.subList(0, 1 + chance.nextInt(PARTIES.size())),
                    deadline(chance),
                    further,
                    "secretariat");
            return;
        }
        UUID id = all.get(chance.nextInt(all.size())).id();
        Obligation obligation = ledger.lock(id).orElseThrow();
        if (!obligation.state().open()) {
            ledger.reopen(id, "secretariat", Map.of());
        } else if (chance.nextInt(3) == 0) {
            ledger.close(id, Obligation.State.DISCHARGED, "secretariat", Map.of());
        } else if (chance.nextInt(3) == 0) {
            ledger.moveDeadline(id, deadline(chance), "secretariat");
        } else if (chance.nextInt(3) == 0) {
            ledger.plan(id, new Obligation.NextAct("reminder-7", RandomLedger.NOW.plusSeconds(chance.nextInt(999))));
        } else if (chance.nextInt(2) == 0) {
            obligations.tasks(id).stream().findFirst().ifPresent(task -> {
                ledger.submit(task, Map.of(), "che-nfp", false);
                ledger.taskDone(task.taskId(), "che-nfp");
            });
        } else {
            String name = obligations.deadlines(List.of(id)).containsKey(id) && chance.nextBoolean() ? "draft" : "due";
            ledger.taskOpened(new OpenTask(
                    UUID.randomUUID().toString(),
                    id,
                    obligation.duty(),
                    "some-step",
                    chance.nextInt(3) == 0 ? "secretariat" : "nfp-" + obligation.partyCode(),
                    RandomLedger.NOW,
                    null,
                    name));
        }
    }

    /** Few days, so that several are often due on the same. */
    private static Deadline deadline(Random chance) {
        return new Deadline(
                LocalDate.of(2026, 12, 1).plusDays(chance.nextInt(8)),
                ZoneId.of("Europe/Berlin"),
                Deadline.Origin.RULE,
                "opened+30D",
                false);
    }

    private record Kept(Obligation first, int open) {}

    private List<Kept> kept() {
        return jdbc.sql("select *, cast(null as timestamp with time zone) as closed_at from first_due"
                        + " where open_count > 0 order by party_code, duty")
                .query((row, number) -> new Kept(Rows.obligation(row, number), row.getInt("open_count")))
                .list();
    }

    private List<Kept> counted() {
        // read in the order in which the database sorts ids
        List<Obligation> all = jdbc.sql("select * from obligation order by id")
                .query(Rows::obligation)
                .list();
        List<Kept> counted = new ArrayList<>();
        for (String party : PARTIES) {
            for (String duty : DUTIES) {
                List<Obligation> open = all.stream()
                        .filter(one ->
                                one.partyCode().equals(party) && one.duty().equals(duty))
                        .filter(one -> one.state().open())
                        .sorted(Comparator.comparing(one -> one.deadline().at()))
                        .toList();
                if (!open.isEmpty()) {
                    counted.add(new Kept(open.get(0), open.size()));
                }
            }
        }
        return counted;
    }
}
