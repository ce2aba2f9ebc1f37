package org.sterna.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.springframework.stereotype.Component;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;
import org.sterna.forms.Source;

/**
 * What a diagram may say: words of the vocabulary, values that a form of its own declares for it, and no code. A
 * diagram that says more stops the start, naming file and expression.
 */
@Component
class DiagramRules {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    /** Elements that give a value a name. */
    private static final Set<String> NAMING = Set.of("inputParameter", "outputParameter");

    private static final Set<String> FORBIDDEN_ELEMENTS =
            Set.of("scriptTask", "script", "connector", "transaction", "businessRuleTaskScript");
    private static final Set<String> FORBIDDEN_ATTRIBUTES = Set.of("class", "scriptFormat", "resource");
    private static final Set<String> OPERATORS = Set.of(
            "and", "or", "not", "eq", "ne", "lt", "gt", "le", "ge", "empty", "null", "true", "false", "div", "mod");
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");
    private static final Pattern ROOT = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");

    private final Vocabulary vocabulary;
    private final Forms forms;

    DiagramRules(Vocabulary vocabulary, Forms forms) {
        this.vocabulary = vocabulary;
        this.forms = forms;
    }

    /**
     * Checks a diagram.
     *
     * @param decisions ids of the decision tables beside it
     * @throws IllegalStateException listing everything that is wrong
     */
    void check(String file, byte[] diagram, Set<String> decisions) {
        List<String> expressions = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<String> names = new HashSet<>(vocabulary.words().keySet());
        names.addAll(Set.of("execution", "task", "rung", "decisionResult"));
        List<Form> asked = new ArrayList<>();
        Set<String> variables = new HashSet<>();
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new ByteArrayInputStream(diagram));
            String process = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String element = xml.getLocalName();
                    String id = xml.getAttributeValue(null, "id");
                    if (element.equals("process")) {
                        process = id;
                        if (xml.getAttributeValue(CAMUNDA, "historyTimeToLive") == null) {
                            wrong.add("the process has no camunda:historyTimeToLive");
                        }
                    }
                    if (element.equals("userTask")) {
                        forms.find(process, id)
                                .ifPresentOrElse(
                                        form -> {
                                            asked.add(form);
                                            form.fields().stream()
                                                    .filter(Form.Field::variable)
                                                    .forEach(field -> {
                                                        names.add(field.key());
                                                        variables.add(field.key());
                                                    });
                                        },
                                        () -> wrong.add("user task " + id + " has no form"));
                    }
                    if (element.equals("businessRuleTask")) {
                        checkDecision(xml, id, decisions, wrong);
                    }
                    String named = NAMING.contains(element) ? xml.getAttributeValue(null, "name") : null;
                    if (named != null) {
                        names.add(named);
                    }
                    String result = xml.getAttributeValue(CAMUNDA, "resultVariable");
                    if (result != null) {
                        names.add(result);
                    }
                    if (FORBIDDEN_ELEMENTS.contains(element)) {
                        wrong.add("<" + element + "> is code; use a word of the vocabulary");
                    }
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        if (FORBIDDEN_ATTRIBUTES.contains(xml.getAttributeLocalName(i))
                                && CAMUNDA.equals(xml.getAttributeNamespace(i))) {
                            wrong.add("camunda:" + xml.getAttributeLocalName(i) + " on " + id
                                    + " is code; use a word of the vocabulary");
                        }
                        expressions.add(xml.getAttributeValue(i));
                        if (setsVariable(element, xml.getAttributeLocalName(i))) {
                            variables.add(xml.getAttributeValue(i));
                        }
                    }
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    expressions.add(xml.getText());
                }
            }
        } catch (XMLStreamException unreadable) {
            throw new IllegalStateException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        expressions.forEach(text -> unknownRoots(text, names)
                .forEach(root -> wrong.add("'" + root + "' in " + text.strip() + " is no word of the vocabulary")));
        asked.forEach(form -> form.sources().forEach((at, source) -> {
            if (source.kind() == Source.Kind.VARIABLE && !variables.contains(source.name())) {
                wrong.add("forms/%s/%s.form: %s: no step, table or call of the diagram sets the variable '%s'"
                        .formatted(form.duty(), form.step(), at, source.name()));
            }
        }));
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(file + ":\n  " + String.join("\n  ", wrong));
        }
    }

    /** A business rule task speaks a decision table deployed with it, and nothing else. */
    private static void checkDecision(XMLStreamReader task, String id, Set<String> decisions, List<String> wrong) {
        String decision = task.getAttributeValue(CAMUNDA, "decisionRef");
        if (decision == null || !decisions.contains(decision)) {
            wrong.add(
                    "business rule task " + id + " has no camunda:decisionRef of a decision table beside the diagram");
        }
        if (!"deployment".equals(task.getAttributeValue(CAMUNDA, "decisionRefBinding"))) {
            wrong.add("business rule task " + id + " has no camunda:decisionRefBinding=\"deployment\"");
        }
        for (String code : List.of("expression", "delegateExpression", "type", "topic")) {
            if (task.getAttributeValue(CAMUNDA, code) != null) {
                wrong.add("camunda:" + code + " on " + id + " is no decision table");
            }
        }
    }

    /** Whether the value of that attribute is the name of a variable that gets a value there. */
    private static boolean setsVariable(String element, String attribute) {
        return attribute.equals("resultVariable")
                || attribute.equals("name")
                        && Set.of("inputParameter", "outputParameter").contains(element)
                || attribute.equals("target") && Set.of("in", "out").contains(element);
    }

    private static Set<String> unknownRoots(String text, Set<String> names) {
        Set<String> unknown = new HashSet<>();
        Matcher expressions = EXPRESSION.matcher(text);
        while (expressions.find()) {
            Matcher roots = ROOT.matcher(TEXT.matcher(expressions.group(1)).replaceAll(""));
            while (roots.find()) {
                if (!names.contains(roots.group()) && !OPERATORS.contains(roots.group())) {
                    unknown.add(roots.group());
                }
            }
        }
        return unknown;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
