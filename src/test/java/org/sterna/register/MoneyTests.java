package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.sterna.Databases;
import org.sterna.register.Contribution.Currency;
import org.sterna.register.Contributions.Invoice;
import org.sterna.register.Contributions.Notification;
import org.sterna.register.Contributions.Order;
import org.sterna.register.Imports.Change;
import org.sterna.register.Imports.Kind;

/** What the register knows of money, without the demonstration's figures, on both databases; it is 1 March 2026. */
class MoneyTests {

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

        private static final LocalDate PAID_ON = LocalDate.of(2026, 2, 10);

        private final DataSource source;
        private TestRegister register;
        private Contributions contributions;
        private TransactionStatus transaction;

        Contract(DataSource source) {
            this.source = source;
            new TestRegister(source).fill(false, new FirstAdministrator.Settings(null, null, null));
        }

        @BeforeEach
        void begin() {
            LocaleContextHolder.setLocale(Locale.ENGLISH);
            register = new TestRegister(source);
            contributions = register.contributions;
            transaction = register.transactions.getTransaction(new DefaultTransactionDefinition());
        }

        @AfterEach
        void rollBack() {
            register.transactions.rollback(transaction);
            LocaleContextHolder.resetLocaleContext();
        }

        private static BigDecimal euro(String amount) {
            return new BigDecimal(amount);
        }

        private void invoice(int year, String assessed) {
            contributions.invoice(
                    new Invoice("KEN", year, "UNEP-" + year, euro(assessed), Basis.SOURCED, "Invoice"), "secretariat");
        }

        private UUID notified(int year, String amount) {
            return contributions.notified(
                    new Notification("KEN", year, euro(amount), Currency.EUR, null, PAID_ON, "REF-1", null), "ken-nfp");
        }

        private void pay(int year, String amount, Order order) {
            contributions.matched(notified(year, amount), euro(amount), order, "secretariat");
        }

        private BigDecimal balance(int year) {
            return contributions.year("KEN", year).orElseThrow().balance();
        }

        private Standing standing() {
            return contributions.standing("KEN");
        }

        @Test
        void knowsNothingOfAPartyWithoutAnyYear() {
            assertThat(standing())
                    .extracting(Standing::known, Standing::rightsLost)
                    .containsExactly(false, false);
        }

        @Test
        void owesWhatWasAssessedUntilItIsPaid() {
            invoice(2026, "100.00");

            assertThat(standing())
                    .extracting(Standing::known, Standing::balance, Standing::arrears, Standing::yearsInArrears)
                    .containsExactly(true, euro("100.00"), euro("0.00"), 0);
        }

        @Test
        void countsAPaymentOnlyOnceItWasFound() {
            invoice(2026, "100.00");
            notified(2026, "100.00");

            assertThat(balance(2026)).isEqualTo(euro("100.00"));
        }

        @Test
        void keepsPartialPaymentsUntilTheBalanceIsZero() {
            invoice(2026, "100.00");
            pay(2026, "40.00", Order.NAMED_YEAR_FIRST);
            pay(2026, "60.00", Order.NAMED_YEAR_FIRST);

            assertThat(contributions.year("KEN", 2026).orElseThrow())
                    .returns(euro("0.00"), Contribution::balance)
                    .extracting(Contribution::payments)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(2);
        }

        @Test
        void tellsOnlyWhenNothingIsLeftToPay() {
            invoice(2025, "50.00");
            invoice(2026, "100.00");
            pay(2026, "120.00", Order.OLDEST_FIRST);

            assertThat(register.events).containsExactly(new YearSettled("KEN", 2025));
        }

        @Test
        void countsNoPaymentThatWasNotFound() {
            invoice(2026, "100.00");
            contributions.matched(notified(2026, "100.00"), euro("0"), Order.OLDEST_FIRST, "secretariat");

            assertThat(balance(2026)).isEqualTo(euro("100.00"));
        }

        @Test
        void countsAYearAsInArrearsFromTheFirstOfJanuaryAfterIt() {
            invoice(2026, "100.00");
            register.clock.advance(Duration.ofDays(306));

            assertThat(standing())
                    .extracting(Standing::year, Standing::yearsInArrears, Standing::arrears, Standing::balance)
                    .containsExactly(2027, 1, euro("100.00"), euro("0.00"));
        }

        @Test
        void countsNoYearThatNothingIsMissingFrom() {
            invoice(2024, "100.00");
            invoice(2025, "100.00");
            pay(2024, "100.00", Order.NAMED_YEAR_FIRST);

            assertThat(standing()).extracting(Standing::yearsInArrears).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({"2024, false, 0.00", "2023, true, 10.00", "2022, true, 30.00"})
        void losesRightsWithThreeYearsInArrearsAndSaysWhatRestoresThem(int first, boolean lost, String restoring) {
            for (int year = first; year <= 2025; year++) {
                // 2025 owes 30, 2024 owes 20 more of its own, and so on: the oldest years are paid down first
                invoice(year, year == 2022 ? "20.00" : year == 2023 ? "10.00" : "30.00");
            }

            assertThat(standing())
                    .extracting(Standing::rightsLost, Standing::restoring)
                    .containsExactly(lost, euro(restoring));
        }

        @Test
        void hasItsRightsBackOnceExactlyThatAmountIsPaid() {
            for (int year = 2021; year <= 2025; year++) {
                invoice(year, "50.00");
            }
            pay(2026, standing().restoring().toPlainString(), Order.OLDEST_FIRST);

            assertThat(standing())
                    .extracting(Standing::rightsLost, Standing::yearsInArrears)
                    .containsExactly(false, 2);
        }

        @Test
        void staysWithoutRightsWhileACentIsMissing() {
            for (int year = 2021; year <= 2025; year++) {
                invoice(year, "50.00");
            }
            pay(2026, standing().restoring().subtract(euro("0.01")).toPlainString(), Order.OLDEST_FIRST);

            assertThat(standing().rightsLost()).isTrue();
        }

        @Test
        void putsMoneyDownToTheNamedYearFirstWhereAsked() {
            invoice(2024, "50.00");
            invoice(2026, "100.00");
            pay(2026, "120.00", Order.NAMED_YEAR_FIRST);

            assertThat(List.of(balance(2026), balance(2024))).containsExactly(euro("0.00"), euro("30.00"));
        }

        @Test
        void keepsWhatIsLeftOverAsNextYearsShareInAdvance() {
            invoice(2026, "100.00");
            pay(2026, "130.00", Order.OLDEST_FIRST);
            invoice(2027, "100.00");

            assertThat(balance(2027)).isEqualTo(euro("70.00"));
        }

        @Test
        void keepsAPaymentThatComesBeforeItsInvoice() {
            pay(2027, "100.00", Order.NAMED_YEAR_FIRST);
            invoice(2027, "80.00");

            assertThat(contributions.year("KEN", 2027).orElseThrow())
                    .returns(euro("0.00"), Contribution::balance)
                    .returns(euro("20.00"), Contribution::inAdvance);
        }

        @Test
        void remembersWhatWasPaidInOtherMoney() {
            invoice(2026, "100.00");
            contributions.matched(
                    contributions.notified(
                            new Notification(
                                    "KEN", 2026, euro("110.00"), Currency.USD, euro("0.9"), PAID_ON, "REF-2", null),
                            "ken-nfp"),
                    euro("98.50"),
                    Order.NAMED_YEAR_FIRST,
                    "secretariat");

            assertThat(contributions.year("KEN", 2026).orElseThrow().payments())
                    .extracting(
                            Contribution.Payment::amount,
                            Contribution.Payment::currency,
                            Contribution.Payment::exchangeRate,
                            payment -> payment.match().received(),
                            payment -> payment.match().by())
                    .containsExactly(
                            tuple(euro("110.00"), Currency.USD, euro("0.900000"), euro("98.50"), "secretariat"));
        }

        @Test
        void takesTheSamePaymentOnlyOnce() {
            invoice(2026, "100.00");
            UUID payment = notified(2026, "60.00");
            contributions.matched(payment, euro("60.00"), Order.OLDEST_FIRST, "secretariat");

            assertThatExceptionOfType(InvalidContribution.class)
                    .isThrownBy(() -> contributions.matched(payment, euro("60.00"), Order.OLDEST_FIRST, "secretariat"))
                    .withMessageContaining("matched before");
        }

        @ParameterizedTest
        @CsvSource({
            "amount, 0.00, EUR, , 2026-02-10, REF-1, 2026",
            "amount, 1.001, EUR, , 2026-02-10, REF-1, 2026",
            "exchangeRate, 5.00, USD, , 2026-02-10, REF-1, 2026",
            "paidOn, 5.00, EUR, , 2026-03-09, REF-1, 2026",
            "reference, 5.00, EUR, , 2026-02-10, R, 2026",
            "year, 5.00, EUR, , 2026-02-10, REF-1, 1982",
            "year, 5.00, EUR, , 2026-02-10, REF-1, 2030"
        })
        void refusesAPaymentNamingWhatIsWrong(
                String field,
                BigDecimal amount,
                Currency currency,
                BigDecimal rate,
                LocalDate on,
                String ref,
                int year) {
            assertThatExceptionOfType(InvalidContribution.class)
                    .isThrownBy(() -> contributions.notified(
                            new Notification("KEN", year, amount, currency, rate, on, ref, null), "ken-nfp"))
                    .extracting(InvalidContribution::field)
                    .isEqualTo(field);
        }

        @Test
        void refusesAnInvoiceNumberOfAnotherYear() {
            invoice(2025, "100.00");

            assertThatExceptionOfType(InvalidContribution.class)
                    .isThrownBy(() -> contributions.invoice(
                            new Invoice("KEN", 2026, "UNEP-2025", euro("1.00"), Basis.SOURCED, "Invoice"),
                            "secretariat"))
                    .withMessageContaining("invoice for 2025");
        }

        @Test
        void keepsDisputesWithTheirAnswers() {
            invoice(2026, "100.00");
            contributions.disputed("KEN", 2026, "The share is last year’s.", "ken-nfp");
            contributions.answered("KEN", 2026, "It is this year’s.", "secretariat");

            assertThat(contributions.year("KEN", 2026).orElseThrow().disputes())
                    .extracting(Contribution.Dispute::reason, Contribution.Dispute::answer)
                    .containsExactly(tuple("The share is last year’s.", "It is this year’s."));
        }

        private Imports.Result load(Kind kind, String... lines) {
            return register.imports.load(kind, bytes(lines), "secretariat");
        }

        private static byte[] bytes(String... lines) {
            return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        }

        private static final String SHARES = "party,from_year,percent,basis,source";
        private static final String YEARS = "party,year,invoice_no,assessed,paid,paid_on,reference,basis,source";
        private static final String MEMBERS = "party,instrument,from,basis,source";

        @Test
        void loadsShares() {
            load(
                    Kind.SHARES,
                    SHARES,
                    "KEN,2022,0.030,sourced,Scale",
                    "KEN,2025,0.037,sourced,Scale",
                    "KEN,2028,1,,Scale");

            assertThat(register.scale.of("KEN"))
                    .hasValue(new Scale.Share("KEN", 2025, euro("0.037"), Basis.SOURCED, "Scale"));
        }

        @Test
        void readsSemicolonsAndAByteOrderMarkAsSpreadsheetsWriteThem() {
            load(Kind.SHARES, "\uFEFF" + SHARES.replace(',', ';'), "KEN;2025;0.037;;Scale");

            assertThat(register.scale.all()).containsOnlyKeys("KEN");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "SHARES | XXX,2025,0.03,,Scale | party",
                    "SHARES | KEN,25,0.03,,Scale | from_year",
                    "SHARES | KEN,2025,\"0,03\",,Scale | percent",
                    "SHARES | KEN,2025,100.001,,Scale | percent",
                    "SHARES | KEN,2025,0.0301,,Scale | percent",
                    "SHARES | KEN,2025,0.03,sure,Scale | basis",
                    "SHARES | KEN,2025,0.03,, | source",
                    "SHARES | KEN,2025,0.03,Scale | file",
                    "CONTRIBUTIONS | KEN,2040,N1,1,,,,,Books | year",
                    "CONTRIBUTIONS | KEN,2025,,1,,,,,Books | invoice_no",
                    "CONTRIBUTIONS | KEN,2025,N1,-1,,,,,Books | assessed",
                    "CONTRIBUTIONS | KEN,2025,N1,1,2,2025-01-01,REF,,Books | paid",
                    "CONTRIBUTIONS | KEN,2025,N1,1,1,,REF,,Books | paid_on",
                    "CONTRIBUTIONS | KEN,2025,N1,1,1,2026-12-01,REF,,Books | paid_on",
                    "CONTRIBUTIONS | KEN,2025,N1,1,1,2025-01-01,,,Books | reference",
                    "MEMBERSHIPS | KEN,NATO,2000-01-01,,List | instrument",
                    "MEMBERSHIPS | KEN,AEWA,2000-02-30,,List | from"
                })
        void refusesAWrongLineNamingItsNumberAndColumn(Kind kind, String line, String column) {
            String header = String.join(",", kind.columns());

            assertThat(load(kind, header, line).faults())
                    .extracting(Imports.Fault::line, Imports.Fault::field)
                    .containsExactly(tuple(2, column));
        }

        @Test
        void namesTheColumnsWhereTheFirstLineDoesNot() {
            assertThat(load(Kind.SHARES, "party,percent", "KEN,1").faults())
                    .extracting(Imports.Fault::message)
                    .containsExactly("The first line has to name exactly these columns, in any order:"
                            + " party, from_year, percent, basis, source.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"KEN,2025,1,,\"Sca", "KEN,2025,1,,Sca\"le", "KEN,2025,1,,\"Sca\"le"})
        void refusesQuotationMarksThatDoNotFit(String line) {
            assertThat(load(Kind.SHARES, SHARES, "FRA,2025,1,,\"A \"\"good\"\" scale, with\tcomma\"", line)
                            .faults())
                    .extracting(Imports.Fault::line, Imports.Fault::message)
                    .contains(
                            tuple(3, "This line cannot be read as comma-separated values. Check its quotation marks."));
        }

        @Test
        void refusesTextThatIsNotUtf8() {
            assertThat(register.imports
                            .check(Kind.SHARES, (SHARES + "\nKEN,2025,1,,Barème").getBytes(StandardCharsets.ISO_8859_1))
                            .faults())
                    .extracting(Imports.Fault::message)
                    .singleElement()
                    .asString()
                    .contains("UTF-8");
        }

        @Test
        void refusesALineThatSaysWhatAnotherSays() {
            assertThat(load(Kind.SHARES, SHARES, "KEN,2025,1,,Scale", "", "KEN,2025,2,,Scale")
                            .faults())
                    .extracting(Imports.Fault::line, Imports.Fault::message)
                    .containsExactly(
                            tuple(4, "Line 2 says something about this already. Remove one of the two lines."));
        }

        @Test
        void writesNothingIfAnyLineIsWrong() {
            register.transactions.rollback(transaction);
            load(Kind.SHARES, SHARES, "KEN,2025,0.037,,Scale", "XXX,2025,0.037,,Scale");
            transaction = register.transactions.getTransaction(new DefaultTransactionDefinition());

            assertThat(register.scale.all()).isEmpty();
        }

        @Test
        void writesNothingWhenOnlyChecking() {
            Imports.Result result = register.imports.check(Kind.SHARES, bytes(SHARES, "KEN,2025,0.037,,Scale"));

            assertThat(result.count(Change.NEW)).isEqualTo(1);
            assertThat(register.scale.all()).isEmpty();
        }

        private Imports.Result replace(Kind kind, String reason, String... lines) {
            return register.imports.load(kind, bytes(lines), new Imports.Loading("books.csv", reason, "secretariat"));
        }

        private static final String REASON = "The scale was corrected.";

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "SHARES|" + SHARES + "|KEN,2025,0.037,,Scale|KEN,2025,0.040,,Other|percent|0.037|0.040",
                    "MEMBERSHIPS|" + MEMBERS
                            + "|KEN,AEWA,2001-06-01,,List|KEN,AEWA,2002-06-01,,Other|from|2001-06-01|2002-06-01",
                    "CONTRIBUTIONS|" + YEARS
                            + "|KEN,2025,N1,100.00,,,,,Books|KEN,2025,N2,100.00,,,,,Other|invoice_no|N1|N2",
                    "CONTRIBUTIONS|" + YEARS
                            + "|KEN,2025,N1,100.00,,,,,Books|KEN,2025,N1,120.00,,,,,Other|assessed|100.00|120.00"
                })
        void replacesAFigureWithAReasonOnlyAndKeepsBothValues(
                Kind kind, String columns, String first, String second, String field, String before, String after) {
            replace(kind, REASON, columns, first);

            assertThat(register.imports.check(kind, bytes(columns, second)).lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.differences())
                            .containsExactly(new Imports.Difference(field, before, after)));
            assertThat(load(kind, columns, second).faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message()).contains(before, after));

            assertThat(replace(kind, REASON, columns, second).sound()).isTrue();
            assertThat(contributions.changes("KEN").get(0))
                    .returns(field, RegisterChange::field)
                    .returns(before, RegisterChange::before)
                    .returns(after, RegisterChange::after)
                    .returns("books.csv: Other", RegisterChange::source)
                    .returns(REASON, RegisterChange::reason)
                    .returns("secretariat", RegisterChange::by);
            assertThat(load(kind, columns, second).count(Change.SAME)).isEqualTo(1);
        }

        @Test
        void takesTheSameFiguresFromAnotherSourceWithoutAReason() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100.00,,,,assumed,Guess");

            assertThat(load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100.00,,,,sourced,Books")
                            .sound())
                    .isTrue();
            assertThat(contributions.changes("KEN")).isEmpty();
        }

        @Test
        void booksMoneyBesideWhatThePartyToldOfWithAReasonOnly() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100.00,,,,,Books");
            contributions.notified(
                    new Notification(
                            "KEN", 2025, euro("40.00"), Currency.EUR, null, LocalDate.of(2025, 2, 1), "TOLD", null),
                    "ken-nfp");

            assertThat(load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100.00,40.00,2025-02-01,REF-9,,Books")
                            .faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message()).contains("40.00", "told by the Party"));
        }

        @Test
        void tellsOfEveryInvoiceOfAFileHoweverOftenItIsLoaded() {
            for (int times = 0; times < 2; times++) {
                replace(Kind.CONTRIBUTIONS, "", YEARS, "KEN,2025,N1,100.00,,,,,Books", "FRA,2025,N1,100.00,,,,,Books");
            }

            assertThat(register.events.stream()
                            .filter(InvoicesLoaded.class::isInstance)
                            .map(InvoicesLoaded.class::cast))
                    .hasSize(2)
                    .allSatisfy(loaded -> {
                        assertThat(loaded.file()).isEqualTo("books.csv");
                        assertThat(loaded.username()).isEqualTo("secretariat");
                        assertThat(loaded.invoices())
                                .containsExactly(
                                        new InvoicesLoaded.Of("KEN", 2025), new InvoicesLoaded.Of("FRA", 2025));
                    });
            assertThat(contributions.loaded(2025, List.of("KEN", "DEU")))
                    .containsExactly(Map.entry("KEN", new Contributions.Loaded("books.csv", "secretariat")));
        }

        @Test
        void readsWhatEuropeanSpreadsheetsWriteAndNamesLineAndColumnOfWhatCouldMeanTwoThings() {
            String columns = YEARS.replace(',', ';');

            assertThat(load(
                                    Kind.CONTRIBUTIONS,
                                    columns,
                                    "KEN;2025;N1;12.345,67;1.000,50;31/03/2025;REF-1;sourced;Books, 2025")
                            .sound())
                    .isTrue();
            assertThat(contributions.year("KEN", 2025).orElseThrow())
                    .returns(euro("12345.67"), Contribution::assessed)
                    .returns(euro("1000.50"), Contribution::paid);
            assertThat(load(Kind.CONTRIBUTIONS, columns, "FRA;2025;N1;1.000;1,00;03/04/2025;REF-1;;Books")
                            .faults())
                    .extracting(Imports.Fault::line, Imports.Fault::field)
                    .containsExactly(tuple(2, "assessed"), tuple(2, "paid_on"));
        }

        @Test
        void knowsTheYearsThatNoInvoiceWasEnteredFor() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2022,N1,100.00,,,,,Books", "KEN,2024,N2,100.00,,,,,Books");

            assertThat(contributions.standing("KEN"))
                    .returns(List.of(2023, 2025, 2026), Standing::notInvoiced)
                    .returns(false, Standing::invoiced)
                    .returns(2022, Standing::firstYear)
                    .returns(2024, Standing::lastYear);
            assertThat(contributions.standing("FRA")).returns(List.of(), Standing::notInvoiced);
        }

        @Test
        void loadsContributionsWithWhatWasPaid() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100.00,40.00,2025-02-01,REF-1,sourced,Books");

            assertThat(contributions.year("KEN", 2025).orElseThrow())
                    .returns("N1", Contribution::invoiceNo)
                    .returns(euro("60.00"), Contribution::balance);
        }

        @Test
        void changesNothingWhenTheSameFileIsLoadedAgain() {
            String line = "KEN,2025,N1,100.00,40.00,2025-02-01,REF-1,sourced,Books";
            load(Kind.CONTRIBUTIONS, YEARS, line);

            assertThat(load(Kind.CONTRIBUTIONS, YEARS, line).count(Change.SAME)).isEqualTo(1);
            assertThat(balance(2025)).isEqualTo(euro("60.00"));
        }

        @Test
        void addsOnlyWhatWasPaidSinceTheFileBefore() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100,40,2025-02-01,REF-1,,Books");
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100,90.50,2025-06-01,REF-2,,Books");

            assertThat(contributions.year("KEN", 2025).orElseThrow().payments())
                    .extracting(Contribution.Payment::amount, Contribution.Payment::reference)
                    .containsExactlyInAnyOrder(tuple(euro("40.00"), "REF-1"), tuple(euro("50.50"), "REF-2"));
        }

        @Test
        void takesNothingBackThatThePartyPaid() {
            load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100,40,2025-02-01,REF-1,,Books");

            assertThat(load(Kind.CONTRIBUTIONS, YEARS, "KEN,2025,N1,100,0,,,,Books")
                            .faults())
                    .extracting(Imports.Fault::message)
                    .containsExactly("The register has 40.00 paid for this year already, which is more."
                            + " Correct the line, or leave it out.");
        }

        @Test
        void refusesAnInvoiceNumberOnTwoYearsOfAFile() {
            assertThat(load(Kind.CONTRIBUTIONS, YEARS, "KEN,2024,N1,1,,,,,Books", "KEN,2025,N1,1,,,,,Books")
                            .faults())
                    .extracting(Imports.Fault::line, Imports.Fault::field)
                    .containsExactly(tuple(3, "invoice_no"));
        }

        @Test
        void knowsWhoBelongsToAnInstrumentToday() {
            load(Kind.MEMBERSHIPS, MEMBERS, "KEN,AEWA,2001-06-01,,List", "FRA,AEWA,2026-12-01,,List");

            assertThat(register.instruments.parties("AEWA")).containsExactly("KEN");
        }

        @Test
        void knowsTheInstrumentsOfTheReferenceData() {
            assertThat(register.instruments.all())
                    .hasSize(26)
                    .startsWith(new Instruments.Instrument(
                            "ACAP",
                            "Agreement on the Conservation of Albatrosses and Petrels",
                            Instruments.Kind.AGREEMENT));
        }

        @Test
        void refusesAnInstrumentThatIsNone() {
            assertThatIllegalArgumentException().isThrownBy(() -> register.instruments.parties("NATO"));
        }

        @Test
        void tellsFormsNothingOfArrearsThatNobodyEntered() {
            assertThat(new MoneyFacts(contributions, register.scale).find("arrearsYears", "KEN", "cop16"))
                    .isEmpty();
        }

        @Test
        void tellsFormsWhatRestoresTheRights() {
            for (int year = 2022; year <= 2025; year++) {
                invoice(year, "50.00");
            }

            assertThat(new MoneyFacts(contributions, register.scale).find("arrearsAmount", "KEN", "cop16"))
                    .hasValue(euro("100.00"));
        }
    }

    /** The demonstration's figures. */
    @Nested
    class Demonstration {

        private final TestRegister register = new TestRegister(Databases.h2());

        @BeforeEach
        void fill() {
            register.fillWithDemo();
        }

        @ParameterizedTest
        @CsvSource({"CHE, 0", "GHA, 1", "TGO, 3", "SEN, 4"})
        void hasPartiesInArrears(String party, int years) {
            assertThat(register.contributions.standing(party).yearsInArrears()).isEqualTo(years);
        }

        @Test
        void marksEveryShareAsMadeUp() {
            assertThat(register.scale.all().values())
                    .hasSize(133)
                    .allMatch(share ->
                            share.basis() == Basis.ASSUMED && share.source().equals(DemoMoney.SOURCE));
        }

        @Test
        void leavesFiguresAloneThatAreThere() {
            register.database.sql("delete from contribution_receipt").update();
            register.fillWithDemo();

            assertThat(register.count("contribution_receipt")).isZero();
        }
    }
}
