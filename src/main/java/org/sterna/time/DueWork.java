package org.sterna.time;

import java.time.Instant;
import java.util.Optional;

/**
 * Work that is done by the clock: a {@link TimeLapse} stops where some of it is due, and goes on when that is done. Any
 * number of beans.
 */
public interface DueWork {

    /** The first instant after that one at which some of it is due; empty if nothing is planned. */
    Optional<Instant> next(Instant after);

    /** How much of it is due by now and not done yet; 0 where nobody is at work here, so that waiting would be in vain. */
    long due();
}
