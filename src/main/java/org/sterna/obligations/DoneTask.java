package org.sterna.obligations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step that is over.
 *
 * @param taskId id of the user task in the engine
 * @param obligationId the obligation it belongs to
 * @param step user task id in the diagram
 * @param doneBy user name of who completed it; null if it was withdrawn because it was no longer needed
 * @param doneAt when
 */
public record DoneTask(
        String taskId,
        UUID obligationId,
        String step,
        @Nullable String doneBy,
        Instant doneAt) {}
