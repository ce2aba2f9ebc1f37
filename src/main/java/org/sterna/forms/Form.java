package org.sterna.forms;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks for, read from {@code forms/<duty>/<step>.form} (Camunda Forms JSON). Labels, help and errors are
 * message keys.
 *
 * @param duty the duty's key
 * @param step the user task's id
 * @param fields in the order shown
 * @param rules conditions across fields
 * @param facts sources of the values that conditions may name beside the fields, by that name, as {@link Source#parse}
 *     reads them
 */
public record Form(String duty, String step, List<Field> fields, List<Rule> rules, Map<String, String> facts) {

    private static final Pattern CELL = Pattern.compile("([a-z][a-zA-Z0-9]*)\\.(\\d{1,4})\\.([a-z][a-zA-Z0-9]*)");

    /** A form whose conditions know nothing but its fields. */
    public Form(String duty, String step, List<Field> fields, List<Rule> rules) {
        this(duty, step, fields, rules, Map.of());
    }

    /**
     * Whether facts about the Party say all that the step asks: every answer that is required is offered one of them.
     *
     * @param told names of the facts
     */
    public boolean answeredBy(Collection<String> told) {
        List<Field> asked = fields.stream()
                .filter(field -> field.required() && !field.readonly())
                .toList();
        return !asked.isEmpty() && asked.stream().allMatch(field -> field.prefill() != null && told(field, told));
    }

    private static boolean told(Field field, Collection<String> told) {
        Source source = Source.parse(String.valueOf(field.prefill()));
        return source.kind() == Source.Kind.REGISTER && told.contains(source.name());
    }

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
        /**
         * Rows of the same fields: a list of maps by the key of the row's field, each value typed as its field says; rows
         * and cells left empty are absent.
         */
        LIST,
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
     * @param required whether a value must be given; in a list, in every row that is not empty
     * @param minLength least number of characters, or of a list's rows; null for no limit
     * @param maxLength most characters, or most rows of a list; null for the type's default
     * @param min least number; null for no limit
     * @param max greatest number; null for no limit
     * @param format a named format: {@code email}, {@code phone} (E.164), {@code party}, {@code country}, for a
     *     document {@code pdf}, for a text block {@code group}: a heading that holds the fields up to the next heading;
     *     null for none
     * @param options allowed values with the message keys of their labels; a select of the format {@code country} has
     *     all countries, to be shown in the reader's alphabetical order
     * @param autocomplete HTML autofill token; null for none
     * @param variable whether the engine keeps the value as a process variable, for the diagram's conditions
     * @param prefill source of the value offered when the form is opened, as {@link Source#parse} reads it, such as
     *     {@code party.code}; null for none
     * @param carry what an earlier occasion of the duty offers; null for nothing
     * @param readonly whether the value is the source's, whatever is sent
     * @param fields of each row of a list, text blocks among them; empty for all other types
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
            @Nullable String prefill,
            @Nullable Carry carry,
            boolean readonly,
            List<Field> fields) {

        /** The field of a list's rows with that key. */
        public Optional<Field> field(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).findFirst();
        }

        /** Keys of the fields of a list's rows that take a value. */
        public Set<String> keys() {
            return Form.keys(fields);
        }

        /** Most rows of a list. */
        public int mostRows() {
            return maxLength == null ? Limits.ROWS : Math.min(maxLength, Limits.ROWS);
        }
    }

    /**
     * An answer that is offered again on the next occasion of the duty, or in another duty.
     *
     * @param duty key of the other duty in which it is given; null for the form's own
     * @param steps the steps in which it is given; the newest submission of any of them is meant
     * @param name key of the field in which it is given; null for the same key
     * @param condition FEEL over {@code row} that rows of a list have to meet; null for all rows
     */
    public record Carry(
            @Nullable String duty,
            List<String> steps,
            @Nullable String name,
            @Nullable String condition) {

        /** An answer of the form's own duty, given under the same key. */
        public Carry(List<String> steps, @Nullable String condition) {
            this(null, steps, null, condition);
        }
    }

    /**
     * One field in one row of a list. Violations name it {@code <list>.<row>.<field>}, as browsers do.
     *
     * @param list the list
     * @param row from 0, as sent
     * @param field the row's field
     */
    public record Cell(Field list, int row, Field field) {

        /** {@code <list>.<row>.<field>}. */
        public String name() {
            return name(list, row, field.key());
        }

        /** {@code <list>.<field>}: where papers of this column are kept, whatever their row. */
        public String slot() {
            return slot(list, field);
        }

        static String name(Field list, int row, String key) {
            return list.key() + "." + row + "." + key;
        }

        static String slot(Field list, Field field) {
            return list.key() + "." + field.key();
        }
    }

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
     * @param field the field the message is shown at; {@code <list>.<field>} for a column of a list: an expression that
     *     names {@code row} is asked once for each row, and its message is shown in that row
     * @param expression FEEL over the checked values by field key, lists as lists of contexts, with {@code today},
     *     {@code deadline} and the form's facts added
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
        return keys(fields);
    }

    /** The lists. */
    public List<Field> lists() {
        return fields.stream().filter(field -> field.type() == Type.LIST).toList();
    }

    /** All sources that the form names, by their place in its file such as {@code birds.properties.prefill}. */
    public Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (Field field : fields) {
            if (field.prefill() != null) {
                sources.put(field.key() + ".properties.prefill", Source.parse(field.prefill()));
            }
        }
        facts.forEach((name, source) -> sources.put("properties.fact." + name, Source.parse(source)));
        return sources;
    }

    /** Whether answers of an earlier occasion are offered again. */
    public boolean carries() {
        return !carriedFrom().isEmpty();
    }

    /** Key of the duty whose answers are offered again. */
    public String carriedDuty() {
        return fields.stream()
                .map(Field::carry)
                .filter(carry -> carry != null && carry.duty() != null)
                .map(Carry::duty)
                .findFirst()
                .orElse(duty);
    }

    /** The steps whose newest answers on an earlier occasion are offered again; none if nothing is. */
    public List<String> carriedFrom() {
        return fields.stream()
                .map(Field::carry)
                .filter(carry -> carry != null)
                .findFirst()
                .map(Carry::steps)
                .orElse(List.of());
    }

    /** The cell of that name, if the name is {@code <list>.<row>.<field>} and the form has it. */
    public Optional<Cell> cell(String name) {
        Matcher parts = CELL.matcher(name);
        return parts.matches()
                ? field(parts.group(1)).filter(list -> list.type() == Type.LIST).flatMap(list -> list.field(
                                parts.group(3))
                        .filter(field -> field.type() != Type.TEXT_BLOCK)
                        .map(field -> new Cell(list, Integer.parseInt(parts.group(2)), field)))
                : Optional.empty();
    }

    /** Where the form takes papers: keys of document fields, and {@code <list>.<field>} for those in rows. */
    public Set<String> slots() {
        Set<String> slots = new LinkedHashSet<>();
        for (Field field : fields) {
            if (field.readonly()) {
                continue;
            }
            if (field.type() == Type.DOCUMENT) {
                slots.add(field.key());
            }
            field.fields().stream()
                    .filter(column -> column.type() == Type.DOCUMENT)
                    .forEach(column -> slots.add(Cell.slot(field, column)));
        }
        return slots;
    }

    /** Message key of a row's heading, with its number as {@code {0}}, where the duty has a wording of its own. */
    public String rowHeading(Field list) {
        return duty + "." + step + "." + list.key() + ".row";
    }

    private static Set<String> keys(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.type() != Type.TEXT_BLOCK)
                .map(Field::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
