package org.sterna.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.documents.Document;
import org.sterna.documents.RejectedDocument;
import org.sterna.engine.Tasks;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.forms.Warning;
import org.sterna.obligations.DoneTask;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.PageSlice;

/** Doing a step on the desk. */
@WebMvcTest(TaskController.class)
class TaskControllerTests extends PageSlice {

    private static final String ADDRESS = "/desk/tasks/task-che";
    private static final Document LETTER = new Document(
            UUID.fromString("3f0c6d52-2d1e-4f27-9b54-0f4f1d3c9a01"),
            "CHE",
            "task-che",
            "letter",
            "letter.pdf",
            "application/pdf",
            120_400,
            "0".repeat(64),
            "che-nfp",
            NOW,
            Document.Status.CLEAN);

    private static Drafts.Draft draft(int version, String by, Map<String, Object> values) {
        return new Drafts.Draft("task-che", values, version, by, Instant.parse("2026-11-24T08:15:00Z"));
    }

    private MvcTestResult upload(byte[] content, String action) {
        return http.post()
                .uri(ADDRESS)
                .multipart()
                .file(new MockMultipartFile("letter.file", "letter.pdf", "application/pdf", content))
                .param("familyName", "Muster")
                .param("action", action)
                .with(user("che-nfp"))
                .with(csrf())
                .locale(Locale.ENGLISH)
                .exchange();
    }

    @Test
    void asksInTheReadersLanguage() {
        assertThat(text(get(ADDRESS, SWISS, Locale.ENGLISH)))
                .contains("Submit nomination")
                .contains("default, not notified")
                .contains("Also with Beat Beispiel");
        assertThat(text(get(ADDRESS, SWISS, Locale.FRENCH)))
                .contains("Lettre de nomination")
                .contains("Enregistrer le brouillon");
        assertThat(text(get(ADDRESS, SWISS, SPANISH)))
                .contains("Presentar el nombramiento")
                .contains("Guardar borrador");
    }

    @Test
    void saysWhatCanStillBeDoneOnceTheDayHasPassed() {
        String passed = "The 90 days after the close of the meeting are over.";

        assertThat(text(get(of("consider-reservation", NOW.minusSeconds(60)), SWISS, Locale.ENGLISH)))
                .contains(passed)
                .doesNotContain("A reservation goes in writing");
        assertThat(text(get(of("consider-reservation", NOW.plusSeconds(60)), SWISS, Locale.ENGLISH)))
                .contains("A reservation goes in writing")
                .doesNotContain(passed);
    }

    @Test
    void namesTheButtonByWhatItDoes() {
        var record = page(get(of("send-package", NOW.plusSeconds(60)), SWISS, Locale.FRENCH));
        var common = page(get(ADDRESS, SWISS, Locale.FRENCH));

        assertThat(record.select("button[value=submit]:not([aria-hidden])").text())
                .isEqualTo("Consigner");
        assertThat(common.select("button[value=submit]:not([aria-hidden])").text())
                .isEqualTo("Envoyer");
    }

    /** The page of a step of the dissemination of outcomes. */
    private String of(String step, Instant dueAt) {
        given(obligations.task("task-outcomes"))
                .willReturn(Optional.of(new OpenTask(
                        "task-outcomes", OWED.id(), "outcome-dissemination", step, "nfp-CHE", NOW, dueAt, null)));
        return "/desk/tasks/task-outcomes";
    }

    @Test
    void isNotThereForStrangers() {
        assertThat(get("/desk/tasks/task-fra", SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(get("/desk/tasks/nowhere", SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(post("/desk/tasks/task-fra", SWISS)).hasStatus(404);
        then(tasks).shouldHaveNoInteractions();
    }

    @Test
    void showsTheDraftBeforeAnythingElse() {
        given(obligations.submissions(OWED.id()))
                .willReturn(
                        List.of(submission(OWED, SUBMIT, "nfp-CHE", "che-nfp", 1, Map.of("familyName", "Earlier"))));
        given(drafts.find("task-che")).willReturn(Optional.of(draft(3, "che-nfp", Map.of("familyName", "Drafted"))));

        var page = page(get(ADDRESS, SWISS, Locale.ENGLISH));

        assertThat(page.select("[name=familyName]").val()).isEqualTo("Drafted");
        assertThat(page.select("[name=draftVersion]").val()).isEqualTo("3");
    }

    @Test
    void showsWhyItWasReturnedWithTheEarlierAnswersAndPaper() {
        given(documents.findAll(anyCollection())).willReturn(List.of(LETTER));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        submission(
                                OWED,
                                SUBMIT,
                                "nfp-CHE",
                                "che-nfp",
                                1,
                                Map.of(
                                        "familyName",
                                        "Earlier",
                                        "letter",
                                        LETTER.id().toString())),
                        submission(
                                OWED,
                                REVIEW,
                                "secretariat",
                                "secretary",
                                1,
                                Map.of("decision", "returned", "reasons", "The letter has no stamp."))));

        MvcTestResult result = get(ADDRESS, SWISS, Locale.ENGLISH);

        assertThat(text(result)).contains("Returned for correction The letter has no stamp.");
        assertThat(page(result).select("[name=familyName]").val()).isEqualTo("Earlier");
        assertThat(page(result).select("[name=letter]").val())
                .isEqualTo(LETTER.id().toString());
    }

    @Test
    void showsTheSecretariatWhatThePartySentWithThePaper() {
        given(documents.findAll(anyCollection())).willReturn(List.of(LETTER));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(submission(
                        OWED,
                        SUBMIT,
                        "nfp-CHE",
                        "che-nfp",
                        1,
                        Map.of(
                                "signatoryKind",
                                "minister",
                                "letter",
                                LETTER.id().toString()))));

        MvcTestResult result = get("/desk/tasks/task-review", SECRETARY, Locale.ENGLISH);

        assertThat(text(result))
                .contains("Appointment letter letter.pdf (PDF, 120 kB)")
                .contains("Who signed the letter? The minister");
        assertThat(page(result).select("a[href=/documents/" + LETTER.id() + "]"))
                .hasSize(1);
    }

    @Test
    void submitsWhatWasTypedAndLeadsToTheReceipt() {
        given(tasks.submit(
                        "task-che",
                        "che-nfp",
                        Map.of("familyName", "Muster", "languages", List.of("fr"), "odd", "1", "warningsRead", ""),
                        Locale.ENGLISH))
                .willReturn(submission(OWED, SUBMIT, "nfp-CHE", "che-nfp", 1, Map.of()));

        assertThat(post(ADDRESS, SWISS)
                        .param("familyName", "Muster")
                        .param("languages", "fr")
                        .param("odd", "1")
                        .param("draftVersion", "0")
                        .param("action", "submit"))
                .hasRedirectedUrl("/desk/obligations/" + OWED.id() + "?receipt=S-2026-0000011");
    }

    @Test
    void takesThePaperIntoCustodyBeforeSubmitting() throws Exception {
        given(documents.keep(eq("CHE"), eq("task-che"), eq("letter"), eq("letter.pdf"), any(), eq("che-nfp")))
                .willReturn(LETTER);
        given(tasks.submit(
                        "task-che",
                        "che-nfp",
                        Map.of("familyName", "Muster", "letter", LETTER.id().toString(), "warningsRead", ""),
                        Locale.ENGLISH))
                .willReturn(submission(OWED, SUBMIT, "nfp-CHE", "che-nfp", 1, Map.of()));

        assertThat(upload(new byte[] {1}, "submit")).hasStatus3xxRedirection();
    }

    @Test
    void saysAtTheFieldWhyAPaperWasNotAccepted() throws Exception {
        given(documents.keep(any(), any(), any(), any(), any(), any()))
                .willThrow(new RejectedDocument(RejectedDocument.Reason.WRONG_TYPE));
        given(drafts.save(any(), anyMap(), anyInt(), any())).willReturn(draft(1, "che-nfp", Map.of()));

        MvcTestResult result = upload(new byte[] {1}, "submit");

        assertThat(result).hasStatus(422);
        assertThat(page(result).select("#e-letter").text()).contains("is not a complete PDF, JPEG or PNG");
        assertThat(page(result).select("[name=familyName]").val()).isEqualTo("Muster");
        then(tasks).shouldHaveNoInteractions();
    }

    @Test
    void keepsWhatWasTypedBesideAPaperThatIsTooLarge() throws Exception {
        given(documents.keep(any(), any(), any(), any(), any(), any()))
                .willThrow(new RejectedDocument(RejectedDocument.Reason.TOO_LARGE));
        given(drafts.save("task-che", Map.of("familyName", "Muster"), 0, "che-nfp"))
                .willReturn(draft(1, "che-nfp", Map.of()));

        MvcTestResult result = upload(new byte[] {1}, "draft");

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#f-letter]").text())
                .startsWith("The file is too large: at most 10 MB are accepted.");
        assertThat(page(result).select("[name=draftVersion]").val()).isEqualTo("1");
    }

    @Test
    void keepsEverythingTypedWhenSomethingIsWrong() {
        given(tasks.submit(any(), any(), anyMap(), any()))
                .willThrow(
                        new InvalidSubmission(List.of(new Violation("letterDate", "Enter the date of the letter."))));
        Map<String, Object> typed = Map.of("familyName", "Muster", "letterDate", "yesterday");
        given(drafts.save("task-che", typed, 4, "che-nfp")).willReturn(draft(5, "che-nfp", typed));

        MvcTestResult result = post(ADDRESS, SWISS)
                .param("familyName", "Muster")
                .param("letterDate", "yesterday")
                .param("draftVersion", "4")
                .param("action", "submit")
                .exchange();

        assertThat(result).hasStatus(422);
        var page = page(result);
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.select(".error-summary a[href=#f-letterDate]").text())
                .isEqualTo("Enter the date of the letter.");
        assertThat(page.select("[name=familyName]").val()).isEqualTo("Muster");
        assertThat(page.select("[name=letterDate]").val()).isEqualTo("yesterday");
        assertThat(page.select("[name=draftVersion]").val()).isEqualTo("5");
    }

    @Test
    void asksBeforeItSendsWhatIsWarnedOf() {
        given(tasks.submit(any(), any(), anyMap(), any()))
                .willThrow(new InvalidSubmission(
                        List.of(), List.of(new Warning("old", "letterDate", "The letter is rather old."))));
        given(drafts.save(any(), anyMap(), anyInt(), any()))
                .willReturn(draft(1, "che-nfp", Map.of("familyName", "Muster")));

        MvcTestResult result = post(ADDRESS, SWISS)
                .param("familyName", "Muster")
                .param("action", "submit")
                .exchange();

        assertThat(result).hasStatus(422);
        var page = page(result);
        assertThat(page.title()).doesNotStartWith("Error: ");
        assertThat(page.select("#warning-summary a[href=#f-letterDate]").text()).isEqualTo("The letter is rather old.");
        assertThat(page.select("#warning-summary [name=warningsRead]").val()).isEqualTo("old@letterDate");
        assertThat(page.select("[name=familyName]").val()).isEqualTo("Muster");
    }

    @Test
    void savesADraftUnchecked() {
        given(drafts.save("task-che", Map.of("letterDate", "later"), 0, "che-nfp"))
                .willReturn(draft(1, "che-nfp", Map.of()));

        assertThat(post(ADDRESS, SWISS).param("letterDate", "later").param("action", "draft"))
                .hasRedirectedUrl(ADDRESS);
        then(tasks).shouldHaveNoInteractions();
    }

    @Test
    void showsBothWhenSomebodyElseSavedMeanwhile() {
        given(drafts.save(any(), anyMap(), eq(1), any()))
                .willThrow(new Drafts.Outdated(draft(2, "secretary", Map.of("familyName", "Theirs"))));

        MvcTestResult result = post(ADDRESS, SWISS)
                .param("familyName", "Mine")
                .param("draftVersion", "1")
                .param("action", "draft")
                .exchange();

        assertThat(result).hasStatus(409);
        assertThat(text(result))
                .contains("Sam Secretary saved this draft on 24 November 2026, 09:15 CET.")
                .contains("Family name Theirs");
        assertThat(page(result).select("[name=familyName]").val()).isEqualTo("Mine");
        assertThat(page(result).select("[name=draftVersion]").val()).isEqualTo("2");
    }

    @Test
    void saysWhoDidItAndShowsWhatWasTypedWhenItIsDoneAlready() {
        given(tasks.submit(any(), any(), anyMap(), any()))
                .willThrow(new Tasks.TaskAlreadyDone("Beat Beispiel", Instant.parse("2026-11-24T09:00:00Z")));

        MvcTestResult result = post(ADDRESS, SWISS)
                .param("familyName", "Muster")
                .param("action", "submit")
                .exchange();

        assertThat(result).hasStatus(409);
        assertThat(text(result))
                .contains("Beat Beispiel did it on 24 November 2026, 10:00 CET.")
                .contains("Family name Muster");
        then(drafts).should(never()).save(any(), anyMap(), anyInt(), any());
    }

    @Test
    void saysWhoDidItWhenThePageIsOpenedTooLate() {
        given(obligations.task("task-che")).willReturn(Optional.empty());
        given(obligations.doneTask("task-che"))
                .willReturn(Optional.of(
                        new DoneTask("task-che", OWED.id(), SUBMIT, "che-nfp", Instant.parse("2026-11-24T09:00:00Z"))));

        assertThat(get(ADDRESS, SWISS, Locale.ENGLISH)).hasStatus(409);
        assertThat(text(get(ADDRESS, SWISS, Locale.FRENCH)))
                .contains("Anna Muster l’a faite le 24 novembre 2026, 10:00 CET.");
        assertThat(get(ADDRESS, FRENCH, Locale.ENGLISH)).hasStatus(404);
    }

    @Test
    void keepsTheRowsOfAListAndTheirPapers() throws Exception {
        givenBirds();
        given(documents.keep(eq("CHE"), eq("task-birds"), eq("sightings.photo"), eq("nest.pdf"), any(), eq("che-nfp")))
                .willReturn(LETTER);
        given(drafts.save(
                        "task-birds",
                        Map.of(
                                "answer",
                                "Storks",
                                "sightings",
                                List.of(
                                        Map.of("species", "Stork", "habitats", List.of("water")),
                                        Map.of(),
                                        Map.of(
                                                "species",
                                                "",
                                                "photo",
                                                LETTER.id().toString()))),
                        0,
                        "che-nfp"))
                .willReturn(draft(1, "che-nfp", Map.of()));

        assertThat(http.post()
                        .uri("/desk/tasks/task-birds")
                        .multipart()
                        .file(new MockMultipartFile(
                                "sightings.2.photo.file", "nest.pdf", "application/pdf", new byte[] {1}))
                        .param("answer", "Storks")
                        .param("sightings.0.species", "Stork")
                        .param("sightings.0.habitats", "water")
                        .param("sightings.2.species", "")
                        .param("action", "draft")
                        .with(user("che-nfp"))
                        .with(csrf()))
                .hasRedirectedUrl("/desk/tasks/task-birds");
    }

    @Test
    void saysInWhichRowAPaperWasNotAccepted() throws Exception {
        givenBirds();
        given(documents.keep(any(), any(), any(), any(), any(), any()))
                .willThrow(new RejectedDocument(RejectedDocument.Reason.WRONG_TYPE));
        given(drafts.save(any(), anyMap(), anyInt(), any())).willReturn(draft(1, "che-nfp", Map.of()));

        MvcTestResult result = http.post()
                .uri("/desk/tasks/task-birds")
                .multipart()
                .file(new MockMultipartFile("sightings.1.photo.file", "nest.txt", "text/plain", new byte[] {1}))
                .param("sightings.0.species", "Stork")
                .param("sightings.1.species", "Tern")
                .with(user("che-nfp"))
                .with(csrf())
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result)
                        .select(".error-summary a[href=#f-sightings-1-photo]")
                        .text())
                .startsWith("Sighting 2, Photograph: ");
        assertThat(page(result).getElementById("f-sightings-1-species").val()).isEqualTo("Tern");
    }

    @Test
    void addsARowWithoutCheckingAndGoesOnThere() {
        givenBirds();
        given(drafts.save(
                        "task-birds",
                        Map.of("answer", "x", "sightings", List.of(Map.of("species", "Stork"), Map.of())),
                        2,
                        "che-nfp"))
                .willReturn(draft(3, "che-nfp", Map.of()));

        assertThat(post("/desk/tasks/task-birds", SWISS)
                        .param("answer", "x")
                        .param("sightings.0.species", "Stork")
                        .param("draftVersion", "2")
                        .param("action", "add:sightings"))
                .hasRedirectedUrl("/desk/tasks/task-birds#f-sightings-1-species");
        then(tasks).shouldHaveNoInteractions();
    }

    @Test
    void removesTheRowWhoseButtonWasPressed() {
        givenBirds();
        given(drafts.save(
                        "task-birds",
                        Map.of("sightings", List.of(Map.of("species", "Stork"), Map.of("species", "Gull"))),
                        0,
                        "che-nfp"))
                .willReturn(draft(1, "che-nfp", Map.of()));

        assertThat(post("/desk/tasks/task-birds", SWISS)
                        .param("sightings.0.species", "Stork")
                        .param("sightings.1.species", "Tern")
                        .param("sightings.2.species", "Gull")
                        .param("action", "remove:sightings:1"))
                .hasRedirectedUrl("/desk/tasks/task-birds#f-sightings");
    }

    @Test
    void addsNoRowBeyondWhatTheFormTakes() {
        givenBirds();
        Map<String, Object> full = Map.of(
                "sightings",
                List.of(
                        Map.of("species", "1"),
                        Map.of("species", "2"),
                        Map.of("species", "3"),
                        Map.of("species", "4"),
                        Map.of("species", "5")));
        given(drafts.save("task-birds", full, 0, "che-nfp")).willReturn(draft(1, "che-nfp", full));
        var request = post("/desk/tasks/task-birds", SWISS).param("action", "add:sightings");
        for (int i = 0; i < 5; i++) {
            request.param("sightings." + i + ".species", String.valueOf(i + 1));
        }

        assertThat(request).hasRedirectedUrl("/desk/tasks/task-birds#f-sightings");
    }

    @Test
    void showsTheSecretariatTheRowsThatWereSent() {
        givenBirds();
        given(documents.findAll(anyCollection())).willReturn(List.of(LETTER));
        given(obligations.submissions(BIRDS.id()))
                .willReturn(List.of(submission(
                        BIRDS,
                        "give-answer",
                        "nfp-CHE",
                        "che-nfp",
                        1,
                        Map.of(
                                "answer",
                                "Storks",
                                "sightings",
                                List.of(
                                        Map.of(
                                                "species",
                                                "Stork",
                                                "seenOn",
                                                "2026-05-01",
                                                "habitats",
                                                List.of("water", "wood"),
                                                "photo",
                                                LETTER.id().toString()),
                                        Map.of("species", "{{7*7}}", "ringed", true))))));

        MvcTestResult result = get("/desk/tasks/task-check", SECRETARY, Locale.ENGLISH);

        assertThat(text(result))
                .contains("Sighting 1 Species Stork Seen on 1 May 2026 Habitats Water Wood Photograph letter.pdf"
                        + " (PDF, 120 kB)")
                .contains("Sighting 2 Species {{7*7}} At least one was ringed Yes");
        assertThat(text(get("/forms/tasks/task-check", SECRETARY, Locale.ENGLISH)))
                .contains("Sighting 1 Species Stork");
        assertThat(page(get("/forms/tasks/task-check", SECRETARY, Locale.ENGLISH))
                        .select("[ng-non-bindable] .rows"))
                .hasSize(1);
    }

    private static final Obligation BIRDS = birds();

    private static Obligation birds() {
        return new Obligation(
                UUID.fromString("7d0b8c3e-7f47-4c5a-9a35-2f3e1b0c9d10"),
                "made-up-duty",
                OWED.occasion(),
                "CHE",
                OWED.state(),
                OWED.deadline(),
                OWED.openedAt(),
                null,
                false,
                null);
    }

    private static OpenTask open(String id, String step, String seat) {
        return new OpenTask(
                id,
                BIRDS.id(),
                BIRDS.duty(),
                step,
                seat,
                OWED.openedAt(),
                OWED.deadline().at());
    }

    private void givenBirds() {
        OpenTask give = open("task-birds", "give-answer", "nfp-CHE");
        OpenTask check = open("task-check", "check-answer", "secretariat");
        given(obligations.find(BIRDS.id())).willReturn(Optional.of(BIRDS));
        given(obligations.task("task-birds")).willReturn(Optional.of(give));
        given(obligations.task("task-check")).willReturn(Optional.of(check));
    }

    @Test
    void marksWhatIsCarriedOverAlsoInADraft() {
        givenBirds();
        given(obligations.newestElsewhere(BIRDS, BIRDS.duty(), List.of("give-answer")))
                .willReturn(Optional.of(new Obligations.Elsewhere(
                        "cop15", submission(BIRDS, "give-answer", "nfp-CHE", "che-nfp", 1, Map.of("birds", 3)))));

        assertThat(text(get("/desk/tasks/task-birds", SWISS, Locale.FRENCH)))
                .contains("Certaines réponses sont reprises de COP15 (envoyées le 20 novembre 2026, 16:30 CET).")
                .contains("Repris de COP15 : à vérifier.")
                .contains("Partie Suisse");
        given(drafts.find("task-birds"))
                .willReturn(Optional.of(new Drafts.Draft(
                        "task-birds", Map.of("birds", " 3 ", "party", "Atlantis"), 1, "che-nfp", NOW)));
        var page = page(get("/desk/tasks/task-birds", SWISS, Locale.ENGLISH));
        assertThat(page.select("#c-birds")).hasSize(1);
        assertThat(page.select("#f-party").text()).isEqualTo("Party Switzerland");
        given(drafts.find("task-birds"))
                .willReturn(Optional.of(new Drafts.Draft("task-birds", Map.of("birds", "4"), 1, "che-nfp", NOW)));
        assertThat(page(get("/desk/tasks/task-birds", SWISS, Locale.ENGLISH)).select(".carried, .carried-over"))
                .isEmpty();
    }
}
