package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sterna.Databases;
import org.sterna.MailSink;

/**
 * The application in a JVM of its own, killed again and again while it writes to 133 Parties about three duties: at a
 * random message, one time between the server's having taken it and its saying so, another just after. Eight kills
 * unless {@code -Dsterna.kills=50} says otherwise; the duties are opened for one more occasion whenever too little is
 * left to be sent for the next kill to fall among it.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class NoticesSurviveKillsIT {

    private static final int KILLS = Integer.getInteger("sterna.kills", 8);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> DUTIES =
            List.of("nomination-confirmation", "national-report", "delegation-nomination");
    private static final LocalDate FAR = LocalDate.of(2090, 1, 10);

    /** A kill comes after this many more messages at the latest. */
    private static final int FARTHEST = 40;

    @TempDir
    Path folder;

    private final String url = Databases.emptyPostgresUrl();
    private final JdbcClient database = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
    private Application application;

    /** An attempt whose message the server had taken before a kill, and that is not known to be sent after it. */
    private record Unknown(String messageId, int attempts) {}

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
        Set<Unknown> inBetween = new HashSet<>();
        try (MailSink sink = new MailSink()) {
            start(sink.port());
            await().atMost(PATIENCE).until(application::ready);
            int occasions = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                while (left() < 2 * FARTHEST) {
                    await().atMost(PATIENCE).until(application::ready);
                    String occasion = meeting(occasions);
                    for (String duty : DUTIES) {
                        open(duty, occasion);
                    }
                    occasions++;
                }
                int at = sink.count() + 1 + random.nextInt(FARTHEST);
                boolean beforeReply = random.nextBoolean();
                sink.beforeReply = count -> killAt(beforeReply && count >= at);
                sink.afterReply = count -> killAt(!beforeReply && count >= at);
                await().atMost(PATIENCE).until(() -> !application.alive());
                sink.beforeReply = count -> {};
                sink.afterReply = count -> {};
                Set<String> taken = new HashSet<>(sink.taken);
                database
                        .sql("select message_id, attempts from notice where state = 'SENDING'")
                        .query(Unknown.class)
                        .stream()
                        .filter(unknown -> taken.contains(unknown.messageId()))
                        .forEach(inBetween::add);
                start(sink.port());
            }
            long obligations = 133L * DUTIES.size() * occasions;
            await().atMost(PATIENCE)
                    .until(() -> count("select count(*) from obligation where state <> 'OPENING'") == obligations
                            && count("select count(*) from notice where state in ('QUEUED', 'SENDING')") == 0);

            List<String> ids = database.sql("select message_id from notice")
                    .query(String.class)
                    .list();
            Set<String> once = new HashSet<>();
            Set<String> repeated = new TreeSet<>(
                    sink.taken.stream().filter(id -> !once.add(id)).toList());
            List<String> uncertain = database.sql(
                            "select message_id from notice where reason = 'notice.reason.repeated'")
                    .query(String.class)
                    .list();
            System.out.printf(
                    "%d kills while sending: %d notices, %d mails taken, %d of them distinct, %d raw repeats,"
                            + " %d taken before a kill and not known of, %d listed as uncertain, %d lost%n",
                    KILLS,
                    ids.size(),
                    sink.count(),
                    once.size(),
                    sink.count() - once.size(),
                    inBetween.size(),
                    uncertain.size(),
                    ids.stream().filter(id -> !once.contains(id)).count());

            assertThat(ids).as("no notice has another's Message-ID").doesNotHaveDuplicates();
            assertThat(count("select count(*) from obligation")).isEqualTo(obligations);
            assertThat(count("select count(*) from (select distinct obligation_id from notice) told"))
                    .as("each Party is told of each duty")
                    .isEqualTo(obligations);
            assertThat(count("select count(*) from notice where state <> 'SENT'"))
                    .as("no notice is lost")
                    .isZero();
            assertThat(once).as("every notice arrived, and nothing else").isEqualTo(new HashSet<>(ids));
            assertThat(sink.count() - ids.size())
                    .as("raw repeats, beside what the server had taken and we did not know of, kill by kill")
                    .isLessThanOrEqualTo(inBetween.size());
            assertThat(inBetween).extracting(Unknown::messageId).containsAll(repeated);
            assertThat(uncertain).as("each is listed as uncertain").containsAll(repeated);
        }
    }

    private void killAt(boolean now) {
        if (now) {
            application.kill();
        }
    }

    /** How many messages are still to come, one at least for an obligation of which nobody has been told. */
    private long left() {
        return count("select count(*) from notice where state in ('QUEUED', 'SENDING')")
                + count("select count(*) from obligation o"
                        + " where not exists (select 1 from notice n where n.obligation_id = o.id)");
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

    /** A COP so far ahead that nothing opens for it by itself. */
    private String meeting(int number) throws Exception {
        String code = "far-cop" + number;
        LocalDate opening = FAR.plusMonths(number);
        application.send("POST", "/meetings", """
                {"code": "%s", "kind": "cop", "place": "Bonn", "country": "DEU", "opening": "%s", "closing": "%s",
                 "zone": "Europe/Berlin"}
                """.formatted(code, opening, opening.plusDays(5)), 201);
        return code;
    }

    private void open(String duty, String occasion) throws Exception {
        String parties = String.join(
                "\",\"",
                database.sql("select code from party").query(String.class).list());
        application.send(
                "POST",
                "/campaigns",
                "{\"duty\":\"%s\",\"occasion\":\"%s\",\"parties\":[\"%s\"]}".formatted(duty, occasion, parties),
                202);
    }
}
