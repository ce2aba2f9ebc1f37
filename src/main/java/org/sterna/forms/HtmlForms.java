package org.sterna.forms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Forms as HTML, by the template {@code forms/form.html}. */
@Component
class HtmlForms implements FormRenderer {

    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String DIGITS = "-?[0-9]+([.][0-9]+)?";

    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final Words words;
    private final String script;

    HtmlForms(ITemplateEngine templates, MessageSource messages, Words words) {
        this.templates = templates;
        this.messages = messages;
        this.words = words;
        try {
            script = new ClassPathResource("templates/forms/tasklist.js").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public String render(Form form, Page page) {
        Context context = new Context(page.reader());
        context.setVariable("form", new Drawing(form, page).draw());
        return templates.process("forms/form", context);
    }

    /** A form as its template sees it. */
    record Sheet(
            boolean tasklist,
            String language,
            String uploadUrl,
            String csrfHeader,
            String csrfParameter,
            String csrfToken,
            List<Entry> summary,
            List<Section> sections,
            String script) {}

    /**
     * A line of the error summary.
     *
     * @param target id of the element to go to; null where no field is to blame
     */
    record Entry(String message, @Nullable String target) {}

    /**
     * Fields under a heading.
     *
     * @param heading null for fields before the first one
     */
    record Section(@Nullable String heading, List<Item> items) {}

    /**
     * A field or an explanation. What is null is left out of the HTML.
     *
     * @param variable name by which Tasklist submits the value; null on the desk
     */
    record Item(
            String kind,
            String key,
            String id,
            String label,
            @Nullable String mark,
            @Nullable String help,
            @Nullable String warning,
            @Nullable String error,
            @Nullable String describedBy,
            @Nullable String invalid,
            boolean required,
            @Nullable Integer minLength,
            @Nullable String autocomplete,
            String inputType,
            @Nullable String inputMode,
            @Nullable String pattern,
            @Nullable String spellcheck,
            String value,
            boolean ticked,
            List<Choice> options,
            @Nullable String documentName,
            @Nullable String variable) {}

    /** An answer to choose. */
    record Choice(String value, String label, boolean chosen, String id) {}

    /** Turns one form and its answers into what the template sees. */
    private final class Drawing {

        private final Form form;
        private final Page page;
        private final boolean tasklist;
        private final boolean markOptional;
        private final Set<String> conditional;
        private final Map<String, String> errors;
        private final Map<String, String> warnings;

        Drawing(Form form, Page page) {
            this.form = form;
            this.page = page;
            tasklist = page.place() == Place.TASKLIST;
            List<Form.Field> fields = form.fields().stream()
                    .filter(field -> field.type() != Form.Type.TEXT_BLOCK)
                    .toList();
            long required = fields.stream().filter(Form.Field::required).count();
            markOptional = fields.size() - required <= required;
            conditional = form.rules().stream()
                    .filter(rule -> !rule.warning())
                    .map(Form.Rule::field)
                    .collect(Collectors.toSet());
            errors = byField(page.violations());
            warnings = byField(page.warnings());
        }

        Sheet draw() {
            return new Sheet(
                    tasklist,
                    language(),
                    page.uploadUrl(),
                    page.csrfHeader(),
                    page.csrfParameter(),
                    page.csrfToken(),
                    page.violations().stream()
                            .map(violation -> new Entry(violation.message(), target(violation.field())))
                            .toList(),
                    sections(),
                    script);
        }

        private List<Section> sections() {
            List<Section> sections = new ArrayList<>();
            List<Item> items = new ArrayList<>();
            sections.add(new Section(null, items));
            for (Form.Field field : form.fields()) {
                if (field.type() == Form.Type.TEXT_BLOCK && "group".equals(field.format())) {
                    items = new ArrayList<>();
                    sections.add(new Section(word(field.label()), items));
                } else {
                    items.add(item(field));
                }
            }
            return sections;
        }

        private Item item(Form.Field field) {
            List<String> given = given(field);
            String value = String.join(",", given);
            String error = errors.get(field.key());
            String name =
                    field.type() == Form.Type.DOCUMENT ? page.documentNames().get(value) : null;
            boolean listed = field.type() == Form.Type.RADIO || field.type() == Form.Type.CHECKLIST;
            return new Item(
                    kind(field.type()),
                    field.key(),
                    "f-" + field.key(),
                    word(field.label()),
                    mark(field),
                    field.help() == null ? null : word(field.help()),
                    warnings.get(field.key()),
                    error,
                    describedBy(field, name),
                    error == null || listed ? null : "true",
                    field.required(),
                    field.minLength(),
                    field.autocomplete(),
                    inputType(field, value),
                    field.type() == Form.Type.NUMBER ? "decimal" : null,
                    field.type() == Form.Type.NUMBER ? DIGITS : null,
                    "email".equals(field.format()) ? "false" : null,
                    value,
                    value.equals("true") || value.equals("on"),
                    choices(field, given),
                    name,
                    tasklist ? field.key() : null);
        }

        private static String kind(Form.Type type) {
            return switch (type) {
                case TEXT, NUMBER, DATE -> "line";
                case TEXTAREA -> "lines";
                case CHECKBOX -> "tick";
                case RADIO -> "radio";
                case SELECT -> "select";
                case CHECKLIST -> "checklist";
                case DOCUMENT -> "document";
                case TEXT_BLOCK -> "block";
            };
        }

        private static String inputType(Form.Field field, String value) {
            if (field.type() == Form.Type.DATE) {
                // a date field shows nothing of what is no date; as text it can be seen and mended
                return value.isEmpty() || ISO_DATE.matcher(value).matches() ? "date" : "text";
            }
            return switch (Optional.ofNullable(field.format()).orElse("")) {
                case "email" -> "email";
                case "phone" -> "tel";
                default -> "text";
            };
        }

        private @Nullable String mark(Form.Field field) {
            if (markOptional) {
                boolean free = !field.required() && field.type() != Form.Type.CHECKBOX;
                return free && !conditional.contains(field.key()) ? message("forms.optional") : null;
            }
            return field.required() ? message("forms.required") : null;
        }

        private @Nullable String describedBy(Form.Field field, @Nullable String documentName) {
            String ids = Stream.of(
                            field.help() == null ? null : "h-" + field.key(),
                            warnings.containsKey(field.key()) ? "w-" + field.key() : null,
                            tasklist || errors.containsKey(field.key()) ? "e-" + field.key() : null,
                            documentName == null || tasklist ? null : "a-" + field.key())
                    .filter(id -> id != null)
                    .collect(Collectors.joining(" "));
            return ids.isEmpty() ? null : ids;
        }

        private List<Choice> choices(Form.Field field, List<String> given) {
            List<Choice> choices = new ArrayList<>();
            for (Form.Option option : field.options()) {
                String id = "f-" + field.key() + (choices.isEmpty() ? "" : "-" + (choices.size() + 1));
                choices.add(new Choice(option.value(), word(option.label()), given.contains(option.value()), id));
            }
            if ("country".equals(field.format())) {
                choices.sort(Comparator.comparing(Choice::label, Collator.getInstance(page.reader())));
            }
            return choices;
        }

        /** What was answered, as texts; one for all but lists. */
        private List<String> given(Form.Field field) {
            Object value = page.values().get(field.key());
            Collection<?> values;
            if (value instanceof Collection<?> collection) {
                values = collection;
            } else if (value instanceof Object[] array) {
                values = Arrays.asList(array);
            } else if (value instanceof String text && field.type() == Form.Type.CHECKLIST) {
                values = Arrays.asList(text.split(","));
            } else {
                values = value == null ? List.of() : List.of(value);
            }
            return values.stream()
                    .filter(item -> item != null)
                    .map(item -> item instanceof BigDecimal number ? number.toPlainString() : item.toString())
                    .toList();
        }

        private @Nullable String target(String key) {
            return form.keys().contains(key) ? "f-" + key : null;
        }

        private String language() {
            String language = page.reader().getLanguage();
            return Set.of("fr", "es").contains(language) ? language : "en";
        }

        private String word(String key) {
            return words.text(key, page.reader());
        }

        private String message(String key) {
            return messages.getMessage(key, null, page.reader());
        }

        private static Map<String, String> byField(List<Violation> violations) {
            Map<String, String> texts = new HashMap<>();
            violations.forEach(violation ->
                    texts.merge(violation.field(), violation.message(), (one, other) -> one + " " + other));
            return texts;
        }
    }
}
