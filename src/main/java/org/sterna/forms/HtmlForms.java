package org.sterna.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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
    private static final Form.Field CONFIRMATION = new Form.Field(
            FormGate.CARRIED_OVER_READ,
            Form.Type.CHECKBOX,
            AcceptableAnswers.CONFIRMATION,
            null,
            true,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            false,
            null,
            null,
            false,
            List.of());

    /** Stands for a row's number where scripts put it in. */
    private static final String BLANK = "ROW";

    /** Rows with more fields are folded as soon as nothing is left to do in them. */
    private static final int SHORT = 10;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DIGITS = "-?[0-9]+([.][0-9]+)?";

    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final Words words;
    private final String script;

    HtmlForms(ITemplateEngine templates, MessageSource messages, Words words) {
        this.templates = templates;
        this.messages = messages;
        this.words = words;
        script = read("static/assets/lists.js") + read("templates/forms/tasklist.js");
    }

    private static String read(String script) {
        try {
            return new ClassPathResource(script).getContentAsString(StandardCharsets.UTF_8);
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
            List<Entry> warnings,
            @Nullable String question,
            List<Section> sections,
            boolean lists,
            @Nullable String banner,
            @Nullable Item confirmation,
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
     * @param key name of the field, or of the cell in a row
     * @param part what the ids of its elements end with
     * @param cell its key where it stands in a row
     * @param variable name by which Tasklist submits the value; null on the desk and in rows
     * @param slot where Tasklist keeps its papers; null on the desk
     * @param list rows and what is needed to add some; null for all but lists
     * @param told the value of a read-only field; null for all others
     */
    record Item(
            String kind,
            String key,
            String part,
            @Nullable String cell,
            String id,
            String label,
            @Nullable String mark,
            @Nullable String help,
            @Nullable String warning,
            @Nullable String carried,
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
            @Nullable String variable,
            @Nullable String slot,
            @Nullable Rows list,
            @Nullable Told told) {}

    /**
     * A read-only value.
     *
     * @param texts of a single value one, of a choice of many several, none where nothing is known
     * @param rows of a list
     */
    record Told(List<String> texts, List<ToldRow> rows) {}

    /** A row of a read-only list. */
    record ToldRow(String heading, List<ToldCell> cells) {}

    /** A cell of a read-only list. */
    record ToldCell(String label, String text) {}

    /**
     * The rows of a list.
     *
     * @param rows at least one
     * @param blank an empty row, of which scripts make further ones
     * @param heading of a row, with its number as {@code {0}}
     * @param most how many there may be
     * @param full whether there are that many
     */
    record Rows(List<Row> rows, Row blank, String heading, int most, boolean full) {}

    /**
     * A row.
     *
     * @param number from 0, or what stands for it
     * @param heading such as “Row 1”
     * @param name what a long row is folded under; null for rows short enough to stand unfolded
     * @param open whether a long row is shown at full length
     */
    record Row(
            String number,
            String heading,
            List<Item> items,
            @Nullable String name,
            boolean open) {}

    /** An answer to choose. */
    record Choice(String value, String label, boolean chosen, String id) {}

    /** Turns one form and its answers into what the template sees. */
    private final class Drawing {

        private final Form form;
        private final Page page;
        private final boolean tasklist;
        private final Set<String> conditional;
        private final Map<String, String> errors;
        private final Map<String, String> warnings;
        private final @Nullable CarriedOver carriedOver;
        private final Set<String> unchanged;
        private final boolean confirms;
        private final Map<List<Form.Option>, List<Form.Option>> alphabetical = new IdentityHashMap<>();

        Drawing(Form form, Page page) {
            this.form = form;
            this.page = page;
            tasklist = page.place() == Place.TASKLIST;
            conditional = form.rules().stream()
                    .filter(rule -> !rule.warning())
                    .map(Form.Rule::field)
                    .collect(Collectors.toSet());
            errors = byField(page.violations());
            warnings = byField(page.warnings());
            carriedOver = page.carriedOver();
            unchanged = carriedOver == null
                    ? Set.of()
                    : Carrying.unchanged(form, Answers.typed(form, page.values()), carriedOver.values());
            confirms = !unchanged.isEmpty() || errors.containsKey(FormGate.CARRIED_OVER_READ);
        }

        Sheet draw() {
            return new Sheet(
                    tasklist,
                    language(),
                    page.uploadUrl(),
                    page.csrfHeader(),
                    page.csrfParameter(),
                    page.csrfToken(),
                    entries(page.violations()),
                    entries(page.warnings()),
                    page.question(),
                    sections(),
                    form.lists().stream().anyMatch(list -> !list.readonly()),
                    carriedOver == null || !confirms
                            ? null
                            : message("forms.carried.banner", carriedOver.occasion(), carriedOver.sent()),
                    confirms ? item(CONFIRMATION) : null,
                    script);
        }

        private List<Entry> entries(List<Violation> violations) {
            return violations.stream()
                    .map(violation -> new Entry(violation.message(), target(violation.field())))
                    .toList();
        }

        /** Whether the fields that may be left empty are marked, as they are the fewer ones. */
        private static boolean markOptional(List<Form.Field> beside) {
            List<Form.Field> fields = beside.stream()
                    .filter(field -> field.type() != Form.Type.TEXT_BLOCK && !field.readonly())
                    .toList();
            long required = fields.stream().filter(Form.Field::required).count();
            return fields.size() - required <= required;
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
            return item(field, field.key(), page.values().get(field.key()), null);
        }

        /**
         * A field of the form or of a row.
         *
         * @param name of the field or cell
         * @param list in whose rows it stands; null for a field of the form
         */
        private Item item(Form.Field field, String name, @Nullable Object answer, Form.@Nullable Field list) {
            boolean rows = field.type() == Form.Type.LIST;
            List<String> given = rows ? List.of() : given(field, answer);
            String value = rows ? json(field, answer) : String.join(",", given);
            String error = errors.get(name);
            String part = name.replace('.', '-');
            String document =
                    field.type() == Form.Type.DOCUMENT ? page.documentNames().get(value) : null;
            boolean listed = rows || field.type() == Form.Type.RADIO || field.type() == Form.Type.CHECKLIST;
            return new Item(
                    field.readonly() ? "fixed" : kind(field.type()),
                    name,
                    part,
                    list == null ? null : field.key(),
                    "f-" + part,
                    word(field.label()),
                    mark(field, list),
                    field.help() == null ? null : word(field.help()),
                    warnings.get(name),
                    unchanged.contains(name) && carriedOver != null
                            ? message("forms.carried.mark", carriedOver.occasion())
                            : null,
                    error,
                    describedBy(field, name, part, document),
                    error == null || listed ? null : "true",
                    // rows left empty are no rows, and what is missing in the others is for the server to say
                    field.required() && list == null,
                    list == null ? field.minLength() : null,
                    field.autocomplete(),
                    inputType(field, value),
                    field.type() == Form.Type.NUMBER ? "decimal" : null,
                    field.type() == Form.Type.NUMBER ? DIGITS : null,
                    "email".equals(field.format()) ? "false" : null,
                    value,
                    value.equals("true") || value.equals("on"),
                    choices(field, part, given),
                    document,
                    tasklist && list == null ? field.key() : null,
                    tasklist ? list == null ? field.key() : Form.Cell.slot(list, field) : null,
                    rows && !field.readonly() ? rows(field, answer) : null,
                    field.readonly() ? told(field, answer) : null);
        }

        /** A read-only value in words. */
        private Told told(Form.Field field, @Nullable Object answer) {
            if (field.type() != Form.Type.LIST) {
                return new Told(texts(field, answer), List.of());
            }
            List<ToldRow> rows = new ArrayList<>();
            for (Map<?, ?> row : rowsOf(answer)) {
                List<ToldCell> cells = new ArrayList<>();
                for (Form.Field column : field.fields()) {
                    List<String> texts = texts(column, row.get(column.key()));
                    if (!texts.isEmpty()) {
                        cells.add(new ToldCell(word(column.label()), String.join(", ", texts)));
                    }
                }
                rows.add(new ToldRow(heading(field, rows.size() + 1), cells));
            }
            return new Told(List.of(), rows);
        }

        private List<String> texts(Form.Field field, @Nullable Object answer) {
            return given(field, answer).stream()
                    .map(value -> switch (field.type()) {
                        case CHECKBOX -> word(value.equals("true") ? "common.yes" : "common.no");
                        case RADIO, SELECT, CHECKLIST ->
                            field.options().stream()
                                    .filter(option -> option.value().equals(value))
                                    .findFirst()
                                    .map(option -> word(option.label()))
                                    .orElse(value);
                        case DOCUMENT -> page.documentNames().getOrDefault(value, "");
                        case DATE ->
                            ISO_DATE.matcher(value).matches()
                                    ? LocalDate.parse(value)
                                            .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                                                    .withLocale(page.reader()))
                                    : value;
                        case NUMBER -> number(value);
                        default -> value;
                    })
                    .filter(text -> !text.isEmpty())
                    .toList();
        }

        private String number(String value) {
            NumberFormat format = NumberFormat.getNumberInstance(page.reader());
            format.setMaximumFractionDigits(10);
            return format.format(new BigDecimal(value));
        }

        private Rows rows(Form.Field list, @Nullable Object answer) {
            List<Map<?, ?>> given = rowsOf(answer);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < Math.max(given.size(), Math.max(1, least(list))); i++) {
                rows.add(
                        row(list, String.valueOf(i), heading(list, i + 1), i < given.size() ? given.get(i) : Map.of()));
            }
            return new Rows(
                    rows,
                    row(list, BLANK, heading(list, "{0}"), Map.of()),
                    heading(list, "{0}"),
                    list.mostRows(),
                    rows.size() >= list.mostRows());
        }

        private Row row(Form.Field list, String number, String heading, Map<?, ?> cells) {
            List<Item> items = list.fields().stream()
                    .map(field ->
                            item(field, list.key() + "." + number + "." + field.key(), cells.get(field.key()), list))
                    .toList();
            boolean finished = list.fields().stream()
                            .noneMatch(field -> field.required()
                                    && given(field, cells.get(field.key())).isEmpty())
                    && items.stream().allMatch(item -> item.error() == null && item.warning() == null)
                    && !unchanged.contains(list.key());
            return new Row(number, heading, items, list.keys().size() > SHORT ? name(list, cells) : null, !finished);
        }

        /** The row's first two required texts, such as a given and a family name. */
        private String name(Form.Field list, Map<?, ?> cells) {
            String name = list.fields().stream()
                    .filter(field -> field.type() == Form.Type.TEXT && field.required())
                    .limit(2)
                    .flatMap(field -> given(field, cells.get(field.key())).stream())
                    .collect(Collectors.joining(" "));
            return name.isBlank() ? message("forms.list.details") : name;
        }

        private static int least(Form.Field list) {
            return list.minLength() == null ? 0 : list.minLength();
        }

        private String heading(Form.Field list, Object number) {
            String own = form.rowHeading(list);
            return words.text(words.has(own) ? own : "common.row", page.reader(), number);
        }

        /** The rows as Tasklist sends them back. */
        private String json(Form.Field list, @Nullable Object answer) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Map<?, ?> row : rowsOf(answer)) {
                Map<String, Object> cells = new LinkedHashMap<>();
                for (Form.Field field : list.fields()) {
                    List<String> given = given(field, row.get(field.key()));
                    if (field.type() == Form.Type.CHECKLIST) {
                        cells.put(field.key(), given);
                    } else if (!given.isEmpty()) {
                        cells.put(field.key(), given.get(0));
                    }
                }
                rows.add(cells);
            }
            try {
                return JSON.writeValueAsString(rows);
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("Texts that are no JSON", impossible);
            }
        }

        private static List<Map<?, ?>> rowsOf(@Nullable Object answer) {
            return answer instanceof Collection<?> rows
                    ? rows.stream()
                            .<Map<?, ?>>map(row -> row instanceof Map<?, ?> cells ? cells : Map.of())
                            .toList()
                    : List.of();
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
                case LIST -> "list";
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

        private @Nullable String mark(Form.Field field, Form.@Nullable Field list) {
            if (markOptional(list == null ? form.fields() : list.fields())) {
                boolean free = !field.required() && field.type() != Form.Type.CHECKBOX;
                String shownAt = list == null ? field.key() : Form.Cell.slot(list, field);
                return free && !conditional.contains(shownAt) ? message("forms.optional") : null;
            }
            return field.required() ? message("forms.required") : null;
        }

        private @Nullable String describedBy(
                Form.Field field, String name, String part, @Nullable String documentName) {
            String ids = Stream.of(
                            field.help() == null ? null : "h-" + part,
                            warnings.containsKey(name) ? "w-" + part : null,
                            unchanged.contains(name) ? "c-" + part : null,
                            tasklist || errors.containsKey(name) ? "e-" + part : null,
                            documentName == null || tasklist ? null : "a-" + part)
                    .filter(id -> id != null)
                    .collect(Collectors.joining(" "));
            return ids.isEmpty() ? null : ids;
        }

        private List<Choice> choices(Form.Field field, String part, List<String> given) {
            List<Choice> choices = new ArrayList<>();
            for (Form.Option option : "country".equals(field.format()) ? countries(field) : field.options()) {
                String id = "f-" + part + (choices.isEmpty() ? "" : "-" + (choices.size() + 1));
                choices.add(new Choice(option.value(), word(option.label()), given.contains(option.value()), id));
            }
            return choices;
        }

        /** In the reader's alphabetical order, sorted once however many rows ask for a country. */
        private List<Form.Option> countries(Form.Field field) {
            return alphabetical.computeIfAbsent(field.options(), options -> options.stream()
                    .sorted(Comparator.comparing(option -> word(option.label()), Collator.getInstance(page.reader())))
                    .toList());
        }

        /** What was answered, as texts; one for all but lists. */
        private static List<String> given(Form.Field field, @Nullable Object value) {
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
            boolean there = form.keys().contains(key)
                    || form.cell(key).isPresent()
                    || key.equals(FormGate.CARRIED_OVER_READ) && confirms;
            return there ? "f-" + key.replace('.', '-') : null;
        }

        private String language() {
            String language = page.reader().getLanguage();
            return Set.of("fr", "es").contains(language) ? language : "en";
        }

        private String word(String key) {
            return words.text(key, page.reader());
        }

        private String message(String key, Object... arguments) {
            return messages.getMessage(key, arguments.length == 0 ? null : arguments, page.reader());
        }

        private static Map<String, String> byField(List<Violation> violations) {
            Map<String, String> texts = new HashMap<>();
            violations.forEach(violation ->
                    texts.merge(violation.field(), violation.message(), (one, other) -> one + " " + other));
            return texts;
        }
    }
}
