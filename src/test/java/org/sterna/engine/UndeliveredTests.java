package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.forms.InvalidSubmission;
import org.sterna.notices.Closings;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.time.TimeMachine;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:endings;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.occasions.open-by-themselves=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class UndeliveredTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String DUTY = "credentials";
    private static final Path DIAGRAM = Path.of("processes", DUTY, DUTY + ".bpmn");
    private static final String WHY = "The Party took no part in the meeting.";

    @Autowired
    Campaigns campaigns;

    @Autowired
    Meetings meetings;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Closings closings;

    @Autowired
    Undelivered undelivered;

    @Autowired
    Cases cases;

    @Autowired
    Tasks tasks;

    @Autowired
    Jobs jobs;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BERLIN));
    }

    /** A COP that opens in 60 days and closes five days later. */
    private Obligation opened(String cop, String party) {
        if (meetings.find(cop).isEmpty()) {
            meetings.add(new Meeting(
                    cop,
                    Meeting.Kind.COP,
                    null,
                    null,
                    Meeting.Span.day(today().plusDays(60)),
                    today().plusDays(65),
                    BERLIN,
                    false));
        }
        campaigns.open(DUTY, cop, List.of(party), "secretariat");
        jobs.runDue();
        return obligations.find(DUTY, cop, party).orElseThrow();
    }

    private String caseOf(Obligation obligation) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), DUTY)
                .singleResult()
                .getId();
    }

    private LedgerEvent end(Obligation obligation) {
        return obligations.events(obligation.id()).stream()
                .filter(event -> event.kind() == LedgerEvent.Kind.LAPSED)
                .findFirst()
                .orElseThrow();
    }

    private Obligation now(Obligation before) {
        return obligations.find(before.id()).orElseThrow();
    }

    private void days(int number) {
        time.advance(Duration.ofDays(number));
        jobs.runDue();
    }

    /** As an older version of Sterna deployed it, which knew neither the end nor the error that leads to it. */
    private void deployDiagramWithoutThisEnd() throws IOException {
        String drawn = Files.readString(DIAGRAM);
        for (String part : List.of(
                "(?s)\\s*<bpmn:subProcess id=\"duty-lapsed\".*?</bpmn:subProcess>",
                "\\s*<bpmn:error id=\"duty-lapsed-error\"[^>]*/>",
                "(?s)\\s*<bpmndi:BPMNShape id=\"shape_(duty-lapsed|start_duty-lapsed|announce-closing|end_lapsed)\".*?"
                        + "</bpmndi:BPMNShape>",
                "(?s)\\s*<bpmndi:BPMNEdge id=\"edge_flow_(start_duty-lapsed|announce-closing)_.*?</bpmndi:BPMNEdge>")) {
            drawn = drawn.replaceAll(part, "");
        }
        assertThat(drawn).doesNotContain("lapsed");
        deploy(drawn);
    }

    private void deployDiagramOfToday() throws IOException {
        deploy(Files.readString(DIAGRAM));
    }

    private void deploy(String diagram) {
        repository
                .createDeployment()
                .addInputStream(
                        "processes/" + DUTY + "/" + DUTY + ".bpmn",
                        new ByteArrayInputStream(diagram.getBytes(StandardCharsets.UTF_8)))
                .deploy();
    }

    private void isOver(Obligation obligation) {
        assertThat(now(obligation).state()).isEqualTo(Obligation.State.LAPSED);
        assertThat(obligations.tasks(obligation.id())).isEmpty();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(obligation.businessKey())
                        .list())
                .isEmpty();
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
    }

    @Test
    void closesCasesOfOlderDiagrams() throws IOException {
        deployDiagramWithoutThisEnd();
        Obligation old = opened("cop-older", "CHE");
        String running = caseOf(old);
        deployDiagramOfToday();

        for (int day = 0; day < 68; day++) {
            days(1);
        }

        isOver(old);
        assertThat(management.createJobQuery().processInstanceId(running).count())
                .isZero();
        int told = notices.of(old.id()).size();
        days(365);
        assertThat(notices.of(old.id())).hasSize(told);
        assertThat(notices.of(old.id())).extracting(Notice::kind).contains("lapsed");
        assertThat(end(old)).satisfies(last -> {
            assertThat(last.actor()).isEqualTo(LedgerEvent.SYSTEM);
            assertThat(last.details()).containsKey(Closings.CLOSING);
        });
    }

    @Test
    void closesACaseOfAnOlderDiagramByDecision() throws IOException {
        deployDiagramWithoutThisEnd();
        Obligation old = opened("cop-decided-older", "FRA");
        deployDiagramOfToday();
        for (int day = 0; day < 64; day++) {
            days(1);
        }
        OpenTask asked = obligations.tasks(old.id()).stream()
                .filter(task -> task.step().equals("decide-escalation"))
                .findFirst()
                .orElseThrow();

        tasks.submit(asked.taskId(), "secretariat", Map.of("decision", "close", "reason", WHY), Locale.ENGLISH);

        isOver(old);
        assertThat(end(old).details()).containsEntry("reason", WHY);
    }

    @Test
    void closesByAnAct() {
        Obligation open = opened("cop-acted", "CHE");

        cases.closeAsNotDelivered(open.id(), WHY, "secretariat");

        isOver(open);
        assertThatThrownBy(() -> cases.closeAsNotDelivered(open.id(), WHY, "secretariat"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToCallNotDeliveredWhatTheSecretariatHasNotLookedAt() {
        Obligation open = opened("cop-unlooked", "NOR");
        runtime.createProcessInstanceModification(caseOf(open))
                .cancelAllForActivity("state-participation")
                .startBeforeActivity("precheck-scan")
                .execute();
        assertThat(now(open).state()).isEqualTo(Obligation.State.WITH_SECRETARIAT);

        assertThatThrownBy(() -> cases.closeAsNotDelivered(open.id(), WHY, "secretariat"))
                .isInstanceOf(IllegalArgumentException.class);
        days(70);

        assertThat(now(open).state()).isEqualTo(Obligation.State.WITH_SECRETARIAT);
        assertThat(notices.of(open.id()))
                .filteredOn(notice -> notice.kind().equals("unreviewed"))
                .hasSize(1);
        days(30);
        assertThat(notices.of(open.id()))
                .filteredOn(notice -> notice.kind().equals("unreviewed"))
                .hasSize(1);
        assertThatThrownBy(() -> cases.sendBack(open.id(), "state-participation", null, WHY, "secretariat"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closesTheMorningAfterAMeetingThatWasHeldEarlier() {
        Obligation open = opened("cop-earlier", "KEN");
        String running = caseOf(open);
        days(50);
        // past the deadlines, which stay as they are, so that nothing else sets the clock anew
        Meeting planned = meetings.find("cop-earlier").orElseThrow();
        meetings.change(new Meeting(
                planned.code(),
                planned.kind(),
                null,
                null,
                Meeting.Span.day(today().minusDays(3)),
                today(),
                BERLIN,
                false));

        for (int day = 0; day < 3; day++) {
            days(1);
        }

        isOver(open);
        assertThat(history.createHistoricActivityInstanceQuery()
                        .activityId(Undelivered.END)
                        .processInstanceId(running)
                        .count())
                .as("by its own diagram")
                .isEqualTo(1);
    }

    @Test
    void refusesAnExtensionBeyondTheClosing() {
        Obligation open = opened("cop-extended", "ARG");
        Deadline within = open.deadline().movedTo(today().plusDays(65), Deadline.Origin.EXTENSION, WHY);
        Deadline beyond = open.deadline().movedTo(today().plusDays(66), Deadline.Origin.EXTENSION, WHY);

        assertThatThrownBy(() -> cases.moveDeadline(open.id(), beyond, "secretariat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closed as not delivered");
        cases.moveDeadline(open.id(), within, "secretariat");

        assertThat(now(open).deadline().on()).isEqualTo(within.on());
    }

    @Test
    void refusesAnExtensionBeyondTheClosingInADecisionBesideItsField() {
        Obligation open = opened("cop-decided", "AUS");
        for (int day = 0; day < 64; day++) {
            days(1);
        }
        OpenTask asked = obligations.tasks(open.id()).stream()
                .filter(task -> task.step().equals("decide-escalation"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> late =
                Map.of("decision", "extend", "newDeadline", today().plusDays(90).toString(), "reason", WHY);

        assertThatThrownBy(() -> tasks.submit(asked.taskId(), "secretariat", late, Locale.ENGLISH))
                .isInstanceOfSatisfying(InvalidSubmission.class, refused -> assertThat(
                                refused.violations().get(0).field())
                        .isEqualTo("newDeadline"));
    }

    @Test
    void opensNothingThatWouldBeClosedAtOnce() {
        opened("cop-over", "CHE");
        days(70);

        assertThatThrownBy(() -> campaigns.open(DUTY, "cop-over", List.of("FRA"), "secretariat"))
                .isInstanceOfSatisfying(InvalidCampaign.class, refused -> assertThat(refused.field())
                        .isEqualTo("occasion"));
    }

    @Test
    void takesUpAgainUntilADayAfterTheClosing() {
        Obligation open = opened("cop-reopened", "DEU");
        days(70);
        isOver(open);

        cases.reopen(open.id(), Cases.BEGINNING, today().plusDays(10), WHY, "secretariat");
        days(9);

        assertThat(now(open).state()).isEqualTo(Obligation.State.WITH_PARTY);
        days(3);
        isOver(open);
    }
}
