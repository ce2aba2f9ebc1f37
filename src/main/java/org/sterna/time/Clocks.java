package org.sterna.time;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The one clock: the system's, or in profile {@code demo} and with {@code sterna.time.movable=true} one that can be
 * moved forward.
 */
@Configuration(proxyBeanMethods = false)
class Clocks {

    @Configuration(proxyBeanMethods = false)
    @Conditional(SystemTime.class)
    static class Earnest {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(MovableTime.class)
    static class Movable {

        @Bean
        ClockOffset clockOffset(JdbcClient database) {
            return new ClockOffset(database);
        }

        @Bean
        MovableClock clock(ClockOffset offset) {
            return new MovableClock(Clock.systemUTC(), offset.kept());
        }

        @Bean
        TimeMachine timeMachine(
                MovableClock clock,
                ClockOffset offset,
                ApplicationEventPublisher events,
                PlatformTransactionManager transactions) {
            return new TimeMachine(clock, offset, events, transactions);
        }

        @Bean
        TimeLapse timeLapse(TimeMachine machine, ClockOffset offset, ObjectProvider<DueWork> works) {
            return new TimeLapse(machine, offset, works);
        }
    }

    static class MovableTime implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            return environment.acceptsProfiles(Profiles.of("demo"))
                    || environment.getProperty("sterna.time.movable", Boolean.class, false);
        }
    }

    static class SystemTime extends MovableTime {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
