package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.Databases;
import org.sterna.register.FirstAdministrator.Settings;

class FirstAdministratorTests {

    private static final String PASSWORD = "quiet tern over water";

    private final TestRegister register = new TestRegister(Databases.h2());

    @Test
    void isAdmittedAsAdministratorInTheSecretariatsSeat() {
        register.fill(false, new Settings("boss", PASSWORD, "boss@example.org"));

        assertThat(register.accounts.find("boss").orElseThrow())
                .returns(true, Account::administrator)
                .returns(true, Account::secretariat);
    }

    @Test
    void canLogIn() {
        register.fill(false, new Settings("boss", PASSWORD, "boss@example.org"));

        assertThat(register.accounts.passwordMatches("boss", PASSWORD)).isTrue();
    }

    @Test
    void isNotAdmittedOnceAnAccountExists() {
        register.fill(false, new Settings("boss", PASSWORD, "boss@example.org"));
        register.fill(false, new Settings("second", PASSWORD, "second@example.org"));

        assertThat(register.accounts.find("second")).isEmpty();
    }

    @Test
    void leavesANewInstallationWithoutAccountsWhenNotConfigured() {
        register.fill(false, new Settings(null, null, null));

        assertThat(register.accounts.any()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Boss, quiet tern over water, a@example.org, username",
        "boss, quiet tern over water, nowhere, email",
        "boss, short, a@example.org, password",
        "boss, passwordpassword2026, a@example.org, password",
        ", quiet tern over water, a@example.org, username"
    })
    void stopsTheStartNamingTheWrongSetting(String username, String password, String email, String wrong) {
        assertThatThrownBy(() -> register.fill(false, new Settings(username, password, email)))
                .isInstanceOf(FirstAdministrator.Unusable.class)
                .hasMessageStartingWith("sterna.first-administrator." + wrong);
    }

    @Test
    void isExplainedInOneLine() {
        var failure = new FirstAdministrator.Unusable("sterna.first-administrator.email needs an e-mail address.");

        assertThat(new FirstAdministratorAnalyzer().analyze(failure).getDescription())
                .isEqualTo("sterna.first-administrator.email needs an e-mail address.");
    }

    @Test
    void doesNotShowThePasswordInItsSettings() {
        assertThat(new Settings("boss", PASSWORD, "boss@example.org").toString())
                .doesNotContain(PASSWORD);
    }
}
