package org.sterna.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstLiteral;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.AstParameters;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of one diagram may say, looked at as the engine's own parser reads them: methods that words of the
 * vocabulary have, with arguments that they take, values that the diagram sets, and comparisons that can be true.
 */
final class ExpressionRules {

    private static final String EXECUTION = "execution";
    private static final String DECISION_RESULT = "decisionResult";

    /** What may be read of the things that the engine itself hands to an expression. */
    private static final Map<String, Set<String>> READABLE =
            Map.of(EXECUTION, Set.of("processBusinessKey"), "task", Set.of("id"));

    /** What the diagram around an expression knows. */
    interface Surroundings {

        /** Whether something of the diagram gives a value that name. */
        boolean sets(String variable);

        /** The texts that a value can have; empty where it can be any. */
        Set<String> values(String variable);

        /** Names of the outputs of the decision tables beside the diagram. */
        Set<String> outputs();

        /**
         * What is wrong with a text that is to name something.
         *
         * @param before the arguments before it, each null unless it is a text
         */
        Optional<String> wrong(Argument.Kind kind, String text, List<@Nullable String> before);
    }

    private final Map<String, Object> words;
    private final Surroundings surroundings;
    private final Builder parser = new Builder(Builder.Feature.METHOD_INVOCATIONS);

    ExpressionRules(Map<String, Object> words, Surroundings surroundings) {
        this.words = words;
        this.surroundings = surroundings;
    }

    /** What is wrong with a text that has expressions in it. */
    List<String> check(String text) {
        Node tree;
        try {
            tree = parser.build(text.strip()).getRoot();
        } catch (TreeBuilderException unreadable) {
            return List.of(text.strip() + " cannot be read: " + unreadable.getMessage());
        }
        List<String> wrong = new ArrayList<>();
        type(tree, wrong);
        return wrong.stream()
                .distinct()
                .map(fault -> fault + ", in " + text.strip())
                .toList();
    }

    /** The texts that an expression can answer; empty where it can be any. */
    Set<String> answers(String text) {
        try {
            Node tree = parser.build(text.strip()).getRoot();
            return tree.getCardinality() == 1 ? answers(tree.getChild(0)) : Set.of();
        } catch (TreeBuilderException unreadable) {
            return Set.of();
        }
    }

    private Set<String> answers(Node node) {
        if (node instanceof AstIdentifier variable) {
            return surroundings.values(variable.getName());
        }
        return node instanceof AstMethod call
                ? method(call)
                        .map(method -> method.getAnnotation(OneOf.class))
                        .map(answer -> Set.of(answer.value()))
                        .orElse(Set.of())
                : Set.of();
    }

    /** Checks a piece of an expression, and says which type it has; {@code Object} where that is not known. */
    private Class<?> type(Node node, List<String> wrong) {
        if (node instanceof AstMethod call) {
            return call(call, wrong);
        }
        if (node instanceof AstIdentifier name) {
            return named(name.getName(), wrong);
        }
        if (node instanceof AstDot dot) {
            return property(dot, wrong);
        }
        if (node instanceof AstBracket || node instanceof AstFunction) {
            wrong.add("functions and brackets are not for diagrams; use a word of the vocabulary");
            return Object.class;
        }
        if (node instanceof AstLiteral literal) {
            Object value = literal.eval(null, null);
            return value == null ? Object.class : value.getClass();
        }
        for (int i = 0; i < node.getCardinality(); i++) {
            type(node.getChild(i), wrong);
        }
        if (node instanceof AstBinary binary
                && (binary.getOperator() == AstBinary.EQ || binary.getOperator() == AstBinary.NE)) {
            compare(binary.getChild(0), binary.getChild(1), wrong);
            compare(binary.getChild(1), binary.getChild(0), wrong);
        }
        return Object.class;
    }

    /** A condition that compares with a text that never comes is a way nobody can go. */
    private void compare(Node asked, Node text, List<String> wrong) {
        Set<String> answers = answers(asked);
        text(text)
                .filter(value -> !answers.isEmpty() && !answers.contains(value))
                .ifPresent(
                        value -> wrong.add("'%s' is never the value; possible are %s".formatted(value, in(answers))));
    }

    private Class<?> named(String name, List<String> wrong) {
        if (words.containsKey(name)) {
            wrong.add("'%s' is a word of the vocabulary; call one of its methods: %s"
                    .formatted(name, methods(words.get(name).getClass())));
        } else if (name.equals(EXECUTION)) {
            return DelegateExecution.class;
        } else if (!surroundings.sets(name)) {
            wrong.add(
                    ("'%s' is no word of the vocabulary, and nothing in the diagram sets a value of that name: no form"
                                    + " declares a field '%s' with the property variable, and no call or table answers it")
                            .formatted(name, name));
        }
        return Object.class;
    }

    private Class<?> property(AstDot dot, List<String> wrong) {
        String property = property(dot);
        Node of = dot.getChild(0);
        if (of instanceof AstIdentifier name
                && READABLE.getOrDefault(name.getName(), Set.of()).contains(property)) {
            return Object.class;
        }
        if (of instanceof AstMethod call && call(call, wrong) == DmnDecisionRuleResult.class) {
            if (!surroundings.outputs().contains(property)) {
                wrong.add("'%s' is no output of a decision table beside the diagram; known are %s"
                        .formatted(property, in(surroundings.outputs())));
            }
        } else if (of instanceof AstIdentifier name && !READABLE.containsKey(name.getName())) {
            named(name.getName(), wrong);
            wrong.add("'.%s' cannot be read here".formatted(property));
        } else {
            wrong.add("'.%s' cannot be read here".formatted(property));
        }
        return Object.class;
    }

    private Class<?> call(AstMethod call, List<String> wrong) {
        String name = property((AstDot) call.getChild(0));
        Node of = call.getChild(0).getChild(0);
        if (of instanceof AstIdentifier result
                && result.getName().equals(DECISION_RESULT)
                && surroundings.sets(DECISION_RESULT)
                && name.equals("getSingleResult")) {
            return DmnDecisionRuleResult.class;
        }
        AstParameters given = (AstParameters) call.getChild(1);
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < given.getCardinality(); i++) {
            types.add(type(given.getChild(i), wrong));
        }
        if (!(of instanceof AstIdentifier word) || !words.containsKey(word.getName())) {
            if (of instanceof AstIdentifier variable && !READABLE.containsKey(variable.getName())) {
                named(variable.getName(), wrong);
            }
            wrong.add("'%s(…)' is not called on a word of the vocabulary; known are %s"
                    .formatted(name, in(words.keySet())));
            return Object.class;
        }
        Class<?> spoken = words.get(word.getName()).getClass();
        List<Method> named =
                spoken(spoken).filter(method -> method.getName().equals(name)).toList();
        if (named.isEmpty()) {
            wrong.add("'%s' has no method '%s'; it has %s".formatted(word.getName(), name, methods(spoken)));
            return Object.class;
        }
        Optional<Method> method = method(call);
        if (method.isEmpty()) {
            wrong.add("'%s.%s' does not take %d arguments; write %s"
                    .formatted(
                            word.getName(),
                            name,
                            types.size(),
                            named.stream()
                                    .map(ExpressionRules::signature)
                                    .sorted()
                                    .collect(Collectors.joining(" or "))));
            return Object.class;
        }
        arguments(method.get(), given, types, wrong);
        return method.get().getReturnType();
    }

    private void arguments(Method method, AstParameters given, List<Class<?>> types, List<String> wrong) {
        Parameter[] parameters = method.getParameters();
        List<@Nullable String> before = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            if (!takes(parameter.getType(), types.get(i))) {
                wrong.add("'%s' of %s cannot be a %s"
                        .formatted(
                                parameter.getName(),
                                signature(method),
                                types.get(i).getSimpleName()));
            }
            String text = text(given.getChild(i)).orElse(null);
            Argument argument = parameter.getAnnotation(Argument.class);
            if (argument != null && text != null) {
                surroundings.wrong(argument.value(), text, before).ifPresent(wrong::add);
            }
            before.add(text);
        }
    }

    private static boolean takes(Class<?> wanted, Class<?> given) {
        if (given == Object.class || wanted == Object.class) {
            return true;
        }
        return Number.class.isAssignableFrom(given)
                ? wanted.isPrimitive() || Number.class.isAssignableFrom(wanted)
                : wanted.isAssignableFrom(given) || wanted == boolean.class && given == Boolean.class;
    }

    private Optional<Method> method(AstMethod call) {
        return call.getChild(0).getChild(0) instanceof AstIdentifier word && words.containsKey(word.getName())
                ? spoken(words.get(word.getName()).getClass())
                        .filter(method -> method.getName().equals(property((AstDot) call.getChild(0))))
                        .filter(method ->
                                method.getParameterCount() == call.getChild(1).getCardinality())
                        .findFirst()
                : Optional.empty();
    }

    /** The methods that the class itself offers. */
    private static Stream<Method> spoken(Class<?> word) {
        return Arrays.stream(word.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge());
    }

    private static String methods(Class<?> word) {
        return spoken(word).map(ExpressionRules::signature).sorted().distinct().collect(Collectors.joining(", "));
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameters())
                .map(Parameter::getName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static Optional<String> text(Node node) {
        return node instanceof AstLiteral literal && literal.eval(null, null) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The name behind the dot, which the parser tells in no other way. */
    private static String property(AstDot dot) {
        return dot.toString().substring(1).strip();
    }

    private static String in(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
