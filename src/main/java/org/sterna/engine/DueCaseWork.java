package org.sterna.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.time.DueWork;
import org.sterna.time.TimeMoved;

/** The engine's jobs, for a clock that goes through the days: it stops where a case has a timer. */
@Component
class DueCaseWork implements DueWork {

    private static final String WAITING = " and retries_ > 0 and suspension_state_ = 1";

    private final JdbcClient database;
    private final ProcessEngineConfigurationImpl engine;
    private final Clock clock;

    /** Lazy towards the engine, whose jobs they are. */
    DueCaseWork(JdbcClient database, @Lazy ProcessEngineConfigurationImpl engine, Clock clock) {
        this.database = database;
        this.engine = engine;
        this.clock = clock;
    }

    /** Timers that start something every morning are not among them; they run wherever the clock stops. */
    @Override
    public Optional<Instant> next(Instant after) {
        return database.sql(
                        "select duedate_ from act_ru_job where duedate_ > :after and process_instance_id_ is not null"
                                + WAITING + " order by duedate_ fetch first 1 row only")
                .param("after", Timestamp.from(after))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public long due() {
        JobExecutor executor = engine.getJobExecutor();
        if (executor == null || !executor.isActive()) {
            return 0;
        }
        // asked for apart, as H2 reads all jobs for both at once
        return count("duedate_ is null") + count("duedate_ <= :now");
    }

    private long count(String due) {
        return database.sql("select count(*) from act_ru_job where " + due + WAITING)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** Has the engine look at once, not when it next would have. After the engine's own clock was moved. */
    @EventListener(TimeMoved.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void wake() {
        JobExecutor executor = engine.getJobExecutor();
        if (executor != null && executor.isActive()) {
            executor.jobWasAdded();
        }
    }
}
