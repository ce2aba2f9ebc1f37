package org.sterna.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Definitions;
import org.camunda.bpm.model.dmn.instance.DrgElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.springframework.stereotype.Component;

/**
 * The decision tables of the duties, as business rule tasks speak them; asked here for many Parties at once, without
 * leaving a trace in the engine's history. A table that is more than a table stops the start, naming file and fault.
 */
@Component
class Decisions {

    /** Anything but FEEL could be a script or reach into the host. */
    private static final Pattern FEEL_NAME = Pattern.compile("feel|https?://www\\.omg\\.org/spec/.*FEEL/?");

    /** What FEEL could reach the host by, and what the engine's own expression language looks like. */
    private static final Pattern HOST = Pattern.compile("\\bfunction\\b|\\bexternal\\b|[$#]\\{");

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

    private static final Set<String> TYPES = Set.of("string", "boolean", "integer", "long", "double", "date");

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();
    private final Map<String, DmnDecision> tables = new ConcurrentHashMap<>();

    /**
     * Checks a table, and keeps it if nothing is wrong.
     *
     * @param file its name ends with the decision's id and {@code .dmn}
     * @return everything that is wrong
     */
    List<String> add(String file, byte[] content) {
        String id = file.substring(file.lastIndexOf('/') + 1, file.length() - ".dmn".length());
        List<String> wrong = new ArrayList<>();
        try {
            check(id, Dmn.readModelFromStream(new ByteArrayInputStream(content)), wrong);
        } catch (ModelException unreadable) {
            return List.of(file + ": cannot be read: " + unreadable.getMessage());
        }
        if (wrong.isEmpty()) {
            tables.put(id, engine.parseDecision(id, new ByteArrayInputStream(content)));
        }
        return wrong.stream().map(fault -> file + ": " + fault).toList();
    }

    /**
     * The outputs of a table by name, with the texts that each can be; none where it can be anything, or where the table
     * cannot be read.
     */
    static Map<String, Set<String>> outputs(byte[] content) {
        Map<String, Set<String>> texts = new HashMap<>();
        try {
            Dmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getModelElementsByType(DecisionTable.class)
                    .forEach(table -> {
                        int column = 0;
                        for (Output output : table.getOutputs()) {
                            texts.put(String.valueOf(output.getName()), texts(table, column++));
                        }
                    });
        } catch (ModelException unreadable) {
            // told when it is added
            return Map.of();
        }
        return texts;
    }

    private static Set<String> texts(DecisionTable table, int column) {
        Set<String> texts = new HashSet<>();
        for (Rule rule : table.getRules()) {
            LiteralExpression entry = List.copyOf(rule.getOutputEntries()).get(column);
            String text = entry.getText() == null
                    ? ""
                    : entry.getText().getTextContent().strip();
            if (!TEXT.matcher(text).matches()) {
                return Set.of();
            }
            texts.add(text.substring(1, text.length() - 1));
        }
        return texts;
    }

    /**
     * Asks a table.
     *
     * @param facts by the names that its inputs look at
     * @return the outputs of the rule that applies, by name
     * @throws IllegalArgumentException if there is no such table
     * @throws IllegalStateException if no rule applies
     */
    Map<String, Object> ask(String id, Map<String, Object> facts) {
        DmnDecision table = tables.get(id);
        if (table == null) {
            throw new IllegalArgumentException("There is no decision " + id);
        }
        DmnDecisionTableResult result = engine.evaluateDecisionTable(table, facts);
        DmnDecisionRuleResult rule = result.isEmpty() ? null : result.getSingleResult();
        if (rule == null) {
            throw new IllegalStateException("No rule of the decision " + id + " applies to " + facts);
        }
        return rule.getEntryMap();
    }

    private void check(String id, DmnModelInstance model, List<String> wrong) {
        Definitions definitions = model.getDefinitions();
        List<DrgElement> elements = List.copyOf(definitions.getDrgElements());
        if (elements.size() != 1
                || !(elements.get(0) instanceof Decision decision)
                || !(decision.getExpression() instanceof DecisionTable table)) {
            wrong.add("has to be one decision table and nothing else");
            return;
        }
        if (!decision.getId().equals(id)) {
            wrong.add("decision id: must be '%s', not '%s'".formatted(id, decision.getId()));
        }
        if (decision.getCamundaHistoryTimeToLiveString() == null) {
            wrong.add("the decision has no camunda:historyTimeToLive");
        }
        checkLanguage("definitions", definitions.getExpressionLanguage(), wrong);
        for (Input input : table.getInputs()) {
            String at = "input " + input.getId();
            if (input.getLabel() == null || input.getLabel().isBlank()) {
                wrong.add(at + " has no label");
            }
            if (input.getInputExpression() == null || input.getInputExpression().getText() == null) {
                wrong.add(at + " has no expression");
            } else {
                checkLanguage(at, input.getInputExpression().getExpressionLanguage(), wrong);
                checkText(at, input.getInputExpression().getText().getTextContent(), false, wrong);
                checkType(at, input.getInputExpression().getTypeRef(), wrong);
            }
        }
        Set<String> names = new HashSet<>();
        for (Output output : table.getOutputs()) {
            String at = "output " + output.getId();
            if (output.getName() == null || !names.add(output.getName())) {
                wrong.add(at + " has no name of its own");
            }
            checkType(at, output.getTypeRef(), wrong);
        }
        table.getRules().forEach(rule -> {
            String at = "rule " + rule.getId();
            for (UnaryTests entry : rule.getInputEntries()) {
                checkLanguage(at, entry.getExpressionLanguage(), wrong);
                checkText(at, entry.getText() == null ? "" : entry.getText().getTextContent(), true, wrong);
            }
            for (LiteralExpression entry : rule.getOutputEntries()) {
                checkLanguage(at, entry.getExpressionLanguage(), wrong);
                checkText(at, entry.getText() == null ? "" : entry.getText().getTextContent(), false, wrong);
            }
        });
    }

    private static void checkLanguage(String at, String language, List<String> wrong) {
        if (language != null && !FEEL_NAME.matcher(language).matches()) {
            wrong.add(at + ": is written in '" + language + "'; only FEEL may be");
        }
    }

    private static void checkType(String at, String type, List<String> wrong) {
        if (type != null && !TYPES.contains(type)) {
            wrong.add(at + ": has the type '" + type + "'; known are "
                    + TYPES.stream().sorted().toList());
        }
    }

    private void checkText(String at, String text, boolean tests, List<String> wrong) {
        if (HOST.matcher(text).find()) {
            wrong.add(at + ": '" + text.strip() + "' reaches outside the table");
            return;
        }
        if (tests && text.isBlank()) {
            // any value
            return;
        }
        ParseResult parsed = tests ? feel.parseUnaryTests(text) : feel.parseExpression(text);
        if (!parsed.isSuccess()) {
            wrong.add(at + ": '" + text.strip() + "' is not FEEL: "
                    + parsed.failure().message());
        }
    }
}
