package org.sterna.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** Runs what is due, in tests in which the job executor is off. */
@Component
public class Jobs {

    private final ManagementService management;
    private final RuntimeService runtime;
    private final FiringClocks clocks;

    Jobs(ManagementService management, RuntimeService runtime, FiringClocks clocks) {
        this.management = management;
        this.runtime = runtime;
        this.clocks = clocks;
    }

    /** Fires the reminder clocks of a duty's cases in one transaction, as the job executor does. */
    public boolean fireTogether(String duty, String occasion) {
        Set<String> cases = runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKeyLike(duty + "/" + occasion + "/%")
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .collect(Collectors.toSet());
        List<String> timers = management.createJobQuery().processInstanceIds(cases).timers().list().stream()
                .map(Job::getId)
                .toList();
        Context.setJobExecutorContext(new JobExecutorContext());
        try {
            return clocks.together(timers);
        } finally {
            Context.removeJobExecutorContext();
        }
    }

    /** Fires what is due of one case alone. */
    public void fire(String duty, String occasion, String partyCode) {
        String key = String.join("/", duty, occasion, partyCode);
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .singleResult();
        management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .executable()
                .list()
                .forEach(job -> management.executeJob(job.getId()));
    }

    /** Runs it, and what then is due in turn. */
    public void runDue() {
        for (int round = 0; round < 50; round++) {
            List<Job> due = management
                    .createJobQuery()
                    .executable()
                    .orderByJobDuedate()
                    .asc()
                    .listPage(0, 500);
            if (due.isEmpty()) {
                return;
            }
            due.forEach(job -> management.executeJob(job.getId()));
        }
        throw new IllegalStateException("Jobs never come to an end: a timer fires for ever");
    }
}
