package org.sterna.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;

/**
 * {@code ${deadline.…}}: the deadline of a case, and its moves.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("deadline")
public class DeadlineWord {

    private final Case theCase;
    private final DeadlineMove move;
    private final Clock clock;

    DeadlineWord(Case theCase, DeadlineMove move, Clock clock) {
        this.theCase = theCase;
        this.move = move;
        this.clock = clock;
    }

    /** The deadline as the due date of a task. */
    public Date of(DelegateExecution execution) {
        return Date.from(theCase.obligation(execution).deadline().at());
    }

    /** Gives the Party the duty's days for correcting a returned submission, if the deadline is not later anyway. */
    public void forCorrection(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        Deadline deadline = obligation.deadline();
        LocalDate day = LocalDate.now(clock.withZone(deadline.zone()))
                .plusDays(theCase.duty(obligation).correction());
        if (day.isAfter(deadline.on())) {
            move(execution, obligation, deadline.movedTo(day, Deadline.Origin.CORRECTION, null));
        }
    }

    /** Grants the extension that the Secretariat decided: {@code newDeadline} and {@code reason}. */
    public void extend(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        LocalDate day = LocalDate.parse((String) execution.getVariable("newDeadline"));
        String reason = (String) execution.getVariable("reason");
        move(execution, obligation, obligation.deadline().movedTo(day, Deadline.Origin.EXTENSION, reason));
    }

    private void move(DelegateExecution execution, Obligation obligation, Deadline deadline) {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        move.to(obligation, deadline, user == null ? LedgerEvent.SYSTEM : user, execution.getProcessEngineServices());
    }
}
