package org.sterna.forms;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
            if (field.type() != Form.Type.TEXT_BLOCK && !wrong.contains(field.key())) {
                Fault fault = check(field, answers.values().get(field.key()), answers.circumstances());
                if (fault != null) {
                    report(fault, answers, report, wrong);
                }
            }
        }
        for (Form.Rule rule : answers.form().rules()) {
            Fault fault = rule.warning() || wrong.contains(rule.field()) ? null : ask(rule, answers, wrong);
            if (fault != null) {
                report(fault, answers, report, wrong);
            }
        }
        return wrong.isEmpty();
    }

    /** The conditions that only warn and do not hold. The answers must have passed. */
    List<Violation> warnings(Answers answers) {
        return answers.form().rules().stream()
                .filter(Form.Rule::warning)
                .filter(rule -> ask(rule, answers, Set.of()) != null)
                .map(rule -> new Violation(
                        rule.field(),
                        words.text(rule.message(), answers.circumstances().reader())))
                .toList();
    }

    /** Asks a condition, unless an answer it looks at is wrong anyway. */
    private @Nullable Fault ask(Form.Rule rule, Answers answers, Set<String> wrong) {
        if (feel.read(rule.expression()).names().stream().anyMatch(wrong::contains)) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        answers.form().keys().forEach(key -> values.put(key, answers.values().get(key)));
        values.put("today", answers.circumstances().today());
        values.put("deadline", answers.circumstances().deadline());
        return switch (feel.ask(rule.expression(), values)) {
            case HOLDS -> null;
            case FAILS ->
                new Fault(
                        rule.field(),
                        "forms.rule",
                        Map.of(
                                "sentence",
                                words.text(
                                        rule.message(), answers.circumstances().reader())));
            case BROKEN -> new Fault(rule.field(), "forms.brokenRule", Map.of("rule", rule.id()));
        };
    }

    private @Nullable Fault check(Form.Field field, @Nullable Object value, FormGate.Circumstances circumstances) {
        if (value == null || field.type() == Form.Type.CHECKBOX && value.equals(false)) {
            return field.required() ? fault(field, missing(field.type())) : null;
        }
        return switch (field.type()) {
            case TEXT, TEXTAREA -> checkText(field, (String) value);
            case NUMBER -> checkNumber(field, (BigDecimal) value);
            case RADIO, SELECT -> offered(field, List.of(value)) ? null : fault(field, "forms.choice");
            case CHECKLIST -> offered(field, (List<?>) value) ? null : fault(field, "forms.choice");
            case DOCUMENT ->
                circumstances
                                .documents()
                                .find(UUID.fromString((String) value), field.key())
                                .isPresent()
                        ? null
                        : fault(field, "forms.document");
            default -> null;
        };
    }

    private static @Nullable Fault checkText(Form.Field field, String text) {
        int length = text.codePointCount(0, text.length());
        int max = Limits.maxLength(field);
        if (length > max) {
            return new Fault(field.key(), "forms.tooLong", Map.of("max", max));
        }
        if (field.minLength() != null && length < field.minLength()) {
            return new Fault(field.key(), "forms.tooShort", Map.of("min", field.minLength()));
        }
        boolean right = field.format() == null
                || switch (field.format()) {
                    case "email" -> email(text);
                    case "phone" -> PHONE.matcher(text).matches();
                    case "party" -> PARTY.matcher(text).matches();
                    case "country" -> Countries.has(text);
                    default -> throw new IllegalArgumentException("Unknown format " + field.format());
                };
        return right ? null : fault(field, "forms." + field.format());
    }

    private static boolean email(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= 254
                && at > 0
                && at <= 64
                && LOCAL.matcher(text.substring(0, at)).matches()
                && DOMAIN.matcher(text.substring(at + 1)).matches();
    }

    private static @Nullable Fault checkNumber(Form.Field field, BigDecimal number) {
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            return new Fault(
                    field.key(), "forms.tooSmall", Map.of("min", field.min().toPlainString()));
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            return new Fault(
                    field.key(), "forms.tooGreat", Map.of("max", field.max().toPlainString()));
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
        };
    }

    private static Fault fault(Form.Field field, String message) {
        return new Fault(field.key(), message, Map.of());
    }

    private void report(Fault fault, Answers answers, HibernateConstraintValidatorContext report, Set<String> wrong) {
        if (!wrong.add(fault.field())) {
            return;
        }
        // parameters stay in the context for the violations that follow, so each one sets all that its sentence uses
        answers.form()
                .field(fault.field())
                .ifPresent(field -> report.addMessageParameter(
                        "label",
                        words.text(field.label(), answers.circumstances().reader())));
        fault.parameters().forEach(report::addMessageParameter);
        report.buildConstraintViolationWithTemplate("{" + fault.message() + "}")
                .addPropertyNode(fault.field())
                .addConstraintViolation();
    }
}
