package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Preview;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

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
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

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
        rename("one-fails", "lost", "FRA");

        startAll("one-fails");
        rename("lost", "one-fails", "FRA");

        assertThat(state("one-fails", "CHE")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(state("one-fails", "KEN")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(state("one-fails", "FRA")).isEqualTo(Obligation.State.OPENING);
        assertThat(cases.failures(DUTY, "one-fails"))
                .extracting(
                        CampaignCases.Failure::partyCode,
                        CampaignCases.Failure::atStart,
                        CampaignCases.Failure::stopped)
                .containsExactly(tuple("FRA", true, false));
        assertThat(cases.failures(DUTY, "one-fails").get(0).again()).isNotNull();

        assertThat(cases.retry(DUTY, "one-fails", List.of("CHE", "FRA"))).isEqualTo(1);
        jobs.runDue();
        assertThat(state("one-fails", "FRA")).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(cases.failures(DUTY, "one-fails")).isEmpty();
    }

    @Test
    void saysWhenAFailureWaitsForSomebody() {
        open("stopped", "FRA");
        String lost = caseOf("stopped", "FRA");
        rename("stopped", "lost", "FRA");
        startAll("stopped");
        rename("lost", "stopped", "FRA");
        Job start = management
                .createJobQuery()
                .processInstanceId(lost)
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
