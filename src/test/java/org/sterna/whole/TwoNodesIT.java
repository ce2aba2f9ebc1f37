package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.calendar.CalendarSettings;
import org.sterna.campaigns.Occasions;
import org.sterna.time.TimeMachine;

/** Two whole applications on one PostgreSQL database, each with its own engine, job executor and connections. */
class TwoNodesIT {

    private static final String DUTY = "nomination-confirmation";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static String url;
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    @BeforeAll
    static void start() {
        url = Databases.emptyPostgresUrl();
        first = node();
        second = node();
        // whatever is due today by its own rule is open before anything is measured
        first.getBean(Occasions.class).openDue();
        morning(Instant.now().plus(Duration.ofDays(30)));
    }

    private static ConfigurableApplicationContext node() {
        return Application.besideOthers(Application.on(
                url,
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--camunda.bpm.job-execution.wait-time-in-millis=200",
                "--camunda.bpm.job-execution.max-wait=1000",
                "--sterna.notices.sender.enabled=false",
                "--sterna.occasions.open-by-themselves=true"));
    }

    @AfterAll
    static void end() {
        Stream.of(second, first).filter(node -> node != null).forEach(ConfigurableApplicationContext::close);
    }

    /**
     * Both have found it due and not opened, and wait for the occasion’s lock, which the test holds until they do; then
     * one opens it, and the other, which comes after it, has to look again.
     */
    @Test
    void openOnceWhenBothFoundItDueAtTheSameMoment() throws Exception {
        schedule("raced");
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        List<Future<Occasions.Round>> looks = new ArrayList<>();
        try (Connection holder = DriverManager.getConnection(url, "postgres", "")) {
            holder.setAutoCommit(false);
            lock(holder, "raced");
            for (ConfigurableApplicationContext node : List.of(first, second)) {
                looks.add(nodes.submit(node.getBean(Occasions.class)::openDue));
            }
            await().atMost(PATIENCE).until(() -> waiting() == 2);
            holder.commit();
        } finally {
            nodes.shutdown();
        }

        int opened = 0;
        for (Future<Occasions.Round> look : looks) {
            assertThat(look.get().failed()).isEmpty();
            opened += look.get().opened().size();
        }
        assertThat(opened).isOne();
        assertOpenedOnce("raced");
    }

    /** The timer of the process is due for both job executors. */
    @Test
    void openOnceByTheTimer() {
        schedule("by-timer");

        morning(Instant.now().minus(Duration.ofMinutes(1)));

        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from obligation where occasion = 'by-timer'") == 133);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(timer(second).getDuedate()).isInTheFuture());
        assertOpenedOnce("by-timer");
    }

    private static void assertOpenedOnce(String occasion) {
        assertThat(count("select count(*) from campaign where occasion = '%s'".formatted(occasion)))
                .isOne();
        assertThat(count("select count(*) from obligation where occasion = '%s'".formatted(occasion)))
                .isEqualTo(133);
    }

    private static void schedule(String occasion) {
        ZoneId zone = first.getBean(CalendarSettings.class).zone();
        LocalDate today = LocalDate.ofInstant(first.getBean(TimeMachine.class).now(), zone);
        first.getBean(Occasions.class).schedule(List.of(DUTY), occasion, today, "secretariat");
    }

    /** Has the process wait until then. */
    private static void morning(Instant due) {
        first.getBean(ManagementService.class).setJobDuedate(timer(first).getId(), Date.from(due));
    }

    private static Job timer(ConfigurableApplicationContext node) {
        return node.getBean(ManagementService.class)
                .createJobQuery()
                .processDefinitionKey("open-due-occasions")
                .singleResult();
    }

    private static void lock(Connection holder, String occasion) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            assertThat(statement
                            .executeQuery("select code from occasion where duty = '%s' and code = '%s' for update"
                                    .formatted(DUTY, occasion))
                            .next())
                    .isTrue();
        }
    }

    /** How many connections wait for a lock. */
    private static long waiting() {
        return count("select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'");
    }

    private static long count(String sql) {
        return first.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
    }
}
