package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.sources.Opening;
import org.sterna.sources.Sources;
import org.sterna.whole.Nomination;

/** What is known beforehand, in the running application; each test with Parties of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:cases;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class KnownBeforehandTests {

    private static final String DUTY = "made-up-duty";

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Sources sources;

    @Autowired
    Tasks tasks;

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
    FormService engineForms;

    @Autowired
    Clock clock;

    @Autowired
    Jobs jobs;

    @Test
    void carriesOverWhatTheSamePartySentAndNothingOfAnother() {
        opened(DUTY, "past", "DZA", "AGO");
        send("past", "DZA", answers(5));
        send("past", "AGO", answers(7));
        opened(DUTY, "now", "DZA", "ALB");

        Opening opening = opening("now", "DZA");
        assertThat(opening.values()).containsEntry("birds", new BigDecimal("5"));
        assertThat(opening.carriedOver())
                .extracting(Opening.CarriedOver::occasion)
                .isEqualTo("past");
        assertThat(opening("now", "ALB").carriedOver()).isNull();
        assertThat(opening("now", "ALB").values()).containsOnlyKeys("party");
    }

    @Test
    void refusesAtEveryDoorWhatIsCarriedOverUnread() {
        opened(DUTY, "past", "ATG");
        send("past", "ATG", answers(5));
        opened(DUTY, "now", "ATG");
        String task = task(DUTY, "now", "ATG").taskId();
        Account holder = accounts.find("atg-nfp").orElseThrow();

        assertThat(catchThrowableOfType(InvalidSubmission.class, () -> send("now", "ATG", answers(5)))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("carriedOverRead");
        identity.setAuthentication(
                holder.username(), RegisterIdentity.groupsOf(holder), RegisterIdentity.tenantsOf(holder, parties));
        try {
            assertThat(catchThrowableOfType(
                            RefusedSubmission.class, () -> engineForms.submitTaskForm(task, answers(5))))
                    .hasMessageStartingWith("carriedOverRead: ");
        } finally {
            identity.clearAuthentication();
        }
        assertThat(catchThrowableOfType(RefusedSubmission.class, () -> engineTasks.complete(task, answers(5))))
                .hasMessageStartingWith("carriedOverRead: ");
    }

    @Test
    void filesWhatIsCarriedOverWithTheWordThatItWasRead() {
        opened(DUTY, "past", "ARM");
        send("past", "ARM", answers(5));
        opened(DUTY, "now", "ARM");
        Map<String, Object> read = answers(5);
        read.put("carriedOverRead", true);
        send("now", "ARM", read);

        assertThat(obligations.submissions(owed(DUTY, "now", "ARM").id()))
                .singleElement()
                .satisfies(sent -> assertThat(sent.values())
                        .containsEntry("carriedOverRead", true)
                        .containsEntry("birds", 5));
    }

    @Test
    void takesChangedAnswersWithoutAWord() {
        opened(DUTY, "past", "AUS");
        send("past", "AUS", answers(5));
        opened(DUTY, "now", "AUS");
        send("now", "AUS", answers(6));

        assertThat(obligations.submissions(owed(DUTY, "now", "AUS").id())).hasSize(1);
    }

    @Test
    void keepsReadOnlyValuesAndShowsVariablesInTheNextRound() {
        opened(DUTY, "now", "AUT");
        Map<String, Object> answers = answers(5);
        answers.put("party", "Atlantis");
        answers.put("lastDecision", "accepted");
        send("now", "AUT", answers);
        assertThat(obligations.submissions(owed(DUTY, "now", "AUT").id()).get(0).values())
                .containsEntry("party", "Austria")
                .doesNotContainKey("lastDecision");

        OpenTask review = task(DUTY, "now", "AUT");
        assertThat(sources.opening(review, owed(DUTY, "now", "AUT"), secretary(), Locale.ENGLISH)
                        .values())
                .containsEntry("told", "Storks")
                .hasEntrySatisfying("seen", rows -> assertThat((List<?>) rows).hasSize(1));
        tasks.submit(
                review.taskId(),
                "secretariat",
                Map.of("decision", "returned", "reasons", "It is far too short."),
                Locale.ENGLISH);
        jobs.runDue();

        Opening again = opening("now", "AUT");
        assertThat(again.values()).containsEntry("lastDecision", "returned").containsEntry("birds", 5);
        assertThat(again.carriedOver()).isNull();
        assertThat(catchThrowableOfType(InvalidSubmission.class, () -> send("now", "AUT", answers(4)))
                        .violations())
                .as("fewer birds than in the round before")
                .extracting(Violation::field)
                .containsExactly("birds");
    }

    @Test
    void offersWhatTheSamePartySentForAnotherDutyOnTheSameOccasion() throws Exception {
        opened("nomination-confirmation", "now", "BGD");
        OpenTask nomination = task("nomination-confirmation", "now", "BGD");
        tasks.submit(
                nomination.taskId(),
                "bgd-nfp",
                Nomination.answers(documents, nomination, clock.instant(), "Ministry"),
                Locale.ENGLISH);
        jobs.runDue();
        opened(DUTY, "now", "BGD", "BLR");
        opened(DUTY, "later", "BGD");

        assertThat(opening("now", "BGD").values()).containsEntry("focalPoint", "Designate");
        assertThat(opening("now", "BLR").values()).doesNotContainKey("focalPoint");
        assertThat(opening("later", "BGD").values()).doesNotContainKey("focalPoint");
    }

    private static Map<String, Object> answers(int birds) {
        Map<String, Object> answers = new HashMap<>();
        answers.put("answer", "Storks");
        answers.put("season", "spring");
        answers.put("birds", birds);
        answers.put("sightings", "[{\"species\": \"Stork %d\"}]".formatted(birds));
        return answers;
    }

    private Opening opening(String occasion, String party) {
        OpenTask task = task(DUTY, occasion, party);
        return sources.opening(
                task,
                owed(DUTY, occasion, party),
                accounts.find(party.toLowerCase(Locale.ROOT) + "-nfp").orElseThrow(),
                Locale.ENGLISH);
    }

    private Account secretary() {
        return accounts.find("secretariat").orElseThrow();
    }

    private void opened(String duty, String occasion, String... codes) {
        campaigns.open(duty, occasion, List.of(codes), "secretariat");
        jobs.runDue();
    }

    private void send(String occasion, String party, Map<String, Object> answers) {
        tasks.submit(
                task(DUTY, occasion, party).taskId(), party.toLowerCase(Locale.ROOT) + "-nfp", answers, Locale.ENGLISH);
        jobs.runDue();
    }

    private Obligation owed(String duty, String occasion, String party) {
        return obligations
                .list(new Obligations.Filter(duty, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0);
    }

    private OpenTask task(String duty, String occasion, String party) {
        return obligations.tasks(owed(duty, occasion, party).id()).get(0);
    }
}
