package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the file of meetings is read. */
class ReferenceMeetingsTests {

    private static final String COLUMNS = "code,kind,city,country_iso3,opening,closing,zone,"
            + "national_report_deadline,national_report_deadline_basis,national_report_deadline_reference";

    private static ReferenceMeetings read(String... rows) throws IOException {
        return ReferenceMeetings.read(
                "meetings.csv", new StringReader(COLUMNS + "\n" + String.join("\n", rows) + "\n"));
    }

    @Test
    void readsAMeetingAndWhatWasPublishedForIt() throws IOException {
        ReferenceMeetings reference = read(
                "COP14,ordinary,Samarkand,UZB,2024-02-12,2024-02-17,Asia/Samarkand,2023-04-26,sourced,\"2023/004, p. 1\"");

        assertThat(reference.meetings()).singleElement().satisfies(meeting -> assertThat(meeting.opening())
                .isEqualTo(Meeting.Span.day(LocalDate.of(2024, 2, 12))));
        assertThat(reference.notified())
                .containsExactly(new NotifiedDate(
                        "national-report",
                        "cop14",
                        LocalDate.of(2023, 4, 26),
                        "2023/004, p. 1",
                        null,
                        NotifiedDate.Basis.SOURCED));
    }

    @Test
    void takesTheColumnsInAnyOrder() throws IOException {
        ReferenceMeetings reference = ReferenceMeetings.read(
                "meetings.csv",
                new StringReader("zone,opening,closing,country_iso3,city,kind,code\n"
                        + "Africa/Nairobi,2029-Q2,,KEN,Nairobi,ordinary,COP16\n"));

        assertThat(reference.meetings()).extracting(Meeting::code).containsExactly("cop16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COP 14,ordinary,,,2024-02-12,2024-02-17,Asia/Samarkand,,,|line 3, column code: 'COP 14' is not a code",
                "COP13,ordinary,,,2024-02-12,2024-02-17,Asia/Samarkand,,,|line 3, column code: 'COP13' stands in line 2 already",
                "COP14,usual,,,2024-02-12,2024-02-17,Asia/Samarkand,,,|line 3, column kind: 'usual' is no kind of meeting",
                "COP14,ordinary,,UZ,2024-02-12,2024-02-17,Asia/Samarkand,,,|line 3, column country_iso3: 'UZ' is not a country",
                "COP14,ordinary,,,12.2.2024,2024-02-17,Asia/Samarkand,,,|line 3, column opening: '12.2.2024' is not a date",
                "COP14,ordinary,,,1024-02-12,2024-02-17,Asia/Samarkand,,,|line 3, column opening: '1024-02-12' is not a date",
                "COP14,ordinary,,,2024-02-12,2024-02-30,Asia/Samarkand,,,|line 3, column closing: '2024-02-30' is not a day",
                "COP14,ordinary,,,2024-02-12,2024-02-11,Asia/Samarkand,,,|line 3, column closing: '2024-02-11' is before the opening",
                "COP14,ordinary,,,,2024-02-17,Asia/Samarkand,,,|line 3, column closing: '2024-02-17' closes a meeting that does not open",
                "COP14,ordinary,,,2024-02-12,2024-02-17,Samarkand,,,|line 3, column zone: 'Samarkand' is not a time zone",
                "COP14,ordinary,,,2024-02-12,2024-02-17,Asia/Samarkand,April,sourced,|line 3, column national_report_deadline: 'April'",
                "COP14,ordinary,,,2024-02-12,2024-02-17,Asia/Samarkand,2023-04-26,sure,|column national_report_deadline_basis: 'sure' is no basis",
                "COP14,ordinary,Samarkand, Uzbekistan,UZB,2024-02-12,2024-02-17,Asia/Samarkand,,,|line 3: 11 values stand under 10 columns",
            })
    void namesLineAndColumnOfAValueItCannotAccept(String row, String sentence) {
        assertThatThrownBy(() -> read("COP13,ordinary,Gandhinagar,IND,2020-02-17,2020-02-22,Asia/Kolkata,,,", row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("meetings.csv, line 3")
                .hasMessageContaining(sentence);
    }

    @Test
    void namesTheColumnsThatAreMissing() {
        assertThatThrownBy(() -> ReferenceMeetings.read("meetings.csv", new StringReader("code,kind,city\n")))
                .hasMessage("meetings.csv, line 1: these columns are missing: country_iso3, opening, closing, zone");
    }
}
