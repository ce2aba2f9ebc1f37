package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sterna.Databases;
import org.sterna.MailSink;

/**
 * The application in a JVM of its own, killed again and again while it writes to 133 Parties about three duties: at a
 * random message, one time between the server's having taken it and its saying so, another just after. Eight kills
 * unless {@code -Dsterna.kills=50} says otherwise.
 */
class NoticesSurviveKillsIT {

    private static final int KILLS = Integer.getInteger("sterna.kills", 8);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> DUTIES =
            List.of("nomination-confirmation", "national-report", "delegation-nomination");

    @TempDir
    Path folder;

    private final String url = Databases.emptyPostgresUrl();
    private final JdbcClient database = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
    private Application application;

    @AfterEach
    void end() {
        application.kill();
    }

    @BeforeEach
    void prepare() {
        application = new Application(folder, "killed-sender.log");
    }

    @Test
    void losesNoNoticeAndWritesNoSecondOne() throws Exception {
        Random random = new Random(133);
        // taken by the server before a kill, and not known to be sent after it
        List<String> inBetween = new ArrayList<>();
        try (MailSink sink = new MailSink()) {
            start(sink.port());
            await().atMost(PATIENCE).until(application::ready);
            for (int kill = 0; kill < KILLS; kill++) {
                if (kill == 0) {
                    for (String duty : DUTIES) {
                        open(duty);
                    }
                }
                int at = sink.count() + 1 + random.nextInt(40);
                boolean beforeReply = random.nextBoolean();
                sink.beforeReply = count -> killAt(beforeReply && count >= at);
                sink.afterReply = count -> killAt(!beforeReply && count >= at);
                await().atMost(PATIENCE).until(() -> !application.alive());
                Set<String> taken = new HashSet<>(sink.taken);
                inBetween.addAll(
                        database
                                .sql("select message_id from notice where state = 'SENDING'")
                                .query(String.class)
                                .list()
                                .stream()
                                .filter(taken::contains)
                                .toList());
                start(sink.port());
            }
            sink.beforeReply = count -> {};
            sink.afterReply = count -> {};
            await().atMost(PATIENCE)
                    .until(() ->
                            count("select count(*) from obligation where state <> 'OPENING'") == 133L * DUTIES.size()
                                    && count("select count(*) from notice where state in ('QUEUED', 'SENDING')") == 0);

            assertThat(count("select count(*) from obligation")).isEqualTo(133L * DUTIES.size());
            assertThat(count("select count(*) from (select distinct obligation_id from notice) told"))
                    .as("each Party is told of each duty")
                    .isEqualTo(133L * DUTIES.size());
            assertThat(count("select count(*) from notice where state <> 'SENT'"))
                    .as("no notice is lost")
                    .isZero();
            List<String> ids = database.sql("select message_id from notice")
                    .query(String.class)
                    .list();
            assertThat(new HashSet<>(sink.taken))
                    .as("every notice arrived, and nothing else")
                    .isEqualTo(new HashSet<>(ids));
            Set<String> once = new HashSet<>();
            Set<String> repeated = new TreeSet<>(
                    sink.taken.stream().filter(id -> !once.add(id)).toList());
            assertThat(sink.count() - ids.size())
                    .as("raw repeats, beside what the server had taken and we did not know of, kill by kill")
                    .isLessThanOrEqualTo(inBetween.size());
            assertThat(inBetween).containsAll(repeated);
            assertThat(database.sql("select message_id from notice where reason = 'notice.reason.repeated'")
                            .query(String.class)
                            .list())
                    .as("each is listed as uncertain")
                    .containsAll(repeated);
        }
    }

    private void killAt(boolean now) {
        if (now) {
            application.kill();
        }
    }

    private long count(String query) {
        return database.sql(query).query(Long.class).single();
    }

    private void start(int mailPort) throws IOException {
        application.start(Application.on(
                url,
                "--spring.profiles.include=postgres",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mailPort,
                "--sterna.notices.sender.delay=PT1S",
                "--sterna.notices.delivery.patience=PT2S",
                "--sterna.notices.delivery.per-hour=0",
                "--camunda.bpm.job-execution.lock-time-in-millis=10000"));
    }

    private void open(String duty) throws Exception {
        String parties = String.join(
                "\",\"",
                database.sql("select code from party").query(String.class).list());
        application.send(
                "POST",
                "/campaigns",
                "{\"duty\":\"%s\",\"occasion\":\"cop15\",\"parties\":[\"%s\"]}".formatted(duty, parties),
                202);
    }
}
