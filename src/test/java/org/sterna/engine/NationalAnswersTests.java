package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.RejectedDocument;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Accounts;
import org.sterna.sources.Sources;
import org.sterna.time.TimeMachine;

/** What a Party answers to a duty whose answers are national: told to the Party, and to the Secretariat by no door. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:national;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(Jobs.class)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NationalAnswersTests {

    private static final String DUTY = "decision-follow-up";
    private static final String PASSWORD = "sterna-demo-2026";
    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");
    private static final String ACTION = "Drain no wetland along the Aare.";
    private static final String FILE = "zwischenbericht-aare.pdf";
    private static final String SENTENCE = "stays within its country";

    @Autowired
    MockMvcTester http;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Meetings meetings;

    @Autowired
    Obligations obligations;

    @Autowired
    Documents documents;

    @Autowired
    Notices notices;

    @Autowired
    Sources sources;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    HistoryService history;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient database;

    @Autowired
    TimeMachine time;

    @Autowired
    Jobs jobs;

    @Autowired
    Clock clock;

    private final Map<String, String> world = new HashMap<>();
    private Obligation owed;
    private Document evidence;

    @BeforeAll
    void followsForThreeHalfYears() throws Exception {
        meetings.add(new Meeting(
                "cop80",
                Meeting.Kind.COP,
                null,
                null,
                Meeting.Span.day(today().minusDays(9)),
                today().minusDays(3),
                BONN,
                false));
        campaigns.open(DUTY, "cop80", List.of("CHE"), "secretariat");
        jobs.runDue();
        owed = obligations.find(DUTY, "cop80", "CHE").orElseThrow();
        submit("che-nfp", Map.of("actionsNeeded", "yes", "actions", List.of(action(Map.of()))));
        submit(
                "che-min",
                Map.of("decision", "endorsed", "endorsedBy", "The Minister", "endorsedOn", today().toString()));
        time.advance(Period.ofMonths(7));
        jobs.runDue();
        evidence = paper(waiting());
        for (int halfYear = 1; halfYear <= 2; halfYear++) {
            submit("che-nfp", report(evidence.id()));
            time.advance(Period.ofMonths(7));
            jobs.runDue();
        }
        // after the next COP, Kenya's list goes back and forth until the Secretariat is asked what to do
        Obligation answered = owed;
        meetings.add(new Meeting(
                "cop81",
                Meeting.Kind.COP,
                null,
                null,
                Meeting.Span.day(today().minusDays(9)),
                today().minusDays(3),
                BONN,
                false));
        campaigns.open(DUTY, "cop81", List.of("KEN"), "secretariat");
        jobs.runDue();
        owed = obligations.find(DUTY, "cop81", "KEN").orElseThrow();
        submit("ken-nfp", Map.of("actionsNeeded", "yes", "actions", List.of(action(Map.of()))));
        submit("ken-min", Map.of("decision", "returned", "reasons", "The Aare is not in Kenya."));
        Obligation asked = owed;
        owed = answered;
        for (int month = 1; month <= 10; month++) {
            time.advance(Period.ofMonths(1));
            jobs.runDue();
        }
        world.put(
                "{decide}",
                obligations.tasks(asked.id()).stream()
                        .filter(task -> task.step().equals("decide-escalation"))
                        .map(OpenTask::taskId)
                        .findFirst()
                        .orElseThrow());
        world.put("{other-case}", asked.id().toString());
        world.put("{case}", owed.id().toString());
        world.put("{task}", waiting().taskId());
        world.put("{paper}", evidence.id().toString());
        world.put(
                "{letter}",
                notices.of(owed.id()).stream()
                        .filter(notice -> notice.kind().equals("decision-overdue-actions"))
                        .map(Notice::id)
                        .findFirst()
                        .orElseThrow()
                        .toString());
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BONN));
    }

    private Map<String, Object> action(Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "outcomeRef", "Res. 80.1",
                "addressedToParties", "yes",
                "action", ACTION,
                "owner", "Office for Nature",
                "dueOn", today().plusDays(more.isEmpty() ? 20 : -20).toString(),
                "resourcesNeeded", "no"));
        row.putAll(more);
        return row;
    }

    private Map<String, Object> report(UUID paper) {
        return Map.of("actions", List.of(action(Map.of("status", "ongoing", "evidence", paper.toString()))));
    }

    private OpenTask waiting() {
        return obligations.tasks(owed.id()).get(0);
    }

    private Submission submit(String username, Map<String, Object> answers) {
        Submission sent = tasks.submit(waiting().taskId(), username, answers, Locale.ENGLISH);
        jobs.runDue();
        return sent;
    }

    private Document paper(OpenTask task) throws IOException, RejectedDocument {
        byte[] content = ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                        + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII);
        return documents.keep(
                "CHE", task.taskId(), "actions.evidence", FILE, new ByteArrayInputStream(content), "che-nfp");
    }

    private MvcTestResult visit(String address, String username) {
        String filled = address;
        for (Map.Entry<String, String> entry : world.entrySet()) {
            filled = filled.replace(entry.getKey(), entry.getValue());
        }
        return http.get()
                .uri(filled)
                .header("Accept-Language", "en")
                .with(filled.startsWith("/api/") ? httpBasic(username, PASSWORD) : user(username))
                .exchange();
    }

    private String body(String address, String username) throws UnsupportedEncodingException {
        MvcTestResult result = visit(address, username);
        assertThat(result).as(address).hasStatusOk();
        return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat/obligations/{case}",
                "/secretariat/obligations/{other-case}",
                "/desk/obligations/{case}",
                "/desk/tasks/{decide}",
                "/desk",
                "/secretariat/register/CHE",
                "/secretariat/search?q=zwischenbericht",
                "/secretariat/notices",
                "/secretariat/notices/{letter}",
                "/secretariat/duties/decision-follow-up",
                "/secretariat/exports/notices.csv",
                "/secretariat/exports/obligations.csv",
                "/api/v1/obligations/{case}",
                "/api/v1/notices?obligation={case}"
            })
    void tellsTheSecretariatNothingOfIt(String address) throws Exception {
        assertThat(body(address, "secretariat"))
                .doesNotContain(ACTION)
                .doesNotContain("Aare")
                .doesNotContain(FILE)
                .doesNotContain("zwischenbericht-aare");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/secretariat/obligations/{case}", "/secretariat/notices/{letter}", "/secretariat/register/CHE"})
    void saysWhyNothingIsTold(String address) throws Exception {
        assertThat(body(address, "secretariat")).contains(SENTENCE);
    }

    @Test
    void printsThePartysFileWithoutIt() throws Exception {
        MvcTestResult file = visit("/secretariat/register/CHE/file.pdf", "secretariat");

        assertThat(file).hasStatusOk();
        try (PDDocument document = Loader.loadPDF(file.getResponse().getContentAsByteArray())) {
            assertThat(new PDFTextStripper().getText(document))
                    .doesNotContain("zwischenbericht")
                    .contains("stays within");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/documents/{paper}", "/secretariat/notices/{letter}/html", "/desk/tasks/{task}"})
    void isNotThereForTheSecretariat(String address) {
        assertThat(visit(address, "secretariat")).hasStatus(404);
    }

    @Test
    void showsTheSecretariatThatItIsDoneAndWhen() throws Exception {
        Submission adopted = obligations.submissions(owed.id()).get(0);

        assertThat(body("/secretariat/obligations/{case}", "secretariat"))
                .contains(adopted.receipt())
                .contains("Adopt list");
        assertThat(body("/api/v1/obligations/{case}", "secretariat")).contains(adopted.receipt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/desk/obligations/{case}", "/desk/tasks/{task}", "/api/v1/obligations/{case}"})
    void tellsThePartyAll(String address) throws Exception {
        assertThat(body(address, "che-nfp")).contains(ACTION).doesNotContain(SENTENCE);
    }

    @Test
    void letsThePartyReadItsPapers() {
        assertThat(visit("/documents/{paper}", "che-nfp")).hasStatusOk();
    }

    @Test
    void takesNoAnswersFromTheSecretariatInThePartysPlace() {
        String page = "/secretariat/obligations/{case}/behalf/{task}";

        assertThat(visit(page, "secretariat")).hasStatus3xxRedirection();
        assertThat(http.post()
                        .uri(page.replace("{case}", world.get("{case}")).replace("{task}", world.get("{task}")))
                        .with(user("secretariat"))
                        .with(csrf())
                        .exchange())
                .hasStatus3xxRedirection();
        assertThatExceptionOfType(Tasks.NoSuchTask.class)
                .isThrownBy(() -> tasks.enter(
                        world.get("{task}"),
                        "secretariat",
                        report(evidence.id()),
                        new Tasks.Received(evidence.id(), today()),
                        Locale.ENGLISH));
    }

    @Test
    void takesNoAnswersFromTheSecretariatWhereEverySeatIsVacant() {
        List<String> seats = List.of("nfp-CHE", "alt-CHE", "min-CHE");
        // two days, as the register's day is UTC's, which in Bonn's night is the day before
        end(seats, today().minusDays(2));
        try {
            assertThat(accounts.find("secretariat").orElseThrow().seats()).contains("nfp-CHE");
            assertThatExceptionOfType(Tasks.NoSuchTask.class)
                    .isThrownBy(() ->
                            tasks.submit(world.get("{task}"), "secretariat", report(evidence.id()), Locale.ENGLISH));
            assertThat(visit("/desk/tasks/{task}", "secretariat")).hasStatus(404);
            assertThat(visit("/secretariat/obligations/{case}", "secretariat"))
                    .bodyText()
                    .contains("Nobody holds a seat of the Party, and only the Party can answer")
                    .doesNotContain("/desk/tasks/" + world.get("{task}"));
        } finally {
            end(seats, null);
        }
    }

    private void end(List<String> seats, @Nullable LocalDate lastDay) {
        database.sql("update term_of_office set last_day = :day where seat_code in (:seats)")
                .param("day", lastDay)
                .param("seats", seats)
                .update();
    }

    @Test
    void leavesNothingOfItInTheEngine() {
        assertThat(runtime.createVariableInstanceQuery().list())
                .extracting(variable -> String.valueOf(variable.getValue()))
                .noneMatch(value -> value.contains("Aare"));
        assertThat(history.createHistoricVariableInstanceQuery().list())
                .extracting(variable -> String.valueOf(variable.getValue()))
                .noneMatch(value -> value.contains("Aare"));
    }

    @Test
    void tellsTheMinistryWhatIsOverdue() {
        assertThat(notices.of(owed.id()))
                .filteredOn(notice -> notice.kind().equals("decision-overdue-actions") && !notice.copy())
                .isNotEmpty()
                .allSatisfy(notice -> {
                    assertThat(notice.seatCode()).isEqualTo("min-CHE");
                    assertThat(notice.text()).contains(ACTION);
                });
    }

    @Test
    void keepsTheEvidenceOfTheHalfYearBefore() {
        Map<String, Object> shown =
                sources.openingOnBehalf(waiting(), owed, Locale.ENGLISH).values();

        assertThat((List<?>) shown.get("actions")).singleElement().satisfies(row -> assertThat(
                        ((Map<?, ?>) row).get("evidence"))
                .isEqualTo(evidence.id().toString()));
    }

    @Test
    void takesTheEvidenceOfTheHalfYearBeforeWithoutAskingForItAgain() {
        List<Submission> reports = obligations.submissions(owed.id()).stream()
                .filter(sent -> sent.step().equals("report-status"))
                .toList();

        assertThat(reports).hasSize(2).allSatisfy(sent -> assertThat(sent.values())
                .extracting("actions")
                .asString()
                .contains(evidence.id().toString()));
        assertThat(reports).extracting(Submission::taskId).doesNotHaveDuplicates();
    }
}
