package org.sterna.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;
import org.sterna.notices.Closings;
import org.sterna.notices.Milestones;
import org.sterna.notices.ReminderClocks;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/**
 * {@code ${milestones.…}}: the one reminder clock of a case.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("milestones")
public class MilestonesWord {

    /** Where a clock that has nothing more to do is parked; a timer without a date would fire for ever. */
    static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    /** How long the engine may take between asking for a moment and setting its timer. */
    private static final Duration SOONEST = Duration.ofSeconds(1);

    private final Case theCase;
    private final Obligations obligations;
    private final Ledger ledger;
    private final ReminderClocks clocks;
    private final Clock clock;

    MilestonesWord(Case theCase, Obligations obligations, Ledger ledger, ReminderClocks clocks, Clock clock) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.ledger = ledger;
        this.clocks = clocks;
        this.clock = clock;
    }

    /** The next milestone after now as a timer cycle; noted in the ledger as the next automatic act. */
    public String next(DelegateExecution execution) {
        Obligation obligation = theCase.locked(execution);
        Instant now = clock.instant();
        boolean waiting = waits(obligation);
        Milestones then = afterTelling(obligation, now);
        Optional<Instant> next = then.next(now, waiting)
                // set anew when the day is over already, as after a meeting was moved
                .or(() -> Optional.of(now)
                        .filter(at -> waiting && settingAnew(obligation, now) && closes(execution, then)))
                .map(this::ahead);
        Obligation.NextAct plan = next.map(at -> new Obligation.NextAct(
                        then.closingDue(at)
                                ? Closings.CLOSING
                                : then.due(at).map(Milestones.Act::id).orElse(""),
                        at))
                .orElse(null);
        Together.of(obligation.id())
                .ifPresentOrElse(
                        together -> together.plan(obligation.id(), plan), () -> ledger.plan(obligation.id(), plan));
        return "R1/" + next.orElse(NEVER) + "/P3650D";
    }

    /** A cycle that begins in the past is read by the engine as one whose next turn is ten years away. */
    private Instant ahead(Instant at) {
        Instant soonest = clock.instant().plus(SOONEST);
        return at.isBefore(soonest) ? soonest : at;
    }

    /**
     * The clock after what is due now has been told: the engine asks for the next moment before it acts on this one.
     * Asked at another time, when a deadline or ladder has changed, nothing is about to be told.
     */
    private Milestones afterTelling(Obligation obligation, Instant now) {
        Milestones milestones = Together.starting(obligation.id())
                .map(together -> clocks.starting(obligation, together.tasks(obligation.id())))
                .orElseGet(() -> clock(obligation));
        return settingAnew(obligation, now)
                ? milestones
                : milestones.due(now).map(act -> milestones.with(act, now)).orElse(milestones);
    }

    /** Whether the clock is not firing: nothing was planned for now. */
    private static boolean settingAnew(Obligation obligation, Instant now) {
        Obligation.NextAct planned = obligation.nextAct();
        return planned == null || planned.at().isAfter(now);
    }

    private Milestones clock(Obligation obligation) {
        return Together.firing(obligation.id())
                .map(together -> together.clock(obligation.id()))
                .orElseGet(() -> clocks.of(obligation));
    }

    /** {@code reminder}, {@code overdue} or {@code escalation}; {@code none} if nothing is due. */
    @OneOf({"none", "reminder", "overdue", "escalation"})
    public String kind(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        if (waits(obligation) && closes(execution, clock(obligation))) {
            return "escalation";
        }
        return due(obligation)
                .map(act -> act.rung().kind().name().toLowerCase(Locale.ROOT))
                .orElse("none");
    }

    /** Id of the rung that is due; with the name of its deadline where that is not the main one. */
    public String rung(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        return due(obligation).map(Milestones.Act::id).orElse(Closings.CLOSING);
    }

    /** Whether the day is over after which the obligation is closed as not delivered, and the Party has to act. */
    public boolean closingDue(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        return waits(obligation) && clock(obligation).closingDue(clock.instant());
    }

    /** Whether the case is to be closed, and its diagram knows how; that of an older version may not. */
    private boolean closes(DelegateExecution execution, Milestones milestones) {
        return milestones.closingDue(clock.instant())
                && ((ExecutionEntity) execution).getProcessDefinition().findActivity(Undelivered.END) != null;
    }

    /**
     * Whether the Secretariat is to be asked and is not being asked already: the rung says so, or an older one that was
     * passed over did.
     */
    public boolean decisionNeeded(DelegateExecution execution, String rungId) {
        Obligation obligation = theCase.obligation(execution);
        return clock(obligation)
                        .upTo(rungId)
                        .filter(act -> act.rung().decide())
                        .anyMatch(act -> act.id().equals(rungId) || !asked(obligation))
                && obligations.tasks(obligation.id()).stream()
                        .noneMatch(task -> !task.duty().equals(obligation.duty()));
    }

    /** Whether what to do was asked since the deadline was set, whatever the answer. */
    private boolean asked(Obligation obligation) {
        boolean asked = false;
        for (LedgerEvent event : obligations.events(obligation.id())) {
            if (event.kind() == LedgerEvent.Kind.DEADLINE_MOVED) {
                asked = false;
            } else if (event.kind() == LedgerEvent.Kind.TASK_OPENED) {
                asked |= !obligation.duty().equals(event.details().get("process"));
            }
        }
        return asked;
    }

    /** What is due and not yet told; nothing while the Party has nothing to do. */
    private Optional<Milestones.Act> due(Obligation obligation) {
        return waits(obligation) ? clock(obligation).due(clock.instant()) : Optional.empty();
    }

    private static boolean waits(Obligation obligation) {
        return obligation.state() == Obligation.State.WITH_PARTY || obligation.state() == Obligation.State.OPENING;
    }
}
