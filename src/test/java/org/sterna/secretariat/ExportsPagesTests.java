package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.never;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.Notice;
import org.sterna.notices.Rehearsal;
import org.sterna.obligations.Obligations;
import org.sterna.pages.PageSlice;
import org.sterna.register.Addresses;

/** Every list can be taken away, as its page shows it. */
@WebMvcTest(ExportsController.class)
class ExportsPagesTests extends PageSlice {

    private static final UUID CAMPAIGN = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d11");

    @BeforeEach
    void listSomething() {
        given(notices.list(any(), anyInt(), anyInt()))
                .willReturn(new Obligations.Page<>(List.of(notice(Notice.State.SENT)), 1));
        willAnswer(call -> call.<Predicate<Notice>>getArgument(1).test(notice(Notice.State.SENT)))
                .given(notices)
                .each(any(), any());
        given(campaigns.latest(anyInt()))
                .willReturn(List.of(new Campaigns.Campaign(CAMPAIGN, DUTY, "2026-11", "secretary", NOW, 133, 12, 0)));
        given(addresses.unusable())
                .willReturn(List.of(new Addresses.Unusable(
                        "=1+1@example.org",
                        holder("nfp-CHE", "che-nfp", "Anna Muster", true),
                        Addresses.Fault.BOUNCED,
                        "550 no such user",
                        NOW)));
        given(rehearsal.until(any()))
                .willReturn(List.of(line("CHE", Rehearsal.Way.SINGLE), line("FRA", Rehearsal.Way.DIGEST)));
    }

    private static Rehearsal.Line line(String party, Rehearsal.Way way) {
        return new Rehearsal.Line(
                OWED.id(),
                DUTY,
                "2026-11",
                party,
                NOW,
                "due-P30D",
                "reminder",
                "nfp-" + party,
                false,
                "Anna Muster",
                "anna@example.org",
                Locale.FRENCH,
                way);
    }

    /** What the file says, without the mark at its start. */
    private String file(String address, String language) throws UnsupportedEncodingException {
        var answer = get("/secretariat/exports/" + address, SECRETARY, Locale.forLanguageTag(language));
        assertThat(answer).hasStatusOk().hasHeader("Cache-Control", "no-store");
        return answer.getResponse().getContentAsString(StandardCharsets.UTF_8).substring(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    register      | en | Code,Party,Region,Language,Time zone,  | CHE,Switzerland,
                    register      | fr | Code,Partie,Région,Langue,             | CHE,Suisse,
                    contributions | en | Code,Party,Share on                  | CHE,Switzerland,
                    contributions | es | Código,Parte,                          | CHE,Suiza,
                    notices       | en | Subject,Kind,To,E-mail,                | Anna Muster
                    notices       | fr | Objet,                                 | Anna Muster
                    meetings      | en | Code,Kind,Agreement or MOU,Place,      | cop14,Conference of the Parties,
                    meetings      | es | Código,                                | cop14,Conferencia de las Partes,
                    campaigns     | en | Duty,Occasion,Parties,Started,          | ,133,12,
                    addresses     | en | E-mail,Holder,Seat,                    | '=1+1@example.org,Anna Muster,
                    rehearsal     | en | When,Code,Party,Duty,                  | FRA,France,
                    duties        | en | Number,Duty,                           | D06,
                    """)
    void hasItsHeadersAndLinesInTheReadersLanguage(String list, String language, String headers, String line)
            throws UnsupportedEncodingException {
        assertThat(file(list + ".csv", language)).startsWith(headers).contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register",
                "contributions",
                "notices",
                "meetings",
                "campaigns",
                "addresses",
                "rehearsal",
                "duties"
            })
    void comesAsASpreadsheetAndForPrintingAndForNoParty(String list) {
        var sheet = get("/secretariat/exports/" + list + ".xlsx", SECRETARY, Locale.ENGLISH);
        var paper = get("/secretariat/exports/" + list + ".pdf", SECRETARY, Locale.FRENCH);

        assertThat(sheet.getResponse().getContentAsByteArray()).startsWith('P', 'K');
        assertThat(sheet.getResponse().getHeader("Content-Disposition"))
                .matches("attachment; filename=\"sterna-" + list + "-\\d{4}-\\d\\d-\\d\\d\\.xlsx\"");
        assertThat(paper.getResponse().getContentAsByteArray()).startsWith('%', 'P', 'D', 'F');
        assertThat(get("/secretariat/exports/" + list + ".csv", SWISS, Locale.ENGLISH))
                .hasStatus(404);
        assertThat(get("/secretariat/exports/" + list + ".exe", SECRETARY, Locale.ENGLISH))
                .hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/secretariat/register?region=europe, /secretariat/exports/register.csv?region=europe",
        "/secretariat/register?unreachable=true, /secretariat/exports/register.csv?unreachable=true",
        "/secretariat/contributions?show=arrears, /secretariat/exports/contributions.csv?show=arrears",
        "/secretariat/notices?state=sent, /secretariat/exports/notices.csv?state=sent",
        "/secretariat/meetings, /secretariat/exports/meetings.csv",
        "/secretariat/campaigns, /secretariat/exports/campaigns.csv",
        "/secretariat/notices/addresses, /secretariat/exports/addresses.csv",
        "/secretariat/rehearsal?party=FRA, /secretariat/exports/rehearsal.csv?party=FRA",
        "/secretariat/duties, /secretariat/exports/duties.csv",
        "/secretariat/register/CHE, /secretariat/exports/obligations.csv?party=CHE",
    })
    void thePageLeadsToItWithWhatItIsRestrictedTo(String page, String export) {
        assertThat(page(get(page, SECRETARY, Locale.ENGLISH))
                        .select(".exports a")
                        .eachAttr("href"))
                .contains(export);
    }

    @Test
    void holdsOnlyWhatThePageShows() throws UnsupportedEncodingException {
        assertThat(file("register.csv?unreachable=true", "en"))
                .contains("FRA,France")
                .doesNotContain("CHE");
        assertThat(file("rehearsal.csv?party=CHE", "en"))
                .contains("CHE,Switzerland")
                .doesNotContain("FRA");

        file("notices.csv?state=failed", "en");
        then(notices).should().each(eq(Notice.State.FAILED), any());
        then(notices).should(never()).each(eq(null), any());
    }

    @Test
    void writesAmountsAsNumbersAndNothingWhereNothingIsKnown() throws UnsupportedEncodingException {
        assertThat(file("contributions.csv", "fr").lines().skip(1))
                .allMatch(line -> line.matches("[A-Z]{3},[^,]+,([\\d.]+)?,(\\d{4})?(,(\\d+\\.\\d\\d)?){4},\\d*,.*"));
    }
}
