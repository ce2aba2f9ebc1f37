package org.sterna.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.documents.DamagedDocument;
import org.sterna.documents.Document;
import org.sterna.documents.RejectedDocument;
import org.sterna.pages.PageSlice;

/** Papers, and the forms that Tasklist embeds. */
@WebMvcTest(PapersController.class)
class PapersControllerTests extends PageSlice {

    private static final UUID ID = UUID.fromString("3f0c6d52-2d1e-4f27-9b54-0f4f1d3c9a01");

    private static Document paper(String party, Document.Status status) {
        return new Document(
                ID, party, "task-che", "letter", "Lettre n° 5.pdf", "application/pdf", 5, "0", "che-nfp", NOW, status);
    }

    private MvcTestResult hand(String task, String slot) {
        return http.post()
                .uri("/documents")
                .multipart()
                .file(new MockMultipartFile("file", "letter.pdf", "application/pdf", new byte[] {1}))
                .param("taskId", task)
                .param("slot", slot)
                .with(user("che-nfp"))
                .with(csrf())
                .locale(Locale.FRENCH)
                .exchange();
    }

    @Test
    void keepsAPaperForTheCallersTask() throws Exception {
        given(documents.keep(eq("CHE"), eq("task-che"), eq("letter"), eq("letter.pdf"), any(), eq("che-nfp")))
                .willReturn(paper("CHE", Document.Status.CLEAN));

        MvcTestResult result = hand("task-che", "letter");

        assertThat(result).hasStatus(201);
        assertThat(result).bodyJson().extractingPath("$.id").isEqualTo(ID.toString());
        assertThat(result).bodyJson().extractingPath("$.name").isEqualTo("Lettre n° 5.pdf");
    }

    @Test
    void saysInTheReadersLanguageWhyAPaperIsRefused() throws Exception {
        given(documents.keep(any(), any(), any(), any(), any(), any()))
                .willThrow(new RejectedDocument(RejectedDocument.Reason.EMPTY));

        MvcTestResult result = hand("task-che", "letter");

        assertThat(result).hasStatus(422);
        assertThat(result).bodyJson().extractingPath("$.message").asString().startsWith("Le fichier est vide.");
    }

    @Test
    void takesNoPaperForAForeignTaskOrAFieldThatIsNone() {
        assertThat(hand("task-fra", "letter")).hasStatus(404);
        assertThat(hand("task-che", "familyName")).hasStatus(404);
        then(documents).shouldHaveNoInteractions();
    }

    @Test
    void givesThePartyItsPaperAsADownload() throws Exception {
        given(documents.find(ID)).willReturn(Optional.of(paper("CHE", Document.Status.CLEAN)));
        given(documents.open(ID)).willReturn(new ByteArrayInputStream("%PDF-".getBytes(StandardCharsets.US_ASCII)));

        MvcTestResult result = get("/documents/" + ID, SWISS, Locale.ENGLISH);

        assertThat(result)
                .hasStatusOk()
                .hasContentType("application/pdf")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        assertThat(result.getResponse().getHeader("Content-Disposition")).startsWith("attachment;");
        assertThat(result).bodyText().isEqualTo("%PDF-");
    }

    @ParameterizedTest
    @CsvSource({"en, This paper is not given out", "fr, Ce document n’est pas remis", "es, Este documento no se entrega"
    })
    void saysInsteadOfAPaperThatWasChangedThatItIsNotGivenOut(String language, String title) throws Exception {
        Document paper = paper("CHE", Document.Status.NOT_SCANNED);
        given(documents.find(ID)).willReturn(Optional.of(paper));
        given(documents.open(ID)).willThrow(new DamagedDocument(paper));

        MvcTestResult result = get("/documents/" + ID, SWISS, Locale.forLanguageTag(language));

        assertThat(result).hasStatus(500).hasContentType("text/html;charset=UTF-8");
        assertThat(result).doesNotContainHeader("Content-Disposition");
        assertThat(page(result).select("h1").text()).isEqualTo(title);
        assertThat(text(result)).contains("Lettre n° 5.pdf").contains(SWISS.displayName());
    }

    @Test
    void givesOutPapersThatNobodyScanned() throws Exception {
        given(documents.find(ID)).willReturn(Optional.of(paper("CHE", Document.Status.NOT_SCANNED)));
        given(documents.open(ID)).willReturn(new ByteArrayInputStream(new byte[5]));

        assertThat(get("/documents/" + ID, SWISS, Locale.ENGLISH)).hasStatusOk();
    }

    @Test
    void hidesPapersOfOtherPartiesAndThoseInQuarantine() {
        given(documents.find(ID)).willReturn(Optional.of(paper("FRA", Document.Status.CLEAN)));
        assertThat(get("/documents/" + ID, SWISS, Locale.ENGLISH)).hasStatus(404);

        given(documents.find(ID)).willReturn(Optional.of(paper("CHE", Document.Status.QUARANTINED)));
        assertThat(get("/documents/" + ID, SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(get("/documents/" + ID, SECRETARY, Locale.ENGLISH)).hasStatus(404);
    }

    @Test
    void givesTasklistTheFormAndWhatToKnowFirstWithoutTheFrame() {
        MvcTestResult result = get("/forms/tasks/task-che", SWISS, SPANISH);

        assertThat(result).hasStatusOk().hasContentType("text/html;charset=UTF-8");
        assertThat(result).bodyText().contains("cam-variable-name=\"letterDate\"");
        assertThat(page(result).select("form")).hasSize(1);
        assertThat(page(result).select("body > :not(form)"))
                .allSatisfy(
                        beside -> assertThat(beside.hasAttr("ng-non-bindable")).isTrue());
        assertThat(page(result).select("header, main, footer")).isEmpty();
        assertThat(text(result)).contains("Carta de nombramiento");
    }

    @Test
    void givesTasklistNoFormOfAForeignTask() {
        assertThat(get("/forms/tasks/task-fra", SWISS, Locale.ENGLISH)).hasStatus(404);
    }
}
