package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.time.TimeMachine;

/** Who may file, and what the Secretariat's acts do to a running case; each test with a Party of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:cases;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class CasesTests {

    private static final String DUTY = "nomination-confirmation";

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Cases cases;

    @Autowired
    Tasks tasks;

    @Autowired
    Notices notices;

    @Autowired
    Documents documents;

    @Autowired
    Accounts accounts;

    @Autowired
    Parties parties;

    @Autowired
    IdentityService identity;

    @Autowired
    TaskService engineTasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    TimeMachine time;

    @Autowired
    Jobs jobs;

    @Autowired
    Flyway flyway;

    @Test
    void letsNoAdministratorAnswerForAParty() throws Exception {
        OpenTask task = task(opened("CHE"));
        Map<String, Object> nomination = nomination("CHE", task);
        identity.setAuthentication(
                "admin",
                RegisterIdentity.groupsOf(accounts.find("admin").orElseThrow()),
                RegisterIdentity.tenantsOf(accounts.find("admin").orElseThrow(), parties));
        try {
            assertThatThrownBy(() -> engineTasks.complete(task.taskId(), nomination))
                    .isInstanceOf(AuthorizationException.class);
        } finally {
            identity.clearAuthentication();
        }

        assertThat(obligations.submissions(task.obligationId())).isEmpty();
    }

    @Test
    void countsAHolderWhoseTermEndsLaterAsTheSeatsOwn() throws Exception {
        OpenTask task = task(opened("FRA"));
        jdbc.sql("update term_of_office set last_day = :day where seat_code = 'nfp-FRA'")
                .param("day", today().plusDays(30))
                .update();

        assertThat(tasks.submit(task.taskId(), "fra-nfp", nomination("FRA", task), Locale.ENGLISH)
                        .acting())
                .isFalse();
    }

    @Test
    void withdrawsTheQuestionWhatToDoWhenTheDeadlineMoves() {
        Obligation obligation = opened("ARG");
        // the overdue notice, the ministry, the question
        for (int days : new int[] {32, 14, 17}) {
            time.advance(Period.ofDays(days));
            jobs.runDue();
        }
        assertThat(obligations.tasks(obligation.id()))
                .extracting(OpenTask::step)
                .containsExactlyInAnyOrder("submit-nomination", "decide-escalation");

        cases.moveDeadline(
                obligation.id(),
                obligation.deadline().movedTo(today().plusDays(20), Deadline.Origin.EXTENSION, "Asked for by letter"),
                "secretariat");

        assertThat(obligations.tasks(obligation.id()))
                .extracting(OpenTask::step)
                .containsExactly("submit-nomination");
    }

    @Test
    void tellsThePartyOfANewDeadline() {
        Obligation obligation = opened("KEN");

        cases.moveDeadline(
                obligation.id(),
                obligation.deadline().movedTo(today().plusDays(50), Deadline.Origin.EXTENSION, "Asked for by letter"),
                "secretariat");

        assertThat(notices.of(obligation.id()))
                .extracting(Notice::kind, Notice::email)
                .contains(tuple("extended", "ken-nfp@example.org"), tuple("extended", "ken-min@example.org"));
    }

    @Test
    void tellsThePartyThatItIsExcused() {
        Obligation obligation = opened("IND");

        cases.excuse(obligation.id(), "The post was abolished by law.", "secretariat");

        assertThat(obligations.tasks(obligation.id())).isEmpty();
        assertThat(notices.of(obligation.id()))
                .extracting(Notice::kind, Notice::email)
                .contains(tuple("excused", "ind-nfp@example.org"), tuple("excused", "ind-min@example.org"));
    }

    @Test
    void takesMigrationsOfAModuleThatComeBeforeThoseOfOthers() {
        assertThat(flyway.getConfiguration().isOutOfOrder()).isTrue();
    }

    private Obligation opened(String party) {
        campaigns.open(DUTY, "cases", List.of(party), "secretariat");
        jobs.runDue();
        return obligations
                .list(new Obligations.Filter(DUTY, party, "cases", Set.of(), false), 0, 1)
                .items()
                .get(0);
    }

    private OpenTask task(Obligation obligation) {
        return obligations.tasks(obligation.id()).get(0);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }

    private Map<String, Object> nomination(String party, OpenTask task) throws Exception {
        byte[] paper =
                "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
                        .getBytes(StandardCharsets.US_ASCII);
        Map<String, Object> values = new HashMap<>(Map.of(
                "letter",
                documents
                        .keep(party, task.taskId(), "letter", "letter.pdf", new ByteArrayInputStream(paper), "test")
                        .id()
                        .toString(),
                "appointingAuthorityName",
                "Office of the Minister",
                "appointingAuthorityTitle",
                "Minister for the Environment",
                "signatoryKind",
                "minister",
                "letterDate",
                today().minusDays(5).toString(),
                "effectiveFrom",
                today().toString(),
                "replaces",
                "first-appointment",
                "givenName",
                "Test",
                "familyName",
                "Designate"));
        values.putAll(Map.of(
                "position", "Head of section",
                "organisation", "Office for the Environment",
                "street", "Example street 1",
                "city", "Example city",
                "country", party,
                "countryOfPost", party,
                "workEmail", "designate@example.org",
                "phone", "+41310000000"));
        values.putAll(Map.of(
                "preferredLanguages", List.of("fr", "en"),
                "available", "yes",
                "ministry", "Ministry for the Environment",
                "conservationMandate", "yes",
                "languages", List.of("en", "fr")));
        return values;
    }
}
