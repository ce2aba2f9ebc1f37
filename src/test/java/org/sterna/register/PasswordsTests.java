package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTests {

    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(
            strings = {"quiet tern over water", "sterna-demo-2026", "mot de passe très personnel", "épervier à l’aube"})
    void acceptsWhatIsLongAndUncommon(String password) {
        assertThat(passwords.match(password, Optional.of(passwords.hash(password))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345",
                "aaaaaaaaaaaaaaaa",
                "abcabcabcabcabc",
                "password12345678",
                "PasswordPassword",
                "P.a.s.s.w.o.r.d.2026",
                "qwertyuiopasdfghjkl",
                "Mot de passe 2026!",
                "nationalfocalpoint",
                "...............",
            })
    void refusesWhatIsCommon(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> passwords.hash(password))
                .withMessageStartingWith("The password is too common");
    }

    @Test
    void refusesFourteenCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> passwords.hash("quiet tern abc"))
                .withMessageStartingWith("The password is too short");
    }

    @Test
    void refusesWhatBcryptWouldCutOff() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> passwords.hash("quiet tern ".repeat(7)))
                .withMessageStartingWith("The password is too long");
    }

    @Test
    void keepsBcryptHashesOfStrengthTen() {
        assertThat(passwords.hash("quiet tern over water")).startsWith("{bcrypt}$2a$10$");
    }

    @Test
    void matchesNothingWithoutAccount() {
        assertThat(passwords.match("quiet tern over water", Optional.empty())).isFalse();
    }
}
