package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.RejectedDocument;
import org.sterna.duties.Words;
import org.sterna.engine.Tasks;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligations;
import org.sterna.register.Accounts;
import org.sterna.sources.Opening;
import org.sterna.sources.Sources;

@ApiSlice
@WithMockUser("che-nfp")
class TasksControllerTests {

    private static final Form FORM = new Form(
            Samples.DUTY,
            Samples.STEP,
            List.of(field("remarks", Form.Type.TEXT), field("letter", Form.Type.DOCUMENT)),
            List.of());

    private static final String ANSWERS = """
            {"values": {"remarks": "None", "number": 1.10, "left": null}}
            """;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Obligations obligations;

    @Autowired
    Drafts drafts;

    @Autowired
    Forms forms;

    @Autowired
    Documents documents;

    @Autowired
    Tasks tasks;

    @Autowired
    Sources sources;

    @Autowired
    Words words;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        Samples.know(obligations);
        Samples.know(words);
        given(forms.find(Samples.DUTY, Samples.STEP)).willReturn(Optional.of(FORM));
        given(sources.opening(any(), any(), any(), any()))
                .willReturn(new Opening(Map.of(), FormGate.Known.NOTHING, null));
    }

    @Test
    void tellsWhatIsKnownBeforehand() {
        given(sources.opening(Samples.SWISS_TASK, Samples.SWISS, Samples.CHE, Locale.ENGLISH))
                .willReturn(new Opening(
                        Map.of("remarks", "As before", "party", "Switzerland"),
                        new FormGate.Known(Map.of(), Map.of("party", "Switzerland"), Map.of("remarks", "As before")),
                        new Opening.CarriedOver("cop15", Samples.NOW)));

        assertThat(mvc.get().uri("/api/v1/tasks/t-che"))
                .bodyJson()
                .extractingPath("$.known")
                .isEqualTo(Map.of(
                        "offered",
                        Map.of("remarks", "As before", "party", "Switzerland"),
                        "readOnly",
                        Map.of("party", "Switzerland"),
                        "carriedOver",
                        Map.of(
                                "occasion",
                                "cop15",
                                "sentAt",
                                Samples.NOW.toString(),
                                "values",
                                Map.of("remarks", "As before"))));
    }

    @Test
    void listsTheOpenTasksOfTheCallersSeats() {
        given(obligations.tasksOf(Set.of("nfp-CHE"))).willReturn(List.of(Samples.SWISS_TASK));
        given(obligations.findAll(List.of(Samples.SWISS.id()))).willReturn(List.of(Samples.SWISS));

        assertThat(mvc.get().uri("/api/v1/tasks").header("Accept-Language", "es"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        [{"id": "t-che", "obligation": "%s", "party": "CHE", "occasion": "2026-11",
                          "duty": "nomination-confirmation", "step": "submit-nomination",
                          "name": "es:nomination-confirmation.submit-nomination.name", "seat": "nfp-CHE",
                          "createdAt": "2026-11-01T08:00:00Z", "dueAt": "2026-12-24T22:59:59Z"}]
                        """.formatted(Samples.SWISS.id()));
    }

    @Test
    void readsATaskWithItsSchemaInTheReadersLanguage() {
        given(forms.schema(FORM, Locale.FRENCH)).willReturn(Map.of("title", "Désignation"));

        assertThat(mvc.get().uri("/api/v1/tasks/t-che").header("Accept-Language", "fr-CH"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"id": "t-che", "name": "fr:nomination-confirmation.submit-nomination.name",
                         "deadline": {"on": "2026-12-24"}, "schema": {"title": "Désignation"}}
                        """);
    }

    @Test
    void offersTheDraftOfATask() {
        given(drafts.find("t-che"))
                .willReturn(
                        Optional.of(new Drafts.Draft("t-che", Map.of("remarks", "half"), 3, "che-alt", Samples.NOW)));
        given(obligations.submissions(Samples.SWISS.id()))
                .willReturn(List.of(Samples.submission(Samples.SWISS, "nfp-CHE", 1)));

        assertThat(mvc.get().uri("/api/v1/tasks/t-che"))
                .bodyJson()
                .extractingPath("$.answers")
                .isEqualTo(Map.of(
                        "origin",
                        "draft",
                        "version",
                        3,
                        "by",
                        "che-alt",
                        "at",
                        "2026-11-24T09:00:00Z",
                        "values",
                        Map.of("remarks", "half")));
    }

    @Test
    void offersTheLastSubmissionOfTheStepWhereThereIsNoDraft() {
        given(obligations.submissions(Samples.SWISS.id()))
                .willReturn(List.of(
                        Samples.submission(Samples.SWISS, "nfp-CHE", 1),
                        Samples.submission(Samples.SWISS, "nfp-CHE", 2)));

        assertThat(mvc.get().uri("/api/v1/tasks/t-che")).bodyJson().isLenientlyEqualTo("""
                        {"answers": {"origin": "previous", "version": 2, "values": {"remarks": "version 2"}}}
                        """);
    }

    @Test
    void answersAForeignTaskLikeAnUnknownOne() throws Exception {
        MvcTestResult foreign = mvc.get().uri("/api/v1/tasks/t-ken").exchange();
        String unknown = mvc.get()
                .uri("/api/v1/tasks/nobody-knows")
                .exchange()
                .getMvcResult()
                .getResponse()
                .getContentAsString();

        assertThat(foreign).hasStatus(404).bodyText().isEqualTo(unknown);
    }

    @Test
    void submitsAnswersAndGivesAReceipt() {
        given(tasks.submit(eq("t-che"), eq("che-nfp"), any(), eq(Locale.FRENCH)))
                .willReturn(Samples.submission(Samples.SWISS, "nfp-CHE", 1));

        MvcTestResult answer = submit("t-che", ANSWERS, "fr");

        assertThat(answer).hasStatus(201).hasHeader("Location", "/api/v1/obligations/" + Samples.SWISS.id());
        assertThat(answer).bodyJson().isStrictlyEqualTo("""
                {"receipt": "S-2026-000001", "version": 1, "late": false, "submittedAt": "2026-11-24T09:00:00Z",
                         "warnings": []}
                """);
    }

    @Test
    void handsOverNumbersWithAllTheirDigits() {
        given(tasks.submit(any(), any(), any(), any())).willReturn(Samples.submission(Samples.SWISS, "nfp-CHE", 1));

        submit("t-che", "{\"values\": {\"number\": 1.10}}", "en");

        then(tasks)
                .should()
                .submit("t-che", "che-nfp", Map.of("number", new java.math.BigDecimal("1.10")), Locale.ENGLISH);
    }

    @Test
    void namesEachWrongAnswer() {
        given(tasks.submit(any(), any(), any(), any()))
                .willThrow(new InvalidSubmission(
                        List.of(new Violation("remarks", "Too long."), new Violation("extra", "Unknown."))));

        assertThat(submit("t-che", ANSWERS, "en")).hasStatus(422).bodyJson().isLenientlyEqualTo("""
                {"type": "urn:sterna:problem:invalid", "status": 422,
                 "violations": [{"field": "remarks", "message": "Too long."},
                                {"field": "extra", "message": "Unknown."}]}
                """);
    }

    @Test
    void tellsWhoWasFasterAndWhen() {
        given(tasks.submit(any(), any(), any(), any()))
                .willThrow(new Tasks.TaskAlreadyDone("Ana Muster", Instant.parse("2026-11-23T10:30:00Z")));

        MvcTestResult answer = submit("t-che", ANSWERS, "en");

        assertThat(answer).hasStatus(409).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"type": "urn:sterna:problem:already-done", "by": "Ana Muster", "at": "2026-11-23T10:30:00Z"}
                """);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .startsWith("Ana Muster completed this step on November 23, 2026");
    }

    @Test
    void tellsThatTheStepWasWithdrawn() {
        given(tasks.submit(any(), any(), any(), any()))
                .willThrow(new Tasks.TaskAlreadyDone(null, Instant.parse("2026-11-23T10:30:00Z")));

        assertThat(submit("t-che", ANSWERS, "es"))
                .hasStatus(409)
                .bodyJson()
                .doesNotHavePath("$.by")
                .extractingPath("$.detail")
                .asString()
                .startsWith("Este paso se retiró el 23 de noviembre de 2026");
    }

    @Test
    void answersALostRaceInTheDatabaseAsAConflict() {
        given(tasks.submit(any(), any(), any(), any())).willThrow(new CannotAcquireLockException("deadlock"));

        assertThat(submit("t-che", ANSWERS, "en"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:sterna:problem:conflict");
    }

    @Test
    void answersASubmissionToWhatIsNotTheCallersLikeAnyUnknownTask() throws Exception {
        given(tasks.submit(any(), any(), any(), any())).willThrow(new Tasks.NoSuchTask());
        String unknown = mvc.get()
                .uri("/api/v1/tasks/nobody-knows")
                .exchange()
                .getMvcResult()
                .getResponse()
                .getContentAsString();

        assertThat(submit("t-ken", ANSWERS, "en")).hasStatus(404).bodyText().isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"values\": null}"})
    void asksForTheValues(String body) {
        assertThat(submit("t-che", body, "en"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of("values"));
    }

    @Test
    void takesADocumentIntoCustody() throws Exception {
        UUID id = UUID.randomUUID();
        given(documents.keep(
                        eq("CHE"), eq("t-che"), eq("letter"), eq("note.pdf"), any(InputStream.class), eq("che-nfp")))
                .willReturn(new Document(
                        id,
                        "CHE",
                        "t-che",
                        "letter",
                        "note.pdf",
                        "application/pdf",
                        4,
                        "abcd",
                        "che-nfp",
                        Samples.NOW,
                        Document.Status.CLEAN));

        assertThat(upload("t-che", "letter")).hasStatus(201).bodyJson().isStrictlyEqualTo("""
                {"id": "%s", "name": "note.pdf", "sha256": "abcd", "size": 4, "mediaType": "application/pdf",
                 "status": "clean"}
                """.formatted(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"remarks", "nothing"})
    void refusesADocumentForAFieldThatTakesNone(String slot) throws Exception {
        assertThat(upload("t-che", slot))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of(
                        "field",
                        "slot",
                        "message",
                        "This step has no document field called “" + slot + "”. It has: letter.")));
        then(documents).should(never()).keep(any(), any(), any(), any(), any(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-ken", "nobody-knows"})
    void takesNoDocumentForATaskThatIsNotTheCallers(String task) throws Exception {
        assertThat(upload(task, "letter")).hasStatus(404);
        then(documents).should(never()).keep(any(), any(), any(), any(), any(), any());
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhyADocumentIsRejected(RejectedDocument.Reason reason) throws Exception {
        given(documents.keep(any(), any(), any(), any(), any(), any())).willThrow(new RejectedDocument(reason));

        String why =
                switch (reason) {
                    case EMPTY -> "The file is empty.";
                    case TOO_LARGE -> "The file is too large:";
                    case WRONG_TYPE -> "The file is not a complete PDF, JPEG or PNG document.";
                };
        assertThat(upload("t-che", "letter"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0]")
                .asMap()
                .containsEntry("field", "file")
                .hasEntrySatisfying(
                        "message", message -> assertThat(message.toString()).startsWith(why));
    }

    @Test
    void asksForTheFileAndTheSlot() {
        assertThat(mvc.post().uri("/api/v1/tasks/t-che/documents").multipart().param("slot", "letter"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("file");
        assertThat(mvc.post().uri("/api/v1/tasks/t-che/documents").multipart().file(file()))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("slot");
    }

    private MvcTestResult submit(String task, String body, String language) {
        return mvc.post()
                .uri("/api/v1/tasks/{id}/submission", task)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Accept-Language", language)
                .content(body)
                .exchange();
    }

    private MvcTestResult upload(String task, String slot) {
        return mvc.post()
                .uri("/api/v1/tasks/{id}/documents", task)
                .multipart()
                .file(file())
                .param("slot", slot)
                .exchange();
    }

    private static MockMultipartFile file() {
        return new MockMultipartFile("file", "note.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    private static Form.Field field(String key, Form.Type type) {
        return new Form.Field(
                key, type, "label", null, false, null, null, null, null, null, List.of(), null, false, null, null,
                false, List.of());
    }
}
