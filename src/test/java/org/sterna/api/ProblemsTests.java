package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.sterna.duties.Duties;
import org.sterna.register.Accounts;

@ApiSlice
@WithMockUser("secretariat")
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Duties duties;

    @Autowired
    Problems problems;

    @BeforeEach
    void know() {
        Samples.know(accounts);
    }

    @ParameterizedTest
    @CsvSource({
        "en, Not found, There is nothing here that you can see.",
        "fr-CH, Introuvable, Il n’y a rien ici que vous puissiez voir.",
        "es-419, No encontrado, Aquí no hay nada que usted pueda ver.",
        "de, Not found, There is nothing here that you can see."
    })
    void speaksTheReadersLanguage(String language, String title, String detail) {
        MvcTestResult answer = mvc.get()
                .uri("/api/v1/tasks/nobody-knows")
                .header("Accept-Language", language)
                .exchange();

        assertThat(answer).bodyJson().extractingPath("$.title").isEqualTo(title);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().startsWith(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/tasks/1/2/3", "/api/v1/duties/"})
    void answersUnknownPathsWithAProblem(String path) {
        MvcTestResult answer =
                mvc.get().uri(path).header("Accept-Language", "fr").exchange();

        assertThat(answer).hasStatus(404).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).headers().hasValue("Cache-Control", "no-store");
        assertThat(answer).bodyJson().isStrictlyEqualTo("""
                {"type": "urn:sterna:problem:not-found", "title": "Introuvable", "status": 404,
                 "detail": "Il n’y a rien ici que vous puissiez voir. Vérifiez l’adresse et le compte utilisé."}
                """);
    }

    @Test
    void leavesOtherPathsAlone() {
        assertThat(mvc.get().uri("/api/v10")).hasStatus(404).bodyText().doesNotContain("urn:sterna");
    }

    @Test
    void answersAWrongMethodWithTheOnesAllowed() {
        MvcTestResult answer = mvc.delete().uri("/api/v1/duties").exchange();

        assertThat(answer).hasStatus(405).hasHeader("Allow", "GET").hasHeader("Cache-Control", "no-store");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:sterna:problem:method-not-allowed");
    }

    @Test
    void answersAWrongContentTypeWithTheRightOne() {
        MvcTestResult answer = mvc.post()
                .uri("/api/v1/campaigns")
                .contentType(MediaType.TEXT_PLAIN)
                .content("{}")
                .exchange();

        assertThat(answer).hasStatus(415).hasHeader("Accept", "application/json");
        assertThat(answer).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersAnUnknownFormatWithAProblemAllTheSame() {
        assertThat(mvc.get().uri("/api/v1/duties").accept(MediaType.APPLICATION_XML))
                .hasStatus(406)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"duty": "a",            | The body is not readable JSON: see line 1, column 14, in duty.
                    {"duty": tea}            | The body is not readable JSON: see line 1, column 10, in duty.
                    {"parties": ["a", +]}    | The body is not readable JSON: see line 1, column 20, in parties[1].
                    []                       | The body is not readable JSON: see line 1, column 1.
                    {} {}                    | The body is not readable JSON: see line 1, column 4.
                    {"duty": "a", "duty": 1} | The property “duty” is there twice: see line 1, column 21. Send each property once.
                    """)
    void tellsWhereABodyCannotBeRead(String body, String detail) {
        MvcTestResult answer = open(body);

        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void asksForTheBody(String body) {
        assertThat(open(body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("The body is missing");
    }

    @Test
    void refusesAPropertyRepeatedInsideTheValues() {
        assertThat(mvc.post()
                        .uri("/api/v1/tasks/t-che/submission")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"values\": {\"a\": 1, \"a\": 2}}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("The property “a” is there twice");
    }

    @Test
    void limitsDepthAndLength() {
        assertThat(mvc.post()
                        .uri("/api/v1/tasks/t-che/submission")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"values\": {\"a\": " + "[".repeat(2000) + "]".repeat(2000) + "}}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("The JSON is too long or nested too deeply");
        assertThat(open("{\"duty\": \"" + "x".repeat(2_000_000) + "\"}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("The JSON is too long or nested too deeply");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"dutty": "a"}         | dutty      | There is no such property here. These are known: duty, lateReason, occasion, parties.
                    {"duty": 5}            | duty       | Give a text in quotation marks.
                    {"duty": {}}           | duty       | Give a text in quotation marks.
                    {"parties": "CHE"}     | parties    | Give a list in square brackets.
                    {"parties": ["a", 5]}  | parties[1] | Give a text in quotation marks.
                    """)
    void namesTheWrongProperty(String body, String field, String message) {
        assertThat(open(body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", field, "message", message)));
    }

    @Test
    void refusesAnAccountThatIsNoLongerInUse() {
        given(accounts.find("secretariat")).willReturn(Optional.empty());

        assertThat(mvc.get().uri("/api/v1/tasks")).hasStatus(401).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void hidesWhatWentWrongButLogsItUnderTheIncidentTold(CapturedOutput output) {
        given(duties.all()).willThrow(new IllegalStateException("table secret_things is gone"));

        MvcTestResult answer = mvc.get().uri("/api/v1/duties").exchange();

        assertThat(answer).hasStatus(500).bodyText().doesNotContain("secret_things");
        assertThat(answer).bodyJson().extractingPath("$.incident").satisfies(incident -> assertThat(output)
                .contains("Incident " + incident)
                .contains("table secret_things is gone"));
    }

    @Test
    void answersAnUploadBeyondTheLimit() {
        var request = new org.springframework.mock.web.MockHttpServletRequest("POST", "/api/v1/tasks/1/documents");

        assertThat(problems.answer(new MaxUploadSizeExceededException(1), request)
                        .getStatusCode()
                        .value())
                .isEqualTo(413);
    }

    private MvcTestResult open(String body) {
        return mvc.post()
                .uri("/api/v1/campaigns")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
