package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.Databases;
import org.sterna.register.AccountAdministration.Happening;
import org.sterna.register.AccountAdministration.InvalidOfficer;
import org.sterna.register.AccountAdministration.NotAllowed;
import org.sterna.register.AccountAdministration.Officer;
import org.sterna.register.AccountAdministration.Status;
import org.sterna.register.AccountLetters.Kind;
import org.sterna.register.AccountLetters.Letter;

/** How persons come by their accounts and passwords, and lose them. */
class CredentialsTests {

    private static final String PASSWORD = "quiet tern over water";
    private static final Duration LEASE = Duration.ofMinutes(10);

    @Nested
    class OnH2 extends OnDatabase {
        OnH2() {
            super(Databases::h2);
        }
    }

    @Nested
    class OnPostgresql extends OnDatabase {
        OnPostgresql() {
            super(Databases::postgres);
        }
    }

    abstract static class OnDatabase {

        private final TestRegister register;
        private final TransactionTemplate transaction;

        OnDatabase(Supplier<DataSource> database) {
            register = new TestRegister(database.get());
            transaction = new TransactionTemplate(register.transactions);
        }

        @BeforeEach
        void fill() {
            register.fillWithDemo();
        }

        @Test
        void opensAnAccountThatWaitsForItsPassword() {
            open("anna");

            assertThat(register.administration.find("anna").orElseThrow())
                    .returns(Status.INVITED, AccountAdministration.Entry::status)
                    .returns(Set.of("secretariat"), AccountAdministration.Entry::seats);
            assertThat(register.accounts.passwordMatches("anna", "")).isFalse();
            assertThat(register.accounts.find("anna").orElseThrow().secretariat())
                    .isTrue();
            assertThat(take())
                    .singleElement()
                    .returns(Kind.INVITATION, Letter::kind)
                    .returns("anna@example.org", Letter::email)
                    .returns(Locale.FRENCH, Letter::language);
        }

        @Test
        void setsThePasswordByALinkOnce() {
            String secret = invite("anna");

            assertThat(register.credentials.meantBy(secret)).contains("anna");
            assertThat(set(secret, PASSWORD)).contains("anna");

            assertThat(register.accounts.passwordMatches("anna", PASSWORD)).isTrue();
            assertThat(register.credentials.meantBy(secret)).isEmpty();
            assertThat(set(secret, "another " + PASSWORD)).isEmpty();
            assertThat(register.accounts.passwordMatches("anna", PASSWORD)).isTrue();
            assertThat(register.administration.find("anna").orElseThrow().status())
                    .isEqualTo(Status.ACTIVE);
        }

        @Test
        void keepsNoSecretAnywhere() {
            String secret = invite("anna");

            assertThat(secret).matches("[A-Za-z0-9_-]{43}");
            for (String table : List.of("account_link", "account_letter", "account_event", "account")) {
                assertThat(register.database
                                .sql("select * from " + table)
                                .query()
                                .listOfRows()
                                .toString())
                        .as(table)
                        .doesNotContain(secret);
            }
        }

        @Test
        void holdsALinkForSevenDays() {
            String secret = invite("anna");
            register.clock.advance(Duration.ofDays(7).minusSeconds(1));
            assertThat(register.credentials.meantBy(secret)).isPresent();

            register.clock.advance(Duration.ofSeconds(1));

            assertThat(set(secret, PASSWORD)).isEmpty();
        }

        @Test
        void endsOtherLinksWithTheFirstThatIsUsed() {
            String first = invite("anna");
            register.credentials.forgotten("anna");
            Letter reset = take().get(0);
            String second = register.letters.secret(reset);

            set(first, PASSWORD);

            assertThat(reset.kind()).isEqualTo(Kind.RESET);
            assertThat(set(second, PASSWORD)).isEmpty();
        }

        @Test
        void leavesALinkUsableWhosePasswordWasRefused() {
            String secret = invite("anna");

            assertThatExceptionOfType(InvalidPassword.class)
                    .isThrownBy(() -> set(secret, "short"))
                    .returns(InvalidPassword.Fault.SHORT, InvalidPassword::fault);

            assertThat(set(secret, PASSWORD)).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"che-nfp", "CHE-NFP", " che-nfp@example.org "})
        void sendsALinkToWhoeverForgotThePassword(String typed) {
            register.credentials.forgotten(typed);

            assertThat(take())
                    .singleElement()
                    .returns("che-nfp", Letter::username)
                    .returns(Kind.RESET, Letter::kind);
        }

        @Test
        void sendsNothingToStrangersNorMoreThanThreeLinksAnHour() {
            for (int i = 0; i < 5; i++) {
                register.credentials.forgotten("che-nfp");
                register.credentials.forgotten("nobody" + i);
            }

            List<Letter> taken = take();
            assertThat(taken).hasSize(3).extracting(Letter::username).containsOnly("che-nfp");
            taken.forEach(letter -> register.letters.sent(letter.id(), "250 ok"));
            assertThat(register.count("password_request")).isZero();
            register.clock.advance(Duration.ofHours(1));
            register.credentials.forgotten("che-nfp");
            assertThat(take()).hasSize(1);
        }

        @Test
        void sendsNothingToWhoeverHoldsNoOfficeAnyMore() {
            register.end("nfp-CHE");
            register.credentials.forgotten("che-nfp");

            assertThat(take()).isEmpty();
        }

        @Test
        void keepsARoomfulOfRequestsAndNoMore() {
            for (int i = 0; i < 1002; i++) {
                register.credentials.forgotten("nobody" + i);
            }

            assertThat(register.count("password_request")).isEqualTo(1000);
        }

        @Test
        void changesAPasswordAndTellsTheAddress() {
            int before = register.accounts.find("che-nfp").orElseThrow().sessionsEnded();

            assertThat(register.credentials.change("che-nfp", "wrong", PASSWORD))
                    .isFalse();
            assertThat(register.credentials.change("che-nfp", DemoRegister.PASSWORD, PASSWORD))
                    .isTrue();

            assertThat(register.accounts.passwordMatches("che-nfp", PASSWORD)).isTrue();
            assertThat(register.accounts.find("che-nfp").orElseThrow().sessionsEnded())
                    .isEqualTo(before + 1);
            assertThat(take()).extracting(Letter::kind).containsExactly(Kind.PASSWORD_CHANGED);
        }

        @Test
        void tellsTheAddressBeforeThatAnotherHasTakenItsPlace() {
            register.credentials.forgotten("che-nfp");
            String secret = register.letters.secret(take().get(0));

            register.addresses.correct("che-nfp@example.org", "new@example.org", "secretariat");

            assertThat(take())
                    .singleElement()
                    .returns(Kind.ADDRESS_CHANGED, Letter::kind)
                    .returns("che-nfp@example.org", Letter::email);
            assertThat(register.credentials.meantBy(secret))
                    .as("a link to the address before")
                    .isEmpty();
        }

        @Test
        void givesAHolderWithoutAccountOneOfTheirOwn() {
            UUID term = UUID.randomUUID();
            register.database.sql("""
                            insert into term_of_office (id, seat_code, name, email, language, first_day, confirmed)
                            values (:id, 'mfa-CHE', 'Mia Foreign', 'mia@example.org', 'fr', date '2026-01-01', true)
                            """).param("id", term).update();

            assertThat(register.administration.withoutAccount())
                    .extracting(Holder::id)
                    .containsExactly(term);
            assertThat(register.administration.openFor(term, "admin")).contains("che-mfa");

            assertThat(register.accounts.find("che-mfa").orElseThrow())
                    .returns("CHE", Account::partyCode)
                    .returns("Mia Foreign", Account::displayName);
            assertThat(register.administration.withoutAccount()).isEmpty();
            assertThat(register.administration.openFor(term, "admin")).isEmpty();
            assertThat(take()).extracting(Letter::email).containsExactly("mia@example.org");
        }

        @Test
        void locksUnlocksAndEnds() {
            String secret = invite("anna");
            set(secret, PASSWORD);

            register.administration.lock("anna", "admin");
            assertThat(register.accounts.find("anna")).isEmpty();
            assertThat(register.accounts.passwordMatches("anna", PASSWORD)).isFalse();
            register.administration.unlock("anna", "admin");
            assertThat(register.accounts.passwordMatches("anna", PASSWORD)).isTrue();
            register.administration.endSessions("anna", "admin");
            register.administration.end("anna", "admin");
            register.administration.unlock("anna", "admin");
            assertThat(register.accounts.find("anna")).isEmpty();
            assertThat(register.administration.invite("anna", "admin")).isFalse();

            assertThat(register.administration.events("anna"))
                    .extracting(AccountAdministration.Event::what)
                    .containsExactly(
                            Happening.ENDED,
                            Happening.SESSIONS_ENDED,
                            Happening.UNLOCKED,
                            Happening.LOCKED,
                            Happening.PASSWORD_SET,
                            Happening.OPENED);
            assertThat(register.administration.events("anna"))
                    .extracting(AccountAdministration.Event::actor)
                    .containsExactly("admin", "admin", "admin", "admin", "anna", "admin");
        }

        @Test
        void leavesAnAdministrator() {
            assertThatThrownBy(() -> register.administration.lock("admin", "admin"))
                    .isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> register.administration.end("admin", "secretariat"))
                    .isInstanceOf(NotAllowed.class);
            register.administration.open(
                    new Officer("anna", "Anna", "anna@example.org", Locale.ENGLISH, true), "admin");
            register.administration.end("admin", "anna");

            assertThat(register.accounts.find("admin")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"username:Anna", "username:che-nfp", "name: ", "name:A\nB", "email:nobody"})
        void refusesWhatCannotBeAnOfficer(String wrong) {
            String[] part = wrong.split(":", 2);

            assertThatExceptionOfType(InvalidOfficer.class)
                    .isThrownBy(() -> register.administration.open(
                            new Officer(
                                    part[0].equals("username") ? part[1] : "anna",
                                    part[0].equals("name") ? part[1] : "Anna",
                                    part[0].equals("email") ? part[1] : "anna@example.org",
                                    Locale.ENGLISH,
                                    false),
                            "admin"))
                    .returns(part[0], InvalidOfficer::field);
        }

        @Test
        void givesALetterToOneSenderOnlyAndAgainOnceTheLeaseIsOver() {
            open("anna");

            assertThat(take()).hasSize(1);
            assertThat(take()).isEmpty();
            register.clock.advance(LEASE);
            assertThat(take()).singleElement().returns(2, Letter::attempts);
        }

        @Test
        void givesUpALetterAfterThreeDays() {
            open("anna");
            Letter letter = take().get(0);
            register.letters.notSent(letter, Duration.ofMinutes(1), "refused");
            register.clock.advance(Duration.ofDays(3).plusSeconds(1));
            letter = take().get(0);

            register.letters.notSent(letter, Duration.ofMinutes(1), "refused");

            register.clock.advance(Duration.ofDays(1));
            assertThat(take()).isEmpty();
            assertThat(register.administration.find("anna").orElseThrow().letter())
                    .isEqualTo("failed");
        }

        @Test
        void invitesTheSuccessorOfANomination() {
            register.appointments.confirm(new Appointments.Nomination(
                    "nfp-KEN",
                    "ken-nfp",
                    Map.of("replaces", "successor", "familyName", "Otieno", "workEmail", "otieno@example.org"),
                    TestRegister.START.atOffset(ZoneOffset.UTC).toLocalDate(),
                    UUID.randomUUID(),
                    "secretariat"));

            Letter letter = take().get(0);
            assertThat(letter)
                    .returns(Kind.INVITATION, Letter::kind)
                    .returns("ken-nfp-2", Letter::username)
                    .returns("otieno@example.org", Letter::email);
            set(register.letters.secret(letter), PASSWORD);
            assertThat(Stream.of("ken-nfp", "ken-nfp-2")
                            .map(name -> register.accounts.find(name).orElseThrow()))
                    .extracting(Account::hasAccess)
                    .containsExactly(false, true);
            assertThat(register.administration.events("ken-nfp-2"))
                    .last()
                    .returns(Happening.OPENED, AccountAdministration.Event::what)
                    .returns("secretariat", AccountAdministration.Event::actor);
        }

        private void open(String username) {
            register.administration.open(
                    new Officer(username, "Anna Muster", username + "@example.org", Locale.FRENCH, false), "admin");
        }

        private String invite(String username) {
            open(username);
            return register.letters.secret(take().get(0));
        }

        private List<Letter> take() {
            return transaction.execute(status -> register.letters.take(50, LEASE));
        }

        private Optional<String> set(String secret, String password) {
            return transaction.execute(status -> register.credentials.set(secret, password));
        }
    }
}
