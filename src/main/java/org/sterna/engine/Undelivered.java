package org.sterna.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.Closings;
import org.sterna.notices.Notices;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.SeatRole;

/**
 * Closes what nobody delivered where the case cannot do so itself: cases of diagrams older than this end, and cases whose
 * meeting was moved to an earlier day. What the Party delivered and the Secretariat has not looked at is not closed; the
 * Secretariat is asked instead.
 */
@Component
class Undelivered {

    /** The end event of a diagram that knows this end. */
    static final String END = "end_lapsed";

    /** Kind of the notice that asks the Secretariat. */
    private static final String UNREVIEWED = "unreviewed";

    /** Start event of the reminder clock, whose timer closes a case. */
    private static final String CLOCK = "start_milestone-due";

    private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);

    private final ProcessEngine engine;
    private final Duties duties;
    private final Obligations obligations;
    private final Ledger ledger;
    private final Closings closings;
    private final SendNoticeWord notices;
    private final Notices outbox;
    private final TransactionOperations transaction;
    private final Clock clock;

    /** Lazy towards the engine, whose vocabulary speaks of this. */
    Undelivered(
            @Lazy ProcessEngine engine,
            Duties duties,
            Obligations obligations,
            Ledger ledger,
            Closings closings,
            SendNoticeWord notices,
            Notices outbox,
            TransactionOperations transaction,
            Clock clock) {
        this.engine = engine;
        this.duties = duties;
        this.obligations = obligations;
        this.ledger = ledger;
        this.closings = closings;
        this.notices = notices;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether the running case of the obligation comes to this end by its own diagram. */
    boolean ownEnd(Obligation obligation) {
        return unrestricted(() -> running(obligation).filter(this::knowsTheEnd).isPresent());
    }

    /** Whether the day is over after which the obligation is closed, unless the Secretariat has to act. */
    boolean over(Obligation obligation) {
        return closings.of(obligation)
                .filter(closing -> !closing.at().isAfter(clock.instant()))
                .isPresent();
    }

    /** Ends an open obligation whose Party has to act, and its case whatever its diagram; part of a transaction. */
    void close(Obligation obligation, String actor, Map<String, String> details) {
        notices.tell(
                obligation, "lapsed", "lapsed", duties.get(obligation.duty()).holder(), SeatRole.MIN.code(), Map.of());
        ledger.close(obligation.id(), Obligation.State.LAPSED, actor, details);
        unrestricted(() -> {
            running(obligation).ifPresent(found -> engine.getRuntimeService()
                    .deleteProcessInstance(found.getId(), "not delivered"));
            return true;
        });
    }

    /** For the whole case, also where an account asks that the engine lets see its own tasks only. */
    private <T> T unrestricted(Supplier<T> work) {
        IdentityService identity = engine.getIdentityService();
        Authentication asking = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return work.get();
        } finally {
            if (asking != null) {
                identity.setAuthentication(asking);
            }
        }
    }

    /**
     * Looks after everything whose closing day is over; each case in a transaction of its own.
     *
     * @return business keys of those that failed; all else is done
     */
    List<String> closeDue() {
        List<String> failed = new ArrayList<>();
        for (Duty duty : duties.all()) {
            if (closesByItself(duty)) {
                over(duty, Obligation.State.WITH_PARTY).forEach((obligation, closing) -> {
                    if (!done(obligation, () -> settle(obligation.id(), closing))) {
                        failed.add(obligation.businessKey());
                    }
                });
                over(duty, Obligation.State.WITH_SECRETARIAT).forEach((obligation, closing) -> {
                    if (!done(obligation, () -> ask(obligation, closing))) {
                        failed.add(obligation.businessKey());
                    }
                });
            }
        }
        return failed;
    }

    private static boolean closesByItself(Duty duty) {
        return duty.closes().rule() != null
                || duty.further().stream()
                        .anyMatch(one -> duty.closing(one.name()).rule() != null);
    }

    /** Open obligations of the duty whose closing day is over, with that day. */
    private Map<Obligation, Deadline> over(Duty duty, Obligation.State state) {
        List<Obligation> open = new ArrayList<>();
        obligations.each(new Obligations.Filter(duty.key(), null, null, Set.of(state), false), open::add);
        Map<UUID, Deadline> days = closings.of(open);
        Instant now = clock.instant();
        Map<Obligation, Deadline> over = new LinkedHashMap<>();
        open.stream()
                .filter(one ->
                        days.containsKey(one.id()) && !days.get(one.id()).at().isAfter(now))
                .forEach(one -> over.put(one, days.get(one.id())));
        return over;
    }

    private boolean done(Obligation obligation, Runnable work) {
        try {
            transaction.executeWithoutResult(status -> work.run());
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be closed", obligation.businessKey(), failure);
            return false;
        }
    }

    private void settle(UUID id, Deadline closing) {
        Obligation obligation = ledger.lock(id)
                .filter(now -> now.state() == Obligation.State.WITH_PARTY)
                .orElse(null);
        if (obligation == null) {
            return;
        }
        Optional<ProcessInstance> running = running(obligation);
        if (running.filter(this::knowsTheEnd).isEmpty()) {
            close(
                    obligation,
                    LedgerEvent.SYSTEM,
                    Map.of(Closings.CLOSING, closing.on().toString()));
        } else if (looksLater(running.get())) {
            DeadlineMove.setTimers(running.get().getId(), engine);
        }
    }

    /** Whether the clock of the case thinks that it has time; one that is due is left to itself. */
    private boolean looksLater(ProcessInstance running) {
        return engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(running.getId())
                        .activityId(CLOCK)
                        .duedateHigherThan(Date.from(clock.instant()))
                        .count()
                > 0;
    }

    /** Once for each closing day; what was written already is not written again. */
    private void ask(Obligation obligation, Deadline closing) {
        outbox.issue(new Notices.Request(
                obligation.id(),
                UNREVIEWED + "@" + closing.on(),
                UNREVIEWED,
                List.of(SeatRole.SECRETARIAT.code()),
                List.of(),
                true,
                Map.of()));
    }

    private Optional<ProcessInstance> running(Obligation obligation) {
        return Optional.ofNullable(engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult());
    }

    private boolean knowsTheEnd(ProcessInstance running) {
        return engine.getRepositoryService()
                        .getBpmnModelInstance(running.getProcessDefinitionId())
                        .getModelElementById(END)
                != null;
    }
}
