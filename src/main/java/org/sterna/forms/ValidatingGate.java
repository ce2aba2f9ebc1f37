package org.sterna.forms;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ResourceBundleMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.springframework.validation.beanvalidation.MessageSourceResourceBundleLocator;
import org.sterna.duties.Words;

/** The gate, through Jakarta Validation: the answers of a form are one bean with one constraint. */
@Component
class ValidatingGate implements FormGate, DisposableBean {

    private final ValidatorFactory factory;
    private final Validator validator;
    private final AcceptableAnswers constraint;

    ValidatingGate(Words words) {
        constraint = new AcceptableAnswers(words, new Feel());
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("ValidationMessages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ReaderInterpolator(
                        new ResourceBundleMessageInterpolator(new MessageSourceResourceBundleLocator(messages))))
                .constraintValidatorFactory(new OneConstraint(constraint))
                .buildValidatorFactory();
        validator = factory.getValidator();
    }

    @Override
    public Checked check(Form form, Map<String, ?> raw, Circumstances circumstances) {
        Answers answers = Answers.read(form, raw, circumstances);
        List<Violation> violations = inOrder(
                form,
                validator.validate(answers).stream()
                        .map(violation -> new Violation(field(violation), violation.getMessage()))
                        .toList());
        if (!violations.isEmpty()) {
            throw new InvalidSubmission(violations, warnings(answers, violations));
        }
        return new Checked(
                Collections.unmodifiableMap(new LinkedHashMap<>(answers.values())), warnings(answers, List.of()));
    }

    @Override
    public List<Warning> warnings(Form form, Map<String, ?> raw, Circumstances circumstances) {
        Answers answers = Answers.read(form, raw, circumstances);
        return warnings(
                answers,
                validator.validate(answers).stream()
                        .map(violation -> new Violation(field(violation), violation.getMessage()))
                        .toList());
    }

    private List<Warning> warnings(Answers answers, List<Violation> violations) {
        return constraint.warnings(
                answers, violations.stream().map(Violation::field).collect(Collectors.toSet()));
    }

    @Override
    public Optional<Warning> said(Form form, String mark, Locale reader) {
        String[] parts = mark.split("@", 2);
        return form.rules().stream()
                .filter(rule -> parts.length == 2 && rule.id().equals(parts[0]))
                .findFirst()
                .map(rule -> constraint.said(form, rule, parts[1], reader));
    }

    @Override
    public Optional<Object> fit(Form.Field field, @Nullable Object value) {
        return Optional.ofNullable(constraint.fit(field, value));
    }

    @Override
    public Optional<Object> carry(Form.Field field, Form.Field origin, @Nullable Object value) {
        String condition = field.carry() == null ? null : field.carry().condition();
        if (condition == null) {
            return fit(field, value);
        }
        return fit(origin, value)
                .flatMap(rows -> fit(
                        field,
                        ((List<?>) rows)
                                .stream()
                                        .filter(row -> constraint.meets(condition, origin, row))
                                        .toList()));
    }

    @Override
    public void destroy() {
        factory.close();
    }

    /** As the form shows its fields; names that are no fields come last. */
    private static List<Violation> inOrder(Form form, List<Violation> violations) {
        List<String> keys = new ArrayList<>(form.keys());
        return violations.stream()
                .sorted(Comparator.<Violation>comparingInt(violation -> place(keys, list(form, violation)))
                        .thenComparingInt(violation ->
                                form.cell(violation.field()).map(Form.Cell::row).orElse(-1))
                        .thenComparingInt(violation -> form.cell(violation.field())
                                .map(cell -> cell.list().fields().indexOf(cell.field()))
                                .orElse(-1))
                        .thenComparing(Violation::field))
                .toList();
    }

    private static String list(Form form, Violation violation) {
        return form.cell(violation.field()).map(cell -> cell.list().key()).orElse(violation.field());
    }

    private static int place(List<String> keys, String key) {
        int place = keys.indexOf(key);
        return place < 0 ? keys.size() : place;
    }

    private static String field(ConstraintViolation<Answers> violation) {
        String name = "";
        for (Path.Node node : violation.getPropertyPath()) {
            name = node.getName() == null ? "" : node.getName();
        }
        return name;
    }

    /** Speaks the language of the submission instead of the thread's. */
    private record ReaderInterpolator(MessageInterpolator words) implements MessageInterpolator {

        @Override
        public String interpolate(String template, Context context) {
            return interpolate(
                    template,
                    context,
                    ((Answers) context.getValidatedValue()).circumstances().reader());
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return words.interpolate(template, context, locale);
        }
    }

    /** Hands out the one constraint there is. */
    private record OneConstraint(AcceptableAnswers constraint) implements ConstraintValidatorFactory {

        @Override
        public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
            return type.cast(constraint);
        }

        @Override
        public void releaseInstance(ConstraintValidator<?, ?> instance) {
            // it lives as long as the gate
        }
    }
}
