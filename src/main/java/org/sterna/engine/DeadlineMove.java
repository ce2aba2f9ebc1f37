package org.sterna.engine;

import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.CachedDbEntity;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityCache;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityState;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.ReminderClocks;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/** Moves deadlines: ledger, due dates of the Party's tasks, timers; in the caller's transaction. */
@Component
class DeadlineMove {

    private final Ledger ledger;
    private final Obligations obligations;
    private final Duties duties;
    private final Deadlines calendar;
    private final ReminderClocks clocks;
    private final Clock clock;

    DeadlineMove(
            Ledger ledger,
            Obligations obligations,
            Duties duties,
            Deadlines calendar,
            ReminderClocks clocks,
            Clock clock) {
        this.ledger = ledger;
        this.obligations = obligations;
        this.duties = duties;
        this.calendar = calendar;
        this.clocks = clocks;
        this.clock = clock;
    }

    /** Moves the deadline that stands, and what hangs on it. */
    void to(Obligation obligation, Deadline deadline, String actor, ProcessEngineServices engine) {
        to(obligation, withWhatHangsOnIt(obligation, obligation.deadlineName(), deadline, Set.of()), actor, engine);
    }

    /**
     * A deadline, and with the main one those that are counted from it: as far as they are what the rule gave, and not
     * past, unless their step waits or comes up again.
     *
     * @param again names of the deadlines whose steps come up again
     */
    Map<String, Deadline> withWhatHangsOnIt(
            Obligation obligation, String name, Deadline deadline, Collection<String> again) {
        Map<String, Deadline> moved = new LinkedHashMap<>(Map.of(name, deadline));
        Duty duty = duties.find(obligation.duty()).orElse(null);
        if (duty == null
                || !name.equals(Duty.DUE)
                || duty.further().stream().noneMatch(further -> further.rule().start() == DueRule.Start.DUE)) {
            return moved;
        }
        Map<String, Deadline> now =
                obligations.deadlines(Set.of(obligation.id())).getOrDefault(obligation.id(), Map.of());
        Set<String> wanted = new HashSet<>(again);
        obligations.tasks(obligation.id()).forEach(task -> wanted.add(duty.deadlineOf(task.step())));
        for (Duty.Further further : duty.further()) {
            Deadline before = now.get(further.name());
            if (further.rule().start() == DueRule.Start.DUE
                    && before != null
                    && before.origin() == Deadline.Origin.RULE
                    && (wanted.contains(further.name()) || clock.instant().isBefore(before.at()))) {
                Deadline after = calendar.fromDue(
                        further.rule(),
                        duty.subject(further.name()),
                        obligation.occasion(),
                        deadline,
                        obligation.partyCode());
                if (!after.equals(before)) {
                    moved.put(further.name(), after);
                }
            }
        }
        return moved;
    }

    /** Moves deadlines by their names. */
    void to(Obligation obligation, Map<String, Deadline> deadlines, String actor, ProcessEngineServices engine) {
        setTimers(moved(Map.of(obligation, deadlines), actor, engine, null), engine);
    }

    /**
     * Moves deadlines of several cases by their names, outside of any of them; reads and plans for all at once. Who
     * moved them is in the ledger; the engine's log of users' acts would only know that it was done.
     */
    void ofSeveral(
            Map<Obligation, Map<String, Deadline>> moved,
            String actor,
            ProcessEngineServices engine,
            CommandContext command) {
        command.executeWithOperationLogPrevented(within -> {
            Set<String> cases = moved(moved, actor, engine, ReadAhead.of(within));
            List<Obligation> now = obligations.findAll(
                    moved.keySet().stream().map(Obligation::id).toList());
            Together.firing(clocks.of(now), () -> setTimers(cases, engine), together -> ledger.plan(together.acts()));
            return null;
        });
    }

    /**
     * @param ahead reads for all cases at once; null for one case, in which the running command may have changed
     *     something
     * @return the cases whose timers are to be set anew
     */
    private Set<String> moved(
            Map<Obligation, Map<String, Deadline>> moved,
            String actor,
            ProcessEngineServices engine,
            @Nullable ReadAhead ahead) {
        Map<UUID, Map<String, Deadline>> deadlines = new LinkedHashMap<>();
        moved.forEach((obligation, byName) -> deadlines.put(obligation.id(), byName));
        ledger.moveDeadlines(deadlines, actor);
        Map<String, OpenTask> waiting = new HashMap<>();
        obligations
                .tasks(deadlines.keySet())
                .values()
                .forEach(tasks -> tasks.forEach(task -> waiting.put(task.taskId(), task)));
        Set<String> cases = new LinkedHashSet<>();
        Set<UUID> found = new HashSet<>();
        Map<Task, Deadline> due = new LinkedHashMap<>();
        for (Task task : ahead == null ? tasks(waiting.keySet(), engine) : ahead.tasks(waiting.keySet())) {
            OpenTask open = waiting.get(task.getId());
            Duty duty = duties.find(open.duty()).orElse(null);
            // a task of a shared process belongs to the case, but not to its deadlines
            if (duty == null) {
                continue;
            }
            cases.add(task.getProcessInstanceId());
            found.add(open.obligationId());
            Deadline deadline = deadlines.get(open.obligationId()).get(duty.deadlineOf(task.getTaskDefinitionKey()));
            if (task.getDueDate() != null && deadline != null) {
                due.put(task, deadline);
            }
        }
        moved.keySet().stream()
                .filter(obligation -> !found.contains(obligation.id()))
                .forEach(obligation -> caseOf(obligation, engine).ifPresent(cases::add));
        if (ahead != null) {
            ahead.executions(cases);
        }
        due.forEach((task, deadline) -> {
            task.setDueDate(Date.from(deadline.at()));
            engine.getTaskService().saveTask(task);
        });
        return cases;
    }

    private static List<Task> tasks(Set<String> ids, ProcessEngineServices engine) {
        return ids.isEmpty()
                ? List.of()
                : engine.getTaskService()
                        .createTaskQuery()
                        .taskIdIn(ids.toArray(String[]::new))
                        .list();
    }

    /** The case where no step waits; none where it is about to start and will find the deadline moved. */
    private static Optional<String> caseOf(Obligation obligation, ProcessEngineServices engine) {
        return Optional.ofNullable(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                        .singleResult())
                .map(ProcessInstance::getId);
    }

    /** Sets the timers of a case anew: its reminder clock, and what else waits for a date. */
    static void setTimers(String caseId, ProcessEngineServices engine) {
        setTimers(Set.of(caseId), engine);
    }

    private static void setTimers(Set<String> caseIds, ProcessEngineServices engine) {
        if (caseIds.isEmpty()) {
            return;
        }
        CommandContext command = Context.getCommandContext();
        if (command == null) {
            timers(caseIds, engine)
                    .forEach(timer -> engine.getManagementService().recalculateJobDuedate(timer.getId(), false));
            return;
        }
        setTimersJustMade(caseIds, command.getDbEntityManager().getDbEntityCache());
        timers(caseIds, engine).forEach(timer -> setAnew((TimerEntity) timer));
    }

    private static List<Job> timers(Set<String> caseIds, ProcessEngineServices engine) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceIds(caseIds)
                .timers()
                .list();
    }

    /** Those that the running command has only just made cannot be found by a query, nor by their ids. */
    private static void setTimersJustMade(Set<String> caseIds, DbEntityCache cache) {
        List<TimerEntity> made = cache.getCachedEntities().stream()
                .filter(cached -> cached.getEntityState() == DbEntityState.TRANSIENT)
                .map(CachedDbEntity::getEntity)
                .filter(TimerEntity.class::isInstance)
                .map(TimerEntity.class::cast)
                .filter(timer -> caseIds.contains(timer.getProcessInstanceId()))
                .toList();
        made.forEach(DeadlineMove::setAnew);
    }

    private static void setAnew(TimerEntity timer) {
        ReminderClock.declarationOf(timer).resolveAndSetDuedate(timer.getExecution(), timer, false);
    }
}
