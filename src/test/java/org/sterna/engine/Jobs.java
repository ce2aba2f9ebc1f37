package org.sterna.engine;

import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.stereotype.Component;

/** Runs what is due, in tests in which the job executor is off. */
@Component
public class Jobs {

    private final ManagementService management;

    Jobs(ManagementService management) {
        this.management = management;
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
