package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

/** The wall inside the engine, as a Party user meets it who got past the one in front. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class CommandGateTests {

    private static final String CANARY = "${canary.hit()}";

    @Autowired
    ProcessEngine engine;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Accounts accounts;

    @Autowired
    Parties parties;

    @Autowired
    Tasks tasks;

    @Autowired
    Jobs jobs;

    @Autowired
    Words words;

    private static int round;

    private String occasion;
    private OpenTask own;
    private OpenTask foreign;

    @BeforeEach
    void aTaskEach() {
        occasion = "walls-" + ++round;
        campaigns.open("made-up-duty", occasion, List.of("BEN", "TGO"), "secretariat");
        jobs.runDue();
        own = taskOf("BEN");
        foreign = taskOf("TGO");
        as("ben-nfp");
    }

    @AfterEach
    void logOut() {
        identity().clearAuthentication();
    }

    private OpenTask taskOf(String party) {
        return obligations.tasksOf(List.of("nfp-" + party)).stream()
                .filter(task -> obligations
                        .find(task.obligationId())
                        .orElseThrow()
                        .occasion()
                        .equals(occasion))
                .findFirst()
                .orElseThrow();
    }

    private void as(String username) {
        Account account = accounts.find(username).orElseThrow();
        identity()
                .setAuthentication(
                        username, RegisterIdentity.groupsOf(account), RegisterIdentity.tenantsOf(account, parties));
    }

    private IdentityService identity() {
        return engine.getIdentityService();
    }

    private TaskService taskService() {
        return engine.getTaskService();
    }

    // CVE-2026-109432
    @Test
    void refusesExpressionsInOrQueries() {
        assertThatThrownBy(() -> taskService()
                        .createTaskQuery()
                        .or()
                        .taskAssigneeExpression(CANARY)
                        .taskName("x")
                        .endOr()
                        .listPage(0, 10))
                .isInstanceOf(BadUserRequestException.class)
                .hasMessageContaining("Expressions are not allowed");
    }

    @Test
    void refusesExpressionsInQueries() {
        assertThatThrownBy(() -> taskService()
                        .createTaskQuery()
                        .taskAssigneeExpression(CANARY)
                        .listPage(0, 10))
                .isInstanceOf(ProcessEngineException.class);
    }

    @Test
    void refusesExpressionsThatExtendAReadyFilter() {
        String filter = engine.getFilterService()
                .createFilterQuery()
                .listPage(0, 100)
                .get(0)
                .getId();

        assertThatThrownBy(() -> engine.getFilterService()
                        .listPage(
                                filter,
                                taskService()
                                        .createTaskQuery()
                                        .or()
                                        .taskOwnerExpression(CANARY)
                                        .taskName("x")
                                        .endOr(),
                                0,
                                10))
                .isInstanceOf(BadUserRequestException.class)
                .hasMessageContaining("Expressions are not allowed");
    }

    @Test
    void readyFiltersFindOwnTasksOnly() {
        List<String> found = engine.getFilterService().createFilterQuery().listPage(0, 100).stream()
                .flatMap(filter ->
                        engine
                                .getFilterService()
                                .<org.camunda.bpm.engine.task.Task>listPage(filter.getId(), 0, 100)
                                .stream())
                .map(org.camunda.bpm.engine.task.Task::getId)
                .distinct()
                .toList();

        assertThat(found).contains(own.taskId()).doesNotContain(foreign.taskId());
    }

    @Test
    void seesOnlyTheFiltersOfTheOwnLanguage() {
        assertThat(engine.getFilterService().createFilterQuery().listPage(0, 100))
                .extracting(org.camunda.bpm.engine.filter.Filter::getName)
                .containsExactlyInAnyOrder("Mes obligations", "En retard", "À faire sous 30 jours");
    }

    @Test
    void refusesAttachmentsAndComments() {
        assertThatThrownBy(() -> taskService().getTaskAttachments(own.taskId()))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> taskService().getTaskComments(foreign.taskId()))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> taskService().createComment(own.taskId(), null, "hello"))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void refusesToEndATaskByABpmnError() {
        assertThatThrownBy(() -> taskService().handleBpmnError(own.taskId(), "unheard-of"))
                .isInstanceOf(AuthorizationException.class);
        assertThat(obligations.task(own.taskId())).isPresent();
    }

    @Test
    void refusesToWriteVariables() {
        assertThatThrownBy(() -> taskService().setVariable(own.taskId(), "partyCode", "TGO"))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void refusesToClaim() {
        assertThatThrownBy(() -> taskService().claim(own.taskId(), "ben-nfp"))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> taskService().setAssignee(own.taskId(), "ben-nfp"))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void letsTheSeatDoATaskThatWasAssignedToSomebodyElse() {
        identity().clearAuthentication();
        taskService().setAssignee(own.taskId(), "ben-alt");

        tasks.submit(own.taskId(), "ben-nfp", Map.of("answer", "Nothing to add", "season", "spring"), Locale.ENGLISH);

        assertThat(obligations.submissions(own.obligationId()))
                .extracting(Submission::submittedBy)
                .containsExactly("ben-nfp");
    }

    @Test
    void readyFiltersFindATaskThatWasAssignedToSomebodyElse() {
        identity().clearAuthentication();
        taskService().setAssignee(own.taskId(), "ben-alt");
        as("ben-nfp");

        assertThat(engine.getFilterService().createFilterQuery().listPage(0, 100))
                .anySatisfy(filter -> assertThat(engine.getFilterService()
                                .<org.camunda.bpm.engine.task.Task>listPage(filter.getId(), 0, 100))
                        .extracting(org.camunda.bpm.engine.task.Task::getId)
                        .contains(own.taskId()));
    }

    @Test
    void namesTasksInTheReadersLanguage() {
        LocaleContextHolder.setLocale(Locale.FRENCH);
        try {
            assertThat(taskService()
                            .createTaskQuery()
                            .taskId(own.taskId())
                            .singleResult()
                            .getName())
                    .isEqualTo(words.text("made-up-duty.give-answer.name", Locale.FRENCH) + " – "
                            + words.text("made-up-duty.title", Locale.FRENCH));
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    @Test
    void refusesToMoveTheOwnDeadline() {
        assertThatThrownBy(() -> taskService().setDueDate(own.taskId(), new java.util.Date(0)))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void refusesToDoAStepWithoutItsForm() {
        assertThatThrownBy(() ->
                        taskService().complete(own.taskId(), Map.of("answer", "Nothing to add", "season", "spring")))
                .isInstanceOf(AuthorizationException.class);
        assertThat(obligations.task(own.taskId())).isPresent();
    }

    @Test
    void refusesAnswersThatTheFormDoesNotDeclare() {
        assertThatThrownBy(() -> engine.getFormService()
                        .submitTaskForm(
                                own.taskId(),
                                Map.of("answer", "Nothing to add", "season", "spring", "partyCode", "TGO")))
                .isInstanceOf(RefusedSubmission.class)
                .hasMessageContaining("partyCode");
        assertThat(obligations.task(own.taskId())).isPresent();
    }

    @Test
    void refusesAnotherPartysTask() {
        assertThatThrownBy(() -> engine.getFormService()
                        .submitTaskForm(foreign.taskId(), Map.of("answer", "Nothing to add", "season", "spring")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(obligations.task(foreign.taskId())).isPresent();
        assertThat(obligations.submissions(foreign.obligationId())).isEmpty();
    }

    @Test
    void refusesWhatNobodyListed() {
        assertThatThrownBy(() ->
                        engine.getRuntimeService().createProcessInstanceQuery().listPage(0, 10))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> engine.getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .listPage(0, 10))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void seesOnlyThemselvesAmongTheUsers() {
        assertThat(identity().createUserQuery().listPage(0, 100))
                .extracting(org.camunda.bpm.engine.identity.User::getId)
                .containsExactly("ben-nfp");
        assertThatThrownBy(() -> identity().createTenantQuery().listPage(0, 200))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void keepsOnlyDeclaredVariablesInTheEngine() {
        identity().clearAuthentication();
        tasks.submit(own.taskId(), "ben-nfp", Map.of("answer", "Nothing to add", "season", "spring"), Locale.ENGLISH);

        String caseId = engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey("made-up-duty/" + occasion + "/BEN")
                .singleResult()
                .getProcessInstanceId();
        assertThat(engine.getRuntimeService().getVariables(caseId)).isEmpty();
    }
}
