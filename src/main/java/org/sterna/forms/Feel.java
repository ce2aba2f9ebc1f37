package org.sterna.forms;

import camundajar.impl.scala.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Ref;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of forms in FEEL. Expressions come from our own files only: FEEL knows no time limit, and it reaches into
 * any Java object it is given, therefore only plain values are let in.
 */
final class Feel {

    /** Names that FEEL itself binds inside filters and loops. */
    private static final Set<String> BOUND = Set.of("item", "partial", "?");

    private final FeelEngineApi engine = FeelEngineBuilder.forJava().build();
    private final Map<String, Condition> conditions = new ConcurrentHashMap<>();

    /**
     * A condition that was read.
     *
     * @param names the values it looks at
     */
    record Condition(ParsedExpression expression, Set<String> names) {}

    /** What a condition says of the answers. */
    enum Verdict {
        HOLDS,
        FAILS,
        /** It gave neither true nor false, because it is written wrongly. */
        BROKEN
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException saying why, if it is not FEEL
     */
    Condition read(String text) {
        return conditions.computeIfAbsent(text, unread -> {
            ParseResult result = engine.parseExpression(unread);
            if (!result.isSuccess()) {
                throw new IllegalArgumentException(result.failure().message());
            }
            Set<String> names = new LinkedHashSet<>();
            Set<String> bound = new LinkedHashSet<>(BOUND);
            collect(result.parsedExpression().expression(), names, bound);
            names.removeAll(bound);
            return new Condition(result.parsedExpression(), Set.copyOf(names));
        });
    }

    /**
     * Asks a condition.
     *
     * @param values texts, numbers, booleans, dates, lists of texts, and lists of maps of these, by name; null for an answer
     *     left empty
     * @throws IllegalArgumentException if a value is of any other type
     */
    Verdict ask(String text, Map<String, @Nullable Object> values) {
        values.forEach((name, value) -> {
            if (!plain(value) && !row(name, value)) {
                throw new IllegalArgumentException("'%s' is not a value for a condition".formatted(name));
            }
        });
        EvaluationResult result = engine.evaluate(read(text).expression(), values);
        if (!result.isSuccess() || !(result.result() instanceof Boolean answer)) {
            return Verdict.BROKEN;
        }
        return answer ? Verdict.HOLDS : Verdict.FAILS;
    }

    private static boolean plain(@Nullable Object value) {
        return value instanceof Collection<?> list
                ? value instanceof List<?> && list.stream().allMatch(item -> item instanceof String || context(item))
                : simple(value);
    }

    private static boolean context(@Nullable Object value) {
        return value instanceof Map<?, ?> row
                && row.keySet().stream().allMatch(String.class::isInstance)
                && row.values().stream()
                        .allMatch(cell -> simple(cell)
                                || cell instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
    }

    private static boolean row(String name, @Nullable Object value) {
        return name.equals(AcceptableAnswers.ROW) && context(value);
    }

    private static boolean simple(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof BigDecimal
                || value instanceof Boolean
                || value instanceof LocalDate;
    }

    private static void collect(@Nullable Object node, Set<String> names, Set<String> bound) {
        if (node instanceof Ref ref) {
            names.add(ref.names().head());
        } else if (node instanceof Product product) {
            // loops and quantifiers keep their variables as pairs of a name and a list
            if (product.productArity() == 2 && product.productPrefix().startsWith("Tuple2")) {
                if (product.productElement(0) instanceof String name) {
                    bound.add(name);
                }
            }
            for (int i = 0; i < product.productArity(); i++) {
                collect(product.productElement(i), names, bound);
            }
        }
    }
}
