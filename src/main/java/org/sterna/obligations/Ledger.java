package org.sterna.obligations;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;

/**
 * Writing the ledger. Every method takes part in the caller's transaction and must be called inside one; each writes
 * its event.
 */
public interface Ledger {

    /**
     * Enters an obligation for each of the Parties that does not have it yet, and publishes {@link ObligationsOpened}
     * for those entered. Safe to call from any number of threads and nodes at once.
     *
     * @param actor who opens
     * @return those entered now; empty if all existed
     */
    List<Obligation> open(String duty, String occasion, Collection<String> partyCodes, Deadline deadline, String actor);

    /**
     * Makes everybody who opens that occasion, or locks it, wait until the transaction ends; on whatever node.
     */
    void lockOccasion(String duty, String occasion);

    /** The obligation as it stands, kept from changing until the transaction ends. */
    Optional<Obligation> lock(UUID obligationId);

    /** A step came up. */
    void taskOpened(OpenTask task);

    /** A step was completed by a submission, or withdrawn. */
    void taskDone(String taskId, @Nullable String doneBy);

    /**
     * Files checked answers.
     *
     * @param acting whether the submitter is not the seat's own holder
     * @return the submission with its version, late mark and receipt
     */
    Submission submit(OpenTask task, Map<String, Object> values, String username, boolean acting);

    /** Sets the next automatic act; null for none. Writes no event. */
    void plan(UUID obligationId, Obligation.@Nullable NextAct nextAct);

    /** Moves the deadline. */
    void moveDeadline(UUID obligationId, Deadline deadline, String actor);

    /** Ends the obligation. */
    void close(UUID obligationId, Obligation.State outcome, String actor, Map<String, String> details);

    /** Records a fact that changes no state. */
    void record(UUID obligationId, LedgerEvent.Kind kind, String actor, Map<String, String> details);

    /** When the clock shows now, for events. */
    Instant now();
}
