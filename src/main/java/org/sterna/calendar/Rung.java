package org.sterna.calendar;

import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;

/**
 * One step of a duty's ladder: what happens how long before or after the deadline, and who is told.
 *
 * @param id unique in the ladder, for example {@code reminder-14}
 * @param kind what happens
 * @param offset from the deadline's day; negative before it
 * @param to roles of the seats written to, for example {@code nfp}
 * @param copies roles of the seats that get a copy
 * @param decide whether the Secretariat is asked to decide (escalations only)
 */
public record Rung(String id, Kind kind, Period offset, List<String> to, List<String> copies, boolean decide) {

    /** What a rung is. */
    public enum Kind {
        REMINDER,
        OVERDUE,
        ESCALATION
    }

    /** Acts fall in the morning of their day, in the zone of the deadline. Default, configurable. */
    static final LocalTime MORNING = LocalTime.of(8, 0);

    /** When this rung is due for a deadline. */
    public Instant at(Deadline deadline) {
        return deadline.on()
                .plus(offset)
                .atTime(MORNING)
                .atZone(deadline.zone())
                .toInstant();
    }

    /**
     * The once-only key of this rung for a deadline, for example {@code reminder-14@2027-01-15}: a moved deadline
     * starts the ladder anew, the same deadline never repeats a rung.
     */
    public String milestone(Deadline deadline) {
        return id + "@" + deadline.on();
    }
}
