package org.sterna.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.management.Metrics;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.sterna.notices.Notices;
import org.sterna.notices.ReminderClocks;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;

/**
 * Fires the reminder clocks of several cases in one transaction: what they read is read for all of them before, and what
 * they tell and plan is written for all of them after.
 */
@Component
class FiringClocks {

    /** How many fire in one transaction: enough to share its cost, few enough to be spread over threads and nodes. */
    static final int AT_ONCE = 50;

    private final ProcessEngineConfigurationImpl engine;
    private final Ledger ledger;
    private final ReminderClocks clocks;
    private final Notices notices;

    /** Lazy towards the engine, whose jobs they are. */
    FiringClocks(@Lazy ProcessEngineConfigurationImpl engine, Ledger ledger, ReminderClocks clocks, Notices notices) {
        this.engine = engine;
        this.ledger = ledger;
        this.clocks = clocks;
        this.notices = notices;
    }

    /**
     * Fires them, or does nothing if one of the jobs is another one's. What fails one fails all, and nothing is done.
     *
     * @return whether they were fired
     */
    boolean together(List<String> jobIds) {
        return engine.getCommandExecutorTxRequired().execute(command -> together(jobIds, command));
    }

    private boolean together(List<String> jobIds, CommandContext command) {
        List<JobEntity> jobs = engine.getManagementService().createJobQuery().jobIds(Set.copyOf(jobIds)).list().stream()
                .map(JobEntity.class::cast)
                .toList();
        if (!jobs.stream().allMatch(job -> ReminderClock.TYPE.equals(job.getJobHandlerType()))) {
            return false;
        }
        if (jobs.isEmpty()) {
            // another node was faster
            return true;
        }
        Set<String> cases = jobs.stream().map(JobEntity::getProcessInstanceId).collect(Collectors.toSet());
        List<Obligation> obligations = ledger.lockCases(
                engine.getRuntimeService().createProcessInstanceQuery().processInstanceIds(cases).list().stream()
                        .map(ProcessInstance::getBusinessKey)
                        .collect(Collectors.toSet()));
        // nobody changes them now
        ReadAhead.of(command).cases(cases);
        Together.firing(
                clocks.of(obligations),
                () -> jobs.forEach(
                        job -> new ExecuteJobsCmd(job.getId(), new JobFailureCollector(job.getId())).execute(command)),
                this::write);
        engine.getMetricsRegistry().markOccurrence(Metrics.JOB_SUCCESSFUL, jobs.size());
        return true;
    }

    private void write(Together together) {
        notices.issue(together.requests());
        ledger.plan(together.acts());
    }
}
