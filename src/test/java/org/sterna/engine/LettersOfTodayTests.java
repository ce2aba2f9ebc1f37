package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.time.TimeMachine;
import org.sterna.whole.Nomination;

/** Letters dated today and tomorrow, as Parties all over the world read their calendars, at every door. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:letters-of-today;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(Jobs.class)
@DirtiesContext
class LettersOfTodayTests {

    private static final String DUTY = "nomination-confirmation";
    private static final String PASSWORD = "sterna-demo-2026";
    private static final String FUTURE = "The date of the letter is in the future.";

    /** It is already tomorrow there at 19:00 UTC, when it is evening in Bonn. */
    private static final List<String> EASTERN = List.of("Pacific/Fiji", "Pacific/Apia", "Pacific/Kiritimati");

    /** In Pago Pago it is still yesterday at 09:00 UTC, when it is morning in Bonn. */
    private static final List<String> OTHERS = List.of("Pacific/Pago_Pago", "Europe/Paris");

    private static final List<String> PARTIES = List.of("AUT", "DEU", "IRL", "DNK", "FIN", "GBR", "GRC", "NOR", "SWE");

    @Autowired
    MockMvcTester http;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Documents documents;

    @Autowired
    Parties parties;

    @Autowired
    Accounts accounts;

    @Autowired
    IdentityService identity;

    @Autowired
    FormService engineForms;

    @Autowired
    TimeMachine time;

    @Autowired
    Jobs jobs;

    @Autowired
    Clock clock;

    @Autowired
    ObjectMapper json;

    @Test
    void takesALetterOfTodayAndRefusesOneOfTomorrowWhereThePartyIs() throws Exception {
        goTo(LocalTime.of(19, 0));
        LocalDate inBonn = LocalDate.now(clock.withZone(ZoneId.of("Europe/Berlin")));
        for (String zone : EASTERN) {
            assertThat(today(zone)).isEqualTo(inBonn.plusDays(1));
        }
        atEveryDoor("east", EASTERN);

        goTo(LocalTime.of(9, 0));
        assertThat(today("Pacific/Pago_Pago"))
                .isEqualTo(LocalDate.now(clock.withZone(ZoneId.of("Europe/Berlin")))
                        .minusDays(1));
        atEveryDoor("west", OTHERS);
    }

    private void atEveryDoor(String occasion, List<String> zones) throws Exception {
        List<String> codes = PARTIES.subList(0, zones.size() * 3);
        for (int i = 0; i < codes.size(); i++) {
            parties.setZone(codes.get(i), ZoneId.of(zones.get(i / 3)));
        }
        campaigns.open(DUTY, occasion, codes, "secretariat");
        jobs.runDue();
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i);
            LocalDate today = today(zones.get(i / 3));
            Door door = List.<Door>of(this::desk, this::api, this::tasklist).get(i % 3);
            String what =
                    zones.get(i / 3) + " " + List.of("desk", "API", "Tasklist").get(i % 3);
            OpenTask task = task(occasion, code);

            assertThat(door.refusal(task, code, dated(task, today.plusDays(1))))
                    .as(what + ", tomorrow")
                    .contains(FUTURE);
            assertThat(door.refusal(task, code, dated(task, today)))
                    .as(what + ", today")
                    .isEmpty();
            assertThat(obligations.submissions(task.obligationId())).as(what).hasSize(1);
        }
    }

    /** A way to send answers; it tells what was refused, nothing if they were taken. */
    private interface Door {
        String refusal(OpenTask task, String party, Map<String, Object> answers) throws Exception;
    }

    private String desk(OpenTask task, String party, Map<String, Object> answers) throws Exception {
        MockMvcTester.MockMvcRequestBuilder request = http.post()
                .uri("/desk/tasks/" + task.taskId())
                .header("Accept-Language", "en")
                .param("action", "submit")
                .with(user(username(party)))
                .with(csrf());
        answers.forEach((field, value) -> request.param(
                field,
                value instanceof List<?> several
                        ? several.stream().map(String::valueOf).toArray(String[]::new)
                        : new String[] {String.valueOf(value)}));
        MvcTestResult result = request.exchange();
        return result.getResponse().getStatus() == 302
                ? ""
                : result.getResponse().getContentAsString();
    }

    private String api(OpenTask task, String party, Map<String, Object> answers) throws Exception {
        MvcTestResult result = http.post()
                .uri("/api/v1/tasks/" + task.taskId() + "/submission")
                .header("Accept-Language", "en")
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(Map.of("values", answers)))
                .with(httpBasic(username(party), PASSWORD))
                .exchange();
        return result.getResponse().getStatus() < 300
                ? ""
                : result.getResponse().getContentAsString();
    }

    private String tasklist(OpenTask task, String party, Map<String, Object> answers) {
        Account holder = accounts.find(username(party)).orElseThrow();
        identity.setAuthentication(
                holder.username(), RegisterIdentity.groupsOf(holder), RegisterIdentity.tenantsOf(holder, parties));
        try {
            RefusedSubmission refused = catchThrowableOfType(
                    RefusedSubmission.class, () -> engineForms.submitTaskForm(task.taskId(), new HashMap<>(answers)));
            return refused == null ? "" : refused.getMessage();
        } finally {
            identity.clearAuthentication();
        }
    }

    private Map<String, Object> dated(OpenTask task, LocalDate day) throws Exception {
        Map<String, Object> answers = Nomination.answers(documents, task, clock.instant(), "Ministry");
        answers.put("letterDate", day.toString());
        return answers;
    }

    private OpenTask task(String occasion, String party) {
        return obligations
                .tasks(obligations.find(DUTY, occasion, party).orElseThrow().id())
                .get(0);
    }

    private static String username(String party) {
        return party.toLowerCase(Locale.ROOT) + "-nfp";
    }

    private LocalDate today(String zone) {
        return LocalDate.now(clock.withZone(ZoneId.of(zone)));
    }

    /** Goes on to the next time that it is so late in UTC. */
    private void goTo(LocalTime wanted) {
        Instant now = clock.instant();
        Instant then = now.atOffset(ZoneOffset.UTC).with(wanted).toInstant();
        time.advance(Duration.between(now, then.isAfter(now) ? then : then.plus(Duration.ofDays(1))));
        jobs.runDue();
    }
}
