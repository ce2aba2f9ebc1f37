package org.sterna.time;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the application's clock forward, for demonstrations. Exists only with the movable clock, so an installation in
 * earnest has no such bean. One node only: other nodes learn of a move when they start.
 */
public class TimeMachine {

    private static final int MOST_YEARS = 10;

    private final MovableClock clock;
    private final ClockOffset offset;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate own;
    private final TransactionTemplate announcing;

    TimeMachine(
            MovableClock clock,
            ClockOffset offset,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.clock = clock;
        this.offset = offset;
        this.events = events;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.announcing = new TransactionTemplate(transactions);
    }

    /** The instant that the application takes for now. */
    public Instant now() {
        return clock.instant();
    }

    /** The instant so much later, if that is forward and not too far. */
    Instant later(Instant from, TemporalAmount amount) {
        Instant to = from.atZone(ZoneOffset.UTC).plus(amount).toInstant();
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("The clock only moves forward: " + amount + " does not lead forward.");
        }
        if (to.isAfter(from.atZone(ZoneOffset.UTC).plusYears(MOST_YEARS).toInstant())) {
            throw new IllegalArgumentException("The clock moves at most " + MOST_YEARS + " years at a time: " + amount
                    + " is longer. Move it in several steps.");
        }
        return to;
    }

    /**
     * Moves the clock forward, keeps the move across restarts, and then announces it: {@link TimeMoved} is published in
     * a transaction of its own, when the clock already shows the new time. What was due on the way is late then, as after
     * an outage; {@link TimeLapse} goes through the days instead.
     *
     * @param amount a period or duration, counted in UTC; forward, at most ten years
     * @return the move
     * @throws IllegalArgumentException if the amount does not lead forward or is longer than ten years
     */
    public synchronized TimeMoved advance(TemporalAmount amount) {
        Instant from = clock.instant();
        Instant to = later(from, amount);
        Duration by = Duration.between(from, to);
        // kept first: after a crash in between, the clock is ahead rather than back
        own.executeWithoutResult(status -> offset.keep(clock.offset().plus(by)));
        TimeMoved moved = clock.advance(by);
        announcing.executeWithoutResult(status -> events.publishEvent(moved));
        return moved;
    }
}
