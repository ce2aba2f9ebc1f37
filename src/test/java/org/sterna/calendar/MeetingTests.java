package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.calendar.Meeting.Precision;
import org.sterna.calendar.Meeting.Span;

class MeetingTests {

    @ParameterizedTest
    @CsvSource({
        "2029-05-14, DAY, 2029-05-14",
        "2028-02-29, DAY, 2028-02-29",
        "2029-05, MONTH, 2029-05-01",
        "2029-Q1, QUARTER, 2029-01-01",
        "2029-Q4, QUARTER, 2029-10-01",
        "2029, YEAR, 2029-01-01"
    })
    void readsADateAsExactlyAsItIsKnown(String text, Precision precision, LocalDate first) {
        Span span = Span.parse(text).orElseThrow();

        assertThat(span).isEqualTo(new Span(first, precision));
        assertThat(span.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2029-13", "2029-00", "2029-Q5", "2029-Q0", "2027-02-29", "29-05-14", "2029-5"})
    void readsNothingElse(String text) {
        assertThat(Span.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2029-08-17", "MONTH, 2029-08-01", "QUARTER, 2029-07-01", "YEAR, 2029-01-01"})
    void countsFromTheFirstDayOfTheSpan(Precision precision, LocalDate first) {
        assertThat(new Span(LocalDate.of(2029, 8, 17), precision).first()).isEqualTo(first);
    }

    @Test
    void findsTheQuarterOfTheLastDayOfALongMonth() {
        assertThat(new Span(LocalDate.of(2029, 5, 31), Precision.QUARTER).first())
                .isEqualTo(LocalDate.of(2029, 4, 1));
    }

    @ParameterizedTest
    @CsvSource({"2029-05-14, false", "2029-05, true", "2029-Q2, true", "2029, true", "soon, true"})
    void isProvisionalWhileItsOpeningIsNotKnownToTheDay(String opening, boolean provisional) {
        Meeting meeting = new Meeting(
                "cop16", Meeting.Kind.COP, null, null, Span.parse(opening).orElse(null), null, ZoneOffset.UTC, false);

        assertThat(meeting.provisional()).isEqualTo(provisional);
    }
}
