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
     * @param deadline the main deadline, which stands first
     * @param further the further deadlines by name, as far as they are known now
     * @param actor who opens
     * @return those entered now; empty if all existed
     */
    List<Obligation> open(
            String duty,
            String occasion,
            Collection<String> partyCodes,
            Deadline deadline,
            Map<String, Deadline> further,
            String actor);

    /** Enters obligations of a duty with one deadline. */
    default List<Obligation> open(
            String duty, String occasion, Collection<String> partyCodes, Deadline deadline, String actor) {
        return open(duty, occasion, partyCodes, deadline, Map.of(), actor);
    }

    /**
     * Makes everybody who opens that occasion, or locks it, wait until the transaction ends; on whatever node.
     */
    void lockOccasion(String duty, String occasion);

    /** The obligation as it stands, kept from changing until the transaction ends. */
    Optional<Obligation> lock(UUID obligationId);

    /**
     * A step came up.
     *
     * @return whether another of the duty's deadlines stands now
     */
    boolean taskOpened(OpenTask task);

    /**
     * A step was completed by a submission, or withdrawn.
     *
     * @return whether another of the duty's deadlines stands now
     */
    boolean taskDone(String taskId, @Nullable String doneBy);

    /**
     * Files checked answers.
     *
     * @param acting whether the submitter is not the seat's own holder
     * @return the submission with its version, late mark and receipt
     */
    default Submission submit(OpenTask task, Map<String, Object> values, String username, boolean acting) {
        return submit(task, values, username, acting, Map.of());
    }

    /**
     * Files checked answers, with particulars for the event.
     *
     * @param acting whether the submitter is not the seat's own holder
     * @param details further details of the event; a day {@link LedgerEvent#RECEIVED_ON} says when it came that is
     *     entered now, and that day decides what is late
     * @return the submission with its version, late mark and receipt
     */
    Submission submit(
            OpenTask task, Map<String, Object> values, String username, boolean acting, Map<String, String> details);

    /** Sets the next automatic act; null for none. Writes no event. */
    void plan(UUID obligationId, Obligation.@Nullable NextAct nextAct);

    /** Moves the deadline that stands. */
    void moveDeadline(UUID obligationId, Deadline deadline, String actor);

    /**
     * Moves the deadline with that name, or sets it for the first time; what is due by it moves along.
     *
     * @param name {@code due} or the name of a further deadline
     */
    void moveDeadline(UUID obligationId, String name, Deadline deadline, String actor);

    /**
     * Lets the deadline with that name stand while no step waits, because the next step is due by it; nothing changes
     * while a step waits.
     */
    void letStand(UUID obligationId, String name);

    /** Ends the obligation. */
    void close(UUID obligationId, Obligation.State outcome, String actor, Map<String, String> details);

    /**
     * Takes an ended obligation up again; a step has to come up in the same transaction.
     *
     * @throws IllegalStateException if it has not ended
     */
    void reopen(UUID obligationId, String actor, Map<String, String> details);

    /**
     * Gives a waiting step to another seat of the same Party.
     *
     * @throws IllegalStateException if the step waits no more
     */
    void reassign(String taskId, String seatCode, String actor, Map<String, String> details);

    /** Records a fact that changes no state. */
    void record(UUID obligationId, LedgerEvent.Kind kind, String actor, Map<String, String> details);

    /** When the clock shows now, for events. */
    Instant now();
}
