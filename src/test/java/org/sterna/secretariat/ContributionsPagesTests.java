package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.BulkActs;
import org.sterna.pages.PageSlice;
import org.sterna.register.Account;
import org.sterna.register.Imports;
import org.sterna.register.Imports.Change;
import org.sterna.register.Imports.Kind;
import org.sterna.register.RegisterChange;
import org.sterna.register.Standing;

/** What the Secretariat sees of contributions, and how it loads them. */
@WebMvcTest(ContributionsController.class)
class ContributionsPagesTests extends PageSlice {

    private static final String IMPORT = "/secretariat/contributions/import";
    private static final UUID LOAD = UUID.fromString("6a1f1b7e-0c1c-4a56-9a5e-2d0f0c9f6f12");
    private static final List<String> CELLS = List.of("CHE", "2025", "1.134", "", "Scale");

    private final MockHttpSession session = new MockHttpSession();

    @ParameterizedTest
    @ValueSource(strings = {"/secretariat/contributions", "/secretariat/contributions/CHE", IMPORT})
    void isNotThereForAParty(String address) {
        assertThat(get(address, SWISS, Locale.ENGLISH)).hasStatus(404);
    }

    @Test
    void knowsNoPartyThatIsNone() {
        assertThat(get("/secretariat/contributions/XXX", SECRETARY, Locale.ENGLISH))
                .hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource({
        "en, 'Switzerland 1.134 % 1,250.00 250.00 200.00 800.00 ! 4 years in arrears: no office'",
        "fr, '! 4 années d’arriérés : ni mandat, ni financement'",
        "es, '! 4 años de atraso: sin cargos, sin financiación'"
    })
    void listsWhatPartiesOweAndWhatFollows(String language, String text) {
        assertThat(text(get("/secretariat/contributions", SECRETARY, Locale.forLanguageTag(language))))
                .contains(text);
    }

    @Test
    void addsUpWhatIsListed() {
        assertThat(page(get("/secretariat/contributions", SECRETARY, Locale.ENGLISH))
                        .select("tfoot")
                        .text())
                .isEqualTo("2 Parties 2,500.00 1,500.00 200.00 800.00");
    }

    @Test
    void listsThoseWithoutRightsAlone() {
        assertThat(page(get("/secretariat/contributions?show=rights-lost", SECRETARY, Locale.ENGLISH))
                        .select("tbody th")
                        .eachText())
                .containsExactly("Switzerland");
    }

    @Test
    void saysThatFiguresAreMadeUp() {
        assertThat(text(get("/secretariat/contributions", SECRETARY, Locale.ENGLISH)))
                .contains("in the demonstration they are made up");
    }

    @Test
    void tellsAPartysYearsWithPaymentsAndDisputes() {
        assertThat(text(get("/secretariat/contributions/CHE", SECRETARY, Locale.ENGLISH)))
                .contains("2025 UNEP-2025-1 Invoice 250.00 50.00 200.00 USD 55.00 at 0.91 · 1 February 2025 · REF-1")
                .contains("EUR 50.00 · Sam Secretary")
                .contains("The share is last year’s.")
                .contains("! In arrears");
    }

    @Test
    void saysWhatRestoresTheRights() {
        assertThat(text(get("/secretariat/contributions/CHE", SECRETARY, Locale.ENGLISH)))
                .contains("EUR 400.00 restores its rights");
    }

    private MvcTestResult upload(String kind, String content) {
        return http.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart(IMPORT)
                .file(new MockMultipartFile("file", "shares.csv", "text/csv", content.getBytes()))
                .param("kind", kind)
                .session(session)
                .with(user(SECRETARY.username()))
                .with(csrf())
                .locale(Locale.ENGLISH));
    }

    private MvcTestResult load(String id, Account reader) {
        return post(IMPORT + "/load", reader).session(session).param("id", id).exchange();
    }

    private static Imports.Result sound() {
        return new Imports.Result(LOAD, Kind.SHARES, List.of(new Imports.Line(2, CELLS, Change.NEW)), List.of());
    }

    @Test
    void showsWhatAFileDoesBeforeItIsLoaded() {
        given(imports.check(eq(Kind.SHARES), any())).willReturn(sound());

        MvcTestResult result = upload("shares", "some file");

        assertThat(text(result)).contains("1 new, 0 changed, 0 as they were.").contains("2 + New CHE 2025 1.134");
        then(imports).should().check(eq(Kind.SHARES), eq("some file".getBytes()));
    }

    @Test
    void loadsTheFileThatWasShown() {
        given(imports.check(eq(Kind.SHARES), any())).willReturn(sound());
        given(imports.load(any(), any(), any(Imports.Loading.class))).willReturn(sound());
        String id = page(upload("shares", "some file")).select("[name=id]").val();

        assertThat(load(id, SECRETARY)).hasRedirectedUrl("/secretariat/contributions");
        then(imports)
                .should()
                .load(Kind.SHARES, "some file".getBytes(), new Imports.Loading("shares.csv", "", "secretary"));
    }

    @Test
    void showsBothValuesOfAFigureThatDiffersAndReplacesItWithAReasonOnly() {
        Imports.Result differing = new Imports.Result(
                LOAD,
                Kind.SHARES,
                List.of(new Imports.Line(
                        2, CELLS, Change.CHANGED, List.of(new Imports.Difference("percent", "1.100", "1.134")))),
                List.of());
        given(imports.check(eq(Kind.SHARES), any())).willReturn(differing);
        given(imports.load(any(), any(), any(Imports.Loading.class))).willReturn(differing);
        MvcTestResult shown = upload("shares", "some file");
        String id = page(shown).select("[name=id]").val();
        assertThat(text(shown)).contains("2 CHE percent 1.100 1.134");

        MvcTestResult refused = post(IMPORT + "/load", SECRETARY)
                .session(session)
                .param("id", id)
                .param("reason", "short")
                .exchange();

        assertThat(refused).hasStatus(422);
        assertThat(page(refused).select("textarea[name=reason]").val()).isEqualTo("short");
        then(imports).should(never()).load(any(), any(), any(Imports.Loading.class));
        given(bulkActs.progress(LOAD))
                .willReturn(Optional.of(new BulkActs.Progress(
                        new BulkActs.Act(
                                LOAD, BulkActs.Kind.COMPLETE, null, null, "shares.csv", "secretary", Locale.ENGLISH),
                        NOW,
                        1,
                        0,
                        0,
                        0)));
        assertThat(post(IMPORT + "/load", SECRETARY)
                        .session(session)
                        .param("id", id)
                        .param("reason", "The scale was corrected."))
                .hasRedirectedUrl("/secretariat/bulk/" + LOAD);
        then(imports)
                .should()
                .load(
                        Kind.SHARES,
                        "some file".getBytes(),
                        new Imports.Loading("shares.csv", "The scale was corrected.", "secretary"));
    }

    @Test
    void tellsWhatWasReplacedByWhomAndWhy() {
        given(contributions.changes("CHE"))
                .willReturn(List.of(new RegisterChange(
                        "assessed",
                        "CHE",
                        "2025",
                        "250.00",
                        "260.00",
                        "books.csv: Books",
                        "The scale was corrected.",
                        NOW,
                        "secretary")));

        assertThat(text(get("/secretariat/contributions/CHE", SECRETARY, Locale.ENGLISH)))
                .contains("2025 Assessed amount 250.00 260.00 books.csv: Books The scale was corrected.");
    }

    @Test
    void saysThatAYearWasNotInvoicedWhereThereIsNoInvoice() {
        Standing invoiced = standing("FRA");
        given(contributions.standings(any())).willAnswer(call -> call.<Collection<String>>getArgument(0).stream()
                .collect(Collectors.toMap(
                        party -> party,
                        party -> new Standing(
                                party,
                                true,
                                false,
                                2026,
                                invoiced.assessed(),
                                invoiced.paid(),
                                new BigDecimal("0.00"),
                                new BigDecimal("0.00"),
                                0,
                                3,
                                new BigDecimal("0.00"),
                                List.of(2023, 2025, 2026),
                                2022,
                                2024))));

        assertThat(text(get("/secretariat/contributions", SECRETARY, Locale.ENGLISH)))
                .contains("Assessed 2022–2024")
                .contains("not invoiced 0.00 ○ No arrears of invoiced years; not invoiced: 2023, 2025–2026");
    }

    @Test
    void loadsNothingThatWasNotShown() {
        assertThat(load("0", SECRETARY)).hasStatus(422);
        then(imports).shouldHaveNoInteractions();
    }

    @Test
    void loadsNothingForAParty() {
        assertThat(load("0", SWISS)).hasStatus(404);
        then(imports).shouldHaveNoInteractions();
    }

    @Test
    void namesLineAndColumnAndOffersNoLoadingWhereALineIsWrong() {
        given(imports.check(any(), any()))
                .willReturn(new Imports.Result(
                        LOAD,
                        Kind.SHARES,
                        List.of(new Imports.Line(2, CELLS, Change.NEW)),
                        List.of(new Imports.Fault(3, "percent", "“x” is not a share."))));

        MvcTestResult result = upload("shares", "some file");

        assertThat(result).hasStatus(422);
        assertThat(text(result)).contains("Line 3 percent “x” is not a share.").contains("Nothing was written.");
        assertThat(page(result).select("[name=id]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nothing, some file, kind", "shares, '', file"})
    void asksForWhatIsMissing(String kind, String content, String field) {
        MvcTestResult result = upload(kind, content);

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a").attr("href")).isEqualTo("#" + field);
    }
}
