package org.sterna.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.sterna.Databases;

class TimeMachineTests {

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

        private final ClockOffset offset;
        private final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC), Duration.ZERO);
        private final List<Object> announced = new ArrayList<>();
        private final TimeMachine machine;

        Contract(DataSource database) {
            offset = new ClockOffset(JdbcClient.create(database));
            machine = new TimeMachine(
                    clock,
                    offset,
                    event -> {
                        announced.add(event);
                        announced.add(clock.instant());
                        announced.add(TransactionSynchronizationManager.isActualTransactionActive());
                    },
                    new JdbcTransactionManager(database));
        }

        @Test
        void movesTheClock() {
            machine.advance(Period.ofMonths(1));

            assertThat(machine.now()).isEqualTo(Instant.parse("2026-04-01T12:00:00Z"));
        }

        @Test
        void announcesTheMoveInATransactionWhenTheClockShowsIt() {
            machine.advance(Duration.ofDays(1));

            Instant end = START.plus(Duration.ofDays(1));
            assertThat(announced).containsExactly(new TimeMoved(START, end), end, true);
        }

        @Test
        void keepsTheSumOfAllMoves() {
            machine.advance(Period.ofDays(1));
            machine.advance(Duration.ofMillis(1500));

            assertThat(offset.kept()).isEqualTo(Duration.ofDays(1).plusMillis(1500));
        }

        @ParameterizedTest
        @ValueSource(strings = {"P0D", "P-1D", "P11Y", "P10Y1D"})
        void refusesToGoBackOrTooFar(String amount) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> machine.advance(Period.parse(amount)))
                    .withMessageContaining("The clock ");
        }

        @Test
        void movesTenYearsAtOnce() {
            assertThat(machine.advance(Period.ofYears(10)).to()).isEqualTo(Instant.parse("2036-03-01T12:00:00Z"));
        }
    }

    @Test
    void existsOnlyWithTheMovableClock() {
        runner().run(context ->
                assertThat(context).doesNotHaveBean(TimeMachine.class).hasSingleBean(Clock.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.profiles.active=demo", "sterna.time.movable=true"})
    void existsWhereTimeIsMovable(String setting) {
        runner().withPropertyValues(setting)
                .run(context ->
                        assertThat(context).hasSingleBean(TimeMachine.class).hasSingleBean(MovableClock.class));
    }

    @Test
    void restoresTheMoveAtStart() {
        DataSource database = Databases.h2();
        new ClockOffset(JdbcClient.create(database)).keep(Duration.ofDays(365));

        runner(() -> database).withPropertyValues("sterna.time.movable=true").run(context -> assertThat(
                        context.getBean(MovableClock.class).offset())
                .isEqualTo(Duration.ofDays(365)));
    }

    private static ApplicationContextRunner runner() {
        return runner(Databases::h2);
    }

    private static ApplicationContextRunner runner(Supplier<DataSource> database) {
        DataSource source = database.get();
        return new ApplicationContextRunner()
                .withUserConfiguration(Clocks.class)
                .withBean(JdbcClient.class, () -> JdbcClient.create(source))
                .withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(source));
    }
}
