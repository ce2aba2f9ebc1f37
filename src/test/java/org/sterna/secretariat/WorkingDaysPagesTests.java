package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.InvalidCorrection;
import org.sterna.calendar.WorkingDays;
import org.sterna.calendar.WorkingDays.Correction;
import org.sterna.pages.PageSlice;

/** The days that are off, and the Secretariat's corrections of them. */
@WebMvcTest(WorkingDaysController.class)
class WorkingDaysPagesTests extends PageSlice {

    private static final LocalDate DAY = LocalDate.of(2027, 6, 1);

    @BeforeEach
    void know() {
        given(workingDays.hasHolidays(any())).willReturn(true);
        given(workingDays.holidays(any(), anyInt())).willReturn(List.of());
        given(workingDays.holidays("FRA", 2027)).willReturn(List.of(LocalDate.of(2027, 7, 14)));
        given(workingDays.corrections())
                .willReturn(List.of(
                        new Correction("FRA", DAY, Correction.Kind.ADDED, "Announced by the ministry"),
                        new Correction(WorkingDays.SECRETARIAT, DAY, Correction.Kind.REMOVED, "Moved")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Public holidays in 2027: France     | 14 July 2027, Wednesday     | France 1 June 2027, Tuesday + Offices are closed Announced by the ministry
            fr | Jours fériés en 2027 : France       | 14 juillet 2027, mercredi   | France 1er juin 2027, mardi + Les bureaux sont fermés Announced by the ministry
            es | Días festivos en 2027: Francia      | 14 de julio de 2027, miércoles | Francia 1 de junio de 2027, martes + Las oficinas están cerradas Announced by the ministry
            """)
    void showsWhatTheDataKnowsAndWhatWasCorrected(String language, String heading, String day, String correction) {
        assertThat(text(get(
                        "/secretariat/working-days?country=FRA&year=2027", SECRETARY, Locale.forLanguageTag(language))))
                .contains(heading)
                .contains(day)
                .contains(correction)
                .contains("Bonn");
    }

    @Test
    void saysWhereThereIsNoData() {
        given(workingDays.hasHolidays("FRA")).willReturn(false);

        assertThat(text(get("/secretariat/working-days?country=FRA", SECRETARY, Locale.ENGLISH)))
                .contains("There is no holiday data for this country");
    }

    @ParameterizedTest
    @CsvSource({"XXX, 2027", "FRA, soon", "FRA, 0", "'', ''"})
    void showsTheOfficesInBonnOrThisYearWhereTheAddressMakesNoSense(String country, String year) {
        assertThat(get("/secretariat/working-days?country=" + country + "&year=" + year, SECRETARY, Locale.ENGLISH))
                .hasStatusOk();
    }

    @Test
    void correctsADay() {
        assertThat(correct("FRA", "2027-06-01", "added", " Fête locale "))
                .hasRedirectedUrl("/secretariat/working-days?country=FRA&year=2027");
        then(workingDays).should().correct(new Correction("FRA", DAY, Correction.Kind.ADDED, "Fête locale"));
    }

    @ParameterizedTest
    @CsvSource({
        "1 June 2027, added, on, 'Day: write a day such as 2027-06-01.'",
        "'', added, on, 'Day: write a day such as 2027-06-01.'",
        "2027-06-01, maybe, kind, 'Correction: choose whether offices are closed or open on that day.'"
    })
    void namesTheFieldThatCannotBeRead(String on, String kind, String field, String sentence) {
        MvcTestResult result = correct("FRA", on, kind, "Some reason");

        assertThat(result).hasStatus(422);
        assertThat(page(result).select("#" + field + "-error").text()).isEqualTo(sentence);
        assertThat(page(result).select("#note").val()).isEqualTo("Some reason");
        then(workingDays).should(never()).correct(any());
    }

    @Test
    void namesTheFieldThatIsRefusedAndKeepsWhatWasTyped() {
        willThrow(new InvalidCorrection("note", "Note: say why."))
                .given(workingDays)
                .correct(any());

        MvcTestResult result = correct("FRA", "2027-06-01", "removed", "");

        assertThat(result).hasStatus(422);
        assertThat(page(result).select("#note-error").text()).isEqualTo("Note: say why.");
        assertThat(page(result).select("[name=kind][checked]").val()).isEqualTo("removed");
        assertThat(page(result).select("#country [selected]").val()).isEqualTo("FRA");
    }

    @Test
    void takesACorrectionOut() {
        given(workingDays.forget("FRA", DAY)).willReturn(true);

        assertThat(post("/secretariat/working-days/forget", SECRETARY)
                        .param("country", "FRA")
                        .param("on", "2027-06-01")
                        .exchange())
                .hasRedirectedUrl("/secretariat/working-days?country=FRA&year=2027");
        assertThat(post("/secretariat/working-days/forget", SECRETARY)
                        .param("country", "FRA")
                        .param("on", "x")
                        .exchange())
                .hasStatus(404);
    }

    private MvcTestResult correct(String country, String on, String kind, String note) {
        return post("/secretariat/working-days", SECRETARY)
                .param("country", country)
                .param("on", on)
                .param("kind", kind)
                .param("note", note)
                .exchange();
    }
}
