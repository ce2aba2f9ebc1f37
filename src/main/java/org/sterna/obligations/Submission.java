package org.sterna.obligations;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a holder sent in one step; immutable.
 *
 * @param id its identity
 * @param obligationId the obligation
 * @param taskId the task it completed
 * @param step user task id in the diagram
 * @param version 1 for the first submission of the step, counting up
 * @param values checked answers by field key; dates as ISO text, numbers as numbers
 * @param submittedBy user name
 * @param seatCode the seat it was submitted for
 * @param acting whether somebody else than the seat's own holder submitted it, for example the alternate
 * @param late whether it came after the deadline
 * @param submittedAt when it was received
 * @param receipt number on the receipt, unique, for example {@code S-2026-000123}
 */
public record Submission(
        UUID id,
        UUID obligationId,
        String taskId,
        String step,
        int version,
        Map<String, Object> values,
        String submittedBy,
        String seatCode,
        boolean acting,
        boolean late,
        Instant submittedAt,
        String receipt) {}
