package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where answers are drawn, before and after the deadline. */
class SpreadTests {

    @Test
    void theDayItselfIsInTheLastWeekBefore() {
        Spread spread = Objects.requireNonNull(Spread.of(List.of(0L, -6L, -7L, 1L, 7L, 8L)));

        assertThat(spread.counts())
                .containsExactlyInAnyOrderEntriesOf(
                        java.util.Map.ofEntries(entry(-7, 1), entry(0, 2), entry(7, 2), entry(14, 1)));
        assertThat(spread.weeks()).extracting(Spread.Week::late).containsExactly(false, false, true, true);
        assertThat(spread.weeks().get(1)).satisfies(week -> {
            assertThat(week.first()).isEqualTo(-6);
            assertThat(week.last()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsEachAnswerOnceInsideTheDrawing(long seed) {
        List<Long> days = new Random(seed).longs(200, -400, 400).boxed().toList();

        Spread spread = Objects.requireNonNull(Spread.of(days));

        assertThat(spread.weeks().stream().mapToInt(Spread.Week::count).sum()).isEqualTo(200);
        for (Spread.Week week : spread.weeks()) {
            int first = week.first() == null ? Integer.MIN_VALUE : week.first();
            int last = week.last() == null ? Integer.MAX_VALUE : week.last();
            assertThat(week.count()).isEqualTo((int)
                    days.stream().filter(day -> day >= first && day <= last).count());
            assertThat(week.x() + week.wide()).isLessThanOrEqualTo(spread.width());
            assertThat(week.y() + week.high()).isEqualTo(spread.base());
        }
    }

    @Test
    void drawsNothingWithoutAnswers() {
        assertThat(Spread.of(List.of())).isNull();
        assertThat(Spread.median(List.of())).isNull();
        assertThat(Spread.median(List.of(9L, -3L, 4L))).isEqualTo(4);
    }
}
