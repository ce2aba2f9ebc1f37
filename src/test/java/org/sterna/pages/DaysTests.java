package org.sterna.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTests {

    @ParameterizedTest
    @CsvSource({
        "en, 2026-12-24, 24 December 2026",
        "fr, 2026-12-24, 24 décembre 2026",
        "fr, 2026-12-01, 1er décembre 2026",
        "es, 2026-12-01, 1 de diciembre de 2026"
    })
    void writesDaysAsPeopleDo(String language, LocalDate day, String written) {
        assertThat(Days.day(day, Locale.forLanguageTag(language))).isEqualTo(written);
    }

    @Test
    void tellsMomentsInBonnAndSaysSo() {
        assertThat(Days.moment(Instant.parse("2026-12-31T23:30:00Z"), Locale.ENGLISH))
                .isEqualTo("1 January 2027, 00:30 CET");
        assertThat(Days.moment(Instant.parse("2026-07-01T12:00:00Z"), Locale.ENGLISH))
                .isEqualTo("1 July 2026, 14:00 CEST");
    }
}
