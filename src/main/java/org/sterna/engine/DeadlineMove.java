package org.sterna.engine;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;

/** Moves a deadline: ledger, due dates of the Party's tasks, timer; in the caller's transaction. */
@Component
class DeadlineMove {

    private final Ledger ledger;
    private final Duties duties;

    DeadlineMove(Ledger ledger, Duties duties) {
        this.ledger = ledger;
        this.duties = duties;
    }

    /** Moves the deadline that stands. */
    void to(Obligation obligation, Deadline deadline, String actor, ProcessEngineServices engine) {
        to(obligation, Map.of(obligation.deadlineName(), deadline), actor, engine);
    }

    /** Moves deadlines by their names. */
    void to(Obligation obligation, Map<String, Deadline> deadlines, String actor, ProcessEngineServices engine) {
        deadlines.forEach((name, deadline) -> ledger.moveDeadline(obligation.id(), name, deadline, actor));
        Duty duty = duties.get(obligation.duty());
        for (Task task : engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(obligation.businessKey())
                .processDefinitionKey(obligation.duty())
                .list()) {
            Deadline deadline = deadlines.get(duty.deadlineOf(task.getTaskDefinitionKey()));
            if (task.getDueDate() != null && deadline != null) {
                task.setDueDate(Date.from(deadline.at()));
                engine.getTaskService().saveTask(task);
            }
        }
        String caseId = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult()
                .getId();
        setTimers(caseId, engine);
    }

    /** Sets the timers of a case anew: its reminder clock, and what else waits for a date. */
    static void setTimers(String caseId, ProcessEngineServices engine) {
        for (Job timer : engine.getManagementService()
                .createJobQuery()
                .processInstanceId(caseId)
                .timers()
                .list()) {
            engine.getManagementService().recalculateJobDuedate(timer.getId(), false);
        }
    }
}
