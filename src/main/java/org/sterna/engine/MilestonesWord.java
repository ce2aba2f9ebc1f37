package org.sterna.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Rung;
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
        Obligation obligation = theCase.obligation(execution);
        Instant now = clock.instant();
        Optional<Rung> next = theCase.duty(obligation).ladder().stream()
                .filter(rung -> rung.at(obligation.deadline()).isAfter(now))
                .findFirst();
        ledger.plan(
                obligation.id(),
                next.map(rung -> new Obligation.NextAct(rung.id(), rung.at(obligation.deadline())))
                        .orElse(null));
        Instant at = next.map(rung -> rung.at(obligation.deadline())).orElse(NEVER);
        return "R1/" + at + "/P3650D";
    }

    /** {@code reminder}, {@code overdue} or {@code escalation}; {@code none} if nothing is due. */
    public String kind(DelegateExecution execution) {
        return due(theCase.obligation(execution))
                .map(rung -> rung.kind().name().toLowerCase(Locale.ROOT))
                .orElse("none");
    }

    /** Id of the rung that is due. */
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
                        .filter(Rung::decide)
                        .anyMatch(rung -> rung.id().equals(rungId) || !asked(obligation))
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
    private Optional<Rung> due(Obligation obligation) {
        return obligation.state() != Obligation.State.WITH_PARTY
                ? Optional.empty()
                : passed(obligation).reduce((earlier, later) -> later);
    }

    /** The rungs that are due since the obligation was opened, in the order of the ladder. */
    private Stream<Rung> passed(Obligation obligation) {
        Instant now = clock.instant();
        return theCase.duty(obligation).ladder().stream()
                .filter(rung -> !rung.at(obligation.deadline()).isAfter(now))
                .filter(rung -> rung.at(obligation.deadline()).isAfter(obligation.openedAt()));
    }
}
