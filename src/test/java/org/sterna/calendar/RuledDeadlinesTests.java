package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.sterna.Databases;
import org.sterna.calendar.Meeting.Kind;
import org.sterna.calendar.Meeting.Span;

class RuledDeadlinesTests {

    private static final LocalDate OPENED = LocalDate.of(2026, 12, 22);

    private static TestCalendar calendar;
    private static Deadlines deadlines;

    @BeforeAll
    static void meet() {
        calendar = new TestCalendar(Databases.h2());
        deadlines = in(TestCalendar.BONN);
        add("stc57", Kind.STANDING_COMMITTEE, "2027-11-02", LocalDate.of(2027, 11, 4));
        add("cop16", Kind.COP, "2029", null);
        add("cop17", Kind.COP, "soon", null);
        add("cop18", Kind.COP, "2035-08-31", null);
        add("cop19", Kind.COP, "2038-Q2", null);
    }

    private static Deadlines in(ZoneId zone) {
        return new RuledDeadlines(
                calendar.meetings,
                new JollydayWorkingDays(calendar.database, TestCalendar.sentences()),
                new CalendarSettings(zone),
                TestCalendar.sentences());
    }

    private static void add(String code, Kind kind, String opening, LocalDate closing) {
        calendar.meetings.add(new Meeting(
                code, kind, null, null, Span.parse(opening).orElse(null), closing, TestCalendar.BONN, false));
    }

    @BeforeEach
    void read() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
    }

    @AfterEach
    void forget() {
        LocaleContextHolder.resetLocaleContext();
    }

    private static Deadline of(String rule, String duty, String occasion) {
        return deadlines.of(DueRule.parse(rule), duty, occasion, OPENED, "EGY");
    }

    @ParameterizedTest
    @CsvSource({
        "cop11, 2014-05-01, '2014-05-04', 'CMS news, 15 October 2013'",
        "cop12, 2017-04-24, '2017-04-23', Notification 2016/035",
        // the rule counts from the opening to which COP14 was moved
        "cop14, 2023-04-26, '2023-08-12', Notification 2023/004"
    })
    void prefersWhatWasNotifiedForTheNationalReport(
            String cop, LocalDate notified, LocalDate computed, String reference) {
        assertThat(of("COP-P6M", "national-report", cop))
                .isEqualTo(new Deadline(notified, TestCalendar.BONN, Deadline.Origin.NOTIFIED, reference, false));
        assertThat(of("COP-P6M", "another-duty", cop))
                .isEqualTo(new Deadline(computed, TestCalendar.BONN, Deadline.Origin.RULE, "COP-P6M", false));
    }

    @ParameterizedTest
    @CsvSource({
        "national-report, COP-P6M, cop13, 2019-08-17",
        "appendix-proposal, COP-150D, cop13, 2019-09-20",
        "resolution-draft, COP-90D, cop13, 2019-11-19",
        "document-data-input, COP-60D, cop13, 2019-12-19",
        "national-report, COP-P6M, cop15, 2025-09-23",
        "appendix-proposal, COP-150D, cop15, 2025-10-24",
        "resolution-draft, COP-90D, cop15, 2025-12-23",
        "document-data-input, COP-60D, cop15, 2026-01-22",
        // an extraordinary COP is a COP, and any meeting is a meeting
        "made-up, COP-30D, excop1, 2023-10-29",
        "made-up, meeting-30D, excop1, 2023-10-29",
        "made-up, meeting-close+30D, cop15, 2026-04-28",
        "made-up, next-COP-P9M, cop14, 2025-06-23",
        // published, and just what the rule gives
        "resolution-draft, COP-90D, cop14, 2023-11-14"
    })
    void countsBackFromACopAsItsDocumentsDo(String duty, String rule, String cop, LocalDate on) {
        assertThat(of(rule, duty, cop))
                .isEqualTo(new Deadline(on, TestCalendar.BONN, Deadline.Origin.RULE, rule, false));
    }

    @ParameterizedTest
    @CsvSource({
        "opened+30D, 2026-11, 2027-01-21",
        "opened+P2M, anything, 2027-02-22",
        "opened+5WD, 2026-12, 2026-12-30",
        // Egypt works on Sundays and not on Fridays
        "opened+5PWD, 2026-12, 2026-12-29",
        "COP-close+30D, cop15, 2026-04-28",
        "COP-close+P1Y, cop14, 2025-02-17",
        "StC-30D, stc57, 2027-10-03",
        "StC-close+30D, stc57, 2027-12-04",
        "YYYY-03-31, 2027, 2027-03-31",
        "H-close+30D, 2027-h1, 2027-07-30",
        "H-close+30D, 2027-h2, 2028-01-30",
        // months end on a shorter month's last day
        "COP-P6M, cop18, 2035-02-28",
        "COP-P2M, cop18, 2035-06-30",
        "COP-P30M, cop18, 2033-02-28",
        "COP-P42M, cop18, 2032-02-29"
    })
    void computesEveryKindOfRule(String rule, String occasion, LocalDate on) {
        Deadline deadline = of(rule, "some-duty", occasion);

        assertThat(deadline.on()).isEqualTo(on);
        assertThat(deadline.provisional()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"COP-P6M, cop16, 2028-07-01", "COP-close+30D, cop16, 2029-01-31", "COP-P6M, cop19, 2037-10-01"})
    void isProvisionalFromTheFirstDayOfWhatIsKnown(String rule, String occasion, LocalDate on) {
        Deadline deadline = of(rule, "national-report", occasion);

        assertThat(deadline.on()).isEqualTo(on);
        assertThat(deadline.provisional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COP-P6M       | cop99    | There is no meeting “cop99”
            COP-P6M       | 2027     | There is no meeting “2027”
            COP-P6M       | stc57    | meeting of the Conference of the Parties, and “stc57” is none
            next-COP-P9M  | cop19    | No meeting of the Conference of the Parties with a date follows “cop19” yet
            COP-P6M       | cop17    | The meeting “cop17” has no date yet
            COP-close+30D | cop17    | The meeting “cop17” has no date yet
            COP-close+30D | cop18    | The meeting “cop18” has no closing day yet
            StC-30D       | cop15    | meeting of the Standing Committee, and “cop15” is none
            YYYY-03-31    | cop15    | opened for a year, and “cop15” is none
            YYYY-03-31    | 1978     | opened for a year, and “1978” is none
            H-close+30D   | 1901-h1  | opened for half a year, and “1901-h1” is none
            YYYY-03-31    | 2027-h1  | opened for a year, and “2027-h1” is none
            YYYY-03-31    | 20271    | opened for a year, and “20271” is none
            YYYY-03-31    | 0027     | opened for a year, and “0027” is none
            H-close+30D   | 2027     | opened for half a year, and “2027” is none
            H-close+30D   | 2027-h3  | opened for half a year, and “2027-h3” is none
            """)
    void refusesAnOccasionThatDoesNotFit(String rule, String occasion, String sentence) {
        assertThatExceptionOfType(InvalidOccasion.class)
                .isThrownBy(() -> of(rule, "some-duty", occasion))
                .withMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | Cette obligation s’ouvre pour une année, et « cop15 » n’en est pas une.
            es | Esta obligación se abre para un año, y «cop15» no lo es.
            """)
    void refusesInTheReadersLanguage(String language, String sentence) {
        LocaleContextHolder.setLocale(Locale.forLanguageTag(language));

        assertThatExceptionOfType(InvalidOccasion.class)
                .isThrownBy(() -> of("YYYY-03-31", "some-duty", "cop15"))
                .withMessageContaining(sentence);
    }

    /** The reference data has COP14 in Samarkand, four hours before Bonn in winter. */
    @ParameterizedTest
    @CsvSource({
        "COP-P6M, some-duty, Europe/Berlin, 2023-08-12T21:59:59Z",
        "COP-P6M@Africa/Nairobi, some-duty, Africa/Nairobi, 2023-08-12T20:59:59Z",
        "COP+1D@meeting, some-duty, Asia/Samarkand, 2024-02-13T18:59:59Z",
        "COP-close+1D@meeting, some-duty, Asia/Samarkand, 2024-02-18T18:59:59Z",
        "COP-P6M@meeting, national-report, Asia/Samarkand, 2023-04-26T18:59:59Z"
    })
    void endsTheDayInTheZoneThatTheRuleNames(String rule, String subject, ZoneId zone, Instant end) {
        Deadline deadline = of(rule, subject, "cop14");

        assertThat(deadline.zone()).isEqualTo(zone);
        assertThat(deadline.at()).isEqualTo(end);
    }

    @Test
    void countsAFurtherDeadlineFromTheMainOneWhateverSetThat() {
        Deadline notified = of("COP-P6M", "national-report", "cop14");
        Deadline provisional = of("COP-P6M", "national-report", "cop16");

        assertThat(deadlines.fromDue(DueRule.parse("due-14D"), "national-report.approval", "cop14", notified, "EGY"))
                .isEqualTo(new Deadline(
                        LocalDate.of(2023, 4, 12), TestCalendar.BONN, Deadline.Origin.RULE, "due-14D", false));
        assertThat(deadlines.fromDue(DueRule.parse("due-14D"), "national-report.approval", "cop16", provisional, "EGY"))
                .matches(Deadline::provisional);
        // a date notified for it comes first as everywhere
        assertThat(deadlines
                        .fromDue(DueRule.parse("due-14D"), "appendix-proposal", "cop14", notified, "EGY")
                        .on())
                .isEqualTo("2023-05-26");
        assertThatIllegalStateException()
                .isThrownBy(() -> of("due-14D", "national-report.approval", "cop16"))
                .withMessageContaining("due-14D");
    }

    @Test
    void givesADeadlineInEveryZoneWhateverTheDay() {
        Random random = new Random(33);
        List<String> zones = Zones.names();
        for (int i = 0; i < 2000; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalDate opened = LocalDate.of(1990, 1, 1).plusDays(random.nextInt(30_000));
            int days = 1 + random.nextInt(400);
            int months = 1 + random.nextInt(40);

            Deadlines deadlines = in(zone);
            Deadline byDays = deadlines.of(DueRule.parse("opened+" + days + "D"), "d", "o", opened, "CHE");
            Deadline byMonths = deadlines.of(DueRule.parse("opened+P" + months + "M"), "d", "o", opened, "CHE");

            assertThat(byDays.on()).isEqualTo(LocalDate.ofEpochDay(opened.toEpochDay() + days));
            assertThat(byMonths.on().getDayOfMonth())
                    .isEqualTo(Math.min(opened.getDayOfMonth(), byMonths.on().lengthOfMonth()));
            assertThat(Period.between(opened.withDayOfMonth(1), byMonths.on().withDayOfMonth(1))
                            .toTotalMonths())
                    .isEqualTo(months);
            assertThatNoException().isThrownBy(byDays::at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Pacific/Kiritimati", "America/St_Johns"})
    void doesNotDependOnTheZoneOfTheMachine(String zone) {
        List<Object> expected = everyKind();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));

            assertThat(everyKind()).isEqualTo(expected);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static List<Object> everyKind() {
        List<Object> found = new ArrayList<>();
        for (String[] one : new String[][] {
            {"opened+30D", "2026-12"},
            {"opened+5WD", "2026-12"},
            {"opened+5PWD", "2026-12"},
            {"COP-P6M", "cop15"},
            {"COP-close+30D", "cop15"},
            {"COP-P6M", "cop14"},
            {"YYYY-03-31", "2027"},
            {"H-close+0D", "2027-h1"}
        }) {
            Deadline deadline = of(one[0], "national-report", one[1]);
            found.add(deadline);
            found.add(deadline.at());
        }
        return found;
    }
}
