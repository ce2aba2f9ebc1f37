package org.sterna.obligations;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;

/**
 * A step that waits for a seat.
 *
 * @param taskId id of the user task in the engine
 * @param obligationId the obligation it belongs to
 * @param duty key of the process the step belongs to: the duty's, or that of a shared diagram such as
 *     {@code escalate-overdue}; prefix of its form and message keys
 * @param step user task id in the diagram
 * @param seatCode the seat whose task it is
 * @param createdAt when it came up
 * @param dueAt by when; null if nothing hangs on it
 * @param deadlineName which of the duty's deadlines that is; null where the duty has one only
 */
public record OpenTask(
        String taskId,
        UUID obligationId,
        String duty,
        String step,
        String seatCode,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable String deadlineName) {

    /** Whether the step is due by another of the duty's deadlines than the one that stands. */
    public boolean dueByAnother(Obligation obligation) {
        return deadlineName != null && !deadlineName.equals(obligation.deadlineName());
    }

    /**
     * The obligation as the step's own deadline has it.
     *
     * @param deadlines of the obligation by name; needed only where the step is due by another than the one that stands
     */
    public Obligation by(Obligation obligation, Map<String, Deadline> deadlines) {
        Deadline own = deadlineName == null ? null : deadlines.get(deadlineName);
        return deadlineName == null || own == null ? obligation : obligation.by(deadlineName, own);
    }

    /** A step of a duty with one deadline. */
    public OpenTask(
            String taskId,
            UUID obligationId,
            String duty,
            String step,
            String seatCode,
            Instant createdAt,
            @Nullable Instant dueAt) {
        this(taskId, obligationId, duty, step, seatCode, createdAt, dueAt, null);
    }
}
