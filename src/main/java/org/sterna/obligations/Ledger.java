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
     * Several obligations as they stand, kept from changing until the transaction ends; one statement for all, and in
     * one order for everybody, so that two who lock the same never wait for each other. Unknown ids are passed over.
     */
    List<Obligation> lock(Collection<UUID> obligationIds);

    /** The same by business keys, {@code <duty>/<occasion>/<PARTY>}. */
    List<Obligation> lockCases(Collection<String> businessKeys);

    /**
     * How far the case of an obligation came when it was started.
     *
     * @param obligationId the obligation, locked by the transaction and with the first of its steps ahead
     * @param tasks the steps that came up; none if the case waits for something else
     * @param nextAct the next automatic act; null for none
     */
    record Start(UUID obligationId, List<OpenTask> tasks, Obligation.@Nullable NextAct nextAct) {}

    /**
     * Cases were started: what {@link #taskOpened} and {@link #plan} do, for many at once and with the same number of
     * statements however many they are.
     */
    void started(List<Start> starts);

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

    /**
     * Sets the next automatic acts of several obligations, one statement for all.
     *
     * @param nextActs by the obligation's id; null for none
     */
    void plan(Map<UUID, Obligation.@Nullable NextAct> nextActs);

    /** Moves the deadline that stands. */
    void moveDeadline(UUID obligationId, Deadline deadline, String actor);

    /**
     * Moves the deadline with that name, or sets it for the first time; what is due by it moves along.
     *
     * @param name {@code due} or the name of a further deadline
     */
    void moveDeadline(UUID obligationId, String name, Deadline deadline, String actor);

    /**
     * Moves deadlines of several obligations, each as {@link #moveDeadline} does; with the same number of statements
     * however many they are, as long as the caller has locked them.
     *
     * @param deadlines by the obligation's id and the deadline's name
     */
    void moveDeadlines(Map<UUID, Map<String, Deadline>> deadlines, String actor);

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

    /**
     * A fact that changes no state, about one of several obligations.
     *
     * @param obligationId what it is about
     * @param kind what it is
     * @param actor who did it
     * @param details its particulars
     */
    record Fact(UUID obligationId, LedgerEvent.Kind kind, String actor, Map<String, String> details) {}

    /** Records several facts, each obligation's in the order given; two statements for all whose rows are locked. */
    void record(List<Fact> facts);

    /** When the clock shows now, for events. */
    Instant now();
}
