package org.sterna.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;

/**
 * What came with a form's POST. Names that no field has are kept, for the gate to refuse.
 *
 * @param values by field key: a text, a list where several were given or may be, or the rows of a list as maps, the
 *     empty ones included
 * @param files by field key, or {@code <list>.<row>.<field>} with the row's place in the values
 */
record Typed(Map<String, Object> values, Map<String, MultipartFile> files) {

    private static final String FILE = ".file";
    private static final Set<String> OURS = Set.of(
            "_csrf",
            "action",
            "draftVersion",
            "lang",
            FormGate.WARNINGS_READ,
            // names the form that was kept when the session ended
            "kept-form",
            BehalfController.LETTER,
            BehalfController.KEPT,
            BehalfController.ON);
    private static final Pattern CELL = Pattern.compile("([a-zA-Z0-9]+)\\.(\\d{1,4})\\.([^.]+)");

    static Typed in(HttpServletRequest request, Form form) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, Map<String, Object>>> lists = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, given) -> {
            if (!OURS.contains(name) && !name.endsWith(FILE)) {
                Object value = many(form, name) || given.length > 1 ? List.copyOf(Arrays.asList(given)) : given[0];
                row(name, form, lists)
                        .ifPresentOrElse(row -> row.put(last(name), value), () -> values.put(name, value));
            }
        });
        Map<String, MultipartFile> chosen = new LinkedHashMap<>();
        MultipartHttpServletRequest parts = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (parts != null) {
            parts.getFileMap().forEach((name, file) -> {
                if (OURS.contains(name)) {
                    return;
                }
                String key = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
                if (isDocument(form, slot(key))) {
                    row(key, form, lists);
                    if (!nothingChosen(file)) {
                        chosen.put(key, file);
                    }
                } else {
                    values.put(name, "");
                }
            });
        }
        lists.forEach((key, rows) -> {
            // of a row in which nothing is ticked or chosen, a browser may send nothing
            for (int i = 0;
                    i < Math.min(rows.lastKey(), form.field(key).orElseThrow().mostRows());
                    i++) {
                rows.putIfAbsent(i, new LinkedHashMap<>());
            }
            values.put(key, List.copyOf(rows.values()));
        });
        Map<String, MultipartFile> files = new LinkedHashMap<>();
        chosen.forEach((name, file) -> files.put(inOrder(name, lists), file));
        return new Typed(values, files);
    }

    /** The values with the warnings that were read on the page; none where the page asked nothing. */
    static Map<String, Object> withWarningsRead(HttpServletRequest request, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        String read = request.getParameter(FormGate.WARNINGS_READ);
        all.put(FormGate.WARNINGS_READ, read == null ? "" : read);
        return all;
    }

    /** The row that a name such as {@code members.0.givenName} is in, begun if it is the first of its row. */
    private static Optional<Map<String, Object>> row(
            String name, Form form, Map<String, SortedMap<Integer, Map<String, Object>>> lists) {
        Matcher cell = CELL.matcher(name);
        return cell.matches()
                ? form.field(cell.group(1))
                        .filter(field -> field.type() == Form.Type.LIST)
                        .map(list -> lists.computeIfAbsent(list.key(), unseen -> new TreeMap<>())
                                .computeIfAbsent(Integer.valueOf(cell.group(2)), unseen -> new LinkedHashMap<>()))
                : Optional.empty();
    }

    /** The name with its row counted as it stands among the rows. */
    private static String inOrder(String name, Map<String, SortedMap<Integer, Map<String, Object>>> lists) {
        Matcher cell = CELL.matcher(name);
        if (!cell.matches() || !lists.containsKey(cell.group(1))) {
            return name;
        }
        int place =
                lists.get(cell.group(1)).headMap(Integer.valueOf(cell.group(2))).size();
        return cell.group(1) + "." + place + "." + cell.group(3);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The slot of a name: {@code members.passport} for {@code members.0.passport}. */
    static String slot(String name) {
        Matcher cell = CELL.matcher(name);
        return cell.matches() ? cell.group(1) + "." + cell.group(3) : name;
    }

    /** Puts the id of a kept paper where its field is. */
    static void attach(Map<String, Object> values, String name, String id) {
        Matcher cell = CELL.matcher(name);
        if (!cell.matches()) {
            values.put(name, id);
            return;
        }
        List<Map<String, Object>> rows = rows(values, cell.group(1));
        rows.get(Integer.parseInt(cell.group(2))).put(cell.group(3), id);
        values.put(cell.group(1), rows);
    }

    /** The rows of a list among the values, to be changed. */
    static List<Map<String, Object>> rows(Map<String, Object> values, String list) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (values.get(list) instanceof List<?> typed) {
            typed.forEach(row -> {
                Map<String, Object> cells = new LinkedHashMap<>();
                ((Map<?, ?>) row).forEach((key, value) -> cells.put((String) key, value));
                rows.add(cells);
            });
        }
        return rows;
    }

    /** Browsers send an empty, nameless part for a file input in which nothing was chosen. */
    private static boolean nothingChosen(MultipartFile file) {
        return file.isEmpty()
                && (file.getOriginalFilename() == null
                        || file.getOriginalFilename().isBlank());
    }

    private static boolean many(Form form, String name) {
        return form.cell(name)
                .map(Form.Cell::field)
                .or(() -> form.field(name))
                .filter(field -> field.type() == Form.Type.CHECKLIST)
                .isPresent();
    }

    /** Whether the form takes a paper there. */
    static boolean isDocument(Form form, String slot) {
        return form.slots().contains(slot);
    }

    /** The id in a value, if it is one. */
    static Optional<UUID> id(String value) {
        try {
            return value.length() == 36 ? Optional.of(UUID.fromString(value)) : Optional.empty();
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
