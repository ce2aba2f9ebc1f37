package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.sterna.Databases;
import org.sterna.register.Appointments.Nomination;

/** The register with its demonstration offices, on both databases; every test is rolled back. */
class RegisterTests {

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(Databases.h2());
        }
    }

    @Nested
    class OnPostgres extends Contract {
        OnPostgres() {
            super(Databases.postgres());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {

        private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

        private final DataSource database;
        private TestRegister register;
        private Parties parties;
        private Seats seats;
        private Accounts accounts;
        private Appointments appointments;
        private TransactionStatus transaction;

        Contract(DataSource database) {
            this.database = database;
            new TestRegister(database).fillWithDemo();
        }

        @BeforeEach
        void begin() {
            register = new TestRegister(database);
            parties = register.parties;
            seats = register.seats;
            accounts = register.accounts;
            appointments = register.appointments;
            transaction = register.transactions.getTransaction(new DefaultTransactionDefinition());
        }

        @AfterEach
        void rollBack() {
            register.transactions.rollback(transaction);
        }

        @Test
        void knowsAllPartiesInOrderOfCode() {
            assertThat(parties.all()).hasSize(133).extracting(Party::code).isSorted();
        }

        @Test
        void namesAPartyInThreeLanguages() {
            Party party = parties.find("CHE").orElseThrow();

            assertThat(List.of(party.nameEn(), party.nameFr(), party.nameEs()))
                    .containsExactly("Switzerland", "Suisse", "Suiza");
        }

        @Test
        void findsNoPartyForATextThatNoDatabaseKeeps() {
            assertThat(parties.find("CHE\0")).isEmpty();
        }

        @Test
        void tellsUnknownPartiesInTheOrderGiven() {
            assertThat(parties.unknown(List.of("XXX", "CHE", "AAA"))).containsExactly("XXX", "AAA");
        }

        @Test
        void hasSevenSeatsForEveryParty() {
            assertThat(register.count("seat where party_code is not null")).isEqualTo(7 * 133);
        }

        @Test
        void hasSeatsForEveryRegionTheStandingCommitteeAndTheSecretariat() {
            assertThat(register.database
                            .sql("select code from seat where party_code is null order by code")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder(
                            "rep-africa",
                            "rep-asia",
                            "rep-europe",
                            "rep-oceania",
                            "rep-south-central-america-caribbean",
                            "secretariat",
                            "stc");
        }

        @Test
        void fillsNothingTwice() {
            List<Integer> before = List.of(
                    register.count("party"),
                    register.count("seat"),
                    register.count("account"),
                    register.count("term_of_office"));

            register.fillWithDemo();

            assertThat(List.of(
                            register.count("party"),
                            register.count("seat"),
                            register.count("account"),
                            register.count("term_of_office")))
                    .isEqualTo(before);
        }

        @Test
        void fillsWhatIsMissing() {
            register.database.sql("delete from seat where code = 'scc-CHE'").update();

            register.fillWithDemo();

            assertThat(register.count("seat where code = 'scc-CHE'")).isEqualTo(1);
        }

        @Test
        void leavesTwentyFourFocalPointsOfTheDemonstrationWithoutALetter() {
            assertThat(parties.withoutConfirmed(SeatRole.NFP))
                    .hasSize(24)
                    .extracting(Party::code)
                    .contains("CHE", "FRA", "ARG", "KEN", "IND", "AUS");
        }

        @ParameterizedTest
        @CsvSource({
            "nfp-ETH, 'National Focal Point, Ethiopia'",
            "nfp-CHE, 'Point focal national, Suisse'",
            "nfp-ARG, 'Punto focal nacional, Argentina'"
        })
        void addressesAnOfficeInThePartysLanguage(String seat, String name) {
            assertThat(seats.reachedBy(seat)).extracting(Holder::name).containsExactly(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"nfp-CHE", "alt-CHE", "rep-africa", "secretariat"})
        void reachesTheHolderInOffice(String seat) {
            assertThat(seats.reachedBy(seat)).extracting(Holder::seatCode).containsExactly(seat);
        }

        @Test
        void letsTheFocalPointRecordWhatAMinistryDecidedWithoutMail() {
            assertThat(reached("min-CHE")).containsExactly("che-min", "che-nfp");
            assertThat(seats.heldBy("che-nfp")).contains("min-CHE");
            assertThat(seats.heldBy("che-min")).containsExactly("min-CHE");
            assertThat(accounts.query(Set.of(), Optional.of("min-CHE")))
                    .extracting(Account::username)
                    .containsExactlyInAnyOrder("che-min", "che-nfp");
            assertThat(seats.mailedBy("min-CHE")).extracting(Holder::username).containsExactly("che-min");
            assertThat(seats.mailedByEach(Set.of("min-CHE")).get("min-CHE"))
                    .extracting(Holder::username)
                    .containsExactly("che-min");
        }

        @Test
        void letsWhoActsForTheFocalPointRecordForAMinistryButNotTheSecretariat() {
            appointments.absent("nfp-CHE", TODAY, TODAY);
            assertThat(reached("min-CHE")).containsExactly("che-min", "che-nfp", "che-alt");

            register.end("nfp-CHE");
            assertThat(reached("min-CHE")).containsExactly("che-min", "che-alt");

            register.end("alt-CHE");
            assertThat(reached("min-CHE")).containsExactly("che-min");
        }

        @ParameterizedTest
        @ValueSource(strings = {"min-CHE", "mfa-CHE", "fin-CHE", "inst-CHE", "scc-CHE", "alt-CHE"})
        void fallsFromAVacantSeatOfAPartyToTheFocalPoint(String seat) {
            register.end(seat);

            assertThat(reached(seat)).containsExactly("che-nfp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"min-CHE", "mfa-CHE", "nfp-CHE"})
        void fallsFurtherToTheAlternate(String seat) {
            register.end("min-CHE");
            register.end("nfp-CHE");

            assertThat(reached(seat)).containsExactly("che-alt");
        }

        @ParameterizedTest
        @ValueSource(strings = {"min-CHE", "mfa-CHE", "nfp-CHE", "alt-CHE"})
        void fallsToTheSecretariatWhereAPartyHasNobody(String seat) {
            register.end("min-CHE");
            register.end("nfp-CHE");
            register.end("alt-CHE");

            assertThat(reached(seat)).containsExactly("secretariat");
        }

        @ParameterizedTest
        @ValueSource(strings = {"rep-africa", "stc"})
        void fallsFromAVacantSeatOfNoPartyToTheSecretariat(String seat) {
            register.end(seat);

            assertThat(reached(seat)).containsExactly("secretariat");
        }

        @Test
        void refusesToAskForASeatOfNoKnownRole() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> seats.reachedBy("camunda-admin"))
                    .withMessage("There is no seat camunda-admin.");
        }

        @Test
        void countsADisabledHolderAsNotInOffice() {
            register.disable("che-nfp");

            assertThat(reached("nfp-CHE")).containsExactly("che-alt");
        }

        @Test
        void countsATermOnItsFirstAndLastDayOnly() {
            term("nfp-CHE", null, "Guest", TODAY.plusDays(1), TODAY.plusDays(2));

            assertThat(daysInOffice("Guest", 4)).containsExactly(1, 2);
        }

        @Test
        void reachesTheAlternateAsWellDuringAnAbsence() {
            appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(7));

            assertThat(reached("nfp-CHE")).containsExactly("che-nfp", "che-alt");
        }

        @Test
        void reachesTheActingAlternateThroughAVacantSeatToo() {
            appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(7));

            assertThat(reached("mfa-CHE")).containsExactly("che-nfp", "che-alt");
        }

        @Test
        void endsActingWithTheAbsence() {
            appointments.absent("nfp-CHE", TODAY.minusDays(7), TODAY.minusDays(1));

            assertThat(reached("nfp-CHE")).containsExactly("che-nfp");
        }

        @Test
        void givesAFocalPointTheVacantSeatsOfItsPartyAndTheMinistrys() {
            assertThat(seats.heldBy("che-nfp"))
                    .containsExactlyInAnyOrder("nfp-CHE", "min-CHE", "mfa-CHE", "fin-CHE", "inst-CHE", "scc-CHE");
        }

        @Test
        void givesAnActingAlternateTheFocalPointsSeats() {
            appointments.absent("nfp-CHE", TODAY, TODAY);

            assertThat(seats.heldBy("che-alt"))
                    .containsExactlyInAnyOrder(
                            "alt-CHE", "nfp-CHE", "min-CHE", "mfa-CHE", "fin-CHE", "inst-CHE", "scc-CHE");
        }

        @Test
        void givesTheSecretariatOnlyWhatNobodyElseIsReachedBy() {
            register.end("nfp-CHE");
            register.end("alt-CHE");

            assertThat(seats.heldBy("secretariat"))
                    .containsExactlyInAnyOrder(
                            "secretariat", "stc", "nfp-CHE", "alt-CHE", "mfa-CHE", "fin-CHE", "inst-CHE", "scc-CHE");
        }

        /** Whichever seats are vacant, and whoever is absent. */
        @Test
        void givesEachAccountTheSeatsWhoseWorkReachesIt() {
            List<String> codes = register.database
                    .sql("select code from seat order by code")
                    .query(String.class)
                    .list();
            Random random = new Random(20261128);
            Set<String> ended = codes.stream()
                    .filter(code -> !code.equals("secretariat") && random.nextInt(3) == 0)
                    .collect(Collectors.toSet());
            ended.forEach(register::end);
            codes.stream()
                    .filter(code -> code.startsWith("nfp-") && random.nextInt(5) == 0)
                    .filter(code -> !ended.contains(code) && !ended.contains(code.replace("nfp-", "alt-")))
                    .forEach(code -> appointments.absent(code, TODAY, TODAY));
            Map<String, Set<String>> reaching = new HashMap<>();
            seats.reachedByEach(codes).forEach((code, holders) -> holders.stream()
                    .filter(holder -> holder.username() != null)
                    .forEach(holder -> reaching.computeIfAbsent(holder.username(), name -> new HashSet<>())
                            .add(code)));

            assertThat(reaching.get("secretariat")).anyMatch(code -> code.startsWith("nfp-"));
            assertThat(register.database
                            .sql("select username from account order by username")
                            .query(String.class)
                            .list())
                    .hasSizeGreaterThan(200)
                    .allSatisfy(name ->
                            assertThat(seats.heldBy(name)).as(name).isEqualTo(reaching.getOrDefault(name, Set.of())));
        }

        @Test
        void givesARepresentativeTheRegionsSeatOnly() {
            assertThat(seats.heldBy("rep-africa")).containsExactly("rep-africa");
        }

        @Test
        void givesNothingToADisabledAccount() {
            register.disable("che-nfp");

            assertThat(seats.heldBy("che-nfp")).isEmpty();
        }

        @Test
        void doesNotCountFallBackAsHeld() {
            assertThat(List.of(seats.held("nfp-CHE"), seats.held("mfa-CHE"))).containsExactly(true, false);
        }

        @Test
        void tellsWhoIsInOfficeInSeveralSeatsWithoutFallBackOrActing() {
            appointments.absent("nfp-CHE", TODAY, TODAY);

            assertThat(seats.inOffice(List.of("nfp-CHE", "alt-CHE", "mfa-CHE", "secretariat")))
                    .containsOnlyKeys("nfp-CHE", "alt-CHE", "secretariat")
                    .hasEntrySatisfying("nfp-CHE", holders -> assertThat(holders)
                            .extracting(Holder::username)
                            .containsExactly("che-nfp"));
            assertThat(seats.inOffice(List.of())).isEmpty();
        }

        @Test
        void namesSeveralAccountsInUse() {
            register.disable("fra-nfp");

            assertThat(accounts.names(List.of("che-alt", "che-alt", "fra-nfp", "nobody")))
                    .containsExactly(Map.entry("che-alt", "Suppléant du point focal national, Suisse"));
            assertThat(accounts.names(List.of())).isEmpty();
        }

        @Test
        void findsAnAccountWithItsSeats() {
            assertThat(accounts.find("che-alt"))
                    .contains(new Account(
                            "che-alt",
                            "Suppléant du point focal national, Suisse",
                            "che-alt@example.org",
                            Locale.FRENCH,
                            "CHE",
                            Set.of("alt-CHE"),
                            false));
        }

        @Test
        void makesNoSeatOutOfAdministration() {
            Account admin = accounts.find("admin").orElseThrow();

            assertThat(admin).returns(true, Account::administrator).returns(Set.of(), Account::seats);
        }

        @Test
        void doesNotFindADisabledAccount() {
            register.disable("che-nfp");

            assertThat(accounts.find("che-nfp")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "che-nfp, sterna-demo-2026, true",
            "che-nfp, sterna-demo-2025, false",
            "che-nfp, '', false",
            "nobody, sterna-demo-2026, false"
        })
        void comparesPasswords(String username, String password, boolean matches) {
            assertThat(accounts.passwordMatches(username, password)).isEqualTo(matches);
        }

        @Test
        void matchesNoPasswordOfADisabledAccount() {
            register.disable("che-nfp");

            assertThat(accounts.passwordMatches("che-nfp", DemoRegister.PASSWORD))
                    .isFalse();
        }

        @Test
        void listsAllEnabledAccounts() {
            register.disable("che-nfp");

            assertThat(accounts.query(Set.of(), Optional.empty())).hasSize(3 * 133 + 5 + 2 - 1);
        }

        @Test
        void listsTheSameAccountAsItFinds() {
            assertThat(accounts.query(Set.of("che-nfp"), Optional.empty()))
                    .containsExactly(accounts.find("che-nfp").orElseThrow());
        }

        @Test
        void listsTheAccountsThatASeatReaches() {
            appointments.absent("nfp-CHE", TODAY, TODAY);

            assertThat(accounts.query(Set.of(), Optional.of("nfp-CHE")))
                    .extracting(Account::username)
                    .containsExactly("che-alt", "che-nfp");
        }

        @Test
        void listsNobodyForASeatThatIsNone() {
            assertThat(accounts.query(Set.of(), Optional.of("camunda-admin"))).isEmpty();
        }

        @Test
        void listsOnlyAccountsThatMeetBothRestrictions() {
            assertThat(accounts.query(Set.of("fra-nfp"), Optional.of("nfp-CHE")))
                    .isEmpty();
        }

        @Test
        void confirmsTheDesignatesProvisionalTerm() {
            Holder before = seats.terms("nfp-CHE").get(0);
            UUID letter = UUID.randomUUID();

            Holder confirmed = appointments.confirm(nomination("che-nfp", letter, TODAY));

            assertThat(confirmed)
                    .isEqualTo(new Holder(
                            before.id(),
                            "nfp-CHE",
                            "che-nfp",
                            "Given Family",
                            "given@example.org",
                            Locale.ENGLISH,
                            before.from(),
                            null,
                            true,
                            letter));
        }

        @Test
        void keepsWhatItConfirmed() {
            Holder confirmed = appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            assertThat(seats.terms("nfp-CHE")).containsExactly(confirmed);
        }

        @Test
        void keepsThePersonBlockWithTheTerm() {
            Holder confirmed = appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            assertThat(register.database
                            .sql("select person from term_of_office where id = :id")
                            .param("id", confirmed.id())
                            .query(String.class)
                            .single())
                    .contains("\"position\":\"Head of unit\"");
        }

        @Test
        void makesTheDesignatesAccountFollow() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            assertThat(accounts.find("che-nfp").orElseThrow())
                    .returns("Given Family", Account::displayName)
                    .returns("given@example.org", Account::email)
                    .returns(Locale.ENGLISH, Account::language);
        }

        @Test
        void takesTheLongestNamesThatAFormLetsThrough() {
            String given = "G".repeat(100);
            String family = "\uD83D\uDC26".repeat(100);

            Holder confirmed = appointments.confirm(new Nomination(
                    "nfp-CHE",
                    "che-nfp",
                    Map.of("givenName", given, "familyName", family, "workEmail", "given@example.org"),
                    TODAY,
                    UUID.randomUUID()));

            assertThat(seats.terms("nfp-CHE").get(0).name()).isEqualTo(given + " " + family);
            assertThat(accounts.find("che-nfp").orElseThrow().displayName()).isEqualTo(confirmed.name());
        }

        @Test
        void confirmsTheDesignateWhomTheFormerHolderNominated() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));
            register.database
                    .sql("""
                            insert into term_of_office (id, seat_code, username, name, email, language, first_day,
                                confirmed)
                            values (:id, 'nfp-CHE', 'che-min', 'Designate', 'guest@example.org', 'en', :from, false)
                            """)
                    .param("id", UUID.randomUUID())
                    .param("from", TODAY)
                    .update();

            Holder confirmed = appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY.plusDays(1)));

            assertThat(confirmed.username()).isEqualTo("che-min");
            assertThat(seats.terms("nfp-CHE"))
                    .filteredOn(term -> "che-nfp".equals(term.username()))
                    .extracting(Holder::to)
                    .containsExactly(TODAY);
        }

        @Test
        void takesAConfirmedPartyOffTheListOfThoseWithout() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            assertThat(parties.withoutConfirmed(SeatRole.NFP))
                    .hasSize(23)
                    .extracting(Party::code)
                    .doesNotContain("CHE");
        }

        @Test
        void confirmsTheSameLetterOnce() {
            UUID letter = UUID.randomUUID();
            Holder first = appointments.confirm(nomination("che-nfp", letter, TODAY));

            assertThat(appointments.confirm(nomination(null, letter, TODAY.plusDays(3))))
                    .isEqualTo(first);
        }

        @Test
        void confirmsTheOnlyProvisionalTermWhenNobodyIsDesignated() {
            assertThat(appointments
                            .confirm(nomination(null, UUID.randomUUID(), TODAY))
                            .username())
                    .isEqualTo("che-nfp");
        }

        @Test
        void beginsANewTermWhereNoneIsProvisional() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            appointments.confirm(successor(null, TODAY.plusDays(10)));

            assertThat(seats.terms("nfp-CHE"))
                    .extracting(Holder::username, Holder::to)
                    .containsExactly(tuple("che-nfp-2", null), tuple("che-nfp", TODAY.plusDays(9)));
        }

        @Test
        void leavesTheOldHolderInOfficeUntilTheNewOneBegins() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));
            appointments.confirm(successor(null, TODAY.plusDays(2)));

            String old = accounts.find("che-nfp").orElseThrow().seats().contains("nfp-CHE") ? "in" : "out";
            register.clock.advance(Period.ofDays(2));
            String later = accounts.find("che-nfp").orElseThrow().seats().contains("nfp-CHE") ? "in" : "out";

            assertThat(List.of(old, later)).containsExactly("in", "out");
        }

        @Test
        void forgetsTheAbsenceOfTheOneReplaced() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));
            appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(30));
            appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(40));

            appointments.confirm(successor(null, TODAY));

            assertThat(seats.reachedBy("nfp-CHE")).extracting(Holder::name).containsExactly("Next Holder");
        }

        @Test
        void takesThePartysLanguageWhereNoneOfOursIsPreferred() {
            Nomination nomination = new Nomination(
                    "nfp-CHE",
                    "che-nfp",
                    Map.of("familyName", "Family", "workEmail", "f@example.org", "preferredLanguages", List.of("de")),
                    TODAY,
                    UUID.randomUUID());

            assertThat(appointments.confirm(nomination).language()).isEqualTo(Locale.FRENCH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "someone", "a@b c", "a@b.c\nBcc: x@y.z"})
        void refusesANominationWithoutUsableAddress(String email) {
            Nomination nomination = new Nomination(
                    "nfp-CHE", "che-nfp", Map.of("familyName", "Family", "workEmail", email), TODAY, UUID.randomUUID());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> appointments.confirm(nomination))
                    .withMessageStartingWith("workEmail: ");
        }

        @Test
        void acceptsAnAbsenceOfTheLongestLength() {
            appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(184));

            assertThat(register.count("absence")).isEqualTo(1);
        }

        @Test
        void refusesALongerAbsence() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> appointments.absent("nfp-CHE", TODAY, TODAY.plusDays(185)))
                    .withMessageStartingWith("to: an absence ends at most 184 days after its first day.");
        }

        @Test
        void refusesAnAbsenceThatEndsBeforeItBegins() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> appointments.absent("nfp-CHE", TODAY, TODAY.minusDays(1)))
                    .withMessageStartingWith("to: the last day");
        }

        @ParameterizedTest
        @ValueSource(strings = {"alt-CHE", "secretariat", "nfp-XXX"})
        void refusesAnAbsenceFromAnyButAFocalPointsSeat(String seat) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> appointments.absent(seat, TODAY, TODAY))
                    .withMessageStartingWith("seatCode: ");
        }

        @Test
        void registersTheSameAbsenceOnce() {
            appointments.absent("nfp-CHE", TODAY, TODAY);
            appointments.absent("nfp-CHE", TODAY, TODAY);

            assertThat(register.count("absence")).isEqualTo(1);
        }

        private List<String> reached(String seat) {
            return seats.reachedBy(seat).stream().map(Holder::username).toList();
        }

        private List<Integer> daysInOffice(String name, int days) {
            List<Integer> inOffice = new ArrayList<>();
            for (int day = 0; day < days; day++) {
                if (seats.reachedBy("nfp-CHE").stream()
                        .anyMatch(holder -> holder.name().equals(name))) {
                    inOffice.add(day);
                }
                register.clock.advance(Period.ofDays(1));
            }
            return inOffice;
        }

        private void term(String seat, String username, String name, LocalDate from, LocalDate to) {
            register.database
                    .sql("""
                            insert into term_of_office (id, seat_code, username, name, email, language, first_day,
                                last_day, confirmed)
                            values (:id, :seat, :username, :name, 'guest@example.org', 'en', :from, :to, true)
                            """)
                    .param("id", UUID.randomUUID())
                    .param("seat", seat)
                    .param("username", username)
                    .param("name", name)
                    .param("from", from)
                    .param("to", to)
                    .update();
        }

        /** The former holder nominates the next one, as the form has it. */
        @Test
        void leavesTheOldAccountToTheOneReplaced() {
            Holder confirmed = appointments.confirm(successor("che-nfp", TODAY));

            assertThat(confirmed).returns("che-nfp-2", Holder::username).returns("Next Holder", Holder::name);
            assertThat(accounts.find("che-nfp").orElseThrow())
                    .returns(Set.of(), Account::seats)
                    .returns(null, Account::partyCode)
                    .returns(false, Account::hasAccess)
                    .returns("che-nfp@example.org", Account::email);
            assertThat(accounts.find("che-nfp-2").orElseThrow())
                    .returns("CHE", Account::partyCode)
                    .returns("next@example.org", Account::email);
            assertThat(accounts.passwordMatches("che-nfp-2", DemoRegister.PASSWORD))
                    .isFalse();
        }

        /** Named otherwise than the letter before, whatever the form says about it. */
        @Test
        void givesAnotherPersonAnAccountOfTheirOwn() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            Holder confirmed = appointments.confirm(new Nomination(
                    "nfp-CHE",
                    "che-nfp",
                    Map.of("familyName", "Other", "workEmail", "given@example.org"),
                    TODAY,
                    UUID.randomUUID()));

            assertThat(confirmed.username()).isEqualTo("che-nfp-2");
            assertThat(accounts.find("che-nfp").orElseThrow().displayName()).isEqualTo("Given Family");
        }

        @Test
        void leavesTheAccountToThePersonWhoseNameIsWrittenOtherwise() {
            appointments.confirm(nomination("che-nfp", UUID.randomUUID(), TODAY));

            Holder confirmed = appointments.confirm(new Nomination(
                    "nfp-CHE",
                    "che-nfp",
                    Map.of("givenName", "Gívèn", "familyName", "FAMILY-Smith", "workEmail", "other@example.org"),
                    TODAY,
                    UUID.randomUUID()));

            assertThat(confirmed.username()).isEqualTo("che-nfp");
            assertThat(letters())
                    .containsExactly("ADDRESS_CHANGED che-nfp@example.org", "ADDRESS_CHANGED given@example.org");
        }

        @Test
        void goesOnWithAnAccountThatThePersonHasInTheParty() {
            register.database
                    .sql(
                            "update account set display_name = 'Next Holder', email = 'Next@example.org' where username = 'che-alt'")
                    .update();

            assertThat(appointments.confirm(successor("che-nfp", TODAY)).username())
                    .isEqualTo("che-alt");
            assertThat(accounts.find("che-alt").orElseThrow().seats()).contains("nfp-CHE", "alt-CHE");
        }

        @Test
        void endsAccessWithTheLastTermByTheClock() {
            register.database
                    .sql("update term_of_office set last_day = :day where username = 'che-min'")
                    .param("day", TODAY)
                    .update();

            Account today = accounts.find("che-min").orElseThrow();
            register.clock.advance(Period.ofDays(1));

            assertThat(today).returns("CHE", Account::partyCode).returns(true, Account::hasAccess);
            assertThat(accounts.find("che-min").orElseThrow())
                    .returns(null, Account::partyCode)
                    .returns(false, Account::hasAccess);
            assertThat(accounts.query(Set.of("che-min"), Optional.empty()))
                    .containsExactly(accounts.find("che-min").orElseThrow());
        }

        private List<String> letters() {
            return register.database
                    .sql("select kind || ' ' || email from account_letter order by written_at, email")
                    .query(String.class)
                    .list();
        }

        private static Nomination successor(String username, LocalDate from) {
            return new Nomination(
                    "nfp-CHE",
                    username,
                    Map.of(
                            "replaces", "successor",
                            "givenName", "Next",
                            "familyName", "Holder",
                            "workEmail", "next@example.org"),
                    from,
                    UUID.randomUUID(),
                    "secretariat");
        }

        private static Nomination nomination(String username, UUID evidence, LocalDate from) {
            return new Nomination(
                    "nfp-CHE",
                    username,
                    Map.of(
                            "givenName", "Given",
                            "familyName", "Family",
                            "position", "Head of unit",
                            "workEmail", "given@example.org",
                            "preferredLanguages", List.of("en", "fr")),
                    from,
                    evidence);
        }
    }
}
