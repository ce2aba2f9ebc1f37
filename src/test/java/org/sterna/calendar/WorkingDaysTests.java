package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sterna.calendar.WorkingDays.Correction.Kind.ADDED;
import static org.sterna.calendar.WorkingDays.Correction.Kind.REMOVED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.calendar.WorkingDays.Correction;

/** Working days on both databases. */
class WorkingDaysTests {

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

        private final JdbcClient database;
        private final WorkingDays workingDays;

        Contract(DataSource source) {
            database = JdbcClient.create(source);
            workingDays = new JollydayWorkingDays(database, TestCalendar.sentences());
        }

        @BeforeEach
        void correctNothing() {
            LocaleContextHolder.setLocale(Locale.ENGLISH);
            database.sql("delete from holiday_correction").update();
        }

        @ParameterizedTest
        @CsvSource({
            // Friday, Saturday, Sunday
            "CHE, true, false, false",
            "EUE, true, false, false",
            "EGY, false, false, true",
            "SAU, false, false, true",
            "ARE, true, false, false",
            "AFG, false, true, true",
            "IRN, false, true, true",
            "UGA, true, true, false",
        })
        void knowsTheWeekendOfACountry(String country, boolean friday, boolean saturday, boolean sunday) {
            LocalDate aFriday = LocalDate.of(2027, 2, 5);

            assertThat(List.of(
                            workingDays.isWorked(aFriday, country),
                            workingDays.isWorked(aFriday.plusDays(1), country),
                            workingDays.isWorked(aFriday.plusDays(2), country)))
                    .containsExactly(friday, saturday, sunday);
        }

        @ParameterizedTest
        @CsvSource({
            "secretariat, 2027-05-27, false", // Corpus Christi, in North Rhine-Westphalia
            "DEU, 2027-05-27, true", // not in all of Germany
            "DEU, 2027-05-17, false", // Whit Monday
            "secretariat, 2027-05-17, false",
            "secretariat, 2027-11-01, false", // All Saints
            "KEN, 2027-06-01, false", // Madaraka Day
            "CHE, 2028-08-01, false",
            "EUE, 2027-12-24, true",
            "EUE, 2028-05-01, true",
        })
        void knowsPublicHolidays(String country, LocalDate day, boolean worked) {
            assertThat(workingDays.isWorked(day, country)).isEqualTo(worked);
        }

        @ParameterizedTest
        @CsvSource({
            "2026-12-22, 5, secretariat, 2026-12-30", // 23, 24, 28, 29, 30; Christmas and a weekend between
            "2026-12-22, 5, EUE, 2026-12-29",
            "2027-02-25, 1, CHE, 2027-02-26",
            "2027-02-25, 1, EGY, 2027-02-28",
            "2027-02-26, 1, CHE, 2027-03-01",
            "2027-03-01, -1, CHE, 2027-02-26",
            "2027-02-27, 0, CHE, 2027-02-27",
        })
        void countsFromTheDayAfter(LocalDate from, int days, String country, LocalDate expected) {
            assertThat(workingDays.count(from, days, country)).isEqualTo(expected);
        }

        @Test
        void countsSoThatJustSoManyWorkedDaysLieBetween() {
            Random random = new Random(48);
            List<String> countries = List.of(WorkingDays.SECRETARIAT, "EUE", "KEN", "EGY", "AFG", "BRA", "IND");
            for (int i = 0; i < 300; i++) {
                LocalDate from = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(5000));
                int days = 1 + random.nextInt(30);
                String country = countries.get(random.nextInt(countries.size()));

                LocalDate to = workingDays.count(from, days, country);

                assertThat(from.plusDays(1)
                                .datesUntil(to.plusDays(1))
                                .filter(day -> workingDays.isWorked(day, country)))
                        .as("%s + %d %s", from, days, country)
                        .hasSize(days)
                        .endsWith(to);
            }
        }

        @Test
        void letsTheSecretariatCorrectTheDataForOneCountry() {
            LocalDate wednesday = LocalDate.of(2027, 3, 3);
            LocalDate labourDay = LocalDate.of(2028, 5, 1);

            workingDays.correct(new Correction("KEN", wednesday, ADDED, "Day of mourning, gazetted 1 March"));
            workingDays.correct(new Correction(WorkingDays.SECRETARIAT, labourDay, REMOVED, "COP preparations"));

            assertThat(workingDays.isWorked(wednesday, "KEN")).isFalse();
            assertThat(workingDays.isWorked(wednesday, "UGA")).isTrue();
            assertThat(workingDays.isWorked(labourDay, WorkingDays.SECRETARIAT)).isTrue();
            assertThat(workingDays.isWorked(labourDay, "DEU")).isFalse();
            assertThat(workingDays.count(LocalDate.of(2027, 3, 2), 1, "KEN")).isEqualTo(LocalDate.of(2027, 3, 4));
        }

        @Test
        void listsTheHolidaysOfAYearAsCorrected() {
            LocalDate wednesday = LocalDate.of(2027, 3, 3);
            LocalDate labourDay = LocalDate.of(2027, 5, 1);
            assertThat(workingDays.holidays("KEN", 2027)).contains(labourDay).doesNotContain(wednesday);

            workingDays.correct(new Correction("KEN", wednesday, ADDED, "Day of mourning, gazetted 1 March"));
            workingDays.correct(new Correction("KEN", labourDay, REMOVED, "Moved to 3 May"));

            assertThat(workingDays.holidays("KEN", 2027))
                    .contains(wednesday)
                    .doesNotContain(labourDay)
                    .isSorted();
            assertThat(workingDays.holidays("KEN", 2028)).doesNotContain(wednesday);
            assertThat(workingDays.holidays("UGA", 2027)).contains(labourDay);
            assertThat(workingDays.holidays("FJI", 2027)).isEmpty();
        }

        @Test
        void keepsTheLatestCorrectionOfADay() {
            LocalDate day = LocalDate.of(2027, 3, 3);

            workingDays.correct(new Correction("KEN", day, ADDED, "Announced"));
            Correction latest = new Correction("KEN", day, REMOVED, "Called off");
            workingDays.correct(latest);

            assertThat(workingDays.corrections()).containsExactly(latest);
        }

        @Test
        void countsTheHolidayDataAgainWhenACorrectionIsTakenOut() {
            LocalDate wednesday = LocalDate.of(2027, 3, 3);
            workingDays.correct(new Correction("KEN", wednesday, ADDED, "Day of mourning"));

            assertThat(workingDays.forget("KEN", wednesday)).isTrue();

            assertThat(workingDays.isWorked(wednesday, "KEN")).isTrue();
            assertThat(workingDays.forget("KEN", wednesday)).isFalse();
        }

        @Test
        void correctsNoDayOfAYearThatIsOutOfTheQuestion() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workingDays.correct(
                            new Correction("KEN", LocalDate.of(20270, 3, 3), ADDED, "Day of mourning")))
                    .withMessageContaining("is not between 1979 and 2199");
        }

        @Test
        void asksWhyADayIsCorrected() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workingDays.correct(new Correction("KEN", LocalDate.of(2027, 3, 3), ADDED, " ")))
                    .withMessage("Note: say in 1 to 200 characters, on one line, why the day is corrected.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"XXX", "KE", "ken", ""})
        void correctsNoDayOfACountryThatIsNone(String country) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workingDays.correct(
                            new Correction(country, LocalDate.of(2027, 3, 3), ADDED, "Day of mourning")))
                    .withMessageStartingWith("Country: “" + country + "” is not a country.");
        }

        @Test
        void knowsForWhichPartiesItHasNoHolidays() throws IOException {
            List<String> without = Files.readAllLines(Path.of("src/main/resources/reference/parties.csv")).stream()
                    .skip(1)
                    .map(line -> line.substring(0, 3))
                    .filter(party -> !workingDays.hasHolidays(party))
                    .toList();

            assertThat(without).containsExactlyInAnyOrder("EUE", "FJI", "ISR", "LKA", "MNG");
            assertThat(workingDays.hasHolidays(WorkingDays.SECRETARIAT)).isTrue();
        }
    }
}
