package org.sterna.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.pages.PageSlice;
import org.sterna.register.Account;

/** A focal point goes away. */
@WebMvcTest(AbsenceController.class)
class AbsenceControllerTests extends PageSlice {

    @Test
    void registersAnAbsenceOfTheOwnSeat() {
        assertThat(post("/desk/absence", SWISS).param("from", "2026-12-21").param("to", "2027-01-03"))
                .hasRedirectedUrl("/desk");
        then(appointments).should().absent("nfp-CHE", LocalDate.of(2026, 12, 21), LocalDate.of(2027, 1, 3));
    }

    @Test
    void namesTheFieldAndKeepsWhatWasTyped() {
        MvcTestResult result = post("/desk/absence", SWISS)
                .param("from", "2026-12-21")
                .param("to", "2026-12-20")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#to]").text())
                .isEqualTo("Last day: choose the first day or a later one.");
        assertThat(page(result).select("#from").val()).isEqualTo("2026-12-21");
        then(appointments).shouldHaveNoInteractions();
    }

    /** It is 24 November 2026, 11:00 in Bonn. */
    @ParameterizedTest
    @CsvSource({
        "Pacific/Kiritimati, 2026-11-25, 2026-11-24",
        "Pacific/Apia, 2026-11-24, 2026-11-23",
        "Pacific/Fiji, 2026-11-24, 2026-11-23",
        "Europe/Paris, 2026-11-24, 2026-11-23",
        "Pacific/Pago_Pago, 2026-11-23, 2026-11-22"
    })
    void takesAnAbsenceThatEndsTodayWhereThePartyIs(ZoneId zone, String today, String yesterday) {
        reads(zone);

        assertThat(post("/desk/absence", SWISS).param("from", yesterday).param("to", yesterday))
                .hasStatus(422);
        assertThat(post("/desk/absence", SWISS).param("from", yesterday).param("to", today))
                .hasRedirectedUrl("/desk");
    }

    @Test
    void saysThatAnAbsenceIsTooLong() {
        willThrow(new IllegalArgumentException("to: too long"))
                .given(appointments)
                .absent(any(), any(), any());

        assertThat(text(post("/desk/absence", SWISS)
                        .param("from", "2026-12-21")
                        .param("to", "2028-12-20")
                        .exchange()))
                .contains("Last day: the absence is too long.");
    }

    @Test
    void isNotForTheAlternateWhoActs() {
        Account alternate =
                new Account("che-alt", "Beat", "b@example.org", Locale.ENGLISH, "CHE", Set.of("nfp-CHE"), false);
        given(accounts.find("che-alt")).willReturn(Optional.of(alternate));

        assertThat(get("/desk/absence", alternate, Locale.ENGLISH)).hasStatus(404);
        assertThat(get("/desk/absence", SECRETARY, Locale.ENGLISH)).hasStatus(404);
    }
}
