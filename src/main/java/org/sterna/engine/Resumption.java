package org.sterna.engine;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The steps of a diagram at which a case can be put down alone: user tasks of the duty's own path from which no joining
 * gateway is met before its fork, where the case would wait for branches that nobody walks.
 */
@Component
class Resumption {

    private final RepositoryService repository;
    private final Map<String, Set<String>> steps = new ConcurrentHashMap<>();

    Resumption(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    /** Ids of those steps in the newest version of the duty's diagram. */
    Set<String> steps(String duty) {
        ProcessDefinition newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(duty)
                .withoutTenantId()
                .latestVersion()
                .singleResult();
        return newest == null
                ? Set.of()
                : steps.computeIfAbsent(newest.getId(), id -> in(repository.getBpmnModelInstance(id)));
    }

    static Set<String> in(BpmnModelInstance diagram) {
        Set<String> found = new LinkedHashSet<>();
        for (UserTask task : diagram.getModelElementsByType(UserTask.class)) {
            boolean several = task.getLoopCharacteristics() != null;
            if (task.getParentElement() instanceof Process && !several && !meetsAJoin(task, 0, new HashSet<>())) {
                found.add(task.getId());
            }
        }
        return found;
    }

    /** A place on the way, with how many forks were passed that no join has closed. */
    private record Place(String node, int forks) {}

    private static boolean meetsAJoin(FlowNode node, int forks, Set<Place> seen) {
        if (!seen.add(new Place(node.getId(), forks))) {
            return false;
        }
        int open = forks;
        if (node instanceof ParallelGateway || node instanceof InclusiveGateway) {
            Gateway gateway = (Gateway) node;
            if (gateway.getIncoming().size() > 1) {
                if (open == 0) {
                    return true;
                }
                open--;
            }
            if (gateway.getOutgoing().size() > 1) {
                open++;
            }
        }
        for (SequenceFlow flow : node.getOutgoing()) {
            if (open < 10 && meetsAJoin(flow.getTarget(), open, seen)) {
                return true;
            }
        }
        return false;
    }
}
