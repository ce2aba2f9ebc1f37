package org.sterna.forms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a list: nested as the API sends them, as JSON text as Tasklist does, or one value per cell named
 * {@code <list>.<row>.<field>} as browsers do. Never throws for anything that was sent.
 */
final class ListReading {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private static final Pattern CELL = Pattern.compile("([a-z][a-zA-Z0-9]*)\\.(\\d{1,4})\\.(.{1,80})", Pattern.DOTALL);

    private final Form.Field list;
    private final Set<String> keys;
    private final SortedMap<Integer, Map<String, Object>> rows = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();

    ListReading(Form.Field list, Map<String, ?> raw) {
        this.list = list;
        keys = list.keys();
        SortedMap<Integer, Object> sent = sent(raw);
        if (sent.size() > Limits.ROWS_READ || size(sent.values()) > Limits.LIST) {
            fault("forms.listTooLong", Map.of("max", list.mostRows()));
            return;
        }
        sent.forEach(this::read);
        if (faults.size() > Limits.FAULTS) {
            faults.subList(Limits.FAULTS, faults.size()).clear();
        }
    }

    /** Whether a name is a cell of one of the lists, known or not; it is read with its list. */
    static boolean reads(String name, List<Form.Field> lists) {
        Matcher cell = CELL.matcher(name);
        return cell.matches() && lists.stream().anyMatch(list -> list.key().equals(cell.group(1)));
    }

    /** The rows that are not empty, by the number under which they were sent. */
    SortedMap<Integer, Map<String, Object>> rows() {
        return rows;
    }

    List<Fault> faults() {
        return faults;
    }

    private SortedMap<Integer, Object> sent(Map<String, ?> raw) {
        SortedMap<Integer, Object> sent = new TreeMap<>();
        Object whole = raw.get(list.key());
        if (whole instanceof String text) {
            whole = parse(text);
        }
        if (whole instanceof Object[] array) {
            whole = Arrays.asList(array);
        }
        if (whole instanceof Collection<?> nested) {
            int number = 0;
            for (Object row : nested) {
                if (number > Limits.ROWS_READ) {
                    break;
                }
                if (row != null) {
                    sent.put(number, row);
                }
                number++;
            }
        } else if (whole != null) {
            fault("forms.list", Map.of());
        }
        raw.forEach((name, value) -> {
            Matcher cell = name == null ? null : CELL.matcher(name);
            if (cell != null && cell.matches() && cell.group(1).equals(list.key())) {
                Object row = sent.computeIfAbsent(Integer.parseInt(cell.group(2)), unseen -> new Cells());
                if (row instanceof Cells cells) {
                    cells.put(cell.group(3), value);
                } else {
                    fault("forms.list", Map.of());
                }
            }
        });
        return sent;
    }

    /** A row made of values named one by one. */
    private static final class Cells extends LinkedHashMap<String, @Nullable Object> {
        private static final long serialVersionUID = 1L;
    }

    private @Nullable Object parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        if (text.length() > Limits.LIST) {
            fault("forms.listTooLong", Map.of("max", list.mostRows()));
            return null;
        }
        try {
            return JSON.readValue(text, new TypeReference<List<@Nullable Object>>() {});
        } catch (JsonProcessingException unreadable) {
            fault("forms.list", Map.of());
            return null;
        }
    }

    private static long size(Collection<?> values) {
        long size = 0;
        for (Object value : values) {
            if (value instanceof CharSequence text) {
                size += text.length();
            } else if (value instanceof Map<?, ?> row) {
                size += row.size() + size(row.values());
            }
        }
        return size;
    }

    private void read(int number, Object sent) {
        if (!(sent instanceof Map<?, ?> named) || named.size() > Limits.FIELDS) {
            fault("forms.list", Map.of());
            return;
        }
        Map<Object, @Nullable Object> cells = new LinkedHashMap<>(named);
        Map<String, Object> row = new LinkedHashMap<>();
        List<Fault> wrong = new ArrayList<>();
        for (Form.Field field : list.fields()) {
            if (field.type() != Form.Type.TEXT_BLOCK) {
                Object value =
                        Answers.read(field, Form.Cell.name(list, number, field.key()), cells.get(field.key()), wrong);
                if (value != null) {
                    row.put(field.key(), value);
                }
            }
        }
        cells.keySet().stream()
                .filter(key -> !(key instanceof String name) || !keys.contains(name))
                .forEach(key -> wrong.add(Answers.unknown(
                        Answers.shown(Form.Cell.name(list, number, key instanceof String name ? name : "")))));
        faults.addAll(wrong);
        if (!wrong.isEmpty() || row.values().stream().anyMatch(value -> !value.equals(false))) {
            rows.put(number, row);
        }
    }

    private void fault(String message, Map<String, Object> parameters) {
        if (faults.stream().noneMatch(fault -> fault.field().equals(list.key()))) {
            faults.add(new Fault(list.key(), message, parameters));
        }
    }
}
