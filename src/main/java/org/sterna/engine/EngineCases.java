package org.sterna.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

@Component
class EngineCases implements Cases {

    private static final int ATTEMPTS = 3;

    private final ProcessEngine engine;
    private final Ledger ledger;
    private final Obligations obligations;
    private final Seats seats;
    private final DeadlineMove move;
    private final SendNoticeWord notices;
    private final Case theCase;
    private final Resumption resumption;
    private final Undelivered undelivered;
    private final LastExtension lastExtension;
    private final MessageSource messages;
    private final TransactionOperations transaction;
    private final Clock clock;

    EngineCases(
            ProcessEngine engine,
            Ledger ledger,
            Obligations obligations,
            Seats seats,
            DeadlineMove move,
            SendNoticeWord notices,
            Case theCase,
            Resumption resumption,
            Undelivered undelivered,
            LastExtension lastExtension,
            MessageSource messages,
            TransactionOperations transaction,
            Clock clock) {
        this.engine = engine;
        this.ledger = ledger;
        this.obligations = obligations;
        this.seats = seats;
        this.move = move;
        this.notices = notices;
        this.theCase = theCase;
        this.resumption = resumption;
        this.undelivered = undelivered;
        this.lastExtension = lastExtension;
        this.messages = messages;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void moveDeadline(UUID obligationId, Deadline deadline, String username) {
        act(() -> {
            Obligation obligation = open(obligationId);
            if (fixed(obligation)) {
                throw refused("case.deadline-fixed");
            }
            lastExtension.refusal(obligation, deadline.on()).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            move.to(obligation, deadline, username, engine);
            // what to do about the old deadline is answered
            answerEscalation(obligation);
            String kind = deadline.on().isAfter(obligation.deadline().on()) ? "extended" : "decision";
            tell(obligation, kind + "@" + deadline.on(), kind);
        });
    }

    /** Whether the deadline that stands ends a window of the Convention, such as that for reservations. */
    private boolean fixed(Obligation obligation) {
        return theCase.duty(obligation)
                .further(obligation.deadlineName())
                .filter(further -> further.hard() && !further.assumed())
                .isPresent();
    }

    private void answerEscalation(Obligation obligation) {
        engine.getRuntimeService()
                .createMessageCorrelation(LedgerListeners.PARTY_ACTED)
                .processInstanceBusinessKey(obligation.businessKey())
                .correlateAll();
    }

    @Override
    public void excuse(UUID obligationId, String reason, String username) {
        act(() -> {
            Obligation obligation = open(obligationId);
            String why = said(reason, "case.reason-missing");
            ledger.close(obligationId, Obligation.State.EXCUSED, username, Map.of("reason", why));
            running(obligation)
                    .ifPresent(found -> engine.getRuntimeService().deleteProcessInstance(found.getId(), "excused"));
            tell(obligation, "excused", "excused");
        });
    }

    @Override
    public void closeAsNotDelivered(UUID obligationId, String reason, String username) {
        act(() -> {
            Obligation obligation = open(obligationId);
            String why = said(reason, "case.reason-missing");
            if (obligation.state() == Obligation.State.WITH_SECRETARIAT) {
                throw refused("case.to-be-reviewed");
            }
            undelivered.close(obligation, username, Map.of("reason", why));
        });
    }

    private Optional<ProcessInstance> running(Obligation obligation) {
        return Optional.ofNullable(engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult());
    }

    @Override
    public List<String> resumable(UUID obligationId) {
        Obligation obligation = obligations.find(obligationId).orElse(null);
        if (obligation == null) {
            return List.of();
        }
        List<String> all = ofParty(obligation, resumption.steps(obligation.duty()));
        if (!obligation.state().open()) {
            return all;
        }
        if (reviews(obligation).isEmpty()) {
            return List.of();
        }
        Set<String> done = new HashSet<>();
        obligations.submissions(obligationId).stream().map(Submission::step).forEach(done::add);
        return all.stream().filter(done::contains).toList();
    }

    private List<String> ofParty(Obligation obligation, Set<String> steps) {
        return theCase.duty(obligation).steps().stream()
                .filter(step ->
                        SeatRole.of(step.seat()).filter(SeatRole::ofParty).isPresent())
                .map(Duty.Step::key)
                .filter(steps::contains)
                .toList();
    }

    /** What waits for the Secretariat in the duty's own diagram. */
    private List<OpenTask> reviews(Obligation obligation) {
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> task.duty().equals(obligation.duty()))
                .filter(task -> task.seatCode().equals(SeatRole.SECRETARIAT.code()))
                .toList();
    }

    @Override
    public void sendBack(UUID obligationId, String step, @Nullable LocalDate by, String reason, String username) {
        act(() -> {
            Obligation obligation = open(obligationId);
            String why = said(reason, "case.reason-missing");
            List<OpenTask> reviews = reviews(obligation);
            if (reviews.isEmpty()) {
                throw refused("case.not-with-secretariat");
            }
            if (!resumable(obligationId).contains(step)) {
                throw refused("case.step-not-resumable");
            }
            if (by == null && undelivered.over(obligation)) {
                throw refused("case.day-after-closing");
            }
            Deadline deadline = by == null ? null : ofStep(obligation, step, by, Deadline.Origin.CORRECTION, why);
            ledger.record(
                    obligationId,
                    LedgerEvent.Kind.SENT_BACK,
                    username,
                    Map.of("step", step, "process", obligation.duty(), "reason", why));
            if (deadline != null) {
                moveWith(obligation, step, deadline, username);
            }
            String caseId = running(obligation)
                    .orElseThrow(() -> refused("case.not-running"))
                    .getId();
            ProcessInstanceModificationBuilder back = engine.getRuntimeService()
                    .createProcessInstanceModification(caseId)
                    .startBeforeActivity(step);
            reviews.stream().map(OpenTask::step).distinct().forEach(back::cancelAllForActivity);
            back.execute();
            DeadlineMove.setTimers(caseId, engine);
            tell(obligation, step, "sent-back", why);
        });
    }

    @Override
    public void reopen(UUID obligationId, String step, LocalDate by, String reason, String username) {
        act(() -> {
            Obligation obligation = ledger.lock(obligationId)
                    .filter(found -> !found.state().open())
                    .orElseThrow(() -> refused("case.not-ended"));
            String why = said(reason, "case.reason-missing");
            if (!step.equals(BEGINNING) && !resumable(obligationId).contains(step)) {
                throw refused("case.step-not-resumable");
            }
            Deadline deadline = ofStep(obligation, step, by, Deadline.Origin.EXTENSION, why);
            VariableMap variables = Variables.fromMap(lastVariables(obligation));
            variables.putAll(PartyTenant.of(obligation.partyCode()));
            ledger.reopen(
                    obligationId,
                    username,
                    step.equals(BEGINNING)
                            ? Map.of("reason", why)
                            : Map.of("step", step, "process", obligation.duty(), "reason", why));
            moveWith(obligation, step, deadline, username);
            ledger.letStand(obligationId, name(obligation, step));
            ProcessInstantiationBuilder round = engine.getRuntimeService()
                    .createProcessInstanceByKey(obligation.duty())
                    .businessKey(obligation.businessKey())
                    .setVariables(variables);
            if (!step.equals(BEGINNING)) {
                round.startBeforeActivity(step);
            }
            round.execute();
            tell(obligation, step, "reopened", why);
        });
    }

    /** What the case knew when it ended, as far as the engine remembers it. */
    private Map<String, Object> lastVariables(Obligation obligation) {
        Map<String, Object> variables = new HashMap<>();
        List<HistoricProcessInstance> rounds = engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey())
                .processDefinitionKey(obligation.duty())
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, 1);
        for (HistoricProcessInstance last : rounds) {
            for (HistoricVariableInstance variable : engine.getHistoryService()
                    .createHistoricVariableInstanceQuery()
                    .processInstanceId(last.getId())
                    .disableBinaryFetching()
                    .disableCustomObjectDeserialization()
                    .list()) {
                Object value = variable.getValue();
                boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
                if (simple && last.getId().equals(variable.getExecutionId())) {
                    variables.put(variable.getName(), value);
                }
            }
        }
        return variables;
    }

    /** Moves the deadline by which the step is late, and what hangs on it, the step's own among it. */
    private void moveWith(Obligation obligation, String step, Deadline deadline, String username) {
        ledger.moveDeadlines(
                Map.of(
                        obligation.id(),
                        move.withWhatHangsOnIt(
                                obligation,
                                name(obligation, step),
                                deadline,
                                Set.of(theCase.duty(obligation).deadlineOf(step)))),
                username);
    }

    private String name(Obligation obligation, String step) {
        Duty duty = theCase.duty(obligation);
        return duty.further().isEmpty() ? obligation.deadlineName() : duty.binding(duty.deadlineOf(step));
    }

    private Deadline ofStep(Obligation obligation, String step, LocalDate by, Deadline.Origin origin, String why) {
        Deadline now = theCase.deadlines(obligation).getOrDefault(name(obligation, step), obligation.deadline());
        if (by.isBefore(LocalDate.now(clock.withZone(now.zone())))) {
            throw refused("case.day-past");
        }
        return now.movedTo(by, origin, why);
    }

    @Override
    public int remind(UUID obligationId, String username) {
        return act(() -> {
            Obligation obligation = open(obligationId);
            List<String> waiting = ofParty(obligation).stream()
                    .map(OpenTask::seatCode)
                    .distinct()
                    .toList();
            if (waiting.isEmpty()) {
                throw refused("case.not-with-party");
            }
            LocalDate today = LocalDate.now(clock.withZone(obligation.deadline().zone()));
            int written = notices.toSeats(obligation, "asked-" + today, "reminder", waiting);
            if (written > 0) {
                ledger.record(obligationId, LedgerEvent.Kind.REMINDED, username, Map.of());
            }
            return written;
        });
    }

    private List<OpenTask> ofParty(Obligation obligation) {
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> obligation.ofParty(task.seatCode()))
                .toList();
    }

    @Override
    public int reassign(UUID obligationId, String role, String reason, String username) {
        return act(() -> {
            Obligation obligation = open(obligationId);
            String why = said(reason, "case.reason-missing");
            SeatRole known =
                    SeatRole.of(role).filter(SeatRole::ofParty).orElseThrow(() -> refused("case.no-such-seat"));
            String seat = Seat.code(known, obligation.partyCode());
            List<OpenTask> waiting = ofParty(obligation);
            if (waiting.isEmpty()) {
                throw refused("case.not-with-party");
            }
            if (seats.reachedBy(seat).isEmpty()) {
                throw refused("case.seat-reaches-nobody");
            }
            int changed = 0;
            for (OpenTask task : waiting) {
                if (!task.seatCode().equals(seat)) {
                    engine.getTaskService().deleteCandidateGroup(task.taskId(), task.seatCode());
                    engine.getTaskService().addCandidateGroup(task.taskId(), seat);
                    engine.getTaskService().setAssignee(task.taskId(), null);
                    ledger.reassign(task.taskId(), seat, username, Map.of("reason", why));
                    changed++;
                }
            }
            if (changed > 0) {
                notices.toSeats(obligation, "reassigned@" + seat + "/" + ledger.now(), "reassigned", List.of(seat));
            }
            return changed;
        });
    }

    @Override
    public void note(UUID obligationId, String note, String username) {
        act(() -> {
            String said = said(note, "case.note-empty");
            ledger.lock(obligationId).orElseThrow(() -> refused("case.not-open"));
            ledger.record(obligationId, LedgerEvent.Kind.NOTED, username, Map.of("note", said));
        });
    }

    private void tell(Obligation obligation, String milestone, String kind) {
        notices.tell(obligation, milestone, kind, theCase.duty(obligation).holder(), SeatRole.MIN.code(), Map.of());
    }

    /** Whoever has to act again, with the reason; told anew each time. */
    private void tell(Obligation obligation, String step, String kind, String reason) {
        String role = theCase.duty(obligation).steps().stream()
                .filter(one -> one.key().equals(step))
                .map(Duty.Step::seat)
                .findFirst()
                .orElse(theCase.duty(obligation).holder());
        notices.tell(obligation, kind + "@" + ledger.now(), kind, role, "", Map.of("reasons", reason));
    }

    private void act(Runnable act) {
        act(() -> {
            act.run();
            return true;
        });
    }

    /**
     * Does it in one transaction, and anew where a Party's step or the reminder clock changed the case at the same
     * moment: then it is decided again whether the act still makes sense.
     */
    private <T> T act(Supplier<T> act) {
        boolean part = TransactionSynchronizationManager.isActualTransactionActive();
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> act.get()));
            } catch (OptimisticLockingException | ConcurrencyFailureException changedMeanwhile) {
                if (part) {
                    throw changedMeanwhile;
                }
                if (attempt == ATTEMPTS) {
                    throw refused("case.changed-meanwhile");
                }
            }
        }
    }

    private Obligation open(UUID obligationId) {
        return ledger.lock(obligationId)
                .filter(obligation -> obligation.state().open())
                .orElseThrow(() -> refused("case.not-open"));
    }

    private String said(String text, String refusal) {
        String said = text.strip();
        if (said.length() < SHORTEST_REASON || said.length() > LONGEST_REASON) {
            throw refused(refusal);
        }
        return said;
    }

    private IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(messages.getMessage(key, null, LocaleContextHolder.getLocale()));
    }
}
