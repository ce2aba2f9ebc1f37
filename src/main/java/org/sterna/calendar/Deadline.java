package org.sterna.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A date by which something is owed, and where it comes from.
 *
 * @param on the last day
 * @param zone the zone in which that day ends, by default Europe/Berlin, the Secretariat's
 * @param origin what set it
 * @param reference the rule, the notification's number, or the reason of the extension
 * @param provisional whether it may still move because what it hangs on has no firm date
 */
public record Deadline(
        LocalDate on, ZoneId zone, Origin origin, @Nullable String reference, boolean provisional) {

    /** What set a deadline. A notified date wins over a computed one. */
    public enum Origin {
        /** Computed from the duty's rule. */
        RULE,
        /** Published by the Secretariat in a notification. */
        NOTIFIED,
        /** Granted to this Party. */
        EXTENSION,
        /** Set for correcting a returned submission. */
        CORRECTION
    }

    /** The last second of the last day, also where clocks are changed at the end of it. */
    public Instant at() {
        return on.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
    }

    /** The same deadline on another day. */
    public Deadline movedTo(LocalDate day, Origin by, @Nullable String why) {
        return new Deadline(day, zone, by, why, false);
    }
}
