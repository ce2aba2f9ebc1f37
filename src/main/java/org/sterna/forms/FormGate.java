package org.sterna.forms;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one check of submitted answers, whatever door they come through. */
public interface FormGate {

    /**
     * Circumstances of a check.
     *
     * @param reader language of the messages
     * @param today the day of the submission, for {@code today} in rules
     * @param deadline the obligation's deadline, for {@code deadline} in rules
     * @param documents finds a document that the submitter may attach to this task and slot
     */
    record Circumstances(Locale reader, LocalDate today, LocalDate deadline, Attachments documents) {}

    /** Finds documents that may be attached. */
    @FunctionalInterface
    interface Attachments {

        /**
         * The name of the document, if it exists, belongs to the task, and was uploaded into that slot.
         *
         * @param document its id
         * @param slot key of the document field, {@code <list>.<field>} in the rows of a list
         */
        Optional<String> find(UUID document, String slot);
    }

    /**
     * Answers that passed.
     *
     * @param values by field key, typed as {@link Form.Type} says; fields left empty are absent
     * @param warnings rules that only warn and did not hold
     */
    record Checked(Map<String, Object> values, List<Violation> warnings) {}

    /**
     * Checks answers: names, types, presence, ranges, formats, choices, documents, rules across fields. Texts are
     * trimmed and freed of control characters first; numbers, dates and booleans may come as text, as browsers send
     * them.
     *
     * @param raw by field key; null and blank count as left empty; a list as a list of maps, as JSON text of one, or by
     *     the names of its cells, {@code <list>.<row>.<field>}, rows from 0
     * @throws InvalidSubmission naming each wrong field
     */
    Checked check(Form form, Map<String, ?> raw, Circumstances circumstances);
}
