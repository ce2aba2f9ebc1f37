package org.sterna.engine;

import java.util.Date;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;

/** Moves a deadline: ledger, due dates of the Party's tasks, timer; in the caller's transaction. */
@Component
class DeadlineMove {

    private final Ledger ledger;

    DeadlineMove(Ledger ledger) {
        this.ledger = ledger;
    }

    void to(Obligation obligation, Deadline deadline, String actor, ProcessEngineServices engine) {
        ledger.moveDeadline(obligation.id(), deadline, actor);
        for (Task task : engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(obligation.businessKey())
                .processDefinitionKey(obligation.duty())
                .list()) {
            if (task.getDueDate() != null) {
                task.setDueDate(Date.from(deadline.at()));
                engine.getTaskService().saveTask(task);
            }
        }
        String caseId = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult()
                .getId();
        for (Job timer : engine.getManagementService()
                .createJobQuery()
                .processInstanceId(caseId)
                .timers()
                .list()) {
            engine.getManagementService().recalculateJobDuedate(timer.getId(), false);
        }
    }
}
