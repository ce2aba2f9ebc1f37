package org.sterna.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.notices.PartyLists;
import org.sterna.obligations.Obligation;
import org.sterna.pages.PageSlice;
import org.sterna.register.Account;

/** Who of a region has answered, for its representative. */
@WebMvcTest(PartiesController.class)
class PartiesControllerTests extends PageSlice {

    private static final String PAGE = "/desk/parties?duty=" + DUTY + "&occasion=2026-11";
    private static final Account REPRESENTATIVE = account("rep-europe", "Amina Rep", null, "rep-europe");

    @BeforeEach
    void tell() {
        Obligation answered = new Obligation(
                OWED.id(),
                DUTY,
                OWED.occasion(),
                "CHE",
                Obligation.State.WITH_SECRETARIAT,
                OWED.deadline(),
                OWED.openedAt(),
                null,
                false,
                null);
        given(accounts.find("rep-europe")).willReturn(Optional.of(REPRESENTATIVE));
        given(lists.told(DUTY, "2026-11", REPRESENTATIVE.seats()))
                .willReturn(new PartyLists.Standing("rep-europe", List.of(answered, FOREIGN)));
    }

    @Test
    void showsNamesAndStatesAndNothingElse() {
        MvcTestResult result = get(PAGE, REPRESENTATIVE, Locale.ENGLISH);

        assertThat(page(result).select("tbody tr").eachText())
                .containsExactly("France ! Overdue", "Switzerland ◆ With the Secretariat");
        assertThat(page(result).select("main").text()).contains("Europe · 1 of 2 Parties have answered; 1 is missing.");
        assertThat(page(result).select("tbody a")).as("what the Parties sent").isEmpty();
    }

    @Test
    void leadsToThoseWhoAreMissing() {
        assertThat(page(get(PAGE + "&missing=true", REPRESENTATIVE, Locale.FRENCH))
                        .select("tbody th")
                        .eachText())
                .containsExactly("France");
        assertThat(page(get(PAGE, REPRESENTATIVE, SPANISH)).select("main").text())
                .contains("1 de 2 Partes han respondido; falta 1.");
    }

    @Test
    void isNotThereForWhomNothingWasTold() {
        assertThat(get(PAGE, SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(get("/desk/parties?duty=credentials&occasion=2026-11", REPRESENTATIVE, Locale.ENGLISH))
                .hasStatus(404);
        assertThat(get("/desk/parties", REPRESENTATIVE, Locale.ENGLISH)).hasStatus(404);
    }
}
