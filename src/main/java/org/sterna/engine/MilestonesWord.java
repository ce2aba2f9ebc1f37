package org.sterna.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/**
 * {@code ${milestones.…}}: the one reminder clock of a case.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("milestones")
public class MilestonesWord {

    /** Where a clock that has nothing more to do is parked; a timer without a date would fire for ever. */
    static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    private final Case theCase;
    private final Obligations obligations;
    private final Ledger ledger;
    private final Clock clock;

    MilestonesWord(Case theCase, Obligations obligations, Ledger ledger, Clock clock) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The next milestone after now as a timer cycle; noted in the ledger as the next automatic act. */
    public String next(DelegateExecution execution) {
        Obligation obligation = theCase.locked(execution);
        Instant now = clock.instant();
        Optional<Act> next =
                acts(obligation).filter(act -> act.at().isAfter(now)).min(Comparator.comparing(Act::at));
        Obligation.NextAct plan =
                next.map(act -> new Obligation.NextAct(act.id(), act.at())).orElse(null);
        Together.starting(obligation.id())
                .ifPresentOrElse(
                        together -> together.plan(obligation.id(), plan), () -> ledger.plan(obligation.id(), plan));
        return "R1/" + next.map(Act::at).orElse(NEVER) + "/P3650D";
    }

    /** {@code reminder}, {@code overdue} or {@code escalation}; {@code none} if nothing is due. */
    public String kind(DelegateExecution execution) {
        return due(theCase.obligation(execution))
                .map(act -> act.rung().kind().name().toLowerCase(Locale.ROOT))
                .orElse("none");
    }

    /** Id of the rung that is due; with the name of its deadline where that is not the main one. */
    public String rung(DelegateExecution execution) {
        return due(theCase.obligation(execution)).orElseThrow().id();
    }

    /**
     * Whether the Secretariat is to be asked and is not being asked already: the rung says so, or one that an outage
     * passed over did.
     */
    public boolean decisionNeeded(DelegateExecution execution, String rungId) {
        Obligation obligation = theCase.obligation(execution);
        return passed(obligation)
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

    /** The newest rung that is due, after an outage too; none while the Party has nothing to do. */
    private Optional<Act> due(Obligation obligation) {
        return obligation.state() != Obligation.State.WITH_PARTY
                ? Optional.empty()
                : passed(obligation).max(Comparator.comparing(Act::at));
    }

    /** What is due since the obligation was opened. */
    private Stream<Act> passed(Obligation obligation) {
        Instant now = clock.instant();
        return acts(obligation).filter(act -> !act.at().isAfter(now)).filter(act -> act.at()
                .isAfter(obligation.openedAt()));
    }

    /** The ladder of every deadline that a step waits for; of the one that stands, while none waits. */
    private Stream<Act> acts(Obligation obligation) {
        Duty duty = theCase.duty(obligation);
        Set<String> waiting = duty.further().isEmpty() ? Set.of() : waiting(obligation);
        if (waiting.isEmpty()) {
            return acts(duty, obligation.deadlineName(), obligation.deadline());
        }
        Map<String, Deadline> deadlines = theCase.deadlines(obligation);
        // an interim deadline leads up to the one that binds, which reminds too
        return Stream.concat(waiting.stream(), waiting.stream().map(duty::binding))
                .distinct()
                .filter(deadlines::containsKey)
                .flatMap(name -> acts(duty, name, deadlines.get(name)));
    }

    private Set<String> waiting(Obligation obligation) {
        return Together.starting(obligation.id())
                .map(together -> together.tasks(obligation.id()))
                .orElseGet(() -> obligations.tasks(obligation.id()))
                .stream()
                .map(OpenTask::deadlineName)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Stream<Act> acts(Duty duty, String name, Deadline deadline) {
        return duty.ladder(name).stream().map(rung -> new Act(rung.of(name, Duty.DUE), rung, rung.at(deadline)));
    }

    /** A rung of one of the deadlines, with its moment. */
    private record Act(String id, Rung rung, Instant at) {}
}
