package org.sterna.engine;

import java.util.UUID;
import org.sterna.calendar.Deadline;

/** Acts of the Secretariat on running cases, each one transaction over ledger, task due dates and timer. */
public interface Cases {

    /**
     * Moves the deadline of an open obligation.
     *
     * @throws IllegalArgumentException with a sentence, if the obligation is not open
     */
    void moveDeadline(UUID obligationId, Deadline deadline, String username);

    /**
     * Excuses the Party and ends the case.
     *
     * @param reason at least 10 characters; kept in the ledger
     * @throws IllegalArgumentException with a sentence, if the obligation is not open or the reason is missing
     */
    void excuse(UUID obligationId, String reason, String username);
}
