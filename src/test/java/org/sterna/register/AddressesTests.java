package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.sterna.Databases;
import org.sterna.register.Reachability.Reach;

/** Who can be reached by mail, in the demonstration register on both databases; every test is rolled back. */
class AddressesTests {

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

        private final TestRegister register;
        private TransactionStatus transaction;

        Contract(DataSource database) {
            register = new TestRegister(database);
            register.fillWithDemo();
        }

        @BeforeEach
        void begin() {
            transaction = register.transactions.getTransaction(new DefaultTransactionDefinition());
        }

        @AfterEach
        void rollBack() {
            register.transactions.rollback(transaction);
        }

        @Test
        void everyPartyOfTheDemonstrationIsReachable() {
            assertThat(register.addresses.unreachable()).isEmpty();
            assertThat(register.addresses.of(List.of("CHE", "FRA", "XXX")))
                    .containsOnly(entry("CHE", Reach.REACHABLE), entry("FRA", Reach.REACHABLE));
        }

        @Test
        void saysWhyAPartyIsNotReachable() {
            register.addresses.mark("CHE-nfp@example.org ", Addresses.Fault.BOUNCED, "550 no such user");
            register.addresses.mark("fra-nfp@example.org", Addresses.Fault.INVALID, "no domain");
            register.end("nfp-ARG");

            assertThat(register.addresses.unreachable())
                    .containsExactly(
                            entry("ARG", Reach.NO_HOLDER), entry("CHE", Reach.BOUNCED), entry("FRA", Reach.NO_ADDRESS));
            assertThat(register.addresses.of("CHE")).isEqualTo(Reach.BOUNCED);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4})
        void findsWhoIsNotReachableAmongAllAsOneByOne(long seed) {
            Random chance = new Random(seed);
            Map<String, Reach> expected = new TreeMap<>();
            for (Party party : register.parties.all()) {
                String code = party.code();
                String name = code.toLowerCase(Locale.ROOT) + "-nfp";
                boolean second = chance.nextInt(4) == 0;
                if (second) {
                    register.database
                            .sql(
                                    "insert into term_of_office (id, seat_code, name, email, language, first_day, confirmed)"
                                            + " values (:id, :seat, 'Second', :email, 'en', :day, true)")
                            .param("id", UUID.randomUUID())
                            .param("seat", "nfp-" + code)
                            .param("email", "second-" + name + "@example.org")
                            .param("day", LocalDate.of(2025, 1, 1))
                            .update();
                }
                Reach first =
                        switch (chance.nextInt(6)) {
                            case 0 -> {
                                register.database
                                        .sql("update term_of_office set last_day = :day where username = :name")
                                        .param("day", LocalDate.of(2026, 2, 28))
                                        .param("name", name)
                                        .update();
                                yield Reach.NO_HOLDER;
                            }
                            case 1 -> {
                                register.disable(name);
                                yield Reach.NO_HOLDER;
                            }
                            case 2 -> {
                                register.addresses.mark(name + "@example.org", Addresses.Fault.BOUNCED, "550");
                                yield Reach.BOUNCED;
                            }
                            case 3 -> {
                                register.addresses.mark(name + "@example.org", Addresses.Fault.INVALID, "no domain");
                                yield Reach.NO_ADDRESS;
                            }
                            default -> Reach.REACHABLE;
                        };
                if (!second && first != Reach.REACHABLE) {
                    expected.put(code, first);
                }
            }

            assertThat(register.addresses.unreachable()).isEqualTo(expected);
        }

        @Test
        void holdsTheMarkedAddressesOfThoseInOffice() {
            register.addresses.mark("fra-nfp@example.org", Addresses.Fault.INVALID, "no domain");
            register.addresses.mark("CHE-nfp@example.org", Addresses.Fault.BOUNCED, "550");
            register.addresses.mark("arg-nfp@example.org", Addresses.Fault.BOUNCED, "550");
            register.end("nfp-ARG");

            assertThat(register.addresses.holdMarked()).containsExactly("che-nfp@example.org", "fra-nfp@example.org");
        }

        @Test
        void abandonsMarksOfAddressesThatNobodyUsesAnyMore() {
            for (String party : List.of("arg", "che")) {
                register.addresses.mark(party + "-nfp@example.org", Addresses.Fault.BOUNCED, "550");
            }
            register.end("nfp-ARG");

            register.addresses.abandon(List.of("ARG-nfp@example.org", "che-nfp@example.org", "fra-nfp@example.org"));

            assertThat(register.events).endsWith(new AddressMended("arg-nfp@example.org"));
            assertThat(register.addresses.clear("che-nfp@example.org"))
                    .as("who uses it is in office still")
                    .isTrue();
        }

        @Test
        void sendsMailOnDownTheLinePastMarkedAddresses() {
            register.addresses.mark("che-min@example.org", Addresses.Fault.BOUNCED, "550");
            assertThat(register.seats.mailedBy("min-CHE"))
                    .extracting(Holder::seatCode)
                    .containsExactly("nfp-CHE");

            register.addresses.mark("che-nfp@example.org", Addresses.Fault.BOUNCED, "550");
            assertThat(register.seats.mailedBy("min-CHE"))
                    .extracting(Holder::seatCode)
                    .containsExactly("alt-CHE");
            assertThat(register.seats.reachedBy("min-CHE"))
                    .as("the work itself stays where it is")
                    .extracting(Holder::seatCode)
                    .containsExactly("min-CHE", "nfp-CHE");
        }

        @Test
        void writesToTheSeatItselfWhereNoAddressOfTheLineTakesMail() {
            for (String name : List.of("che-nfp", "che-alt", "secretariat")) {
                register.addresses.mark(name + "@example.org", Addresses.Fault.BOUNCED, "550");
            }

            assertThat(register.seats.mailedBy("nfp-CHE"))
                    .extracting(Holder::seatCode)
                    .containsExactly("nfp-CHE");
        }

        @Test
        void marksAnAddressOnceAndClearsIt() {
            assertThat(register.addresses.mark("che-nfp@example.org", Addresses.Fault.BOUNCED, "550"))
                    .isTrue();
            assertThat(register.addresses.mark("CHE-NFP@example.org", Addresses.Fault.BOUNCED, "551"))
                    .isFalse();
            assertThat(register.addresses.clear("che-nfp@Example.org")).isTrue();
            assertThat(register.addresses.clear("che-nfp@example.org")).isFalse();
            assertThat(register.addresses.unreachable()).isEmpty();
        }

        @Test
        void listsWhatIsToCorrectUntilItIsCorrected() {
            register.addresses.mark("che-nfp@example.org", Addresses.Fault.BOUNCED, "550 no such user");
            assertThat(register.addresses.unusable()).singleElement().satisfies(unusable -> {
                assertThat(unusable.holder().seatCode()).isEqualTo("nfp-CHE");
                assertThat(unusable.said()).isEqualTo("550 no such user");
                assertThat(unusable.since()).isEqualTo(TestRegister.START);
            });

            register.addresses.correct("che-nfp@example.org", " anna@example.ch", "secretariat");

            assertThat(register.addresses.unusable()).isEmpty();
            assertThat(register.addresses.of("CHE")).isEqualTo(Reach.REACHABLE);
            assertThat(register.seats.mailedBy("nfp-CHE"))
                    .extracting(Holder::email)
                    .containsExactly("anna@example.ch");
            assertThat(register.accounts.find("che-nfp").orElseThrow().email()).isEqualTo("anna@example.ch");
            assertThat(register.count("address_correction")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "anna", "anna@", "anna@example.org\r\nBcc: x@example.org", "a b@example.org"})
        void refusesAnAddressThatCannotBeOne(String address) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> register.addresses.correct("che-nfp@example.org", address, "secretariat"))
                    .withMessageStartingWith("after: ");
        }

        @Test
        void refusesToCorrectWhatNobodyUses() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> register.addresses.correct("nobody@example.org", "a@example.org", "secretariat"))
                    .withMessageStartingWith("before: ");
        }
    }
}
