package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.engine.Jobs;
import org.sterna.engine.Tasks;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/** A rule that only warns, on its way from the draft to the Secretariat: page, question, receipt, case and API. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:warnings;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(Jobs.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarningsIT {

    private static final String ENGLISH = "The National Focal Point should work for a ministry";
    private static final String FRENCH = "Le point focal national devrait travailler pour un ministère";
    private static final String SPANISH = "El punto focal nacional debería trabajar";

    @Autowired
    private MockMvcTester http;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Documents documents;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Clock clock;

    @Autowired
    private ObjectMapper json;

    @BeforeAll
    void open() {
        campaigns.open("nomination-confirmation", "warned", List.of("CHE", "FRA", "KEN", "ARG", "SEN"), "secretariat");
        jobs.runDue();
    }

    @ParameterizedTest
    @CsvSource({"en, " + ENGLISH, "fr, " + FRENCH, "es, " + SPANISH})
    void aDraftShowsWhatItIsWarnedOf(String language, String sentence) throws Exception {
        OpenTask task = task("SEN");
        String version = page(get("/desk/tasks/" + task.taskId(), "sen-nfp", language))
                .select("[name=draftVersion]")
                .val();

        http.post()
                .uri("/desk/tasks/" + task.taskId())
                .with(user("sen-nfp"))
                .with(csrf())
                .param("conservationMandate", "no")
                .param("draftVersion", version)
                .param("action", "draft")
                .exchange();

        Document draft = page(get("/desk/tasks/" + task.taskId(), "sen-nfp", language));
        assertThat(draft.select("#warning-summary").text()).contains(sentence);
        assertThat(draft.select("#w-conservationMandate").text()).contains(sentence);
        assertThat(draft.select("[name=warningsRead]")).isEmpty();
    }

    @Test
    void answersAreAskedAboutOnceAndFiledWithTheWarning() throws Exception {
        OpenTask task = task("CHE");
        Map<String, Object> answers = answers(task);

        MvcTestResult asked = send(task, "che-nfp", answers, Map.of());

        assertThat(asked).hasStatus(422);
        Document question = page(asked);
        assertThat(question.select(".error-summary")).isEmpty();
        assertThat(question.select("#warning-summary").text()).contains(ENGLISH).contains("Nothing was sent yet");
        assertThat(question.select("[name=organisation]").val()).isEqualTo("Office “ñ”");
        assertThat(obligations.submissions(task.obligationId())).isEmpty();

        String read = question.select("#warning-summary [name=warningsRead]").val();
        MvcTestResult sent = send(task, "che-nfp", answers, Map.of("warningsRead", read));

        assertThat(sent).hasStatus3xxRedirection();
        Document receipt = page(get(sent.getResponse().getRedirectedUrl(), "che-nfp", "en"));
        assertThat(receipt.select(".receipt-panel").text()).contains(ENGLISH);
        String file = "/secretariat/obligations/" + task.obligationId();
        assertThat(page(get(file, "secretariat", "en")).select(".sent").text()).contains(ENGLISH);
        assertThat(page(get(file, "secretariat", "fr")).select(".sent").text()).contains(FRENCH);
        assertThat(page(get(file, "secretariat", "es")).select(".sent").text()).contains(SPANISH);
        assertThat(obligations.submissions(task.obligationId()))
                .singleElement()
                .satisfies(submission -> assertThat(submission.values()).doesNotContainKey("warningsRead"));
    }

    @Test
    void otherWarningsThanThoseThatWereReadAreAskedAboutAgain() throws Exception {
        OpenTask task = task("FRA");

        assertThat(send(task, "fra-nfp", answers(task), Map.of("warningsRead", "another@position")))
                .hasStatus(422);
        assertThat(obligations.submissions(task.obligationId())).isEmpty();
    }

    @Test
    void theErrorPageShowsWarningsBesideTheErrors() throws Exception {
        OpenTask task = task("KEN");
        Map<String, Object> answers = answers(task);
        answers.remove("givenName");

        Document page = page(send(task, "ken-nfp", answers, Map.of()));

        assertThat(page.select(".error-summary a").eachAttr("href")).containsExactly("#f-givenName");
        assertThat(page.select("#w-conservationMandate").text()).contains(ENGLISH);
        assertThat(page.select("[name=warningsRead]")).isEmpty();
    }

    @Test
    void programsAreToldWhatTheirAnswersWereWarnedOf() throws Exception {
        OpenTask task = task("ARG");

        MvcTestResult filed = http.post()
                .uri("/api/v1/tasks/" + task.taskId() + "/submission")
                .with(httpBasic("arg-nfp", "sterna-demo-2026"))
                .header("Accept-Language", "es")
                .contentType("application/json")
                .content(json.writeValueAsString(Map.of("values", answers(task))))
                .exchange();

        assertThat(filed).hasStatus(201);
        assertThat(filed).bodyJson().extractingPath("$.warnings[0].field").isEqualTo("conservationMandate");
        assertThat(filed)
                .bodyJson()
                .extractingPath("$.warnings[0].message")
                .asString()
                .startsWith(SPANISH);
    }

    private OpenTask task(String party) {
        return obligations.tasksOf(List.of("nfp-" + party)).stream()
                .filter(open -> open.step().equals("submit-nomination"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> answers(OpenTask task) throws Exception {
        Map<String, Object> answers = new HashMap<>(Nomination.answers(documents, task, clock.instant(), "Office “ñ”"));
        answers.put("conservationMandate", "no");
        answers.put("mandateReason", "The agency for the environment reports to this ministry.");
        return answers;
    }

    private MvcTestResult get(String address, String username, String language) {
        return http.get()
                .uri(address + (address.contains("?") ? "&" : "?") + "lang=" + language)
                .with(user(username))
                .exchange();
    }

    private MvcTestResult send(OpenTask task, String username, Map<String, Object> answers, Map<String, String> more) {
        String version = page(get("/desk/tasks/" + task.taskId(), username, "en"))
                .select("[name=draftVersion]")
                .val();
        MockMvcRequestBuilder request = http.post()
                .uri("/desk/tasks/" + task.taskId() + "?lang=en")
                .with(user(username))
                .with(csrf())
                .param("draftVersion", version)
                .param("action", "submit");
        answers.forEach((name, value) -> request.param(
                name,
                value instanceof List<?> many
                        ? many.stream().map(Object::toString).toArray(String[]::new)
                        : new String[] {value.toString()}));
        more.forEach(request::param);
        return request.exchange();
    }

    private static Document page(MvcTestResult result) {
        try {
            return Jsoup.parse(result.getResponse().getContentAsString());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
