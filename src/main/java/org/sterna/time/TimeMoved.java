package org.sterna.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The application's clock was moved forward by hand.
 *
 * @param from the instant shown before
 * @param to the instant shown after
 */
public record TimeMoved(Instant from, Instant to) {

    /** How far the clock moved. */
    public Duration by() {
        return Duration.between(from, to);
    }
}
