package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
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
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.documents.Documents;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.time.TimeMachine;
import org.sterna.whole.Nomination;

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
    Meetings meetings;

    @Autowired
    MeetingMoves moves;

    @Autowired
    Drawings drawings;

    @Autowired
    Resumption resumption;

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

    /** The steps of the national report are due a number of days before it. */
    @Test
    void extendsWithTheDeadlineWhatIsCountedFromIt() {
        meetings.add(cop(today().plusDays(600)));
        campaigns.open("national-report", "cop-extended", List.of("NOR", "SWE"), "secretariat");
        jobs.runDue();
        Obligation extended =
                obligations.find("national-report", "cop-extended", "NOR").orElseThrow();
        LocalDate due = extended.deadline().on();

        cases.moveDeadline(
                extended.id(),
                extended.deadline().movedTo(due.plusDays(40), Deadline.Origin.EXTENSION, "Asked for by letter"),
                "secretariat");

        Map<String, Deadline> now = obligations.deadlines(Set.of(extended.id())).get(extended.id());
        assertThat(now).containsOnlyKeys("due", "contributors", "parts", "draft", "approval", "submission");
        assertThat(now).hasEntrySatisfying("due", one -> assertThat(one.on()).isEqualTo(due.plusDays(40)));
        assertThat(now)
                .hasEntrySatisfying("contributors", one -> assertThat(one.on()).isEqualTo(due.minusDays(80)));
        assertThat(now).hasEntrySatisfying("parts", one -> assertThat(one.on()).isEqualTo(due.minusDays(20)));
        assertThat(now).hasEntrySatisfying("draft", one -> assertThat(one.on()).isEqualTo(due.minusDays(5)));
        assertThat(now)
                .hasEntrySatisfying("approval", one -> assertThat(one.on()).isEqualTo(due.plusDays(26)));
        assertThat(now)
                .hasEntrySatisfying("submission", one -> assertThat(one.on()).isEqualTo(due.plusDays(38)));
        OpenTask plan = obligations.tasks(extended.id()).stream()
                .filter(task -> task.step().equals("plan-report"))
                .findFirst()
                .orElseThrow();
        assertThat(plan.dueAt()).isEqualTo(now.get("contributors").at());
        assertThat(engineTasks
                        .createTaskQuery()
                        .taskId(plan.taskId())
                        .singleResult()
                        .getDueDate()
                        .toInstant())
                .isEqualTo(now.get("contributors").at());
        // what was granted stays when the meeting moves, and so does what is counted from it
        assertThat(moves.preview(new MeetingMoves.MeetingChange(cop(today().plusDays(650)), "Notification 99"))
                        .items())
                .filteredOn(item -> !item.deadline().equals("due"))
                .allSatisfy(item -> assertThat(item.fate())
                        .isEqualTo(
                                item.partyCode().equals("NOR") ? MeetingMoves.Fate.GRANTED : MeetingMoves.Fate.MOVES))
                .hasSize(10);
    }

    private static Meeting cop(LocalDate opening) {
        return new Meeting(
                "cop-extended",
                Meeting.Kind.COP,
                null,
                null,
                Meeting.Span.day(opening),
                opening.plusDays(5),
                ZoneId.of("Europe/Berlin"),
                false);
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
    void sendsACaseBackToThePartyWithTheReasonAndALaterDay() throws Exception {
        Obligation obligation = submitted("DEU");

        assertThat(cases.resumable(obligation.id())).containsExactly("submit-nomination");
        cases.sendBack(
                obligation.id(),
                "submit-nomination",
                today().plusDays(45),
                "The second page is missing.",
                "secretariat");

        Obligation now = obligations.find(obligation.id()).orElseThrow();
        assertThat(now.state()).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(now.deadline().on()).isEqualTo(today().plusDays(45));
        assertThat(now.nextAct()).isNotNull();
        assertThat(obligations.tasks(obligation.id()))
                .singleElement()
                .satisfies(task -> assertThat(task.step()).isEqualTo("submit-nomination"))
                .satisfies(task ->
                        assertThat(task.dueAt()).isEqualTo(now.deadline().at()));
        assertThat(notices.of(obligation.id()))
                .filteredOn(notice -> notice.kind().equals("sent-back"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("The second page is missing."));
        assertThat(obligations.events(obligation.id()))
                .extracting(LedgerEvent::kind)
                .contains(LedgerEvent.Kind.SENT_BACK, LedgerEvent.Kind.TASK_WITHDRAWN);
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
        tasks.submit(task(now).taskId(), "deu-nfp", nomination("DEU", task(now)), Locale.ENGLISH);
        assertThat(obligations.submissions(obligation.id())).hasSize(2);
    }

    @Test
    void sendsNothingBackThatThePartyHasAlready() {
        Obligation obligation = opened("AUT");

        assertThatThrownBy(() -> cases.sendBack(
                        obligation.id(), "submit-nomination", null, "The second page is missing.", "secretariat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The Party has this already");
        assertThat(obligations.events(obligation.id()))
                .extracting(LedgerEvent::kind)
                .doesNotContain(LedgerEvent.Kind.SENT_BACK);
    }

    @Test
    void reopensAnEndedCaseWithItsClockAndEndsItAgain() throws Exception {
        Obligation obligation = submitted("BEL");
        tasks.submit(task(obligation).taskId(), "secretariat", Nomination.ACCEPTED, Locale.ENGLISH);
        assertThat(obligations.find(obligation.id()).orElseThrow().state()).isEqualTo(Obligation.State.DISCHARGED);

        cases.reopen(
                obligation.id(), "submit-nomination", today().plusDays(30), "The letter was withdrawn.", "secretariat");

        Obligation now = obligations.find(obligation.id()).orElseThrow();
        assertThat(now.state()).isEqualTo(Obligation.State.WITH_PARTY);
        assertThat(now.closedAt()).isNull();
        assertThat(now.nextAct()).isNotNull();
        tasks.submit(task(now).taskId(), "bel-nfp", nomination("BEL", task(now)), Locale.ENGLISH);
        jobs.runDue();
        tasks.submit(task(now).taskId(), "secretariat", Nomination.ACCEPTED, Locale.ENGLISH);
        assertThat(obligations.find(obligation.id()).orElseThrow().state()).isEqualTo(Obligation.State.DISCHARGED);
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
        Drawings.Way way = drawings.way(obligation.id(), Locale.FRENCH).orElseThrow();
        assertThat(way.here()).isEmpty();
        assertThat(way.visits())
                .extracting(Drawings.Visit::element)
                .filteredOn("end_discharged"::equals)
                .hasSize(2);
        assertThat(way.flows())
                .contains("flow_gw_accepted_confirm-nomination")
                .doesNotContain("flow_gw_accepted_extend-for-correction");
    }

    @Test
    void reopensAnExcusedCase() {
        Obligation obligation = opened("BRA");
        cases.excuse(obligation.id(), "The post was abolished by law.", "secretariat");

        cases.reopen(
                obligation.id(),
                "submit-nomination",
                today().plusDays(30),
                "The post was created anew.",
                "secretariat");

        assertThat(obligations.tasks(obligation.id()))
                .extracting(OpenTask::step)
                .containsExactly("submit-nomination");
        assertThatThrownBy(() -> cases.reopen(
                        obligation.id(),
                        "submit-nomination",
                        today().plusDays(30),
                        "The post was created anew.",
                        "secretariat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has not ended");
    }

    @Test
    void remindsAtMostOnceADay() {
        Obligation obligation = opened("CHL");

        assertThat(cases.remind(obligation.id(), "secretariat")).isEqualTo(1);
        assertThat(cases.remind(obligation.id(), "secretariat")).isZero();
        time.advance(Period.ofDays(1));
        assertThat(cases.remind(obligation.id(), "secretariat")).isEqualTo(1);
        assertThat(obligations.events(obligation.id()))
                .filteredOn(event -> event.kind() == LedgerEvent.Kind.REMINDED)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.actor()).isEqualTo("secretariat"));
    }

    @Test
    void givesAStepToAnotherSeatOfTheParty() throws Exception {
        Obligation obligation = opened("PER");

        assertThat(cases.reassign(obligation.id(), "min", "The focal point is on leave.", "secretariat"))
                .isEqualTo(1);
        assertThat(cases.reassign(obligation.id(), "min", "The focal point is on leave.", "secretariat"))
                .isZero();

        OpenTask task = task(obligation);
        assertThat(task.seatCode()).isEqualTo("min-PER");
        Map<String, Object> nomination = nomination("PER", task);
        // the focal point may record what the ministry decided; the alternate is not acting
        assertThatThrownBy(() -> tasks.submit(task.taskId(), "per-alt", nomination, Locale.ENGLISH))
                .isInstanceOf(Tasks.NoSuchTask.class);
        tasks.submit(task.taskId(), "per-min", nomination, Locale.ENGLISH);
        assertThat(obligations.submissions(obligation.id()))
                .singleElement()
                .satisfies(sent -> assertThat(sent.seatCode()).isEqualTo("min-PER"));
    }

    @Test
    void entersForAPartyWhatCameByLetter() throws Exception {
        Obligation obligation = opened("SEN");
        OpenTask task = task(obligation);
        time.advance(Period.ofDays(40));
        Tasks.Received received = new Tasks.Received(
                documents
                        .keep("SEN", task.taskId(), Tasks.LETTER, "scan.pdf", paper(), "secretariat")
                        .id(),
                obligation.deadline().on());
        Map<String, Object> nomination = nomination("SEN", task);

        assertThatThrownBy(() -> tasks.enter(task.taskId(), "sen-nfp", nomination, received, Locale.ENGLISH))
                .isInstanceOf(Tasks.NoSuchTask.class);
        Submission entered = tasks.enter(task.taskId(), "secretariat", nomination, received, Locale.ENGLISH);

        assertThat(entered.submittedBy()).isEqualTo("secretariat");
        assertThat(entered.acting()).isTrue();
        assertThat(entered.late()).as("it came in time").isFalse();
        assertThat(entered.seatCode()).isEqualTo("nfp-SEN");
        assertThat(obligations.events(obligation.id()))
                .filteredOn(event -> event.kind() == LedgerEvent.Kind.SUBMITTED)
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("letter", received.letter().toString())
                        .containsEntry("receivedOn", received.on().toString()));
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
    }

    @Test
    void entersNothingWithoutThePaperItCameAs() throws Exception {
        OpenTask task = task(opened("TGO"));
        Map<String, Object> nomination = nomination("TGO", task);
        Tasks.Received elsewhere = new Tasks.Received(
                documents
                        .keep("TGO", task.taskId(), "letter", "scan.pdf", paper(), "secretariat")
                        .id(),
                today());

        assertThatThrownBy(() -> tasks.enter(task.taskId(), "secretariat", nomination, elsewhere, Locale.ENGLISH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(obligations.submissions(task.obligationId())).isEmpty();
    }

    @Test
    void keepsANoteInTheChain() {
        Obligation obligation = opened("UGA");

        cases.note(obligation.id(), "Telephoned; the letter is on its way.", "secretariat");

        assertThat(obligations.events(obligation.id()))
                .filteredOn(event -> event.kind() == LedgerEvent.Kind.NOTED)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.details()).containsEntry("note", "Telephoned; the letter is on its way."));
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
        assertThatThrownBy(() -> cases.note(obligation.id(), "short", "secretariat"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void drawsWhereACaseStandsInTheReadersLanguage() {
        Obligation obligation = opened("MNG");

        Drawings.Way way = drawings.way(obligation.id(), Locale.FRENCH).orElseThrow();

        assertThat(way.here()).containsExactly("submit-nomination");
        assertThat(way.done()).contains("start_duty-opened", "announce-duty");
        assertThat(way.flows()).contains("flow_start_duty-opened_announce-duty", "flow_gw_again_submit-nomination");
        assertThat(drawings.diagram(obligation.id(), Locale.FRENCH).orElseThrow())
                .contains("<bpmndi:BPMNDiagram", "Obligation ouverte");
    }

    @Test
    void leavesOutStepsBesideParallelBranches() {
        assertThat(resumption.steps("nomination-confirmation"))
                .containsExactlyInAnyOrder("submit-nomination", "review-nomination");
        assertThat(resumption.steps("outcome-dissemination")).isEmpty();
    }

    @Test
    void reopensACaseFromTheBeginningWhereNoStepStandsAlone() {
        Obligation obligation = opened("CRI");
        cases.excuse(obligation.id(), "The post was abolished by law.", "secretariat");

        cases.reopen(
                obligation.id(), Cases.BEGINNING, today().plusDays(30), "The post was created anew.", "secretariat");
        jobs.runDue();

        assertThat(obligations.tasks(obligation.id()))
                .extracting(OpenTask::step)
                .containsExactly("submit-nomination");
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

    private Obligation submitted(String party) throws Exception {
        Obligation obligation = opened(party);
        OpenTask task = task(obligation);
        tasks.submit(task.taskId(), party.toLowerCase(Locale.ROOT) + "-nfp", nomination(party, task), Locale.ENGLISH);
        jobs.runDue();
        return obligations.find(obligation.id()).orElseThrow();
    }

    private static ByteArrayInputStream paper() {
        return new ByteArrayInputStream(
                "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
                        .getBytes(StandardCharsets.US_ASCII));
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
