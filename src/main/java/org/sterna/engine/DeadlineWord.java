package org.sterna.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;

/**
 * {@code ${deadline.…}}: the deadline of a case, and its moves.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("deadline")
public class DeadlineWord {

    private final Case theCase;
    private final Ledger ledger;
    private final DeadlineMove move;
    private final Deadlines deadlines;
    private final Clock clock;

    DeadlineWord(Case theCase, Ledger ledger, DeadlineMove move, Deadlines deadlines, Clock clock) {
        this.theCase = theCase;
        this.ledger = ledger;
        this.move = move;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * The due date of the task that comes up: the deadline that the duty gives the step. One that is counted from the
     * step is set now.
     */
    public Date of(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        String name = theCase.duty(obligation).deadlineOf(execution.getCurrentActivityId());
        Deadline known = theCase.deadlines(obligation).get(name);
        return Date.from((known == null ? set(obligation, name) : known).at());
    }

    /** Computes a further deadline anew, for a step that comes up again and again. */
    public void renew(DelegateExecution execution, String name) {
        set(theCase.obligation(execution), name);
    }

    /** Whether the day of a deadline has come; not while it cannot be computed. */
    public boolean reached(DelegateExecution execution, String name) {
        Obligation obligation = theCase.obligation(execution);
        try {
            Deadline known = theCase.deadlines(obligation).get(name);
            Deadline deadline = known == null ? computed(obligation, name) : known;
            return !today(deadline).isBefore(deadline.on());
        } catch (InvalidOccasion notYet) {
            return false;
        }
    }

    /** The first moment after the half-year that runs, in the zone of the deadline. */
    public Date halfYearEnd(DelegateExecution execution) {
        Deadline deadline = theCase.obligation(execution).deadline();
        LocalDate today = today(deadline);
        LocalDate next = today.getMonthValue() <= 6
                ? LocalDate.of(today.getYear(), 7, 1)
                : LocalDate.of(today.getYear() + 1, 1, 1);
        return Date.from(next.atStartOfDay(deadline.zone()).toInstant());
    }

    private Deadline set(Obligation obligation, String name) {
        Deadline deadline = computed(obligation, name);
        ledger.moveDeadline(obligation.id(), name, deadline, LedgerEvent.SYSTEM);
        return deadline;
    }

    private Deadline computed(Obligation obligation, String name) {
        Duty duty = theCase.duty(obligation);
        return deadlines.of(
                duty.rule(name),
                duty.subject(name),
                obligation.occasion(),
                today(obligation.deadline()),
                obligation.partyCode());
    }

    private LocalDate today(Deadline deadline) {
        return LocalDate.now(clock.withZone(deadline.zone()));
    }

    /** Gives the Party the duty's days for correcting a returned submission, if the deadline is not later anyway. */
    public void forCorrection(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        correct(execution, obligation, obligation.deadlineName(), obligation.deadline());
    }

    /** The same for the deadline of that step. */
    public void forCorrection(DelegateExecution execution, String step) {
        Obligation obligation = theCase.obligation(execution);
        String name = theCase.duty(obligation).deadlineOf(step);
        correct(execution, obligation, name, theCase.deadlines(obligation).getOrDefault(name, obligation.deadline()));
    }

    private void correct(DelegateExecution execution, Obligation obligation, String name, Deadline deadline) {
        LocalDate day = today(deadline).plusDays(theCase.duty(obligation).correction());
        if (day.isAfter(deadline.on())) {
            move(execution, obligation, name, deadline.movedTo(day, Deadline.Origin.CORRECTION, null));
        }
    }

    /** Grants the extension that the Secretariat decided: {@code newDeadline} and {@code reason}. */
    public void extend(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        LocalDate day = LocalDate.parse((String) execution.getVariable("newDeadline"));
        String reason = (String) execution.getVariable("reason");
        move(
                execution,
                obligation,
                obligation.deadlineName(),
                obligation.deadline().movedTo(day, Deadline.Origin.EXTENSION, reason));
    }

    private void move(DelegateExecution execution, Obligation obligation, String name, Deadline deadline) {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        move.to(
                obligation,
                Map.of(name, deadline),
                user == null ? LedgerEvent.SYSTEM : user,
                execution.getProcessEngineServices());
    }
}
