package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.time.TimeMachine;

/** The job executor at work on clocks that are due together. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:clock-executor;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
class ClockExecutorTests {

    private static final String DUTY = "nomination-confirmation";
    private static final String REMINDED = "select count(*) from notice where kind = 'reminder' and obligation_id in"
            + " (select id from obligation where occasion = 'executed')";

    @Autowired
    Campaigns campaigns;

    @Autowired
    ManagementService management;

    @Autowired
    TimeMachine time;

    @Autowired
    JdbcClient jdbc;

    @Test
    void stopsNobodyButTheCaseThatFails() {
        campaigns.open(DUTY, "executed", List.of("CHE", "FRA", "KEN", "NZL", "PER"), "secretariat");
        until("select count(*) from obligation where next_rung = 'reminder-14' and occasion = 'executed'", 5);
        // the ledger cannot note what happens next in one case
        jdbc.sql("insert into obligation_event (obligation_id, number, happened_at, kind, actor, details, hash)"
                        + " select e.obligation_id, o.event_count + 1, happened_at, kind, actor, details, hash"
                        + " from obligation_event e join obligation o on o.id = e.obligation_id"
                        + " where e.number = 1 and o.occasion = 'executed' and o.party_code = 'FRA'")
                .update();

        time.advance(Period.ofDays(17));

        until(REMINDED, 4);
        await().atMost(Duration.ofSeconds(60)).until(() -> !failing().isEmpty());
        assertThat(failing()).singleElement().satisfies(job -> assertThat(((JobEntity) job).getTenantId())
                .isEqualTo("FRA"));
        assertThat(management.createJobQuery().timers().list())
                .as("each of the others has a clock with all its attempts")
                .filteredOn(
                        job -> job.getTenantId() != null && !job.getTenantId().equals("FRA"))
                .hasSize(4)
                .allSatisfy(job -> assertThat(job.getRetries())
                        .isGreaterThan(failing().get(0).getRetries()));
        assertThat(jdbc.sql(REMINDED).query(Integer.class).single()).isEqualTo(4);
    }

    private List<Job> failing() {
        return management.createJobQuery().withException().list();
    }

    private void until(String query, int wanted) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql(query).query(Integer.class).single() == wanted);
    }
}
