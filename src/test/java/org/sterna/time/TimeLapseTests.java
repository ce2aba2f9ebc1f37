package org.sterna.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.sterna.Databases;

class TimeLapseTests {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

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

    abstract static class Contract {

        private final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC), Duration.ZERO);
        private final ClockOffset offset;
        private final TimeMachine machine;
        private final CountDownLatch arrived = new CountDownLatch(1);

        Contract(DataSource database) {
            JdbcClient jdbc = JdbcClient.create(database);
            jdbc.sql("delete from movable_clock").update();
            offset = new ClockOffset(jdbc);
            machine = new TimeMachine(clock, offset, event -> {}, new JdbcTransactionManager(database));
        }

        /** Work that is due on given instants, and done when somebody has looked twice. */
        private class Diary implements DueWork {

            private final List<Instant> planned = new ArrayList<>();
            private final List<Instant> done = new ArrayList<>();
            private final Instant last;
            private int looks;

            Diary(String... instants) {
                for (String instant : instants) {
                    planned.add(Instant.parse(instant));
                }
                last = planned.get(planned.size() - 1);
            }

            @Override
            public Optional<Instant> next(Instant after) {
                return planned.stream().filter(after::isBefore).min(Instant::compareTo);
            }

            @Override
            public long due() {
                List<Instant> due = planned.stream()
                        .filter(one -> !one.isAfter(clock.instant()))
                        .toList();
                if (!due.isEmpty() && ++looks % 2 == 0) {
                    planned.removeAll(due);
                    done.add(clock.instant());
                }
                if (planned.isEmpty() && !clock.instant().isBefore(last)) {
                    arrived.countDown();
                }
                return planned.stream()
                        .filter(one -> !one.isAfter(clock.instant()))
                        .count();
            }
        }

        @SuppressWarnings("unchecked")
        private TimeLapse lapse(DueWork... works) {
            ObjectProvider<DueWork> provider = mock();
            given(provider.stream()).willAnswer(call -> Stream.of(works));
            return new TimeLapse(machine, offset, provider);
        }

        /** Closing waits for the step that is being made. */
        private void finish(TimeLapse lapse) throws InterruptedException {
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            lapse.close();
        }

        @Test
        void stopsWhereSomethingIsDueUntilItIsDone() throws InterruptedException {
            Diary diary = new Diary(
                    "2026-03-05T05:00:00Z", "2026-03-05T05:00:30Z", "2026-07-01T21:59:59Z", "2027-03-01T12:00:00Z");
            TimeLapse lapse = lapse(diary);

            assertThat(lapse.start(Period.ofYears(1)).target()).isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
            finish(lapse);

            assertThat(diary.done)
                    .containsExactly(
                            Instant.parse("2026-03-05T05:01:00Z"),
                            Instant.parse("2026-07-01T22:00:00Z"),
                            Instant.parse("2027-03-01T12:00:00Z"));
            assertThat(clock.instant()).isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
        }

        @Test
        void goesFurtherWhenItIsAskedOnTheWay() throws InterruptedException {
            Diary diary = new Diary("2026-03-05T05:00:00Z", "2028-03-01T12:00:00Z");
            TimeLapse lapse = lapse(diary);

            lapse.start(Period.ofYears(1));
            assertThat(lapse.start(Period.ofYears(1)).target()).isEqualTo(Instant.parse("2028-03-01T12:00:00Z"));
            finish(lapse);

            assertThat(clock.instant()).isEqualTo(Instant.parse("2028-03-01T12:00:00Z"));
        }

        @Test
        void goesOnAfterItWasStoppedOnTheWay() throws InterruptedException {
            Diary diary = new Diary("2026-06-01T05:00:00Z", "2027-03-01T12:00:00Z");
            offset.headFor(Instant.parse("2027-03-01T12:00:00Z"));
            TimeLapse lapse = lapse(diary);

            lapse.onApplicationEvent(mock(ApplicationReadyEvent.class));
            assertThat(lapse.progress().running()).isTrue();
            finish(lapse);

            assertThat(diary.done).hasSize(2);
            assertThat(clock.instant()).isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
        }

        @Test
        void keepsWhereItIsHeadingUntilItIsThere() {
            assertThat(offset.heading()).isEmpty();

            TimeLapse lapse = lapse(new DueWork() {
                @Override
                public Optional<Instant> next(Instant after) {
                    return Optional.empty();
                }

                @Override
                public long due() {
                    return 1;
                }
            });
            lapse.start(Duration.ofDays(3));

            assertThat(offset.heading()).contains(START.plus(Duration.ofDays(3)));
        }

        @Test
        void refusesToGoBackOrTooFar() {
            TimeLapse lapse = lapse();

            for (String amount : List.of("P0D", "P-1D", "P11Y")) {
                assertThatIllegalArgumentException().isThrownBy(() -> lapse.start(Period.parse(amount)));
            }
            assertThat(lapse.progress()).isEqualTo(new TimeLapse.Progress(START, null));
        }
    }
}
