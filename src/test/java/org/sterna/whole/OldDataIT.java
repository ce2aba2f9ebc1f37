package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.MailSink;
import org.sterna.Sterna;
import org.sterna.campaigns.Campaigns;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.time.TimeMachine;

/** The application that starts on a database file which was put aside for half a year. */
class OldDataIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void floodsNobody() throws Exception {
        try (MailSink sink = new MailSink()) {
            try (ConfigurableApplicationContext before = start(sink)) {
                JdbcClient database = database(before);
                List<String> parties = before.getBean(Parties.class).all().stream()
                        .map(Party::code)
                        .toList();
                before.getBean(Campaigns.class).open("nomination-confirmation", "2027", parties, "secretariat");
                await().atMost(PATIENCE)
                        .until(() -> count(database, "next_at is not null") == parties.size()
                                && waiting(database) == 0
                                && sink.count() >= parties.size());
                before.getBean(ProcessEngineConfigurationImpl.class)
                        .getJobExecutor()
                        .shutdown();
                before.getBean(TimeMachine.class).advance(Period.ofDays(200));
            }
            int told = sink.count();
            try (ConfigurableApplicationContext after = start(sink)) {
                JdbcClient database = database(after);
                Instant start = after.getBean(TimeMachine.class).now().minus(Duration.ofHours(1));
                await().atMost(PATIENCE)
                        .until(() -> due(database, start.plus(Duration.ofHours(2))) == 0 && waiting(database) == 0);

                List<String> kinds = database.sql(
                                "select distinct kind from notice where created_at > :start and obligation_id in"
                                        + " (select id from obligation where occasion = '2027') order by kind")
                        .param("start", Timestamp.from(start))
                        .query(String.class)
                        .list();
                assertThat(kinds)
                        .as("the newest, and no escalation before its warning")
                        .containsExactly("overdue");
                assertThat(database.sql("select count(*) from (select obligation_id, email_key from notice"
                                        + " where created_at > :start group by obligation_id, email_key"
                                        + " having count(*) > 1) more")
                                .param("start", Timestamp.from(start))
                                .query(Integer.class)
                                .single())
                        .isZero();
                assertThat(sink.count() - told)
                        .isEqualTo(database.sql("select count(*) from notice where created_at > :start")
                                .param("start", Timestamp.from(start))
                                .query(Integer.class)
                                .single())
                        .isPositive();
            }
        }
    }

    private ConfigurableApplicationContext start(MailSink sink) {
        return new SpringApplicationBuilder(Sterna.class)
                .profiles("demo")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("old")
                                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + sink.port(),
                        "--sterna.notices.sender.delay=PT1S",
                        "--sterna.notices.delivery.installation-file=" + folder.resolve("installation"),
                        "--logging.level.root=WARN");
    }

    private static JdbcClient database(ConfigurableApplicationContext sterna) {
        return JdbcClient.create(sterna.getBean(DataSource.class));
    }

    private static int due(JdbcClient database, Instant until) {
        return database.sql("select count(*) from obligation where next_at < :until")
                .param("until", Timestamp.from(until))
                .query(Integer.class)
                .single();
    }

    private static int waiting(JdbcClient database) {
        return database.sql("select count(*) from notice where state in ('QUEUED', 'SENDING', 'HELD')")
                .query(Integer.class)
                .single();
    }

    private static int count(JdbcClient database, String which) {
        return database.sql("select count(*) from obligation where " + which)
                .query(Integer.class)
                .single();
    }
}
