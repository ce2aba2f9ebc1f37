package org.sterna.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;

/**
 * Acts of the Secretariat on cases, each one transaction over ledger, task due dates and timer. Reasons and notes have
 * at least {@value #SHORTEST_REASON} characters and are kept in the ledger; what is refused is refused by an
 * {@link IllegalArgumentException} with a sentence in the language of the thread, and nothing was written.
 */
public interface Cases {

    /** Shortest reason that says something, in characters. */
    int SHORTEST_REASON = 10;

    /** Longest reason or note, in characters. */
    int LONGEST_REASON = 1000;

    /** In place of a step: the beginning of the diagram. */
    String BEGINNING = "beginning";

    /**
     * Moves the deadline of an open obligation.
     *
     * @throws IllegalArgumentException with a sentence, if the obligation is not open, or the deadline that stands is one
     *     after which nothing has any effect, and no mere default
     */
    void moveDeadline(UUID obligationId, Deadline deadline, String username);

    /**
     * Excuses the Party and ends the case.
     *
     * @param reason at least 10 characters; kept in the ledger
     * @throws IllegalArgumentException with a sentence, if the obligation is not open or the reason is missing
     */
    void excuse(UUID obligationId, String reason, String username);

    /**
     * Closes the case as not delivered: its tasks and reminders end, and the Party is told once.
     *
     * @param reason at least 10 characters; kept in the ledger
     * @throws IllegalArgumentException with a sentence, if the obligation is not open, the Party has delivered and the
     *     Secretariat has to look at it, or the reason is missing
     */
    void closeAsNotDelivered(UUID obligationId, String reason, String username);

    /**
     * Steps of the Party at which the case can be taken up again, in the order of the diagram: of an open case that
     * waits for the Secretariat, those that were done before; of an ended one, all. Steps of parallel branches are
     * left out, because the branches beside them would never meet them again.
     *
     * @return keys of steps; empty if the case is gone, or with the Party already
     */
    List<String> resumable(UUID obligationId);

    /**
     * Sends an open case back to the Party: what waits for the Secretariat in the duty itself is withdrawn, the step
     * comes up again, and the Party is told why.
     *
     * @param step one of {@link #resumable}
     * @param by new last day of the step's deadline; null to leave it
     * @throws IllegalArgumentException with a sentence, if the case does not wait for the Secretariat, the step cannot be
     *     taken up again, the day is past, or the reason is missing
     */
    void sendBack(UUID obligationId, String step, @Nullable LocalDate by, String reason, String username);

    /**
     * Takes an ended case up again at a step of the Party, and tells the Party why.
     *
     * @param step one of {@link #resumable}, or {@link #BEGINNING}
     * @param by last day of the step's deadline, today or later
     * @throws IllegalArgumentException with a sentence, if the case has not ended, the step cannot be taken up again, the
     *     day is past, or the reason is missing
     */
    void reopen(UUID obligationId, String step, LocalDate by, String reason, String username);

    /**
     * Reminds, beside the ladder, whoever holds the seats that the case waits for; once a day, however often it is
     * asked for.
     *
     * @return how many notices were written; 0 if all were reminded today already
     * @throws IllegalArgumentException with a sentence, if the case does not wait for the Party
     */
    int remind(UUID obligationId, String username);

    /**
     * Gives the Party's waiting steps to another seat of the same Party.
     *
     * @param role of the seat, for example {@code alt}; one per Party
     * @return how many steps changed hands; 0 if all were there already
     * @throws IllegalArgumentException with a sentence, if the case does not wait for the Party, nobody is reached by the
     *     seat, or the reason is missing
     */
    int reassign(UUID obligationId, String role, String reason, String username);

    /**
     * Notes something, for the Secretariat's eyes; also in an ended case.
     *
     * @throws IllegalArgumentException with a sentence, if the note says nothing or the obligation does not exist
     */
    void note(UUID obligationId, String note, String username);
}
