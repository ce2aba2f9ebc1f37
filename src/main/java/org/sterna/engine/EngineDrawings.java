package org.sterna.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** Reads the way of a case from the engine's history: a few queries, whatever the length of the way. */
@Component
class EngineDrawings implements Drawings {

    /** More places than any case has come to; a page that shows more would not be read. */
    private static final int MOST = 1000;

    private final HistoryService history;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Obligations obligations;
    private final Words words;
    private final ElementNames names;
    private final Map<String, String> drawn = new ConcurrentHashMap<>();

    EngineDrawings(
            HistoryService history,
            RuntimeService runtime,
            RepositoryService repository,
            Obligations obligations,
            Words words,
            ElementNames names) {
        this.history = history;
        this.runtime = runtime;
        this.repository = repository;
        this.obligations = obligations;
        this.words = words;
        this.names = names;
    }

    @Override
    public Optional<Way> way(UUID obligationId, Locale reader) {
        Obligation obligation = obligations.find(obligationId).orElse(null);
        if (obligation == null) {
            return Optional.empty();
        }
        List<HistoricProcessInstance> rounds = rounds(obligation);
        if (rounds.isEmpty()) {
            return Optional.empty();
        }
        HistoricProcessInstance last = rounds.get(rounds.size() - 1);
        BpmnModelInstance model = repository.getBpmnModelInstance(last.getProcessDefinitionId());
        Set<String> stuck = last.getEndTime() != null
                ? Set.of()
                : runtime.createIncidentQuery().processInstanceId(last.getId()).list().stream()
                        .map(Incident::getActivityId)
                        .collect(Collectors.toSet());
        List<Visit> visits = new ArrayList<>();
        Set<String> flows = new HashSet<>();
        for (HistoricProcessInstance round : rounds) {
            List<HistoricActivityInstance> places = places(round);
            flows.addAll(walked(places, model));
            for (HistoricActivityInstance place : places) {
                visit(place, obligation.duty(), model, stuck, reader).ifPresent(visits::add);
            }
        }
        // a failed start has no place in the history yet
        stuck.stream()
                .filter(element ->
                        visits.stream().noneMatch(visit -> visit.element().equals(element)))
                .forEach(element -> visits.add(new Visit(
                        element,
                        names.of(model, element, obligation.duty(), reader).text(),
                        names.of(model, element, obligation.duty(), reader).translated(),
                        Kind.EVENT,
                        last.getStartTime().toInstant(),
                        null,
                        false,
                        true)));
        return Optional.of(new Way(List.copyOf(visits), Set.copyOf(flows)));
    }

    private List<HistoricProcessInstance> rounds(Obligation obligation) {
        List<HistoricProcessInstance> rounds = new ArrayList<>(history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey())
                .processDefinitionKey(obligation.duty())
                .listPage(0, MOST));
        rounds.sort(Comparator.comparing(HistoricProcessInstance::getStartTime)
                .thenComparing(round -> round.getEndTime() == null));
        return rounds;
    }

    private List<HistoricActivityInstance> places(HistoricProcessInstance round) {
        return history.createHistoricActivityInstanceQuery()
                .processInstanceId(round.getId())
                .orderPartiallyByOccurrence()
                .asc()
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .listPage(0, MOST);
    }

    private Optional<Visit> visit(
            HistoricActivityInstance place, String duty, BpmnModelInstance model, Set<String> stuck, Locale reader) {
        FlowElement element = model.getModelElementById(place.getActivityId());
        if (element == null || element instanceof SubProcess) {
            return Optional.empty();
        }
        ElementNames.Name name = names.of(model, place.getActivityId(), duty, reader);
        if (name.text().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Visit(
                place.getActivityId(),
                name.text(),
                name.translated(),
                kind(place.getActivityType()),
                place.getStartTime().toInstant(),
                place.getEndTime() == null ? null : place.getEndTime().toInstant(),
                place.isCanceled(),
                place.getEndTime() == null && stuck.contains(place.getActivityId())));
    }

    private static Kind kind(String type) {
        if (type.equals("userTask")) {
            return Kind.STEP;
        }
        if (type.endsWith("Gateway")) {
            return Kind.QUESTION;
        }
        return type.endsWith("Task") || type.equals("callActivity") ? Kind.AUTOMATIC : Kind.EVENT;
    }

    /** The arrows between places that followed each other; from a question, the one towards what came first. */
    private static Set<String> walked(List<HistoricActivityInstance> places, BpmnModelInstance model) {
        Map<String, List<Integer>> arrivals = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            arrivals.computeIfAbsent(places.get(i).getActivityId(), unseen -> new ArrayList<>())
                    .add(i);
        }
        Set<String> walked = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            HistoricActivityInstance place = places.get(i);
            if (place.getEndTime() == null
                    || place.isCanceled()
                    || !(model.getModelElementById(place.getActivityId()) instanceof FlowNode node)) {
                continue;
            }
            int from = i;
            Map<SequenceFlow, Integer> next = new HashMap<>();
            for (SequenceFlow flow : node.getOutgoing()) {
                arrivals.getOrDefault(flow.getTarget().getId(), List.of()).stream()
                        .filter(arrival -> arrival > from)
                        .findFirst()
                        .ifPresent(arrival -> next.put(flow, arrival));
            }
            if (node instanceof ExclusiveGateway) {
                next.entrySet().stream()
                        .min(Map.Entry.comparingByValue())
                        .ifPresent(first -> walked.add(first.getKey().getId()));
            } else {
                next.keySet().forEach(flow -> walked.add(flow.getId()));
            }
        }
        return walked;
    }

    @Override
    public Optional<String> diagram(UUID obligationId, Locale reader) {
        return obligations.find(obligationId).flatMap(obligation -> {
            List<HistoricProcessInstance> rounds = rounds(obligation);
            return rounds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            drawn(rounds.get(rounds.size() - 1).getProcessDefinitionId(), obligation.duty(), reader));
        });
    }

    private String drawn(String definition, String duty, Locale reader) {
        return drawn.computeIfAbsent(
                definition + " " + reader.getLanguage(),
                key -> translated(repository.getBpmnModelInstance(definition).clone(), duty, reader));
    }

    private String translated(BpmnModelInstance diagram, String duty, Locale reader) {
        for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
            ElementNames.Name name = names.of(diagram, element.getId(), duty, reader);
            if (name.translated()) {
                element.setName(name.text());
            }
        }
        Collection<Process> processes = diagram.getModelElementsByType(Process.class);
        processes.stream()
                .filter(process -> words.has(duty + ".title"))
                .forEach(process -> process.setName(words.text(duty + ".title", reader)));
        return Bpmn.convertToString(diagram);
    }
}
