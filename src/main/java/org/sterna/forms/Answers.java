package org.sterna.forms;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers as typed values, and what could not be read.
 *
 * @param form the form they answer
 * @param circumstances of the submission
 * @param values by field key, in the form's order; fields left empty are absent
 * @param rowsSent by a list's key, the numbers under which its rows were sent, from 0; empty rows are left out
 * @param unreadable values of a wrong type or shape, and names that are no fields
 */
@Acceptable
record Answers(
        Form form,
        FormGate.Circumstances circumstances,
        Map<String, Object> values,
        Map<String, List<Integer>> rowsSent,
        List<Fault> unreadable) {

    /** Stands for the form as a whole where no field is to blame. */
    static final String WHOLE = "form";

    private static final int UNKNOWN_SHOWN = 20;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
    private static final Pattern PHONE_PUNCTUATION = Pattern.compile("[\\s().\\-/\\u00a0\\u2010-\\u2015]");

    /** Reads what a door received; never throws for anything in {@code raw}. */
    static Answers read(Form form, Map<String, ?> raw, FormGate.Circumstances circumstances) {
        List<Form.Field> lists = form.lists();
        if (raw.size() > Limits.FIELDS + (lists.isEmpty() ? 0 : Limits.CELLS)) {
            return new Answers(
                    form,
                    circumstances,
                    Map.of(),
                    Map.of(),
                    List.of(new Fault(WHOLE, "forms.tooManyFields", Map.of())));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, List<Integer>> rowsSent = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Form.Field field : form.fields()) {
            if (field.readonly()) {
                Object value = circumstances.known().fixed().get(field.key());
                if (value != null) {
                    values.put(field.key(), value);
                    if (value instanceof List<?> rows && field.type() == Form.Type.LIST) {
                        rowsSent.put(
                                field.key(),
                                IntStream.range(0, rows.size()).boxed().toList());
                    }
                }
            } else if (field.type() == Form.Type.LIST) {
                ListReading list = new ListReading(field, raw);
                faults.addAll(list.faults());
                if (!list.rows().isEmpty()) {
                    values.put(field.key(), List.copyOf(list.rows().values()));
                    rowsSent.put(field.key(), List.copyOf(list.rows().keySet()));
                }
            } else if (field.type() != Form.Type.TEXT_BLOCK) {
                Object value = read(field, field.key(), raw.get(field.key()), faults);
                if (value != null) {
                    values.put(field.key(), value);
                }
            }
        }
        Set<String> known = form.keys();
        if (form.carries()) {
            known.add(FormGate.CARRIED_OVER_READ);
            Object read = raw.get(FormGate.CARRIED_OVER_READ);
            if (read != null
                    && Boolean.TRUE.equals(flag(read))
                    && !circumstances.known().carriedOver().isEmpty()) {
                values.put(FormGate.CARRIED_OVER_READ, true);
            }
        }
        raw.keySet().stream()
                .filter(name -> name == null || !known.contains(name) && !ListReading.reads(name, lists))
                .limit(UNKNOWN_SHOWN)
                .map(Answers::shown)
                .distinct()
                .forEach(name -> faults.add(unknown(name)));
        return new Answers(form, circumstances, values, rowsSent, faults);
    }

    /** What can be read of answers as they were typed, by field key. */
    static Map<String, Object> typed(Form form, Map<String, ?> raw) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Form.Field field : form.fields()) {
            typed(field, raw.get(field.key())).ifPresent(value -> values.put(field.key(), value));
        }
        return values;
    }

    /** A value as an answer to that field; empty if it cannot be read. */
    static Optional<Object> typed(Form.Field field, @Nullable Object raw) {
        if (field.type() == Form.Type.TEXT_BLOCK || raw == null) {
            return Optional.empty();
        }
        if (field.type() == Form.Type.LIST) {
            SortedMap<Integer, Map<String, Object>> rows = new ListReading(field, Map.of(field.key(), raw)).rows();
            return rows.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(rows.values()));
        }
        return Optional.ofNullable(read(field, field.key(), raw, new ArrayList<>()));
    }

    static Fault unknown(String name) {
        return new Fault(name, "forms.unknown", Map.of("name", name));
    }

    /**
     * Reads one value.
     *
     * @param name of the field or cell, for faults
     * @return null if it was left empty or cannot be read
     */
    static @Nullable Object read(Form.Field field, String name, @Nullable Object raw, List<Fault> faults) {
        Object value = raw instanceof String text ? clean(text, field, name, faults) : raw;
        if (value == null || value.equals("")) {
            return field.type() == Form.Type.CHECKBOX && !(raw instanceof String text && text.length() > Limits.RAW)
                    ? Boolean.FALSE
                    : null;
        }
        Object read =
                switch (field.type()) {
                    case TEXT, TEXTAREA -> value instanceof String text ? shape(text, field.format()) : null;
                    case NUMBER -> number(value);
                    case DATE -> date(value);
                    case CHECKBOX -> flag(value);
                    case RADIO, SELECT -> value instanceof String ? value : null;
                    case CHECKLIST -> list(value, field.options());
                    case DOCUMENT -> document(value);
                    case LIST, TEXT_BLOCK -> null;
                };
        if (read == null) {
            String message =
                    switch (field.type()) {
                        case TEXT, TEXTAREA, TEXT_BLOCK -> "forms.text";
                        case NUMBER -> "forms.number";
                        case DATE -> "forms.date";
                        case CHECKBOX -> "forms.checkbox";
                        case RADIO, SELECT, CHECKLIST -> "forms.choice";
                        case DOCUMENT -> "forms.document";
                        case LIST -> "forms.list";
                    };
            faults.add(new Fault(name, message, Map.of()));
        }
        return read instanceof List<?> list && list.isEmpty() ? null : read;
    }

    /** Frees a text of what nobody types on purpose; null if it is too long to be looked at. */
    private static @Nullable String clean(String text, Form.Field field, String name, List<Fault> faults) {
        if (text.length() > Limits.RAW) {
            faults.add(new Fault(name, "forms.tooLong", Map.of("max", Limits.maxLength(field))));
            return null;
        }
        boolean lines = field.type() == Form.Type.TEXTAREA;
        StringBuilder clean = new StringBuilder(text.length());
        boolean visible = false;
        String composed = Normalizer.normalize(text.replace("\r\n", "\n").replace('\r', '\n'), Normalizer.Form.NFC);
        for (int i = 0; i < composed.length(); ) {
            int point = composed.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n') {
                clean.append(lines ? '\n' : ' ');
            } else if (point == '\t') {
                clean.append(' ');
            } else if (!dropped(point)) {
                clean.appendCodePoint(point);
                visible |= !blank(point);
            }
        }
        return visible ? strip(clean.toString()) : "";
    }

    /** Control characters, halves of surrogate pairs, and marks that hide or turn text around. */
    private static boolean dropped(int point) {
        return Character.isISOControl(point)
                || Character.getType(point) == Character.SURROGATE
                || point == 0x200B
                || point == 0x2060
                || point == 0xFEFF
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
    }

    private static boolean blank(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.FORMAT;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && space(text.charAt(start))) {
            start++;
        }
        while (end > start && space(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean space(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static String shape(String text, @Nullable String format) {
        return format == null
                ? text
                : switch (format) {
                    case "email" -> text.toLowerCase(Locale.ROOT);
                    case "phone" -> PHONE_PUNCTUATION.matcher(text).replaceAll("");
                    case "party", "country" -> text.toUpperCase(Locale.ROOT);
                    default -> text;
                };
    }

    private static @Nullable BigDecimal number(Object value) {
        if (value instanceof BigDecimal decimal) {
            // the exponent is looked at first: writing out 1e999999999 would take all memory
            return decimal.precision() > 40 || Math.abs((long) decimal.scale()) > 40
                    ? null
                    : number(
                            decimal.signum() == 0
                                    ? "0"
                                    : decimal.stripTrailingZeros().toPlainString());
        }
        if (value instanceof BigInteger whole) {
            return whole.bitLength() > 64 ? null : number(whole.toString());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? number(new BigDecimal(value.toString())) : null;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return number(value.toString());
        }
        return value instanceof String text && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    private static @Nullable LocalDate date(Object value) {
        if (value instanceof LocalDate date) {
            return date(date.toString());
        }
        try {
            return value instanceof String text && text.length() == 10 && text.charAt(0) != '-'
                    ? LocalDate.parse(text)
                    : null;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static @Nullable Boolean flag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value.equals("true") || value.equals("on")) {
            return true;
        }
        return value.equals("false") ? false : null;
    }

    /** What was chosen, in the order in which it is offered; anything else comes first, to be refused. */
    private static @Nullable List<String> list(Object value, List<Form.Option> options) {
        Collection<?> items = null;
        if (value instanceof String text) {
            items = Arrays.asList(text.split(","));
        } else if (value instanceof String[] array) {
            items = Arrays.asList(array);
        } else if (value instanceof Collection<?> collection) {
            items = collection;
        }
        if (items == null || items.size() > Limits.FIELDS) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Object item : items) {
            if (!(item instanceof String text) || text.length() > 200) {
                return null;
            }
            String chosen = strip(text);
            if (!chosen.isEmpty() && seen.add(chosen)) {
                texts.add(chosen);
            }
        }
        List<String> offered = options.stream().map(Form.Option::value).toList();
        texts.sort(Comparator.comparingInt(offered::indexOf));
        return texts;
    }

    private static @Nullable String document(Object value) {
        if (value instanceof UUID id) {
            return id.toString();
        }
        try {
            return value instanceof String text && text.length() == 36
                    ? UUID.fromString(text).toString()
                    : null;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** An unknown name, short and harmless enough to be repeated. */
    static String shown(@Nullable String name) {
        if (name == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(60)
                .map(point -> dropped(point) || point == ':' ? '?' : point)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
