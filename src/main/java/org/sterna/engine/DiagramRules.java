package org.sterna.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;
import org.sterna.forms.Source;
import org.sterna.notices.NoticeTexts;
import org.sterna.register.SeatRole;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What a diagram may say: elements that are listed here, words of the vocabulary with arguments that mean something, values
 * that its own forms, calls and tables set, and no code. All else would meet a Party as an error, or as a case in which
 * nothing happens any more; it stops the start instead, with a sentence that names file, element and remedy.
 */
@Component
class DiagramRules {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final String FORM_KEY = "embedded:/forms/tasks/${task.id}";

    /** Elements that make a case go on, each with a picture of its own. */
    private static final Set<String> NODES = Set.of(
            "startEvent",
            "endEvent",
            "boundaryEvent",
            "intermediateCatchEvent",
            "userTask",
            "serviceTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "exclusiveGateway",
            "inclusiveGateway",
            "parallelGateway",
            "eventBasedGateway");

    private static final Set<String> ELEMENTS = Stream.concat(
                    NODES.stream(),
                    Stream.of(
                            "definitions",
                            "process",
                            "sequenceFlow",
                            "incoming",
                            "outgoing",
                            "conditionExpression",
                            "extensionElements",
                            "documentation",
                            "error",
                            "errorEventDefinition",
                            "message",
                            "messageEventDefinition",
                            "timerEventDefinition",
                            "timeDate",
                            "timeDuration",
                            "timeCycle",
                            "terminateEventDefinition",
                            "textAnnotation",
                            "text",
                            "association",
                            "group",
                            "category",
                            "categoryValue"))
            .collect(Collectors.toUnmodifiableSet());

    /** Elements and attributes of the engine's own that say no more than the vocabulary can. */
    private static final Set<String> EXTENSIONS = Set.of(
            "inputOutput",
            "inputParameter",
            "outputParameter",
            "in",
            "out",
            "properties",
            "property",
            "asyncBefore",
            "asyncAfter",
            "exclusive",
            "jobPriority",
            "candidateGroups",
            "dueDate",
            "expression",
            "formKey",
            "resultVariable",
            "decisionRef",
            "decisionRefBinding",
            "historyTimeToLive",
            "isStartableInTasklist",
            "versionTag");

    private static final Map<String, String> REMEDIES = Map.of(
            "class", "is code; use a word of the vocabulary",
            "delegateExpression", "is code; use camunda:expression with a word of the vocabulary",
            "type", "hands the step to a program outside, and there is none; use camunda:expression",
            "topic", "hands the step to a program outside, and there is none; use camunda:expression",
            "resource", "is code; use a word of the vocabulary",
            "script", "is code; use a word of the vocabulary",
            "connector", "is code; use a word of the vocabulary");

    private final Vocabulary vocabulary;
    private final Forms forms;
    private final Duties duties;
    private final NoticeTexts notices;

    DiagramRules(Vocabulary vocabulary, Forms forms, Duties duties, NoticeTexts notices) {
        this.vocabulary = vocabulary;
        this.forms = forms;
        this.duties = duties;
        this.notices = notices;
    }

    /**
     * What lies beside a diagram.
     *
     * @param decisions the decision tables of the folder: by id, the outputs by name, with the texts that each can be;
     *     none where it can be anything
     * @param shared processes of all duties that others may call, by id, each with the codes of the errors it ends with
     * @param called whether the diagram is one of those, and gets values from who calls it
     */
    record Beside(Map<String, Map<String, Set<String>>> decisions, Map<String, Set<String>> shared, boolean called) {}

    /**
     * Checks a diagram.
     *
     * @return everything that is wrong, each with file, element and remedy
     */
    List<String> check(String file, byte[] content, Beside beside) {
        try {
            BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
            Bpmn.validateModel(model);
            Node root = model.getDocument().getDomSource().getNode();
            return new Reading(root, beside)
                    .faults().stream().map(fault -> file + ": " + fault).toList();
        } catch (ModelException unreadable) {
            Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
            return List.of(file + ": cannot be read: " + cause.getMessage());
        }
    }

    /** The codes of the errors that a shared process ends with, by its id. */
    static Map<String, Set<String>> processes(byte[] content) {
        try {
            Node root = Bpmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getDocument()
                    .getDomSource()
                    .getNode();
            List<Element> elements = elements(root).toList();
            Map<String, String> codes = codes(elements, "error", "errorCode");
            Set<String> thrown = elements.stream()
                    .filter(element -> is(element, "errorEventDefinition"))
                    .filter(element -> is((Element) element.getParentNode(), "endEvent"))
                    .map(element -> codes.getOrDefault(element.getAttribute("errorRef"), ""))
                    .collect(Collectors.toSet());
            return elements.stream()
                    .filter(element -> is(element, "process"))
                    .collect(Collectors.toMap(element -> element.getAttribute("id"), element -> thrown));
        } catch (ModelException unreadable) {
            // told when it is checked itself
            return Map.of();
        }
    }

    /** One diagram. */
    private final class Reading implements ExpressionRules.Surroundings {

        private final List<Element> all;
        private final Beside beside;
        private final String process;
        private final Optional<Duty> duty;
        private final Map<String, Form> steps = new HashMap<>();
        private final Map<String, Set<String>> variables = new HashMap<>();
        private final List<String> faults = new ArrayList<>();
        private final ExpressionRules expressions = new ExpressionRules(vocabulary.words(), this);

        Reading(Node root, Beside beside) {
            this.all = elements(root).toList();
            this.beside = beside;
            this.process = all.stream()
                    .filter(element -> is(element, "process"))
                    .map(element -> element.getAttribute("id"))
                    .findFirst()
                    .orElse("");
            this.duty = duties.find(process);
        }

        List<String> faults() {
            all.forEach(this::steps);
            // calls and tables answer from what forms declare, so those come first
            all.forEach(this::results);
            all.forEach(this::element);
            all.forEach(this::attributes);
            all.forEach(this::texts);
            drawn();
            asked();
            return faults.stream().distinct().toList();
        }

        private void steps(Element element) {
            if (!is(element, "userTask")) {
                return;
            }
            String id = element.getAttribute("id");
            forms.find(process, id)
                    .ifPresentOrElse(
                            form -> {
                                steps.put(id, form);
                                form.fields().stream()
                                        .filter(Form.Field::variable)
                                        .forEach(field -> can(
                                                field.key(),
                                                field.options().stream()
                                                        .map(Form.Option::value)
                                                        .collect(Collectors.toSet())));
                            },
                            () -> fault(element, "has no form; make forms/%s/%s.form".formatted(process, id)));
        }

        private void results(Element element) {
            String result = element.getAttributeNS(CAMUNDA, "resultVariable");
            if (!result.isEmpty()) {
                can(result, expressions.answers(element.getAttributeNS(CAMUNDA, "expression")));
            }
            if (isExtension(element, "inputParameter") || isExtension(element, "outputParameter")) {
                can(element.getAttribute("name"), answered(element));
            }
            if (isExtension(element, "in") || isExtension(element, "out")) {
                can(element.getAttribute("target"), Set.of());
            }
        }

        /** The texts that a parameter can be. */
        private Set<String> answered(Element parameter) {
            String text = parameter.getTextContent().strip();
            String output = text.replaceFirst("^\\$\\{decisionResult\\.getSingleResult\\(\\)\\.(\\w+)}$", "$1");
            return output.equals(text)
                    ? expressions.answers(text)
                    : decision(parameter)
                            .map(outputs -> outputs.getOrDefault(output, Set.of()))
                            .orElse(Set.of());
        }

        /** The outputs of the table that the step around an element asks. */
        private Optional<Map<String, Set<String>>> decision(Element element) {
            for (Node at = element; at instanceof Element step; at = at.getParentNode()) {
                if (is(step, "businessRuleTask")) {
                    return Optional.ofNullable(beside.decisions().get(step.getAttributeNS(CAMUNDA, "decisionRef")));
                }
            }
            return Optional.empty();
        }

        /** A value that can be these texts; anything where there are none, or where another gives it that can. */
        private void can(String variable, Set<String> texts) {
            variables.merge(
                    variable,
                    texts,
                    (one, other) -> one.isEmpty() || other.isEmpty()
                            ? Set.of()
                            : Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet()));
        }

        private void element(Element element) {
            String name = element.getLocalName();
            if (BPMN.equals(element.getNamespaceURI()) && !ELEMENTS.contains(name)) {
                fault(
                        element,
                        name.equals("scriptTask") || name.equals("script")
                                ? "<%s> is code; use a word of the vocabulary".formatted(name)
                                : ("<%s> is not for diagrams here: nothing would do it or wake it; draw a user task, a"
                                                + " service task or a timer")
                                        .formatted(name));
                return;
            }
            if (CAMUNDA.equals(element.getNamespaceURI()) && !EXTENSIONS.contains(name)) {
                fault(element, "<camunda:%s> %s".formatted(name, remedy(name)));
            }
            if (!BPMN.equals(element.getNamespaceURI())) {
                return;
            }
            switch (name) {
                case "process" -> {
                    if (!element.hasAttributeNS(CAMUNDA, "historyTimeToLive")) {
                        fault(element, "the process has no camunda:historyTimeToLive; write for example P36500D");
                    }
                }
                case "userTask" -> {
                    if (!FORM_KEY.equals(element.getAttributeNS(CAMUNDA, "formKey"))) {
                        fault(element, "camunda:formKey must be \"%s\"".formatted(FORM_KEY));
                    }
                }
                case "serviceTask" -> {
                    if (!element.hasAttributeNS(CAMUNDA, "expression")) {
                        fault(element, "does nothing; give it a camunda:expression with a word of the vocabulary");
                    }
                }
                case "businessRuleTask" -> table(element);
                case "callActivity" -> {
                    if (!beside.shared().containsKey(element.getAttribute("calledElement"))) {
                        fault(
                                element,
                                "calls '%s'; it can call %s"
                                        .formatted(
                                                element.getAttribute("calledElement"),
                                                in(beside.shared().keySet())));
                    }
                }
                case "messageEventDefinition" ->
                    event(element, "message", "name", "messageRef", vocabulary.messages(), "sends a message '%s'");
                case "errorEventDefinition" -> error(element);
                case "timerEventDefinition" -> {
                    if (children(element)
                            .noneMatch(child -> child.getLocalName().startsWith("time"))) {
                        fault(element, "the timer has no time; give it a date, a duration or a cycle");
                    }
                }
                default -> {
                    // says enough by being there
                }
            }
        }

        /** A business rule task asks a decision table deployed with it, and nothing else. */
        private void table(Element task) {
            if (!beside.decisions().containsKey(task.getAttributeNS(CAMUNDA, "decisionRef"))) {
                fault(
                        task,
                        "has no camunda:decisionRef of a decision table beside the diagram; there are %s"
                                .formatted(in(beside.decisions().keySet())));
            }
            if (!"deployment".equals(task.getAttributeNS(CAMUNDA, "decisionRefBinding"))) {
                fault(task, "has no camunda:decisionRefBinding=\"deployment\"");
            }
            for (String code : List.of("expression", "delegateExpression", "type", "topic", "class")) {
                if (task.hasAttributeNS(CAMUNDA, code)) {
                    fault(task, "camunda:%s is no decision table; leave it out".formatted(code));
                }
            }
        }

        /** What wakes an event has to come from somewhere. */
        private void event(
                Element definition, String kind, String attribute, String reference, Set<String> known, String nobody) {
            String name = codes(all, kind, attribute).getOrDefault(definition.getAttribute(reference), "");
            if (!known.contains(name)) {
                fault(
                        definition,
                        ("nothing " + nobody + "; known are %s").formatted(name, known.isEmpty() ? "none" : in(known)));
            }
        }

        private void error(Element definition) {
            Element event = (Element) definition.getParentNode();
            if (is(event, "endEvent")) {
                if (!beside.called()) {
                    fault(event, "ends with an error that nobody catches; end it with an outcome, as in end_excused");
                }
                return;
            }
            Set<String> thrown = all.stream()
                    .filter(element -> is(element, "callActivity"))
                    .filter(call -> !is(event, "boundaryEvent")
                            || call.getAttribute("id").equals(event.getAttribute("attachedToRef")))
                    .flatMap(
                            call -> beside.shared().getOrDefault(call.getAttribute("calledElement"), Set.of()).stream())
                    .collect(Collectors.toSet());
            event(definition, "error", "errorCode", "errorRef", thrown, "ends with the error '%s'");
        }

        private void attributes(Element element) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Attr attribute = (Attr) element.getAttributes().item(i);
                if (CAMUNDA.equals(attribute.getNamespaceURI()) && !EXTENSIONS.contains(attribute.getLocalName())) {
                    fault(
                            element,
                            "camunda:%s %s".formatted(attribute.getLocalName(), remedy(attribute.getLocalName())));
                } else {
                    expression(element, attribute.getValue());
                }
            }
        }

        private void texts(Element element) {
            if (children(element).findAny().isEmpty()) {
                expression(element, element.getTextContent());
            }
        }

        private void expression(Element element, String text) {
            if (text.contains("${") || text.contains("#{")) {
                expressions.check(text).forEach(fault -> fault(element, fault));
            }
        }

        /** What has no picture is done all the same, but nobody sees it in the case or in Modeler. */
        private void drawn() {
            Set<String> shown = all.stream()
                    .filter(element -> DIAGRAM.equals(element.getNamespaceURI()))
                    .map(element -> element.getAttribute("bpmnElement"))
                    .collect(Collectors.toSet());
            all.stream()
                    .filter(element -> BPMN.equals(element.getNamespaceURI()))
                    .filter(element -> NODES.contains(element.getLocalName()) || is(element, "sequenceFlow"))
                    .filter(element -> !shown.contains(element.getAttribute("id")))
                    .forEach(element -> fault(element, "has no picture; draw it in Camunda Modeler"));
        }

        /** What forms want to know of a case has to be set by its diagram. */
        private void asked() {
            steps.values().forEach(form -> form.sources().forEach((at, source) -> {
                if (source.kind() == Source.Kind.VARIABLE && !variables.containsKey(source.name())) {
                    faults.add("forms/%s/%s.form: %s: no step, table or call of the diagram sets the variable '%s'"
                            .formatted(form.duty(), form.step(), at, source.name()));
                }
            }));
        }

        private void fault(Element element, String what) {
            Element named = element;
            while (!named.hasAttribute("id") && named.getParentNode() instanceof Element parent) {
                named = parent;
            }
            faults.add(named.getAttribute("id") + ": " + what);
        }

        @Override
        public boolean sets(String variable) {
            return variables.containsKey(variable)
                    || variable.equals("decisionResult")
                            && all.stream().anyMatch(element -> is(element, "businessRuleTask"))
                    || variable.equals("rung") && beside.called();
        }

        @Override
        public Set<String> values(String variable) {
            return variables.getOrDefault(variable, Set.of());
        }

        @Override
        public Set<String> outputs() {
            return beside.decisions().values().stream()
                    .flatMap(outputs -> outputs.keySet().stream())
                    .collect(Collectors.toSet());
        }

        @Override
        public Optional<String> wrong(Argument.Kind kind, String text, List<@Nullable String> before) {
            return switch (kind) {
                case ROLE -> unknown("role", List.of(text), roles());
                case ROLES -> unknown("role", parts(text), roles());
                case NOTICE ->
                    notices.exist(process, text)
                            ? Optional.empty()
                            : Optional.of(
                                    ("there is no text for notices of the kind '%s'; write %s.notice.%s.subject and"
                                                    + " .body in messages.properties, _fr and _es")
                                            .formatted(text, process, text));
                case STEP -> unknown("user task", List.of(text), steps.keySet());
                case DEADLINE ->
                    duty.flatMap(known -> unknown(
                            "deadline",
                            List.of(text),
                            Stream.concat(
                                            Stream.of(Duty.DUE),
                                            known.further().stream().map(Duty.Further::name))
                                    .collect(Collectors.toSet())));
                case DUTY ->
                    unknown(
                            "duty",
                            List.of(text),
                            duties.all().stream().map(Duty::key).collect(Collectors.toSet()));
                case FIELD ->
                    given(before, steps::get)
                            .flatMap(form -> unknown(
                                    "field of " + form.step(),
                                    List.of(text),
                                    form.fields().stream().map(Form.Field::key).collect(Collectors.toSet())));
                case LIST ->
                    list(text).isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    "there is no list '%s'; write".formatted(text) + " <step>.<list> as a form has it");
                case ROW_FIELD, ROW_FIELDS ->
                    given(before, given -> list(given).orElse(null))
                            .flatMap(list -> unknown("field of rows of " + list.key(), parts(text), list.keys()));
                case ROW_OPTIONS ->
                    given(before, given -> list(given).orElse(null))
                            .flatMap(list -> list.field(String.valueOf(before.get(before.size() - 1))))
                            .filter(field -> !field.options().isEmpty())
                            .flatMap(field -> unknown(
                                    "option of " + field.key(),
                                    parts(text),
                                    field.options().stream()
                                            .map(Form.Option::value)
                                            .collect(Collectors.toSet())));
            };
        }

        private Optional<Form.Field> list(String text) {
            String[] parts = text.split("\\.", 2);
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.ofNullable(steps.get(parts[0])).flatMap(form -> form.fields().stream()
                            .filter(field -> field.key().equals(parts[1]) && field.type() == Form.Type.LIST)
                            .findFirst());
        }

        /** The nearest argument before that names something of that kind. */
        private <T> Optional<T> given(List<@Nullable String> before, Function<String, @Nullable T> find) {
            for (int i = before.size() - 1; i >= 0; i--) {
                String text = before.get(i);
                T found = text == null ? null : find.apply(text);
                if (found != null) {
                    return Optional.of(found);
                }
            }
            return Optional.empty();
        }

        private static Optional<String> unknown(String what, List<String> named, Set<String> known) {
            List<String> wrong =
                    named.stream().filter(name -> !known.contains(name)).toList();
            return wrong.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "there is no %s '%s'; known are %s".formatted(what, String.join(",", wrong), in(known)));
        }
    }

    private static Set<String> roles() {
        return Arrays.stream(SeatRole.values()).map(SeatRole::code).collect(Collectors.toSet());
    }

    private static String remedy(String extension) {
        return REMEDIES.getOrDefault(extension, "is not for diagrams here; leave it out");
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String in(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    /** By id, what a message is called or which code an error has. */
    private static Map<String, String> codes(List<Element> all, String kind, String attribute) {
        return all.stream()
                .filter(element -> is(element, kind))
                .collect(Collectors.toMap(
                        element -> element.getAttribute("id"),
                        element -> element.getAttribute(attribute),
                        (one, other) -> one));
    }

    private static boolean is(Element element, String name) {
        return name.equals(element.getLocalName()) && BPMN.equals(element.getNamespaceURI());
    }

    private static boolean isExtension(Element element, String name) {
        return name.equals(element.getLocalName()) && CAMUNDA.equals(element.getNamespaceURI());
    }

    /** All elements from there on, in the order of the document. */
    private static Stream<Element> elements(Node from) {
        Stream<Element> own = from instanceof Element element ? Stream.of(element) : Stream.empty();
        return Stream.concat(own, children(from).flatMap(DiagramRules::elements));
    }

    private static Stream<Element> children(Node of) {
        return IntStream.range(0, of.getChildNodes().getLength())
                .mapToObj(of.getChildNodes()::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
