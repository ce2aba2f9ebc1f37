package org.sterna.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;
import org.sterna.forms.Form;

/**
 * What came with a form's POST. Names that no field has are kept, for the gate to refuse.
 *
 * @param values by field key: a text, or a list where several were given or may be
 * @param files by field key
 */
record Typed(Map<String, Object> values, Map<String, MultipartFile> files) {

    private static final String FILE = ".file";
    private static final Set<String> OURS = Set.of("_csrf", "action", "draftVersion", "lang");

    static Typed in(HttpServletRequest request, Form form) {
        Map<String, Object> values = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, given) -> {
            if (!OURS.contains(name) && !name.endsWith(FILE)) {
                values.put(name, many(form, name) || given.length > 1 ? List.copyOf(Arrays.asList(given)) : given[0]);
            }
        });
        Map<String, MultipartFile> files = new LinkedHashMap<>();
        MultipartHttpServletRequest parts = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (parts != null) {
            parts.getFileMap().forEach((name, file) -> {
                String key = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
                if (isDocument(form, key)) {
                    if (!nothingChosen(file)) {
                        files.put(key, file);
                    }
                } else {
                    values.put(name, "");
                }
            });
        }
        return new Typed(values, files);
    }

    /** Browsers send an empty, nameless part for a file input in which nothing was chosen. */
    private static boolean nothingChosen(MultipartFile file) {
        return file.isEmpty()
                && (file.getOriginalFilename() == null
                        || file.getOriginalFilename().isBlank());
    }

    private static boolean many(Form form, String name) {
        return form.field(name)
                .filter(field -> field.type() == Form.Type.CHECKLIST)
                .isPresent();
    }

    /** Whether the form takes a paper there. */
    static boolean isDocument(Form form, String key) {
        return form.field(key)
                .filter(field -> field.type() == Form.Type.DOCUMENT)
                .isPresent();
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
