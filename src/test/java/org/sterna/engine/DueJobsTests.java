package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.time.TimeMachine;

/** What the job executor is given to do: all that is due, however it came to be. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:due-jobs;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class DueJobsTests {

    @Autowired
    Campaigns campaigns;

    @Autowired
    ManagementService management;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    JdbcClient database;

    @Autowired
    TimeMachine time;

    @Autowired
    Jobs jobs;

    @Test
    void areThoseWithADateThatHasComeAndThoseWithoutOne() {
        jobs.runDue();
        campaigns.open("nomination-confirmation", "looked-for", List.of("CHE", "FRA"), "secretariat");
        assertThat(given()).as("the job that starts the cases").hasSize(1);
        jobs.runDue();
        List<String> clocks = management.createJobQuery().tenantIdIn("CHE", "FRA").list().stream()
                .map(Job::getId)
                .toList();
        assertThat(clocks).hasSize(2);
        assertThat(given()).as("clocks of days to come").isEmpty();

        management.setJobDuedate(clocks.get(0), null);
        assertThat(given()).as("to be done at once").containsExactly(clocks.get(0));

        time.advance(Period.ofMonths(1));
        assertThat(given()).containsAll(clocks);

        database.sql("update act_ru_job set duedate_ = :now where id_ = :id")
                .param("now", java.sql.Timestamp.from(time.now().minusSeconds(1)))
                .param("id", clocks.get(0))
                .update();
        assertThat(given()).as("all with a date").containsAll(clocks);
    }

    private List<String> given() {
        return engine.getCommandExecutorTxRequired()
                .execute(command -> command.getJobManager().findNextJobsToExecute(new Page(0, 100)).stream()
                        .map(AcquirableJobEntity::getId)
                        .toList());
    }

    @Test
    void haveAnIndexOfTheirDates() {
        String plan = database.sql("explain select id_ from act_ru_job where retries_ > 0 and (duedate_ <= now())")
                .query(String.class)
                .single();

        assertThat(plan).containsIgnoringCase("act_ru_job_due");
    }
}
