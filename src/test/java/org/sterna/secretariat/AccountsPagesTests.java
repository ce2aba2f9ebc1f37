package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.sterna.pages.PageSlice;
import org.sterna.register.AccountAdministration;
import org.sterna.register.AccountAdministration.Entry;
import org.sterna.register.AccountAdministration.InvalidOfficer;
import org.sterna.register.AccountAdministration.NotAllowed;
import org.sterna.register.AccountAdministration.Officer;

@WebMvcTest(AccountsController.class)
class AccountsPagesTests extends PageSlice {

    private static final String ADDRESS = "/secretariat/accounts";

    @BeforeEach
    void know() {
        given(accountAdministration.find("che-nfp"))
                .willReturn(Optional.of(new Entry(
                        "che-nfp",
                        "Anna Muster",
                        "anna@example.org",
                        Locale.FRENCH,
                        Set.of("nfp-CHE"),
                        false,
                        AccountAdministration.Status.ACTIVE,
                        null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {ADDRESS, ADDRESS + "/new", ADDRESS + "/che-nfp"})
    void areForAdministratorsOnly(String page) {
        assertThat(get(page, SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(get(page, ADMINISTRATOR, Locale.ENGLISH)).hasStatusOk();
    }

    @Test
    void openAnAccountForAColleague() {
        assertThat(post(ADDRESS + "/new", ADMINISTRATOR)
                        .param("username", " anna ")
                        .param("name", "Anna")
                        .param("email", "anna@example.org")
                        .param("language", "fr")
                        .param("administrator", "true"))
                .hasRedirectedUrl(ADDRESS + "/anna");

        then(accountAdministration)
                .should()
                .open(new Officer("anna", "Anna", "anna@example.org", Locale.FRENCH, true), "chief");
    }

    @Test
    void nameTheFieldAndLoseNothingThatWasTyped() {
        InvalidOfficer refused = mock(InvalidOfficer.class);
        given(refused.field()).willReturn("username");
        given(refused.fault()).willReturn("taken");
        willThrow(refused).given(accountAdministration).open(any(), any());

        assertThat(post(ADDRESS + "/new", ADMINISTRATOR)
                        .param("username", "anna")
                        .param("name", "Anna Typed"))
                .hasStatus(422)
                .bodyText()
                .contains("User name: somebody has or had it. Choose another one.", "Anna Typed", "value=\"anna\"");
    }

    @Test
    void endNothingUnlessSomebodyIsSure() {
        assertThat(post(ADDRESS + "/che-nfp/end", ADMINISTRATOR)).hasRedirectedUrl(ADDRESS + "/che-nfp");
        then(accountAdministration).should(never()).end(any(), any());

        assertThat(post(ADDRESS + "/che-nfp/end", ADMINISTRATOR).param("sure", "true"))
                .hasRedirectedUrl(ADDRESS + "/che-nfp");
        then(accountAdministration).should().end("che-nfp", "chief");
    }

    @Test
    void sayWhyTheLastAdministratorStays() {
        willThrow(mock(NotAllowed.class)).given(accountAdministration).lock(any(), any());

        assertThat(post(ADDRESS + "/che-nfp/lock", ADMINISTRATOR))
                .hasRedirectedUrl(ADDRESS + "/che-nfp")
                .flash()
                .containsKey("problem");
    }

    @Test
    void tellThatAHolderHasAnAccountByNow() {
        given(accountAdministration.openFor(any(), any())).willReturn(Optional.empty());

        assertThat(post(ADDRESS + "/holders/" + UUID.randomUUID(), ADMINISTRATOR))
                .hasRedirectedUrl(ADDRESS)
                .flash()
                .containsKey("problem");
    }
}
