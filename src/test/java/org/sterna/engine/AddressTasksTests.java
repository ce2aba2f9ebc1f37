package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Addresses;
import org.sterna.register.Parties;
import org.sterna.register.Seats;
import org.sterna.whole.Nomination;

/** A wrong address becomes one task of the Secretariat, which ends when the address is mended, here or elsewhere. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:addresses;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class AddressTasksTests {

    @Autowired
    ProcessEngine engine;

    @Autowired
    AddressTasks tasks;

    @Autowired
    Addresses addresses;

    @Autowired
    Accounts accounts;

    @Autowired
    Parties parties;

    @Autowired
    Seats seats;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Correspondence correspondence;

    @Autowired
    Documents documents;

    @Autowired
    Tasks forms;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient database;

    @Autowired
    Jobs jobs;

    @AfterEach
    void leave() {
        engine.getIdentityService().clearAuthentication();
    }

    @Test
    void opensOneTaskHoweverOftenMailComesBack() {
        campaigns.open("nomination-confirmation", "bounced", List.of("KEN"), "secretariat");
        jobs.runDue();
        Notice notice = notices.of(obligations
                        .find("nomination-confirmation", "bounced", "KEN")
                        .orElseThrow()
                        .id())
                .get(0);
        database.sql("update notice set state = 'SENT' where id = :id")
                .param("id", notice.id())
                .update();

        correspondence.fileBounce(notice.id(), true, "550 5.1.1 no such user", "secretariat");
        addresses.mark(notice.email(), Addresses.Fault.BOUNCED, "550 again");

        Task task = only(notice.email());
        assertThat(engine.getTaskService().getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .containsExactly("secretariat");
        as("secretariat");
        List<Task> inFilters = new ArrayList<>();
        engine.getFilterService()
                .createFilterQuery()
                .listPage(0, 20)
                .forEach(filter -> inFilters.addAll(engine.getFilterService().listPage(filter.getId(), 0, 100)));
        assertThat(inFilters).extracting(Task::getName).contains("Mend address – " + Addresses.key(notice.email()));
    }

    @Test
    void correctsTheAddressInTheRegister() {
        String email = mark("CHE");
        Task task = only(email);
        as("secretariat");
        assertThatThrownBy(() -> submit(task, Map.of("outcome", "corrected")))
                .isInstanceOfSatisfying(RefusedSubmission.class, refused -> assertThat(
                                refused.reason().violations())
                        .extracting(violation -> violation.field())
                        .containsExactly("newAddress"));
        assertThatThrownBy(() -> submit(task, Map.of("outcome", "corrected", "newAddress", "nobody at all")))
                .isInstanceOf(RefusedSubmission.class);

        submit(task, Map.of("outcome", "corrected", "newAddress", "right@example.org"));
        engine.getIdentityService().clearAuthentication();

        assertThat(open(email)).isEmpty();
        assertThat(seats.reachedBy("nfp-CHE").get(0).email()).isEqualTo("right@example.org");
        assertThat(addresses.unusable())
                .extracting(unusable -> Addresses.key(unusable.email()))
                .doesNotContain(email);
    }

    @Test
    void takesBackThatAnAddressIsWrong() {
        String email = mark("FRA");
        Task task = only(email);
        as("secretariat");

        submit(task, Map.of("outcome", "right"));
        engine.getIdentityService().clearAuthentication();

        assertThat(open(email)).isEmpty();
        assertThat(addresses.clear(email)).as("it was marked still").isFalse();
        addresses.mark(email, Addresses.Fault.BOUNCED, "again");
        assertThat(open(email)).as("a new mark is a new task").hasSize(1);
    }

    @Test
    void endsWhenTheAddressIsMendedOnThePage() {
        String cleared = mark("PER");
        String corrected = mark("NZL");

        addresses.clear(cleared);
        addresses.correct(corrected, "nzl@example.org", "secretariat");

        assertThat(open(cleared)).isEmpty();
        assertThat(open(corrected)).isEmpty();
    }

    @Test
    void endsWhenTheAddressTakesThePlaceOfAnotherWrongOne() {
        String wrong = mark("MLI");
        String right = mark("MAR");
        Task task = only(wrong);
        as("secretariat");

        submit(task, Map.of("outcome", "corrected", "newAddress", right));
        engine.getIdentityService().clearAuthentication();

        assertThat(open(wrong)).isEmpty();
        assertThat(open(right)).isEmpty();
    }

    @Test
    void endsWhenAnAcceptedLetterBringsAnotherAddress() throws Exception {
        campaigns.open("nomination-confirmation", "appointed", List.of("PAN"), "secretariat");
        jobs.runDue();
        UUID owed = obligations
                .find("nomination-confirmation", "appointed", "PAN")
                .orElseThrow()
                .id();
        String email = mark("PAN");
        OpenTask nominate = obligations.tasks(owed).get(0);
        forms.submit(
                nominate.taskId(),
                "pan-nfp",
                Nomination.answers(documents, nominate, clock.instant(), "Office"),
                Locale.ENGLISH);
        jobs.runDue();
        assertThat(open(email)).as("nothing is accepted yet").hasSize(1);

        forms.submit(obligations.tasks(owed).get(0).taskId(), "secretariat", Nomination.ACCEPTED, Locale.ENGLISH);
        jobs.runDue();

        assertThat(seats.reachedBy("nfp-PAN").get(0).email()).isEqualTo("designate-pan@example.org");
        assertThat(open(email)).isEmpty();
        assertThat(addresses.clear(email)).as("it is marked still").isFalse();
    }

    @Test
    void opensOnceInTheMorningWhatWasMarkedBeforeThereWereTasks() {
        String known = mark("SEN");
        String forgotten = Addresses.key(seats.reachedBy("nfp-TGO").get(0).email());
        List.of(forgotten, "nobody@example.org")
                .forEach(email -> database.sql("""
                                insert into marked_address (email_key, fault, said, marked_at)
                                values (:email, 'BOUNCED', '550 no such user', current_timestamp)
                                """).param("email", email).update());

        morning();
        morning();

        only(forgotten);
        only(known);
        assertThat(open("nobody@example.org")).as("nobody in office uses it").isEmpty();
        addresses.clear(forgotten);
        morning();
        assertThat(open(forgotten)).isEmpty();
    }

    private void morning() {
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .processDefinitionKey("open-address-tasks")
                        .singleResult()
                        .getId());
    }

    @Test
    void isNoBusinessOfParties() {
        Task task = only(mark("NOR"));
        as("nor-nfp");

        assertThat(engine.getTaskService().createTaskQuery().listPage(0, 100))
                .extracting(Task::getId)
                .doesNotContain(task.getId());
        assertThatThrownBy(() -> submit(task, Map.of("outcome", "right"))).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> engine.getFormService().getTaskFormData(task.getId()))
                .isInstanceOf(AuthorizationException.class);
    }

    private String mark(String party) {
        String email = Addresses.key(seats.reachedBy("nfp-" + party).get(0).email());
        assertThat(addresses.mark(email, Addresses.Fault.BOUNCED, "550 no such user"))
                .isTrue();
        return email;
    }

    private Task only(String email) {
        List<Task> open = open(email);
        assertThat(open).hasSize(1);
        return open.get(0);
    }

    private List<Task> open(String email) {
        List<Task> open = engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(AddressTasks.MEND_ADDRESS)
                .processVariableValueEquals("email", Addresses.key(email))
                .list();
        assertThat(tasks.addresses(open.stream().map(Task::getId).toList()).values())
                .allMatch(Addresses.key(email)::equals)
                .hasSize(open.size());
        return open;
    }

    private void submit(Task task, Map<String, Object> answers) {
        engine.getFormService().submitTaskForm(task.getId(), answers);
    }

    private void as(String username) {
        Account account = accounts.find(username).orElseThrow();
        engine.getIdentityService()
                .setAuthentication(
                        username, RegisterIdentity.groupsOf(account), RegisterIdentity.tenantsOf(account, parties));
    }
}
