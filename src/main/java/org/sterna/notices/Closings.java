package org.sterna.notices;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.Obligation;

/**
 * When obligations are closed as not delivered if nobody ever delivers, as {@link org.sterna.duties.Duty#closes} says.
 * Nothing is kept: the day follows the meeting and the deadline that stands.
 */
public interface Closings {

    /** Rung of the next automatic act that closes an obligation. */
    String CLOSING = "closing";

    /**
     * The day at the end of which the obligation is closed as long as the Party has to act; never before the deadline
     * that stands. Empty if only the Secretariat closes it, or its meeting has no date.
     */
    Optional<Deadline> of(Obligation obligation);

    /**
     * The same for several; the statements grow with duties and occasions, not with obligations.
     *
     * @return by the obligation's id; without those that only the Secretariat closes
     */
    Map<UUID, Deadline> of(Collection<Obligation> obligations);

    /**
     * The last day to which the deadline that stands can be moved without outliving its purpose. Empty if there is none,
     * or the Secretariat has given more time than that already, in taking the case up again.
     */
    Optional<LocalDate> lastDay(Obligation obligation);
}
