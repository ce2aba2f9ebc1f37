package org.sterna.forms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sterna.duties.Words;

/** Describes forms as JSON schema 2020-12. */
final class JsonSchema {

    private final Words words;

    JsonSchema(Words words) {
        this.words = words;
    }

    Map<String, Object> of(Form form, Locale reader) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", words.text(form.duty() + "." + form.step() + ".name", reader));
        object(form.fields(), form, reader, schema);
        return schema;
    }

    private void object(List<Form.Field> fields, Form form, Locale reader, Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Form.Field field : fields) {
            if (field.type() != Form.Type.TEXT_BLOCK) {
                properties.put(field.key(), property(field, form, reader));
                if (field.required()) {
                    required.add(field.key());
                }
            }
        }
        if (fields.stream().anyMatch(field -> field.carry() != null)) {
            properties.put(
                    FormGate.CARRIED_OVER_READ,
                    Map.of("type", "boolean", "title", words.text(AcceptableAnswers.CONFIRMATION, reader)));
        }
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
    }

    private Map<String, Object> property(Form.Field field, Form form, Locale reader) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("title", words.text(field.label(), reader));
        List<String> description = new ArrayList<>();
        if (field.help() != null) {
            description.add(words.text(field.help(), reader));
        }
        form.rules().stream()
                .filter(rule -> !rule.warning() && about(rule, field, form))
                .forEach(rule -> description.add(words.text(rule.message(), reader)));
        if (!description.isEmpty()) {
            property.put("description", String.join(" ", description));
        }
        if (field.readonly()) {
            property.put("readOnly", true);
        }
        switch (field.type()) {
            case TEXT, TEXTAREA -> {
                property.put("type", "string");
                if (field.required() || field.minLength() != null) {
                    property.put("minLength", Math.max(1, field.minLength() == null ? 1 : field.minLength()));
                }
                property.put("maxLength", Limits.maxLength(field));
                format(field.format(), property);
            }
            case NUMBER -> {
                property.put("type", "number");
                if (field.min() != null) {
                    property.put("minimum", field.min());
                }
                if (field.max() != null) {
                    property.put("maximum", field.max());
                }
            }
            case DATE -> {
                property.put("type", "string");
                property.put("format", "date");
            }
            case CHECKBOX -> {
                property.put("type", "boolean");
                if (field.required()) {
                    property.put("const", true);
                }
            }
            case RADIO, SELECT -> {
                property.put("type", "string");
                property.put("enum", values(field));
            }
            case CHECKLIST -> {
                property.put("type", "array");
                property.put("items", Map.of("type", "string", "enum", values(field)));
                property.put("uniqueItems", true);
                if (field.required()) {
                    property.put("minItems", 1);
                }
            }
            case DOCUMENT -> {
                property.put("type", "string");
                property.put("format", "uuid");
            }
            case LIST -> {
                Map<String, Object> row = new LinkedHashMap<>();
                object(field.fields(), form, reader, row);
                property.put("type", "array");
                property.put("items", row);
                if (field.minLength() != null) {
                    property.put("minItems", field.minLength());
                }
                property.put("maxItems", field.mostRows());
            }
            case TEXT_BLOCK -> throw new IllegalArgumentException(field.key() + " has no value");
        }
        return property;
    }

    /** Whether a condition is shown at the field or column. */
    private static boolean about(Form.Rule rule, Form.Field field, Form form) {
        return rule.field().equals(field.key())
                        && form.field(field.key()).filter(field::equals).isPresent()
                || form.lists().stream()
                        .anyMatch(list ->
                                list.fields().contains(field) && rule.field().equals(Form.Cell.slot(list, field)));
    }

    private static void format(@Nullable String format, Map<String, Object> property) {
        if (format == null) {
            return;
        }
        switch (format) {
            case "email" -> property.put("format", "email");
            case "phone" -> property.put("pattern", "^\\+[1-9][0-9]{7,14}$");
            case "party", "country" -> property.put("pattern", "^[A-Z]{3}$");
            default -> throw new IllegalArgumentException("Unknown format " + format);
        }
    }

    private static List<String> values(Form.Field field) {
        return field.options().stream().map(Form.Option::value).toList();
    }
}
