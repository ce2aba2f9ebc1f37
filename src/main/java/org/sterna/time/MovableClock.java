package org.sterna.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs with the system's and can be moved forward; the application's clock in the {@code demo} profile
 * and in tests. Its zone is UTC.
 */
public final class MovableClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> offset;

    /**
     * @param base the clock to run with
     * @param offset how far ahead of {@code base} this clock starts
     */
    public MovableClock(Clock base, Duration offset) {
        this.base = base;
        this.offset = new AtomicReference<>(offset);
    }

    /**
     * Moves the clock forward.
     *
     * @param amount a period or duration, counted in UTC; must lead forward
     * @return the move, for announcing it
     * @throws IllegalArgumentException if the amount does not lead forward
     */
    public TimeMoved advance(TemporalAmount amount) {
        Instant from = instant();
        Instant to = from.atZone(ZoneOffset.UTC).plus(amount).toInstant();
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("The clock only moves forward: " + amount);
        }
        offset.updateAndGet(current -> current.plus(Duration.between(from, to)));
        return new TimeMoved(from, to);
    }

    /** How far this clock is ahead of the one it runs with. */
    public Duration offset() {
        return offset.get();
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.offset(base.withZone(zone), offset.get());
    }
}
