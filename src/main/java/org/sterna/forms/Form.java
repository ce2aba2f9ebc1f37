package org.sterna.forms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks for, read from {@code forms/<duty>/<step>.form} (Camunda Forms JSON). Labels, help and errors are
 * message keys.
 *
 * @param duty the duty's key
 * @param step the user task's id
 * @param fields in the order shown
 * @param rules conditions across fields
 */
public record Form(String duty, String step, List<Field> fields, List<Rule> rules) {

    /** How a field is shown and what its checked value is. */
    public enum Type {
        /** One line of text: {@link String}. */
        TEXT,
        /** Several lines of text: {@link String}. */
        TEXTAREA,
        /** {@link java.math.BigDecimal}. */
        NUMBER,
        /** ISO date without time: {@link java.time.LocalDate}. */
        DATE,
        /** {@link Boolean}. */
        CHECKBOX,
        /** One of the options: {@link String}. */
        RADIO,
        /** One of the options, as a list to choose from: {@link String}. */
        SELECT,
        /** Any of the options: a list of {@link String} in the options' order. */
        CHECKLIST,
        /** A document's id as text: {@link String}; the file itself is in custody. */
        DOCUMENT,
        /** A heading or an explanation; has no value. */
        TEXT_BLOCK
    }

    /**
     * A field.
     *
     * @param key name of the value, camelCase
     * @param type how it is shown and checked
     * @param label message key of the label
     * @param help message key of the hint; null for none
     * @param required whether a value must be given
     * @param minLength least number of characters; null for no limit
     * @param maxLength most characters; null for the type's default
     * @param min least number; null for no limit
     * @param max greatest number; null for no limit
     * @param format a named format: {@code email}, {@code phone} (E.164), {@code party}, {@code country}, for a text
     *     block {@code group}: a heading that holds the fields up to the next heading; null for none
     * @param options allowed values with the message keys of their labels; a select of the format {@code country} has
     *     all countries, to be shown in the reader's alphabetical order
     * @param autocomplete HTML autofill token; null for none
     * @param variable whether the engine keeps the value as a process variable, for the diagram's conditions
     * @param prefill name of a value offered when the form is opened: {@code party}, {@code party.code},
     *     {@code holder.name}, {@code holder.email}, {@code holder.language}, {@code today}; null for none
     */
    public record Field(
            String key,
            Type type,
            String label,
            @Nullable String help,
            boolean required,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            java.math.@Nullable BigDecimal min,
            java.math.@Nullable BigDecimal max,
            @Nullable String format,
            List<Option> options,
            @Nullable String autocomplete,
            boolean variable,
            @Nullable String prefill) {}

    /**
     * An allowed value.
     *
     * @param value what is stored
     * @param label message key of its label
     */
    public record Option(String value, String label) {}

    /**
     * A condition across fields, in FEEL; true when the answers are acceptable.
     *
     * @param id unique in the form
     * @param field the field the message is shown at
     * @param expression FEEL over the checked values by field key, with {@code today} and {@code deadline} added
     * @param message message key of the sentence shown when the condition does not hold
     * @param warning whether it only warns: shown, recorded, never blocking
     */
    public record Rule(String id, String field, String expression, String message, boolean warning) {}

    /** The field with that key. */
    public Optional<Field> field(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** Keys of the fields that take a value. */
    public Set<String> keys() {
        return fields.stream()
                .filter(field -> field.type() != Type.TEXT_BLOCK)
                .map(Field::key)
                .collect(java.util.stream.Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
