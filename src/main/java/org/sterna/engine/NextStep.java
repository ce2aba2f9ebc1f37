package org.sterna.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/** The step that a case comes to next, as its diagram has it. */
final class NextStep {

    private NextStep() {}

    /**
     * The first step with a due date on the way from where the case is, in the order in which the flows are drawn; not
     * beyond another step, nor beyond an event that the case waits for.
     */
    static Optional<String> after(DelegateExecution execution) {
        Deque<PvmActivity> ahead = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        follow(((ExecutionEntity) execution).getActivity(), ahead, seen);
        while (!ahead.isEmpty()) {
            PvmActivity next = ahead.poll();
            if (((ActivityImpl) next).getActivityBehavior() instanceof UserTaskActivityBehavior task) {
                if (task.getTaskDefinition().getDueDateExpression() != null) {
                    return Optional.of(next.getId());
                }
            } else if (!"intermediateTimer".equals(next.getProperty("type"))
                    && !"intermediateMessageCatch".equals(next.getProperty("type"))) {
                follow(next, ahead, seen);
            }
        }
        return Optional.empty();
    }

    private static void follow(PvmActivity from, Deque<PvmActivity> ahead, Set<String> seen) {
        for (PvmTransition flow : from.getOutgoingTransitions()) {
            if (seen.add(flow.getDestination().getId())) {
                ahead.add(flow.getDestination());
            }
        }
    }
}
