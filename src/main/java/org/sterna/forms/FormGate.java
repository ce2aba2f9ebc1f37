package org.sterna.forms;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one check of submitted answers, whatever door they come through. */
public interface FormGate {

    /**
     * Circumstances of a check.
     *
     * @param reader language of the messages
     * @param today the day of the submission, for {@code today} in rules
     * @param deadline the obligation's deadline, for {@code deadline} in rules
     * @param documents finds a document that the submitter may attach to this task and slot
     * @param known what is known beside the answers
     */
    record Circumstances(Locale reader, LocalDate today, LocalDate deadline, Attachments documents, Known known) {

        /** Circumstances in which nothing is known beside the answers. */
        public Circumstances(Locale reader, LocalDate today, LocalDate deadline, Attachments documents) {
            this(reader, today, deadline, documents, Known.NOTHING);
        }
    }

    /**
     * What is known beside the answers.
     *
     * @param facts values for conditions by the form's {@link Form#facts()} names; those that are not known are absent
     * @param fixed values of read-only fields by key, as {@link #fit} gives them; they stand, whatever is sent
     * @param carriedOver answers offered from an earlier occasion by key, as {@link #fit} gives them; while one of them
     *     is sent unchanged, {@link #CARRIED_OVER_READ} has to be sent too
     */
    record Known(Map<String, Object> facts, Map<String, Object> fixed, Map<String, Object> carriedOver) {

        /** Nothing at all. */
        public static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());
    }

    /**
     * Name of the confirmation, {@code true}, that the answers carried over were read; filed with the answers, no field
     * of any form.
     */
    String CARRIED_OVER_READ = "carriedOverRead";

    /**
     * Name under which {@link Warning#marks} of the warnings that somebody has read come with the answers, or
     * {@link #ANY_WARNING}; no field of any form, and not filed as an answer.
     */
    String WARNINGS_READ = "warningsRead";

    /** In the place of marks: send the answers whatever the rules that only warn say. */
    String ANY_WARNING = "any";

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
    record Checked(Map<String, Object> values, List<Warning> warnings) {}

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

    /** The rules that only warn and do not hold, of answers that need not be complete or right yet. */
    List<Warning> warnings(Form form, Map<String, ?> raw, Circumstances circumstances);

    /**
     * What a rule of the form said about a field.
     *
     * @param mark as {@link Warning#marks} writes one
     * @return empty if the form has no such rule any more
     */
    Optional<Warning> said(Form form, String mark, Locale reader);

    /**
     * A value from elsewhere as an answer to a field, typed as {@link Form.Type} says; empty if the field would not take
     * it. Of a list, rows and cells that do not fit are left out. Papers belong to the step they were handed in for and
     * fit only read-only fields.
     */
    Optional<Object> fit(Form.Field field, @Nullable Object value);

    /**
     * An answer of an earlier occasion as one to a field that carries it over, as {@link #fit} gives it; of a list, only
     * the rows that meet the field's condition. Rows that lack what the condition looks at do not meet it.
     *
     * @param origin the field it was given in
     */
    Optional<Object> carry(Form.Field field, Form.Field origin, @Nullable Object value);
}
