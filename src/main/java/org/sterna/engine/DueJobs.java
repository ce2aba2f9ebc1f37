package org.sterna.engine;

import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The engine's jobs, among which those that are due are found by their dates. The engine asks for jobs due by now or
 * without a date, which H2 can only answer by reading all, the timers of all open cases among them; here it asks for the
 * latter only while there is one.
 */
final class DueJobs extends JobManager {

    private final JdbcClient database;

    DueJobs(JdbcClient database) {
        this.database = database;
    }

    /** Whether those with a date are all that can be done. */
    @Override
    protected boolean isEnsureJobDueDateNotNull() {
        return database.sql(
                        "select 1 from act_ru_job where duedate_ is null and retries_ > 0" + " fetch first row only")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }
}
