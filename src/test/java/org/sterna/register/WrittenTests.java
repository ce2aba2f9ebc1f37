package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.register.Written.Reading;

class WrittenTests {

    private static final BigDecimal MOST = new BigDecimal("9999999999.99");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12345,67|12345.67",
                "1.000,50|1000.50",
                "1.234.567,8|1234567.8",
                "1 000,50|1000.50",
                "1\u00a0000,50|1000.50",
                "1\u202f000|1000",
                "1.234.567|1234567",
                "1000.50|1000.50",
                "0,5|0.5",
                "1000|1000"
            })
    void readsAmountsAsEuropeanSpreadsheetsWriteThemBetweenSemicolons(String written, BigDecimal read) {
        assertThat(Written.number(written, true, 2, MOST)).isEqualTo(new Written.Number(Reading.READ, read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.000|AMBIGUOUS",
                "12.000|AMBIGUOUS",
                "1,000|AMBIGUOUS",
                "1,000.50|NONE",
                "1.00,50|NONE",
                "1.000 000,50|NONE",
                "0,123|NONE",
                "1,2345|NONE",
                "-1,00|NONE",
                "1e3|NONE",
                "12345678901,00|NONE",
                "EUR 5|NONE"
            })
    void refusesAmountsThatMeanTwoThingsOrNone(String written, Reading reading) {
        assertThat(Written.number(written, true, 2, MOST)).isEqualTo(new Written.Number(reading, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,134|1.134", "0,003|0.003", "0.003|0.003", "100|100"})
    void readsSharesThatWouldBeTooMuchIfReadOtherwise(String written, BigDecimal read) {
        assertThat(Written.number(written, true, 3, new BigDecimal(100)))
                .isEqualTo(new Written.Number(Reading.READ, read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12345,67", "1.000,50", "1 000", "1.234.567", "1.000"})
    void readsPlainAmountsOnlyBetweenCommas(String written) {
        assertThat(Written.number(written, false, 2, MOST).reading()).isEqualTo(Reading.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31, true, 2026-03-31",
        "31/03/2026, true, 2026-03-31",
        "31.3.2026, true, 2026-03-31",
        "03.04.2026, true, 2026-04-03",
        "05/05/2026, true, 2026-05-05",
        "2026-03-31, false, 2026-03-31"
    })
    void readsDays(String written, boolean semicolons, LocalDate day) {
        assertThat(Written.day(written, semicolons)).isEqualTo(new Written.Day(Reading.READ, day));
    }

    @ParameterizedTest
    @CsvSource({
        "03/04/2026, true, AMBIGUOUS",
        "03/31/2026, true, NONE",
        "31.02.2026, true, NONE",
        "31.03/2026, true, NONE",
        "31/03/0206, true, NONE",
        "31/03/2026, false, NONE",
        "soon, true, NONE"
    })
    void refusesDaysThatMeanTwoThingsOrNone(String written, boolean semicolons, Reading reading) {
        assertThat(Written.day(written, semicolons)).isEqualTo(new Written.Day(reading, null));
    }
}
