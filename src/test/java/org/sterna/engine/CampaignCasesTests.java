package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Preview;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** What campaigns ask of the engine; each test with an occasion of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:campaign-cases;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class CampaignCasesTests {

    private static final String DUTY = "nomination-confirmation";

    @Autowired
    CampaignCases cases;

    @Autowired
    Cases engineCases;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Parties parties;

    @Autowired
    Obligations obligations;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Jobs jobs;

    @Test
    void readsFromTheDiagramToWhomTheFirstNoticeGoes() {
        assertThat(cases.announcement(DUTY)).isEqualTo(new CampaignCases.Announcement(List.of("nfp"), List.of()));
    }

    @Test
    void keepsAFailureToTheOnePartyItHappensTo() {
        open("one-fails", "CHE", "FRA", "KEN");
        block("one-fails", "FRA");

        startAll("one-fails");
        unblock("one-fails", "FRA");

        assertThat(state("one-fails", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(state("one-fails", "KEN")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(state("one-fails", "FRA")).isEqualTo(Obligation.State.OPENING);
        assertThat(failures("one-fails")).containsExactly(tuple("FRA", true, false));

        assertThat(cases.retry(DUTY, "one-fails", List.of("CHE", "FRA"))).isEqualTo(1);
        jobs.runDue();
        assertThat(state("one-fails", "FRA")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(failures("one-fails")).isEmpty();
    }

    @Test
    void keepsAFailureToTheOnePartyWhoseCaseCannotEvenBeCreated() {
        open("none-made", "CHE", "FRA");
        rename("none-made", "lost", "FRA");

        startAll("none-made");
        rename("lost", "none-made", "FRA");

        assertThat(state("none-made", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(failures("none-made")).containsExactly(tuple("FRA", true, true));

        cases.retry(DUTY, "none-made", List.of("FRA"));
        jobs.runDue();
        assertThat(state("none-made", "FRA")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(failures("none-made")).isEmpty();
    }

    @Test
    void saysWhenAFailureWaitsForSomebody() {
        open("stopped", "FRA");
        block("stopped", "FRA");
        startAll("stopped");
        unblock("stopped", "FRA");
        Job start = management
                .createJobQuery()
                .processInstanceId(caseOf("stopped", "FRA"))
                .withException()
                .singleResult();
        management.setJobRetries(start.getId(), 0);

        assertThat(cases.failures(DUTY, "stopped"))
                .extracting(CampaignCases.Failure::stopped, CampaignCases.Failure::again)
                .containsExactly(tuple(true, null));
        // what is left is put right for the tests after this one
        cases.retry(DUTY, "stopped", List.of("FRA"));
        jobs.runDue();
    }

    @Test
    void startsNoCaseForWhatEndedWhileItWaited() {
        open("exempted", "CHE", "FRA");

        campaigns.exempt(DUTY, "exempted", "FRA", "Its ministry is being reorganised.", "secretariat");
        jobs.runDue();

        assertThat(state("exempted", "FRA")).isEqualTo(Obligation.State.EXCUSED);
        assertThat(state("exempted", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(DUTY + "/exempted/FRA")
                        .count())
                .isZero();
    }

    @Test
    void startsACaseWithTheDeadlineThatMovedWhileItWaited() {
        open("moved", "CHE");
        Obligation obligation = obligations.find(DUTY, "moved", "CHE").orElseThrow();
        Deadline later = obligation
                .deadline()
                .movedTo(obligation.deadline().on().plusDays(40), Deadline.Origin.EXTENSION, "Elections in spring");

        engineCases.moveDeadline(obligation.id(), later, "secretariat");
        jobs.runDue();

        assertThat(state("moved", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(obligations.tasks(obligation.id()))
                .extracting(OpenTask::dueAt)
                .containsExactly(later.at());
        Obligation started = obligations.find(obligation.id()).orElseThrow();
        assertThat(LocalDate.ofInstant(started.nextAct().at(), later.zone()))
                .isEqualTo(later.on().minusDays(14));
    }

    @Test
    void hasTheCasesOfALargeOpeningStartedByAsManyThreadsAsThereAre() {
        open("side-by-side", parties.all().stream().map(Party::code).toArray(String[]::new));

        assertThat(management.createJobQuery().list())
                .filteredOn(job -> StartCases.starts(job).size() > 1)
                .as("none waits for the others")
                .hasSize(3)
                .noneMatch(job -> ((JobEntity) job).isExclusive());
        jobs.runDue();
    }

    @Test
    void leavesNoTraceOfJobsThatWereNeverWrittenAndOfUsersWhoDidNothing() {
        open("traceless", "CHE");
        jobs.runDue();
        String theCase = caseOf("traceless", "CHE");

        assertThat(history.createHistoricJobLogQuery()
                        .processInstanceId(theCase)
                        .count())
                .as("the reminder clock that is set has nothing behind it")
                .isZero();
        assertThat(history.createUserOperationLogQuery()
                        .processInstanceId(theCase)
                        .count())
                .isZero();
    }

    @Test
    void knowsWordsOfDiagramsFromVariablesOfTheSameName() {
        open("same-name", "CHE");
        jobs.runDue();
        String theCase = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(DUTY + "/same-name/CHE")
                .singleResult()
                .getId();
        runtime.setVariable(theCase, "seat", "not the word");

        Object seat = engine.getCommandExecutorTxRequired().execute(command -> engine.getExpressionManager()
                .createExpression("${seat}")
                .getValue(command.getExecutionManager().findExecutionById(theCase)));

        assertThat(seat).isInstanceOf(SeatWord.class);
    }

    @Test
    void startsEveryCaseOfALargeOpeningOnce() {
        List<String> all = parties.all().stream().map(Party::code).toList();
        open("everybody", all.toArray(String[]::new));

        jobs.runDue();
        open("everybody", all.toArray(String[]::new));
        jobs.runDue();

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKeyLike(DUTY + "/everybody/%")
                        .count())
                .isEqualTo(all.size());
        assertThat(obligations
                        .list(
                                new Obligations.Filter(
                                        DUTY, null, "everybody", Set.of(Obligation.State.WITH_PARTY), false),
                                0,
                                1)
                        .total())
                .isEqualTo(all.size());
    }

    @Test
    void excusesAPartyThatIsExemptedAfterTheOpening() {
        open("excused", "CHE", "FRA");
        jobs.runDue();

        campaigns.exempt(DUTY, "excused", "FRA", "Its ministry is being reorganised.", "secretariat");

        assertThat(state("excused", "FRA")).isEqualTo(Obligation.State.EXCUSED);
        assertThat(state("excused", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
    }

    @Test
    void previewsWhomTheOpeningThenReallyTells() {
        Preview preview = campaigns.preview(DUTY, "previewed", List.of("CHE", "ESP", "KEN"));

        open("previewed", "CHE", "ESP", "KEN");

        assertThat(preview.mailCount()).isEqualTo(3);
        assertThat(preview.mailsByLanguage().values()).containsOnly(1L);
        assertThat(preview.unreachable()).isEmpty();
        assertThat(campaigns
                        .preview(DUTY, "previewed", List.of("CHE", "ESP", "KEN"))
                        .with(Preview.Fate.ALREADY))
                .hasSize(3);
    }

    private void open(String occasion, String... parties) {
        campaigns.open(DUTY, occasion, List.of(parties), "secretariat");
    }

    private List<Tuple> failures(String occasion) {
        return cases.failures(DUTY, occasion).stream()
                .map(failure -> tuple(failure.partyCode(), failure.atStart(), failure.stopped()))
                .toList();
    }

    /** The ledger cannot note what happens next in the case. */
    private void block(String occasion, String party) {
        jdbc.sql("insert into obligation_event (obligation_id, number, happened_at, kind, actor, details, hash)"
                        + " select obligation_id, 2, happened_at, kind, actor, details, hash from obligation_event"
                        + " where number = 1 and obligation_id = :id")
                .param("id", idOf(occasion, party))
                .update();
    }

    private void unblock(String occasion, String party) {
        jdbc.sql("delete from obligation_event where number = 2 and obligation_id = :id")
                .param("id", idOf(occasion, party))
                .update();
    }

    private UUID idOf(String occasion, String party) {
        return obligations.find(DUTY, occasion, party).orElseThrow().id();
    }

    /** A case whose obligation is called something else finds it no more. */
    private void rename(String occasion, String name, String party) {
        jdbc.sql("update obligation set occasion = :name where duty = :duty and occasion = :occasion"
                        + " and party_code = :party")
                .param("name", name)
                .param("duty", DUTY)
                .param("occasion", occasion)
                .param("party", party)
                .update();
    }

    private void startAll(String occasion) {
        startTogether();
        for (ProcessInstance started : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKeyLike(DUTY + "/" + occasion + "/%")
                .list()) {
            for (Job job : management
                    .createJobQuery()
                    .processInstanceId(started.getId())
                    .messages()
                    .list()) {
                try {
                    management.executeJob(job.getId());
                } catch (RuntimeException failed) {
                    // what the job executor would do is done: the job is kept for another attempt
                }
            }
        }
    }

    /** Runs the jobs that start cases as the job executor does, which tries each again at once while it may. */
    private void startTogether() {
        for (int round = 0; round < 10; round++) {
            for (Job job :
                    management.createJobQuery().messages().withRetriesLeft().list()) {
                if (job.getProcessInstanceId() == null) {
                    try {
                        management.executeJob(job.getId());
                    } catch (RuntimeException failed) {
                        // what the job executor would do is done: the job is kept for another attempt
                    }
                }
            }
        }
    }

    private String caseOf(String occasion, String party) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(DUTY + "/" + occasion + "/" + party)
                .singleResult()
                .getId();
    }

    private Obligation.State state(String occasion, String party) {
        return obligations
                .list(new Obligations.Filter(DUTY, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0)
                .state();
    }
}
