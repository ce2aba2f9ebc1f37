package org.sterna.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;

/**
 * Keeps the ledger in step with the engine, in the engine's transaction: by convention, without a line in any diagram.
 * User tasks become open tasks of their candidate group's seat, end events named {@code end_<outcome>} close the
 * obligation.
 */
@Component
class LedgerListeners extends AbstractBpmnParseListener {

    /** Name of the message that tells an escalation that the Party has acted. */
    static final String PARTY_ACTED = "party-acted";

    /** Answer with which the Secretariat closes an escalated case as not delivered. */
    static final String CLOSE = "close";

    private static final Map<String, Obligation.State> OUTCOMES = Stream.of(Obligation.State.values())
            .filter(state -> !state.open())
            .collect(Collectors.toMap(state -> "end_" + state.code(), state -> state));

    private final Case theCase;
    private final Ledger ledger;
    private final Obligations obligations;

    LedgerListeners(Case theCase, Ledger ledger, Obligations obligations) {
        this.theCase = theCase;
        this.ledger = ledger;
        this.obligations = obligations;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (AddressTasks.CORRECT_ADDRESS.equals(((ProcessDefinitionEntity) activity.getProcessDefinition()).getKey())) {
            // of no obligation
            return;
        }
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this::created);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::completed);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, deleted -> ledger.taskDone(deleted.getId(), null));
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        Obligation.State outcome = OUTCOMES.get(activity.getId());
        if (outcome != null) {
            activity.addBuiltInListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> ended(execution, outcome));
        }
    }

    private void created(DelegateTask task) {
        String seat = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No seat holds the task " + task.getTaskDefinitionKey()));
        Obligation obligation = theCase.obligation(task.getExecution());
        String process = ((TaskEntity) task).getProcessDefinition().getKey();
        Duty duty = theCase.duty(obligation);
        String deadline = duty.further().isEmpty() || !process.equals(duty.key()) || task.getDueDate() == null
                ? null
                : duty.deadlineOf(task.getTaskDefinitionKey());
        OpenTask opened = new OpenTask(
                task.getId(),
                obligation.id(),
                process,
                task.getTaskDefinitionKey(),
                seat,
                ledger.now(),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                deadline);
        if (opened(opened) || deadline != null && !deadline.equals(Duty.DUE)) {
            // the ladder of this deadline may begin before the clock would have looked again
            DeadlineMove.setTimers(task.getProcessInstanceId(), task.getProcessEngineServices());
        }
    }

    /** Whether another of the duty's deadlines stands now; in a case that is only starting, the main one does. */
    private boolean opened(OpenTask task) {
        Optional<Together> together = Together.starting(task.obligationId());
        together.ifPresent(starting -> starting.opened(task));
        // the ledger tells the notice that a clock sent before the step that came up with it
        Together.firing(task.obligationId()).ifPresent(Together::write);
        return together.isEmpty() && ledger.taskOpened(task);
    }

    private void completed(DelegateTask task) {
        Obligation obligation = theCase.obligation(task.getExecution());
        String user = Context.getCommandContext().getAuthenticatedUserId();
        if (ledger.taskDone(task.getId(), user == null ? LedgerEvent.SYSTEM : user)) {
            DeadlineMove.setTimers(task.getProcessInstanceId(), task.getProcessEngineServices());
        }
        if (((TaskEntity) task).getProcessDefinition().getKey().equals(obligation.duty())) {
            task.getProcessEngineServices()
                    .getRuntimeService()
                    .createMessageCorrelation(PARTY_ACTED)
                    .processInstanceBusinessKey(obligation.businessKey())
                    .correlateAll();
        }
    }

    private void ended(DelegateExecution execution, Obligation.State outcome) {
        UUID id = theCase.obligation(execution).id();
        // the ledger tells the notice of the end before the end
        Together.firing(id).ifPresent(Together::write);
        String user = Context.getCommandContext().getAuthenticatedUserId();
        Map<String, String> details = new HashMap<>();
        Optional<Submission> sent = obligations.submissions(id).stream().reduce((earlier, later) -> later);
        // closed because the day was over, whatever was sent before
        boolean byItself = outcome == Obligation.State.LAPSED
                && sent.filter(last -> CLOSE.equals(last.values().get("decision")))
                        .isEmpty();
        sent.filter(last -> !byItself).ifPresent(last -> {
            details.put("receipt", last.receipt());
            // what stays within the Party is not told with the end either
            if (!theCase.duty(theCase.obligation(execution)).national()) {
                reason(last, details);
            }
        });
        ledger.close(id, outcome, user == null ? LedgerEvent.SYSTEM : user, details);
    }

    private static void reason(Submission last, Map<String, String> details) {
        if (last.values().get("reason") instanceof String reason) {
            details.put("reason", reason);
        }
    }
}
