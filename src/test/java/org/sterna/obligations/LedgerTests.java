package org.sterna.obligations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.Databases;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/** The ledger on both databases. */
class LedgerTests {

    enum Database {
        H2(Databases::h2),
        POSTGRESQL(Databases::postgres);

        private final Supplier<DataSource> fresh;

        Database(Supplier<DataSource> fresh) {
            this.fresh = fresh;
        }
    }

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Deadline DEADLINE = new Deadline(
            LocalDate.of(2026, 12, 24), ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "opened+30D", false);
    private static final List<String> PARTIES = IntStream.range(0, 133)
            .mapToObj(i -> "" + (char) ('A' + i / 26) + (char) ('A' + i % 26) + "X")
            .toList();

    private final Duties duties = mock();
    private JdbcClient jdbc;
    private Ledger ledger;
    private Obligations obligations;
    private Drafts drafts;
    private TransactionTemplate transaction;
    private final List<Object> published = java.util.Collections.synchronizedList(new ArrayList<>());

    private void on(Database database) {
        DataSource source = database.fresh.get();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        JdbcTransactionManager transactions = new JdbcTransactionManager(source);
        jdbc = JdbcClient.create(source);
        ledger = new JdbcLedger(
                jdbc, new NamedParameterJdbcTemplate(source), transactions, published::add, duties, clock);
        obligations = new JdbcObligations(jdbc, duties, clock);
        drafts = new JdbcDrafts(jdbc, clock);
        transaction = new TransactionTemplate(transactions);
    }

    private Obligation opened() {
        return transaction
                .execute(tx -> ledger.open("some-duty", "2026", List.of("CHE"), DEADLINE, "secretariat"))
                .get(0);
    }

    private OpenTask task(Obligation obligation, String id, String duty, String seat) {
        OpenTask task = new OpenTask(id, obligation.id(), duty, "some-step", seat, NOW, DEADLINE.at());
        transaction.executeWithoutResult(tx -> ledger.taskOpened(task));
        return task;
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatAPartySentOnOtherOccasionsAndForOtherDuties(Database database) {
        on(database);
        Submission first = sent("some-duty", "2025", "CHE", "t-1");
        sent("some-duty", "2024", "CHE", "t-2");
        Submission newest = sent("some-duty", "2023", "CHE", "t-3");
        sent("some-duty", "2023", "FRA", "t-4");
        sent("other-duty", "2023", "CHE", "t-5");
        Obligation now = transaction
                .execute(tx -> ledger.open("some-duty", "2026", List.of("CHE"), DEADLINE, "secretariat"))
                .get(0);

        assertThat(obligations.newestElsewhere(now, now.duty(), List.of("other-step", "some-step")))
                .contains(new Obligations.Elsewhere("2023", newest));
        assertThat(obligations.newestElsewhere(now, now.duty(), List.of("other-step")))
                .isEmpty();
        assertThat(obligations.submissions("CHE", "2025", List.of("some-duty", "other-duty")))
                .containsOnly(entry("some-duty", List.of(first)));
        assertThat(obligations.submissions("CHE", "2023", List.of("other-duty")))
                .containsOnlyKeys("other-duty");
        assertThat(obligations.submissions("CHE", "2025", List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhetherTheDeadlineWasKeptOnTheOccasionBefore(Database database) {
        on(database);
        Obligation now = due("2026", DEADLINE);
        assertThat(obligations.keptBefore(now, "some-step")).isFalse();

        submit(due("2024", DEADLINE.movedTo(DEADLINE.on().minusYears(2), Deadline.Origin.RULE, null)), "t-1");
        submit(due("2025", DEADLINE.movedTo(DEADLINE.on().minusDays(1), Deadline.Origin.RULE, null)), "t-2");
        assertThat(obligations.keptBefore(now, "some-step")).isTrue();
        assertThat(obligations.keptBefore(now, "other-step")).isFalse();
        assertThat(obligations.keptBefore(
                        obligations
                                .find(due(
                                                "2028",
                                                DEADLINE.movedTo(
                                                        DEADLINE.on().plusYears(1), Deadline.Origin.RULE, null))
                                        .id())
                                .orElseThrow(),
                        "some-step"))
                .as("nothing was sent for 2026")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void knowsThatWhatCameOnceTooLateWasNotKept(Database database) {
        on(database);
        Obligation before = due("2025", DEADLINE.movedTo(DEADLINE.on().minusDays(1), Deadline.Origin.RULE, null));
        submit(before, "t-1");
        jdbc.sql("update submission set late = true").update();
        submit(before, "t-2");

        assertThat(obligations.keptBefore(due("2026", DEADLINE), "some-step")).isFalse();
    }

    private Obligation due(String occasion, Deadline deadline) {
        return transaction
                .execute(tx -> ledger.open("some-duty", occasion, List.of("CHE"), deadline, "secretariat"))
                .get(0);
    }

    private void submit(Obligation obligation, String taskId) {
        OpenTask task = new OpenTask(
                taskId,
                obligation.id(),
                "some-duty",
                "some-step",
                "nfp-CHE",
                NOW,
                obligation.deadline().at());
        transaction.executeWithoutResult(tx -> {
            ledger.taskOpened(task);
            ledger.submit(task, Map.of("remarks", "x"), "somebody", false);
        });
    }

    private Submission sent(String duty, String occasion, String party, String taskId) {
        Obligation obligation = transaction
                .execute(tx -> ledger.open(duty, occasion, List.of(party), DEADLINE, "secretariat"))
                .get(0);
        OpenTask task = task(obligation, taskId, duty, "nfp-" + party);
        transaction.executeWithoutResult(
                tx -> ledger.submit(task, Map.of("remarks", occasion + party), "somebody", false));
        return obligations.submissions(obligation.id()).get(0);
    }

    @ParameterizedTest
    @EnumSource
    void readsForSeveralAtOnceWhatItReadsForEach(Database database) {
        on(database);
        List<Obligation> opened = transaction.execute(
                tx -> ledger.open("some-duty", "2026", List.of("CHE", "FRA", "KEN"), DEADLINE, "secretariat"));
        OpenTask first = task(opened.get(0), "t-1", "some-duty", "nfp-CHE");
        OpenTask second = task(opened.get(0), "t-2", "some-duty", "secretariat");
        OpenTask over = task(opened.get(1), "t-3", "some-duty", "nfp-FRA");
        transaction.executeWithoutResult(tx -> ledger.taskDone(over.taskId(), null));
        Drafts.Draft draft = drafts.save(first.taskId(), Map.of("remarks", "half"), 0, "che-nfp");
        List<UUID> ids = List.of(opened.get(0).id(), opened.get(1).id(), UUID.randomUUID());
        List<String> taskIds = List.of("t-1", "t-2", "t-2", "t-3", "t-4");

        assertThat(obligations.tasks(ids)).containsOnly(entry(ids.get(0), List.of(first, second)));
        List<String> parties = List.of("nfp-CHE", "nfp-FRA");
        assertThat(obligations.countTasksOf(List.of("secretariat"), parties, List.of()))
                .containsOnly(entry("secretariat", 1L), entry("nfp-CHE", 1L));
        assertThat(obligations.countTasksOf(List.of("secretariat"), parties, List.of("some-duty")))
                .containsOnly(entry("secretariat", 1L));
        assertThat(obligations.countTasksOf(List.of(), parties, List.of("another-duty")))
                .containsOnly(entry("nfp-CHE", 1L));
        assertThat(obligations.findTasks(taskIds)).containsOnly(entry("t-1", first), entry("t-2", second));
        assertThat(drafts.findAll(taskIds)).containsOnly(entry("t-1", draft));
    }

    @ParameterizedTest
    @EnumSource
    void readsNothingForNone(Database database) {
        on(database);

        assertThat(obligations.tasks(List.of())).isEmpty();
        assertThat(obligations.findTasks(List.of())).isEmpty();
        assertThat(drafts.findAll(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void opensAnObligationOnceFromManyThreads(Database database) throws Exception {
        on(database);
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> openers = new ArrayList<>();
        Callable<Integer> opener = () -> {
            together.await();
            return transaction
                    .execute(tx -> ledger.open("some-duty", "2026", PARTIES, DEADLINE, "secretariat"))
                    .size();
        };
        for (int i = 0; i < threads; i++) {
            openers.add(pool.submit(opener));
        }
        int opened = 0;
        for (Future<Integer> result : openers) {
            opened += result.get();
        }
        pool.shutdown();

        assertThat(opened).isEqualTo(PARTIES.size());
        assertThat(obligations.list(Obligations.Filter.ANY, 0, 500).total()).isEqualTo(PARTIES.size());
        assertThat(published).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void entersOnlyWhatIsMissing(Database database) {
        on(database);
        opened();

        List<Obligation> second = transaction.execute(
                tx -> ledger.open("some-duty", "2026", List.of("CHE", "FRA"), DEADLINE, "secretariat"));

        assertThat(second).extracting(Obligation::partyCode).containsExactly("FRA");
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatWasEntered(Database database) {
        on(database);
        Obligation opened = opened();

        assertThat(obligations.find(opened.id())).contains(opened);
        assertThat(opened.businessKey()).isEqualTo("some-duty/2026/CHE");
        assertThat(obligations.partiesWithOpen("some-duty")).containsExactly("CHE");
    }

    @ParameterizedTest
    @EnumSource
    void standsWithThePartyWhileItsSeatHasATaskAndThenWithTheSecretariat(Database database) {
        on(database);
        Obligation obligation = opened();

        task(obligation, "t1", "some-duty", "nfp-CHE");
        task(obligation, "t2", "escalate-overdue", "secretariat");
        assertThat(obligations.find(obligation.id()).orElseThrow().state()).isEqualTo(Obligation.State.WITH_PARTY);

        transaction.executeWithoutResult(tx -> ledger.taskDone("t1", "che-nfp"));
        assertThat(obligations.find(obligation.id()).orElseThrow().state())
                .isEqualTo(Obligation.State.WITH_SECRETARIAT);
        assertThat(obligations.doneTask("t1").orElseThrow().doneBy()).isEqualTo("che-nfp");
        assertThat(obligations.tasksOf(List.of("nfp-CHE", "secretariat")))
                .extracting(OpenTask::taskId)
                .containsExactly("t2");
    }

    @ParameterizedTest
    @EnumSource
    void listsTheFirstTasksOfASeatByWhenTheyAreDueAndThenThoseThatHaveNoTime(Database database) {
        on(database);
        Obligation obligation = opened();
        Map<String, Instant> due = new HashMap<>();
        due.put("t1", null);
        due.put("t2", DEADLINE.at());
        due.put("t3", DEADLINE.at().minusSeconds(60));
        due.put("t4", null);
        due.forEach((id, at) -> transaction.executeWithoutResult(tx -> ledger.taskOpened(
                new OpenTask(id, obligation.id(), "some-duty", "some-step", "secretariat", NOW, at))));
        task(obligation, "t5", "some-duty", "nfp-CHE");
        transaction.executeWithoutResult(tx -> ledger.taskDone("t2", "secretariat"));

        assertThat(obligations.firstTasksOf("secretariat", 9))
                .extracting(OpenTask::taskId)
                .containsExactly("t3", "t1", "t4");
        assertThat(obligations.firstTasksOf("secretariat", 2))
                .extracting(OpenTask::taskId)
                .containsExactly("t3", "t1");
    }

    @ParameterizedTest
    @EnumSource
    void filesSubmissionsWithVersionAndReceipt(Database database) {
        on(database);
        Obligation obligation = opened();
        OpenTask first = task(obligation, "t1", "some-duty", "nfp-CHE");
        OpenTask second = task(obligation, "t2", "some-duty", "nfp-CHE");
        Map<String, Object> values = new HashMap<>(Map.of("day", LocalDate.of(2026, 1, 31), "text", "Ünï"));

        transaction.executeWithoutResult(tx -> ledger.submit(first, values, "che-nfp", false));
        Submission filed = transaction.execute(tx -> ledger.submit(second, values, "che-alt", true));

        assertThat(filed.version()).isEqualTo(2);
        assertThat(filed.receipt()).isEqualTo("S-2026-000002");
        assertThat(filed.acting()).isTrue();
        assertThat(filed.values()).containsEntry("day", "2026-01-31").containsEntry("text", "Ünï");
        assertThat(obligations.submissions(obligation.id())).last().isEqualTo(filed);
    }

    @ParameterizedTest
    @EnumSource
    void refusesASecondSubmissionForTheSameTask(Database database) {
        on(database);
        OpenTask task = task(opened(), "t1", "some-duty", "nfp-CHE");
        transaction.executeWithoutResult(tx -> ledger.submit(task, Map.of(), "che-nfp", false));

        assertThatThrownBy(
                        () -> transaction.executeWithoutResult(tx -> ledger.submit(task, Map.of(), "che-nfp", false)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    private static final Deadline ORIGINAL =
            new Deadline(DEADLINE.on().plusDays(23), DEADLINE.zone(), Deadline.Origin.RULE, "COP-7D", false);

    private Obligation openedWithTwoDeadlines() {
        return transaction
                .execute(tx -> ledger.open(
                        "some-duty", "2026", List.of("CHE"), DEADLINE, Map.of("original", ORIGINAL), "secretariat"))
                .get(0);
    }

    private OpenTask dueBy(Obligation obligation, String id, String step, Deadline deadline, String name) {
        OpenTask task = new OpenTask(id, obligation.id(), "some-duty", step, "nfp-CHE", NOW, deadline.at(), name);
        transaction.executeWithoutResult(tx -> ledger.taskOpened(task));
        return task;
    }

    private Obligation now(Obligation obligation) {
        return obligations.find(obligation.id()).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void letsThatDeadlineStandByWhichTheNextStepIsDue(Database database) {
        on(database);
        Obligation obligation = openedWithTwoDeadlines();

        dueBy(obligation, "t1", "send-scan", DEADLINE, "due");
        assertThat(now(obligation).deadline()).isEqualTo(DEADLINE);

        transaction.executeWithoutResult(tx -> ledger.taskDone("t1", "che-nfp"));
        dueBy(obligation, "t2", "send-original", ORIGINAL, "original");
        assertThat(now(obligation).deadlineName()).isEqualTo("original");
        assertThat(now(obligation).deadline()).isEqualTo(ORIGINAL);
        assertThat(obligations.deadlines(List.of(obligation.id())))
                .isEqualTo(Map.of(obligation.id(), Map.of("due", DEADLINE, "original", ORIGINAL)));
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isLateByTheMainDeadlineAndNotByAnInterimOne(Database database) {
        on(database);
        Duty duty = mock();
        when(duty.binding("plan")).thenReturn(Duty.DUE);
        when(duties.find("some-duty")).thenReturn(Optional.of(duty));
        Deadline plan = DEADLINE.movedTo(LocalDate.of(2026, 11, 1), Deadline.Origin.RULE, "COP-P10M");
        Obligation obligation = transaction
                .execute(tx ->
                        ledger.open("some-duty", "2026", List.of("CHE"), DEADLINE, Map.of("plan", plan), "secretariat"))
                .get(0);

        OpenTask task = dueBy(obligation, "t1", "plan-report", plan, "plan");

        assertThat(now(obligation).deadlineName()).isEqualTo(Duty.DUE);
        assertThat(now(obligation).deadline()).isEqualTo(DEADLINE);
        Submission sent = transaction.execute(tx -> ledger.submit(task, Map.of(), "che-nfp", false));
        assertThat(sent.late()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void readsWithinATransactionWhatItHasWrittenThere(Database database) {
        on(database);
        Obligation obligation = opened();
        Deadline later = DEADLINE.movedTo(LocalDate.of(2027, 1, 31), Deadline.Origin.EXTENSION, "Asked for");

        transaction.executeWithoutResult(tx -> {
            assertThat(now(obligation).state()).isEqualTo(Obligation.State.OPENING);
            ledger.taskOpened(new OpenTask("t1", obligation.id(), "some-duty", "step", "nfp-CHE", NOW, DEADLINE.at()));
            assertThat(now(obligation).state()).isEqualTo(Obligation.State.WITH_PARTY);
            ledger.moveDeadline(obligation.id(), later, "secretariat");
            assertThat(now(obligation).deadline()).isEqualTo(later);
            ledger.plan(obligation.id(), new Obligation.NextAct("reminder-7", NOW));
            assertThat(obligations
                            .find("some-duty", "2026", "CHE")
                            .orElseThrow()
                            .nextAct())
                    .isEqualTo(new Obligation.NextAct("reminder-7", NOW));
            ledger.close(obligation.id(), Obligation.State.EXCUSED, "secretariat", Map.of());
            assertThat(now(obligation).state()).isEqualTo(Obligation.State.EXCUSED);
            tx.setRollbackOnly();
        });

        assertThat(now(obligation).state()).isEqualTo(Obligation.State.OPENING);
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void movesOneDeadlineAndLeavesTheOthers(Database database) {
        on(database);
        Obligation obligation = openedWithTwoDeadlines();
        dueBy(obligation, "t1", "send-scan", DEADLINE, "due");
        dueBy(obligation, "t2", "send-original", ORIGINAL, "original");
        Deadline later = ORIGINAL.movedTo(ORIGINAL.on().plusDays(10), Deadline.Origin.EXTENSION, "Asked for");

        transaction.executeWithoutResult(tx -> ledger.moveDeadline(obligation.id(), "original", later, "secretariat"));

        assertThat(now(obligation).deadline()).isEqualTo(DEADLINE);
        assertThat(obligations.task("t1").orElseThrow().dueAt()).isEqualTo(DEADLINE.at());
        assertThat(obligations.task("t2").orElseThrow().dueAt()).isEqualTo(later.at());
        assertThat(obligations.deadlines(List.of(obligation.id())).get(obligation.id()))
                .containsEntry("original", later)
                .containsEntry("due", DEADLINE);
    }

    @ParameterizedTest
    @EnumSource
    void setsADeadlineThatIsOnlyKnownWhenItsStepComesUp(Database database) {
        on(database);
        Obligation obligation = opened();

        transaction.executeWithoutResult(tx -> ledger.moveDeadline(obligation.id(), "package", ORIGINAL, "sterna"));

        assertThat(now(obligation).deadline()).isEqualTo(DEADLINE);
        assertThat(obligations.deadlines(List.of(obligation.id())).get(obligation.id()))
                .isEqualTo(Map.of("due", DEADLINE, "package", ORIGINAL));
    }

    @ParameterizedTest
    @EnumSource
    void callsASubmissionLateByTheDeadlineOfItsStep(Database database) {
        on(database);
        Obligation obligation = openedWithTwoDeadlines();
        Deadline past =
                DEADLINE.movedTo(LocalDate.ofInstant(NOW, DEADLINE.zone()).minusDays(1), Deadline.Origin.RULE, null);
        OpenTask late = dueBy(obligation, "t1", "send-scan", past, "due");
        OpenTask inTime = dueBy(obligation, "t2", "send-original", ORIGINAL, "original");

        assertThat(transaction
                        .execute(tx -> ledger.submit(late, Map.of(), "che-nfp", false))
                        .late())
                .isTrue();
        assertThat(transaction
                        .execute(tx -> ledger.submit(inTime, Map.of(), "che-nfp", false))
                        .late())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void movesTheDeadlineOfThePartysTasksToo(Database database) {
        on(database);
        Obligation obligation = opened();
        task(obligation, "t1", "some-duty", "nfp-CHE");
        Deadline later = DEADLINE.movedTo(LocalDate.of(2027, 1, 31), Deadline.Origin.EXTENSION, "Asked for");

        transaction.executeWithoutResult(tx -> ledger.moveDeadline(obligation.id(), later, "secretariat"));

        assertThat(obligations.find(obligation.id()).orElseThrow().deadline()).isEqualTo(later);
        assertThat(obligations.task("t1").orElseThrow().dueAt()).isEqualTo(later.at());
    }

    @ParameterizedTest
    @EnumSource
    void endsOnce(Database database) {
        on(database);
        Obligation obligation = opened();
        transaction.executeWithoutResult(
                tx -> ledger.close(obligation.id(), Obligation.State.DISCHARGED, "secretariat", Map.of()));

        assertThat(obligations.find(obligation.id()).orElseThrow().closedAt()).isEqualTo(NOW);
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        tx -> ledger.close(obligation.id(), Obligation.State.EXCUSED, "secretariat", Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void findsAnyChangeInTheChainOfEvents(Database database) {
        on(database);
        Obligation obligation = opened();
        task(obligation, "t1", "some-duty", "nfp-CHE");
        transaction.executeWithoutResult(tx -> ledger.taskDone("t1", null));
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();

        jdbc.sql("update obligation_event set actor = 'somebody' where number = 2")
                .update();
        assertThat(obligations.firstBrokenEvent(obligation.id())).contains(2);

        jdbc.sql("update obligation_event set actor = 'sterna' where number = 2")
                .update();
        jdbc.sql("delete from obligation_event where number = 3").update();
        assertThat(obligations.firstBrokenEvent(obligation.id())).contains(3);
    }

    @ParameterizedTest
    @EnumSource
    void countsAndFilters(Database database) {
        on(database);
        Obligation obligation = opened();
        task(obligation, "t1", "some-duty", "nfp-CHE");

        assertThat(obligations
                        .list(
                                new Obligations.Filter(
                                        "some-duty",
                                        "CHE",
                                        "2026",
                                        java.util.Set.of(Obligation.State.WITH_PARTY),
                                        false),
                                0,
                                10)
                        .items())
                .hasSize(1);
        assertThat(obligations
                        .list(new Obligations.Filter(null, null, null, java.util.Set.of(), true), 0, 10)
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void neverCallsAVoluntaryDutyOverdue(Database database) {
        on(database);
        Deadline past = DEADLINE.movedTo(LocalDate.of(2026, 1, 1), Deadline.Origin.NOTIFIED, null);
        transaction.executeWithoutResult(tx -> {
            ledger.open("some-duty", "2026", List.of("CHE"), past, "secretariat");
            ledger.open("gift", "2026", List.of("CHE"), past, "secretariat");
        });
        Duty gift = new Duty(
                "gift",
                "D12",
                "nfp",
                Duty.Kind.REQUEST,
                true,
                DueRule.parse("opened+30D"),
                15,
                List.of(),
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "",
                true,
                List.of());
        when(duties.all()).thenReturn(List.of(gift));

        assertThat(obligations.count(new Obligations.Filter(null, null, null, java.util.Set.of(), true)))
                .isEqualTo(1);
        assertThat(obligations
                        .list(new Obligations.Filter(null, null, null, java.util.Set.of(), true), 0, 10)
                        .items())
                .extracting(Obligation::duty)
                .containsExactly("some-duty");
    }

    @ParameterizedTest
    @EnumSource
    void findsAnyChangeInWhatWasSubmitted(Database database) {
        on(database);
        Obligation obligation = opened();
        OpenTask task = task(obligation, "t1", "some-duty", "nfp-CHE");
        transaction.executeWithoutResult(tx -> ledger.submit(task, Map.of("text", "as sent"), "che-nfp", false));
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();

        jdbc.sql("update submission set answers = :answers")
                .param("answers", "{\"text\":\"as changed\"}")
                .update();
        assertThat(obligations.firstBrokenEvent(obligation.id())).contains(3);
    }

    @ParameterizedTest
    @EnumSource
    void findsManyAtOnce(Database database) {
        on(database);
        List<Obligation> opened =
                transaction.execute(tx -> ledger.open("some-duty", "2026", PARTIES, DEADLINE, "secretariat"));

        assertThat(obligations.findAll(opened.stream().map(Obligation::id).toList()))
                .containsExactlyInAnyOrderElementsOf(opened);
        assertThat(obligations.findAll(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingForATextThatNoDatabaseKeeps(Database database) {
        on(database);
        opened();

        assertThat(obligations
                        .list(new Obligations.Filter(null, null, "2026\0", java.util.Set.of(), false), 0, 10)
                        .total())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheSecondWriterOfADraftThatTheFirstWasFaster(Database database) {
        on(database);
        Drafts.Draft first = drafts.save("t1", Map.of("a", "1"), 0, "che-nfp");

        assertThatThrownBy(() -> drafts.save("t1", Map.of("a", "2"), 0, "che-alt"))
                .isInstanceOfSatisfying(Drafts.Outdated.class, outdated -> assertThat(outdated.current())
                        .isEqualTo(first));
        assertThat(drafts.save("t1", Map.of("a", "2"), 1, "che-alt").version()).isEqualTo(2);
    }
}
