package org.sterna.benchmark;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import org.sterna.structure.Statements;
import org.sterna.time.TimeMachine;

/**
 * What it takes from due milestones to mails that a mail server has accepted, on PostgreSQL, beside (a) the bare engine
 * that fires as many timers which do nothing, and (b) the bare mail library that sends as many prepared messages over
 * one kept connection. All have their turns one after the other, three times. Prints tables; asserts nothing. Besides the seconds on the clock they show the processor time of
 * this process and of PostgreSQL, which other work on the machine disturbs less. The mail server is in this process and
 * counts, for us as for the bare library.
 *
 * <p>{@code ./mvnw test -Dtest=NoticesBenchmark -Dspotless.check.skip}; how many by
 * {@code -Dsterna.benchmark.milestones=10000}. {@code -Dtest=NoticesBenchmark#compares} leaves out the second table, which shows what
 * writing the letters costs and what sending them, one after the other, with the number of statements.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class NoticesBenchmark {

    private static final String DUTY = "nomination-confirmation";
    private static final int PARTIES = 133;

    /** Campaigns whose reminders are sent before anything is measured, so that the figures are not the compiler's. */
    private static final int WARM_UP = 20;

    /** How often each side has its turn, as the speed of machine and compiler changes meanwhile. */
    private static final int TURNS = 3;

    /** Campaigns whose reminders are sent in a turn. */
    private static final int CAMPAIGNS = Math.max(
            1, (int) Math.ceil(Integer.getInteger("sterna.benchmark.milestones", 10_000) / (double) PARTIES / TURNS));

    private record Figure(double seconds, double processor) {

        static final Figure NOTHING = new Figure(0, 0);

        Figure and(Figure other) {
            return new Figure(seconds + other.seconds, processor + other.processor);
        }
    }

    @Test
    void compares() throws Exception {
        Figure ours = Figure.NOTHING;
        Figure timers = Figure.NOTHING;
        Figure mails = Figure.NOTHING;
        int milestones = 0;
        int connections = 0;
        try (MailSink sink = new MailSink();
                Application sterna = new Application(sink, null);
                BareTimers bare = new BareTimers();
                MailSink other = new MailSink()) {
            sterna.warmUp();
            bare.fire(WARM_UP * PARTIES);
            mails(WARM_UP * PARTIES, other);
            for (int turn = 0; turn < TURNS; turn++) {
                int due = sterna.prepare("turn-" + turn, CAMPAIGNS);
                int before = sink.connections.get();
                ours = ours.and(measure(sterna.jdbc, () -> sterna.due(due)));
                connections += sink.connections.get() - before;
                timers = timers.and(bare.fire(due));
                mails = mails.and(mails(due, other));
                milestones += due;
            }
        }
        System.out.println("""

                | milestones | | to accepted mails | (a) bare timers | (b) bare mails | to (a + b) |
                |---|---|---|---|---|---|
                | %d | clock s | %.1f | %.1f | %.1f | %.2f |
                | over %d connections | processor s | %.1f | %.1f | %.1f | %.2f |
                """.formatted(
                        milestones,
                        ours.seconds(),
                        timers.seconds(),
                        mails.seconds(),
                        ours.seconds() / timers.and(mails).seconds(),
                        connections,
                        ours.processor(),
                        timers.processor(),
                        mails.processor(),
                        ours.processor() / timers.and(mails).processor()));
    }

    @Test
    void showsWhatLettersAndSendingCost() throws Exception {
        Statements statements = new Statements();
        try (MailSink sink = new MailSink();
                Application sterna = new Application(sink, statements)) {
            sterna.warmUp();
            int milestones = sterna.prepare("all", TURNS * CAMPAIGNS);
            sterna.gate.shut("secretariat", "letters first");
            long begun = statements.total();
            Figure letters = measure(sterna.jdbc, () -> sterna.written(milestones));
            long written = statements.total();
            Figure sending = measure(sterna.jdbc, () -> sterna.released(milestones));
            long sent = statements.total();
            System.out.println("""

                    | %d milestones | clock ms each | processor ms each | statements each |
                    |---|---|---|---|
                    | letters | %.2f | %.2f | %.1f |
                    | sending | %.2f | %.2f | %.1f |
                    """.formatted(
                            milestones,
                            1000 * letters.seconds() / milestones,
                            1000 * letters.processor() / milestones,
                            (double) (written - begun) / milestones,
                            1000 * sending.seconds() / milestones,
                            1000 * sending.processor() / milestones,
                            (double) (sent - written) / milestones));
        }
    }

    /** Sterna with open campaigns whose reminders are still to come. */
    private static final class Application implements AutoCloseable {

        private final ConfigurableApplicationContext context;
        private final MailSink sink;
        final JdbcClient jdbc;
        final MailGate gate;

        Application(MailSink sink, @Nullable Statements statements) {
            this.sink = sink;
            this.context = new SpringApplicationBuilder(Sterna.class)
                    .profiles("demo", "postgres")
                    .initializers(fresh -> {
                        if (statements != null) {
                            fresh.getBeanFactory().addBeanPostProcessor(statements);
                        }
                    })
                    .run(
                            "--server.port=0",
                            "--spring.datasource.url=" + Databases.emptyPostgresUrl(),
                            "--spring.datasource.username=postgres",
                            "--spring.datasource.password=",
                            "--spring.mail.host=127.0.0.1",
                            "--spring.mail.port=" + sink.port(),
                            "--sterna.notices.delivery.per-hour=0",
                            "--sterna.notices.delivery.installation-file=target/installation-of-benchmark",
                            "--logging.level.root=WARN");
            this.jdbc = JdbcClient.create(context.getBean(DataSource.class));
            this.gate = context.getBean(MailGate.class);
        }

        void warmUp() {
            due(prepare("warm-up", WARM_UP));
        }

        /**
         * Opens campaigns without a mail; nothing else will happen by itself any more.
         *
         * @return how many reminders will be due in seventeen days
         */
        int prepare(String name, int campaigns) {
            jdbc.sql("update act_ru_job set duedate_ = timestamp '2999-01-01 00:00:00' where duedate_ is not null")
                    .update();
            gate.shut("secretariat", "opening notices are not what is measured");
            List<String> parties = context.getBean(Parties.class).all().stream()
                    .map(Party::code)
                    .toList();
            for (int i = 0; i < campaigns; i++) {
                context.getBean(Campaigns.class).open(DUTY, name + "-" + i, parties, "secretariat");
            }
            until(() -> count(jdbc, "select count(*) from obligation where state = 'OPENING' or next_at is null") == 0);
            Deliveries deliveries = context.getBean(Deliveries.class);
            deliveries.discardAll(deliveries.held().newest(), "secretariat");
            gate.open("secretariat");
            jdbc.sql("vacuum analyze").update();
            return jdbc.sql("select count(*) from obligation where next_at < :then and occasion like :name")
                    .param("then", Timestamp.from(machine().now().plus(Period.ofDays(17))))
                    .param("name", name + "-%")
                    .query(Integer.class)
                    .single();
        }

        private TimeMachine machine() {
            return context.getBean(TimeMachine.class);
        }

        /** From the moment at which milestones are due until all mails are accepted. */
        void due(int milestones) {
            int before = sink.count();
            // reminders are due in the morning of the sixteenth day, whatever time of the day it is now
            advance();
            sent(before + milestones);
        }

        /** The bare engine's job executor looks at once when it starts; ours would when its pause is over. */
        private void advance() {
            machine().advance(Period.ofDays(17));
            context.getBean(JobExecutor.class).jobWasAdded();
        }

        void written(int milestones) {
            advance();
            until(() -> count(jdbc, "select count(*) from notice where state = 'HELD'") >= milestones);
        }

        void released(int milestones) {
            int before = sink.count();
            Deliveries deliveries = context.getBean(Deliveries.class);
            gate.open("secretariat");
            deliveries.releaseAll(deliveries.held().newest(), "secretariat");
            sent(before + milestones);
        }

        private void sent(int mails) {
            until(() -> sink.count() >= mails
                    && count(jdbc, "select count(*) from notice where state in ('QUEUED', 'SENDING')") == 0);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static Figure measure(JdbcClient jdbc, Runnable work) {
        double processor = processor(jdbc);
        long start = System.nanoTime();
        work.run();
        return new Figure((System.nanoTime() - start) / 1e9, processor(jdbc) - processor);
    }

    /** Seconds that this process and the database server have had of the processors. */
    private static double processor(JdbcClient jdbc) {
        long ours = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        ProcessHandle server = ProcessHandle.of(
                        jdbc.sql("select pg_backend_pid()").query(Long.class).single())
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
        return ours / 1e9
                + ticks(server.pid(), true) / 100.0
                + server.children().mapToLong(one -> ticks(one.pid(), false)).sum() / 100.0;
    }

    /** Hundredths of a second, as Linux counts them. */
    private static long ticks(long process, boolean withEnded) {
        try {
            String[] figures = Files.readString(Path.of("/proc/" + process + "/stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            long own = Long.parseLong(figures[11]) + Long.parseLong(figures[12]);
            return withEnded ? own + Long.parseLong(figures[13]) + Long.parseLong(figures[14]) : own;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** The bare engine, with timers that do nothing. */
    private static final class BareTimers implements AutoCloseable {

        private final DefaultJobExecutor executor = new DefaultJobExecutor();
        private final ProcessEngine engine;
        private final JdbcClient jdbc;

        BareTimers() {
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
            executor.setCorePoolSize(3);
            executor.setMaxPoolSize(3);
            executor.setQueueSize(12);
            executor.setMaxJobsPerAcquisition(12);
            executor.setWaitTimeInMillis(1000);
            executor.setMaxWait(5000);
            configuration.setJobExecutor(executor);
            configuration.setJobExecutorActivate(false);
            engine = configuration.buildProcessEngine();
            engine.getRepositoryService()
                    .createDeployment()
                    .addClasspathResource("benchmark/bare.bpmn")
                    .deploy();
            jdbc = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
        }

        Figure fire(int timers) {
            for (int i = 0; i < timers; i++) {
                engine.getRuntimeService()
                        .startProcessInstanceByKey("bare", UUID.randomUUID().toString(), Map.of("group", "nfp-CHE"));
            }
            jdbc.sql("update act_ru_job set duedate_ = now() - interval '1 minute'")
                    .update();
            jdbc.sql("vacuum analyze").update();
            try {
                return measure(jdbc, () -> {
                    executor.start();
                    until(() -> count(jdbc, "select count(*) from act_ru_job") == 0);
                });
            } finally {
                executor.shutdown();
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static Figure mails(int mails, MailSink sink) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(sink.port()));
        Session session = Session.getInstance(properties);
        List<MimeMessage> prepared = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            prepared.add(message(session, i));
        }
        com.sun.management.OperatingSystemMXBean machine =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = machine.getProcessCpuTime();
        long start = System.nanoTime();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            for (MimeMessage message : prepared) {
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        return new Figure((System.nanoTime() - start) / 1e9, (machine.getProcessCpuTime() - processor) / 1e9);
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
