package org.sterna.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowLimitTests {

    @Test
    void writesTheNumber() {
        assertThat(RowLimit.first(8)).isEqualTo("fetch first 8 rows only");
        assertThat(RowLimit.firstWithTies(2000)).isEqualTo("fetch first 2000 rows with ties");
    }

    @Test
    void takesEnoughAndAtMostTwiceAsMany() {
        LongStream.of(65, 100, 128, 129, 5000, 10_000, 1L << 40, (1L << 40) + 1)
                .forEach(rows -> assertThat(number(RowLimit.firstAtLeast(rows))).isBetween(rows, 2 * rows - 1));
        assertThat(RowLimit.firstAtLeast(0)).isEqualTo("fetch first 64 rows only");
        assertThat(RowLimit.firstAtLeast(64)).isEqualTo("fetch first 64 rows only");
    }

    @Test
    void makesFewStatementsOfAllThatMayBeAskedFor() {
        assertThat(LongStream.rangeClosed(0, 1_000_000)
                        .mapToObj(RowLimit::firstAtLeast)
                        .distinct())
                .hasSizeLessThan(20);
    }

    @Test
    void refusesWhatIsNoLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> RowLimit.first(0));
        assertThatIllegalArgumentException().isThrownBy(() -> RowLimit.firstWithTies(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowLimit.firstAtLeast(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowLimit.firstAtLeast(Long.MAX_VALUE));
    }

    private static long number(String limit) {
        return Long.parseLong(limit.split(" ")[2]);
    }
}
