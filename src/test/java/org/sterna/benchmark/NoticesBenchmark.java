package org.sterna.benchmark;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sterna.Databases;
import org.sterna.MailSink;
import org.sterna.Sterna;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.Deliveries;
import org.sterna.notices.MailGate;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.time.TimeMachine;

/**
 * What it takes from due milestones to mails that a mail server has accepted, on PostgreSQL, beside (a) the bare engine
 * that fires as many timers which do nothing, and (b) the bare mail library that sends as many prepared messages over
 * one kept connection. Prints a table; asserts nothing.
 *
 * <p>{@code ./mvnw test -Dtest=NoticesBenchmark -Dspotless.check.skip}; how many by
 * {@code -Dsterna.benchmark.milestones=10000}.
 */
class NoticesBenchmark {

    private static final String DUTY = "nomination-confirmation";
    private static final int PARTIES = 133;

    @Test
    void compares() throws Exception {
        int campaigns = Math.max(1, Math.round(Integer.getInteger("sterna.benchmark.milestones", 10_000) / 133f));
        int milestones = campaigns * PARTIES;
        double ours;
        int connections;
        try (MailSink sink = new MailSink()) {
            ours = milestones(campaigns, sink);
            connections = sink.connections.get();
        }
        double timers = timers(milestones);
        double mails;
        try (MailSink sink = new MailSink()) {
            mails(500, sink);
            mails = mails(milestones, sink);
        }
        System.out.println(
                """

                | milestones | to accepted mails s | connections | (a) bare timers s | (b) bare mails s | to (a) | to (a + b) |
                |---|---|---|---|---|---|---|
                | %d | %.1f | %d | %.1f | %.1f | %.2f | %.2f |
                """.formatted(milestones, ours, connections, timers, mails, ours / timers, ours / (timers + mails)));
    }

    /** From the moment at which reminders of as many cases are due. */
    private static double milestones(int campaigns, MailSink sink) {
        try (ConfigurableApplicationContext sterna = new SpringApplicationBuilder(Sterna.class)
                .profiles("demo", "postgres")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + Databases.emptyPostgresUrl(),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + sink.port(),
                        "--sterna.notices.delivery.per-hour=0",
                        "--sterna.notices.delivery.installation-file=target/installation-of-benchmark",
                        "--logging.level.root=WARN")) {
            JdbcClient jdbc = JdbcClient.create(sterna.getBean(DataSource.class));
            MailGate gate = sterna.getBean(MailGate.class);
            gate.shut("secretariat", "opening notices are not what is measured");
            List<String> parties = sterna.getBean(Parties.class).all().stream()
                    .map(Party::code)
                    .toList();
            for (int i = 0; i < campaigns; i++) {
                sterna.getBean(Campaigns.class).open(DUTY, "size-" + i, parties, "secretariat");
            }
            int milestones = campaigns * parties.size();
            until(() -> count(jdbc, "select count(*) from obligation where next_rung = 'reminder-14'") == milestones);
            Deliveries deliveries = sterna.getBean(Deliveries.class);
            deliveries.discardAll(deliveries.held().newest(), "secretariat");
            gate.open("secretariat");
            jdbc.sql("vacuum analyze").update();
            int before = sink.count();
            // reminders are due in the morning of the sixteenth day, whatever time of the day it is now
            sterna.getBean(TimeMachine.class).advance(Period.ofDays(17));
            long start = System.nanoTime();
            until(() -> sink.count() - before >= milestones
                    && count(jdbc, "select count(*) from notice where state in ('QUEUED', 'SENDING')") == 0);
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double timers(int timers) {
        String url = Databases.emptyPostgresUrl();
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare-timers");
        configuration.setJdbcUrl(url);
        configuration.setJdbcUsername("postgres");
        configuration.setJdbcPassword("");
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        configuration.setAuthorizationEnabled(true);
        DefaultJobExecutor executor = new DefaultJobExecutor();
        executor.setCorePoolSize(3);
        executor.setMaxPoolSize(3);
        executor.setQueueSize(12);
        executor.setMaxJobsPerAcquisition(12);
        executor.setWaitTimeInMillis(1000);
        executor.setMaxWait(5000);
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorActivate(false);
        ProcessEngine engine = configuration.buildProcessEngine();
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addClasspathResource("benchmark/bare.bpmn")
                    .deploy();
            for (int i = 0; i < timers; i++) {
                engine.getRuntimeService()
                        .startProcessInstanceByKey("bare", UUID.randomUUID().toString(), Map.of("group", "nfp-CHE"));
            }
            JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
            jdbc.sql("update act_ru_job set duedate_ = now() - interval '1 minute'")
                    .update();
            jdbc.sql("vacuum analyze").update();
            long start = System.nanoTime();
            executor.start();
            until(() -> count(jdbc, "select count(*) from act_ru_job") == 0);
            return (System.nanoTime() - start) / 1e9;
        } finally {
            executor.shutdown();
            engine.close();
        }
    }

    private static double mails(int mails, MailSink sink) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(sink.port()));
        Session session = Session.getInstance(properties);
        List<MimeMessage> prepared = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            prepared.add(message(session, i));
        }
        long start = System.nanoTime();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            for (MimeMessage message : prepared) {
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** About as long as a reminder. */
    private static MimeMessage message(Session session, int number) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("sterna@example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("nfp-" + number + "@example.org"));
        message.setSubject("Action required by 15 January 2027: Confirmation of the nomination", "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("A duty still waits for your answer.\n".repeat(30), "UTF-8", "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<p>A duty still waits for your answer.</p>\n".repeat(60), "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private static long count(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    /** Looks seldom enough to cost nothing beside what it waits for. */
    private static void until(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            LockSupport.parkNanos(100_000_000);
        }
    }
}
