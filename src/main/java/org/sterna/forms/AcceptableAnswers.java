package org.sterna.forms;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;
import org.sterna.duties.Words;

/** Checks answers: presence, ranges, formats, choices, documents, then the conditions across fields. */
class AcceptableAnswers implements ConstraintValidator<Acceptable, Answers> {

    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final Pattern PARTY = Pattern.compile("[A-Z]{3}");

    /** Name of the row in conditions that are asked for each row of a list. */
    static final String ROW = "row";

    private static final String BROKEN = "forms.brokenRule";

    /** Message key of the confirmation that answers carried over were read. */
    static final String CONFIRMATION = "common.carriedOverRead";

    private final Words words;
    private final Feel feel;

    AcceptableAnswers(Words words, Feel feel) {
        this.words = words;
        this.feel = feel;
    }

    @Override
    public boolean isValid(Answers answers, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        HibernateConstraintValidatorContext report = context.unwrap(HibernateConstraintValidatorContext.class);
        Set<String> wrong = new HashSet<>();
        for (Fault fault : answers.unreadable()) {
            report(fault, answers, report, wrong);
        }
        if (wrong.contains(Answers.WHOLE)) {
            return false;
        }
        for (Form.Field field : answers.form().fields()) {
            if (field.readonly()) {
                continue;
            }
            if (field.type() == Form.Type.LIST && !wrong.contains(field.key())) {
                check(field, answers, fault -> report(fault, answers, report, wrong));
            } else if (field.type() != Form.Type.TEXT_BLOCK && !wrong.contains(field.key())) {
                Fault fault = check(field, field.key(), answers.values().get(field.key()), answers.circumstances());
                if (fault != null) {
                    report(fault, answers, report, wrong);
                }
            }
        }
        for (Form.Rule rule : answers.form().rules()) {
            if (!rule.warning()) {
                ask(rule, answers, wrong).forEach(fault -> report(fault, answers, report, wrong));
            }
        }
        if (!answers.values().containsKey(FormGate.CARRIED_OVER_READ)
                && !Carrying.unchanged(
                                answers.form(),
                                answers.values(),
                                answers.circumstances().known().carriedOver())
                        .isEmpty()) {
            String label = words.text(CONFIRMATION, answers.circumstances().reader());
            report(
                    new Fault(FormGate.CARRIED_OVER_READ, "forms.carriedOver", Map.of("label", label)),
                    answers,
                    report,
                    wrong);
        }
        return wrong.isEmpty();
    }

    /**
     * A value that the field takes by itself, typed; of a list what fits of it.
     *
     * @return null if it does not fit
     */
    @Nullable
    Object fit(Form.Field field, @Nullable Object raw) {
        Object value = Answers.typed(field, raw).orElse(null);
        if (value == null || field.type() != Form.Type.LIST) {
            return value == null || !fits(field, value, field.readonly()) ? null : value;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : (List<?>) value) {
            Map<String, Object> cells = new LinkedHashMap<>();
            for (Form.Field column : field.fields()) {
                Object cell = ((Map<?, ?>) row).get(column.key());
                if (cell != null && fits(column, cell, field.readonly())) {
                    cells.put(column.key(), cell);
                }
            }
            if (rows.size() < field.mostRows() && cells.values().stream().anyMatch(cell -> !cell.equals(false))) {
                rows.add(cells);
            }
        }
        return rows.isEmpty() ? null : List.copyOf(rows);
    }

    private static boolean fits(Form.Field field, Object value, boolean readonly) {
        return switch (field.type()) {
            case DOCUMENT -> readonly;
            case TEXT, TEXTAREA -> checkText(field, field.key(), (String) value) == null;
            case NUMBER -> checkNumber(field, field.key(), (BigDecimal) value) == null;
            case RADIO, SELECT -> offered(field, List.of(value));
            case CHECKLIST -> offered(field, (List<?>) value);
            case DATE, CHECKBOX -> true;
            case LIST, TEXT_BLOCK -> false;
        };
    }

    /**
     * The conditions that only warn and do not hold.
     *
     * @param wrong fields that have not passed; conditions that look at them are not asked
     */
    List<Warning> warnings(Answers answers, Set<String> wrong) {
        Locale reader = answers.circumstances().reader();
        return answers.form().rules().stream()
                .filter(Form.Rule::warning)
                .flatMap(rule -> ask(rule, answers, wrong).stream()
                        // what cannot be asked yet, since an answer is missing, is nothing to mind
                        .filter(fault -> wrong.isEmpty() || !fault.message().equals(BROKEN))
                        .map(fault -> said(answers.form(), rule, fault.field(), reader)))
                .toList();
    }

    /** What a rule says about a field. */
    Warning said(Form form, Form.Rule rule, String field, Locale reader) {
        String sentence = words.text(rule.message(), reader);
        return new Warning(
                rule.id(),
                field,
                form.cell(field)
                        .map(cell -> words.text(
                                "common.cell",
                                reader,
                                heading(form, cell, reader),
                                words.text(cell.field().label(), reader),
                                sentence))
                        .orElse(sentence));
    }

    /** Asks a condition, for each row if it is about rows, unless an answer it looks at is wrong anyway. */
    private List<Fault> ask(Form.Rule rule, Answers answers, Set<String> wrong) {
        Set<String> names = feel.read(rule.expression()).names();
        String[] place = rule.field().split("\\.", 2);
        if (wrong.contains(rule.field())
                || names.stream().anyMatch(wrong::contains)
                || wrong.stream()
                        .anyMatch(name -> name.contains(".")
                                && (name.startsWith(place[0] + ".")
                                        || names.contains(name.substring(0, name.indexOf('.')))))) {
            return List.of();
        }
        Map<String, @Nullable Object> values = values(answers);
        if (place.length == 1) {
            return ask(rule, rule.field(), values, answers).stream().toList();
        }
        Form.Field list = answers.form().field(place[0]).orElseThrow();
        List<Integer> sent = answers.rowsSent().getOrDefault(list.key(), List.of());
        if (!names.contains(ROW)) {
            String at = sent.isEmpty() ? list.key() : Form.Cell.name(list, sent.get(0), place[1]);
            return ask(rule, at, values, answers).stream().toList();
        }
        List<Fault> faults = new ArrayList<>();
        List<?> rows = sent.isEmpty() ? List.of() : (List<?>) values.get(list.key());
        for (int i = 0; i < sent.size() && faults.size() < Limits.FAULTS; i++) {
            values.put(ROW, rows.get(i));
            ask(rule, Form.Cell.name(list, sent.get(i), place[1]), values, answers)
                    .ifPresent(faults::add);
        }
        return faults;
    }

    private Optional<Fault> ask(Form.Rule rule, String at, Map<String, @Nullable Object> values, Answers answers) {
        return switch (feel.ask(rule.expression(), values)) {
            case HOLDS -> Optional.empty();
            case FAILS ->
                Optional.of(new Fault(
                        at,
                        "forms.rule",
                        Map.of(
                                "sentence",
                                words.text(
                                        rule.message(), answers.circumstances().reader()))));
            case BROKEN -> Optional.of(new Fault(at, BROKEN, Map.of("rule", rule.id())));
        };
    }

    /** What conditions know: every answer by its key, null where it was left empty, and what is known beside them. */
    private static Map<String, @Nullable Object> values(Answers answers) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Form.Field field : answers.form().fields()) {
            Object value = answers.values().get(field.key());
            if (field.type() == Form.Type.LIST) {
                values.put(field.key(), contexts(field, value instanceof List<?> rows ? rows : List.of()));
            } else if (field.type() != Form.Type.TEXT_BLOCK) {
                values.put(field.key(), value);
            }
        }
        answers.form()
                .facts()
                .keySet()
                .forEach(name ->
                        values.put(name, answers.circumstances().known().facts().get(name)));
        values.put("today", answers.circumstances().today());
        values.put("deadline", answers.circumstances().deadline());
        return values;
    }

    /** Whether a row of a list meets a condition that names nothing but {@code row}. */
    boolean meets(String condition, Form.Field list, Object row) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(ROW, contexts(list, List.of(row)).get(0));
        return feel.ask(condition, values) == Feel.Verdict.HOLDS;
    }

    /** Rows in which every field has a value, null where it was left empty, as FEEL takes a missing one for a mistake. */
    private static List<Map<String, @Nullable Object>> contexts(Form.Field list, List<?> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> context = new LinkedHashMap<>();
                    list.keys().forEach(key -> context.put(key, ((Map<?, ?>) row).get(key)));
                    return context;
                })
                .toList();
    }

    private void check(Form.Field list, Answers answers, Consumer<Fault> faults) {
        List<?> rows = (List<?>) answers.values().getOrDefault(list.key(), List.of());
        int least = list.minLength() == null ? 0 : list.minLength();
        if (rows.size() < least) {
            faults.accept(
                    least == 1
                            ? fault(list.key(), "forms.missingRow")
                            : new Fault(list.key(), "forms.tooFewRows", Map.of("min", least)));
        } else if (rows.size() > list.mostRows()) {
            faults.accept(new Fault(list.key(), "forms.tooManyRows", Map.of("max", list.mostRows())));
            return;
        }
        List<Integer> sent = answers.rowsSent().getOrDefault(list.key(), List.of());
        int found = 0;
        for (int i = 0; i < rows.size() && found < Limits.FAULTS; i++) {
            for (Form.Field field : list.fields()) {
                Fault fault = field.type() == Form.Type.TEXT_BLOCK
                        ? null
                        : check(
                                field,
                                Form.Cell.name(list, sent.get(i), field.key()),
                                ((Map<?, ?>) rows.get(i)).get(field.key()),
                                answers.circumstances());
                if (fault != null) {
                    faults.accept(fault);
                    found++;
                }
            }
        }
    }

    /**
     * Checks one value.
     *
     * @param name of the field or cell, for the fault
     */
    private @Nullable Fault check(
            Form.Field field, String name, @Nullable Object value, FormGate.Circumstances circumstances) {
        if (value == null || field.type() == Form.Type.CHECKBOX && value.equals(false)) {
            return field.required() ? fault(name, missing(field.type())) : null;
        }
        return switch (field.type()) {
            case TEXT, TEXTAREA -> checkText(field, name, (String) value);
            case NUMBER -> checkNumber(field, name, (BigDecimal) value);
            case RADIO, SELECT -> offered(field, List.of(value)) ? null : fault(name, "forms.choice");
            case CHECKLIST -> offered(field, (List<?>) value) ? null : fault(name, "forms.choice");
            case DOCUMENT -> {
                Optional<String> paper = circumstances.documents().find(UUID.fromString((String) value), slot(name));
                // the names of papers in custody tell the truth about their content
                boolean right = field.format() == null
                        || paper.filter(found -> found.endsWith(".pdf")).isPresent();
                yield paper.isEmpty() ? fault(name, "forms.document") : right ? null : fault(name, "forms.pdf");
            }
            default -> null;
        };
    }

    private static @Nullable Fault checkText(Form.Field field, String name, String text) {
        int length = text.codePointCount(0, text.length());
        int max = Limits.maxLength(field);
        if (length > max) {
            return new Fault(name, "forms.tooLong", Map.of("max", max));
        }
        if (field.minLength() != null && length < field.minLength()) {
            return new Fault(name, "forms.tooShort", Map.of("min", field.minLength()));
        }
        boolean right = field.format() == null
                || switch (field.format()) {
                    case "email" -> email(text);
                    case "phone" -> PHONE.matcher(text).matches();
                    case "party" -> PARTY.matcher(text).matches();
                    case "country" -> Countries.has(text);
                    default -> throw new IllegalArgumentException("Unknown format " + field.format());
                };
        return right ? null : fault(name, "forms." + field.format());
    }

    private static boolean email(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= 254
                && at > 0
                && at <= 64
                && LOCAL.matcher(text.substring(0, at)).matches()
                && DOMAIN.matcher(text.substring(at + 1)).matches();
    }

    private static @Nullable Fault checkNumber(Form.Field field, String name, BigDecimal number) {
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            return new Fault(name, "forms.tooSmall", Map.of("min", field.min().toPlainString()));
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            return new Fault(name, "forms.tooGreat", Map.of("max", field.max().toPlainString()));
        }
        return null;
    }

    private static boolean offered(Form.Field field, List<?> chosen) {
        return chosen.stream().allMatch(value -> field.options().stream()
                .anyMatch(option -> option.value().equals(value)));
    }

    private static String missing(Form.Type type) {
        return switch (type) {
            case TEXT, TEXTAREA, NUMBER, TEXT_BLOCK -> "forms.missing";
            case DATE -> "forms.missingDate";
            case CHECKBOX -> "forms.missingTick";
            case RADIO, SELECT -> "forms.missingChoice";
            case CHECKLIST -> "forms.missingChoices";
            case DOCUMENT -> "forms.missingDocument";
            case LIST -> "forms.missingRow";
        };
    }

    private static Fault fault(String name, String message) {
        return new Fault(name, message, Map.of());
    }

    /** Papers of a column share one slot, so that they stay when their row moves. */
    private static String slot(String name) {
        return name.replaceFirst("\\.\\d+\\.", ".");
    }

    /** The heading of the cell's row, such as “Row 2”. */
    private String heading(Form form, Form.Cell cell, Locale reader) {
        String own = form.rowHeading(cell.list());
        return words.text(words.has(own) ? own : "common.row", reader, cell.row() + 1);
    }

    private void report(Fault fault, Answers answers, HibernateConstraintValidatorContext report, Set<String> wrong) {
        if (!wrong.add(fault.field())) {
            return;
        }
        // parameters stay in the context for the violations that follow, so each one sets all that its sentence uses
        Locale reader = answers.circumstances().reader();
        Optional<Form.Cell> cell = answers.form().cell(fault.field());
        cell.map(Form.Cell::field)
                .or(() -> answers.form().field(fault.field()))
                .ifPresent(field -> report.addMessageParameter("label", words.text(field.label(), reader)));
        cell.ifPresent(found -> report.addMessageParameter("row", heading(answers.form(), found, reader)));
        fault.parameters().forEach(report::addMessageParameter);
        report.buildConstraintViolationWithTemplate(
                        (cell.isPresent() ? "{forms.cell} " : "") + "{" + fault.message() + "}")
                .addPropertyNode(fault.field())
                .addConstraintViolation();
    }
}
