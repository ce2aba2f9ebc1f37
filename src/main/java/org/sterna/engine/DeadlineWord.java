package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.DEADLINE;
import static org.sterna.engine.Argument.Kind.STEP;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.duties.Duty;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;

/**
 * {@code ${deadline.…}}: the deadline of a case, and its moves.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("deadline")
public class DeadlineWord {

    private final Case theCase;
    private final Obligations obligations;
    private final Ledger ledger;
    private final DeadlineMove move;
    private final Deadlines deadlines;
    private final LastExtension lastExtension;
    private final Clock clock;

    DeadlineWord(
            Case theCase,
            Obligations obligations,
            Ledger ledger,
            DeadlineMove move,
            Deadlines deadlines,
            LastExtension lastExtension,
            Clock clock) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.ledger = ledger;
        this.move = move;
        this.deadlines = deadlines;
        this.lastExtension = lastExtension;
        this.clock = clock;
    }

    /**
     * The due date of the task that comes up: the deadline that the duty gives the step. One that is counted from the
     * step is set now.
     */
    public Date of(DelegateExecution execution) {
        Obligation obligation = theCase.locked(execution);
        String name = theCase.duty(obligation).deadlineOf(execution.getCurrentActivityId());
        Deadline known = theCase.deadlines(obligation).get(name);
        return Date.from((known == null ? set(obligation, name) : known).at());
    }

    /**
     * Computes a further deadline anew, for a step that comes up again and again. It stands until the step comes up, so
     * that a case that only waits for its day is not overdue by the deadline before.
     */
    public void renew(DelegateExecution execution, @Argument(DEADLINE) String name) {
        Obligation obligation = theCase.obligation(execution);
        set(obligation, name);
        ledger.letStand(obligation.id(), name);
        // where the clock still goes to, nothing will be due; it is set anew when the step comes up
        ledger.plan(obligation.id(), null);
    }

    /** Whether the case has a deadline of that name; some are of COPs only, though the duty is for other meetings too. */
    public boolean applies(DelegateExecution execution, @Argument(DEADLINE) String name) {
        return theCase.deadlines(theCase.obligation(execution)).containsKey(name);
    }

    /** Whether the day of a deadline has come; not while it cannot be computed. */
    public boolean reached(DelegateExecution execution, @Argument(DEADLINE) String name) {
        Obligation obligation = theCase.obligation(execution);
        return known(obligation, name)
                .filter(deadline -> !today(deadline).isBefore(deadline.on()))
                .isPresent();
    }

    /** Whether the Party kept the deadline in a step every time it sent it, corrections included. */
    public boolean met(DelegateExecution execution, @Argument(STEP) String step) {
        return obligations.submissions(theCase.obligation(execution).id()).stream()
                .filter(submission -> submission.step().equals(step))
                .noneMatch(Submission::late);
    }

    /**
     * Whether the day of a deadline has come or comes before the half-year that runs is over; not while it cannot be
     * computed.
     */
    public boolean thisHalfYear(DelegateExecution execution, @Argument(DEADLINE) String name) {
        Obligation obligation = theCase.obligation(execution);
        return known(obligation, name)
                .filter(deadline -> deadline.on().isBefore(nextHalfYear(today(deadline))))
                .isPresent();
    }

    /** The deadline, computed as long as it is not set; empty while it cannot be computed. */
    Optional<Deadline> known(Obligation obligation, String name) {
        try {
            Deadline known = theCase.deadlines(obligation).get(name);
            return Optional.of(known == null ? computed(obligation, name) : known);
        } catch (InvalidOccasion notYet) {
            return Optional.empty();
        }
    }

    /** The first moment after the half-year that runs, in the zone of the deadline. */
    public Date halfYearEnd(DelegateExecution execution) {
        Deadline deadline = theCase.obligation(execution).deadline();
        return Date.from(
                nextHalfYear(today(deadline)).atStartOfDay(deadline.zone()).toInstant());
    }

    private static LocalDate nextHalfYear(LocalDate day) {
        return day.getMonthValue() <= 6 ? LocalDate.of(day.getYear(), 7, 1) : LocalDate.of(day.getYear() + 1, 1, 1);
    }

    private Deadline set(Obligation obligation, String name) {
        Deadline deadline = computed(obligation, name);
        ledger.moveDeadline(obligation.id(), name, deadline, LedgerEvent.SYSTEM);
        return deadline;
    }

    private Deadline computed(Obligation obligation, String name) {
        Duty duty = theCase.duty(obligation);
        Deadline main = theCase.deadlines(obligation).get(Duty.DUE);
        if (duty.rule(name).start() == DueRule.Start.DUE && main != null) {
            return deadlines.fromDue(
                    duty.rule(name), duty.subject(name), obligation.occasion(), main, obligation.partyCode());
        }
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
        correct(execution, obligation, obligation.deadlineName(), obligation.deadline(), Set.of());
    }

    /** The same for the deadline by which that step is late, and the step's own. */
    public void forCorrection(DelegateExecution execution, @Argument(STEP) String step) {
        Obligation obligation = theCase.obligation(execution);
        Duty duty = theCase.duty(obligation);
        String own = duty.deadlineOf(step);
        String name = duty.binding(own);
        correct(
                execution,
                obligation,
                name,
                theCase.deadlines(obligation).getOrDefault(name, obligation.deadline()),
                Set.of(own));
    }

    private void correct(
            DelegateExecution execution, Obligation obligation, String name, Deadline deadline, Set<String> again) {
        LocalDate day = today(deadline).plusDays(theCase.duty(obligation).correction());
        if (day.isAfter(deadline.on())) {
            move(execution, obligation, name, deadline.movedTo(day, Deadline.Origin.CORRECTION, null), again);
        }
    }

    /** Grants the extension that the Secretariat decided: {@code newDeadline} and {@code reason}. */
    public void extend(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        LocalDate day = LocalDate.parse((String) execution.getVariable("newDeadline"));
        String reason = (String) execution.getVariable("reason");
        lastExtension.refusal(obligation, day).ifPresent(why -> {
            throw new RefusedSubmission(new InvalidSubmission(List.of(new Violation("newDeadline", why))));
        });
        move(
                execution,
                obligation,
                obligation.deadlineName(),
                obligation.deadline().movedTo(day, Deadline.Origin.EXTENSION, reason),
                Set.of());
    }

    private void move(
            DelegateExecution execution, Obligation obligation, String name, Deadline deadline, Set<String> again) {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        move.to(
                obligation,
                move.withWhatHangsOnIt(obligation, name, deadline, again),
                user == null ? LedgerEvent.SYSTEM : user,
                execution.getProcessEngineServices());
    }
}
