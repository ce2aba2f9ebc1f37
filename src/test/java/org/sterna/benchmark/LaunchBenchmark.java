package org.sterna.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.Sterna;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * What opening a campaign costs, ledger, notices and timers included, beside the bare engine that starts as many
 * processes of one user task and one timer, and beside raw inserts of as many rows; and what moving a meeting costs,
 * beside the opening of what it moves. Prints tables; asserts nothing. Besides the seconds on the clock they show the
 * processor time of this process, which other work on the machine disturbs less; that of PostgreSQL is not in it.
 *
 * <p>{@code ./mvnw test -Dtest=LaunchBenchmark}; other sizes by {@code -Dsterna.benchmark.campaigns=1,10} (each
 * campaign opens one duty for 133 Parties), databases by {@code -Dsterna.benchmark.databases=H2,PostgreSQL}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class LaunchBenchmark {

    private static final String DUTY = "nomination-confirmation";
    private static final int THREADS = 3;

    /** Campaigns opened before anything is measured, so that the first figure is not the compiler's. */
    private static final int WARM_UP = 20;

    /** Campaigns opened before the bare engine has its turn, as the speed of machine and compiler changes meanwhile. */
    private static final int TURN = 25;

    /** Campaigns over which the figures of a size are the mean, where it has fewer. */
    private static final int LEAST = 40;

    /** The duty that the made-up ones are copies of. */
    private static final String COPIED = "decision-follow-up";

    private record Figure(double seconds, double processor, long rows) {

        private static final Figure NOTHING = new Figure(0, 0, 0);

        Figure plus(Figure other) {
            return new Figure(seconds + other.seconds, processor + other.processor, rows + other.rows);
        }

        Figure each(int times) {
            return new Figure(seconds / times, processor / times, rows / times);
        }
    }

    private static final com.sun.management.OperatingSystemMXBean MACHINE =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static List<String> databases() {
        return List.of(System.getProperty("sterna.benchmark.databases", "H2,PostgreSQL")
                .split(","));
    }

    private static String url(String database) {
        return database.equals("H2")
                ? "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000;QUERY_CACHE_SIZE=256"
                : Databases.emptyPostgresUrl();
    }

    @Test
    void opens() throws Exception {
        List<Integer> sizes = java.util.Arrays.stream(System.getProperty("sterna.benchmark.campaigns", "1,10,100")
                        .split(","))
                .map(Integer::valueOf)
                .toList();
        StringBuilder table = new StringBuilder(
                "\n| database | obligations | Sterna s | ms each | rows each | bare engine s | raw inserts s | to engine"
                        + " | to inserts | processor ms each, Sterna | bare engine | to engine |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (String database : databases()) {
            try (ConfigurableApplicationContext sterna = sterna(url(database), database)) {
                ProcessEngine bare = bare(database);
                launch(sterna, WARM_UP, "warm-up");
                start(bare, WARM_UP * 133);
                for (int size : sizes) {
                    int obligations = size * 133;
                    int times = Math.max(1, LEAST / size);
                    Figure ours = Figure.NOTHING;
                    Figure engine = Figure.NOTHING;
                    for (int time = 0; time < times; time++) {
                        for (int opened = 0; opened < size; opened += TURN) {
                            int campaigns = Math.min(TURN, size - opened);
                            ours = ours.plus(launch(sterna, campaigns, "%d-%d-%d".formatted(size, time, opened)));
                            engine = engine.plus(start(bare, campaigns * 133));
                        }
                    }
                    ours = ours.each(times);
                    engine = engine.each(times);
                    double inserts = insert(sterna.getBean(DataSource.class), ours.rows());
                    table.append("| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.1f | %.1f | %.2f |%n"
                            .formatted(
                                    database,
                                    obligations,
                                    ours.seconds(),
                                    1000 * ours.seconds() / obligations,
                                    (double) ours.rows() / obligations,
                                    engine.seconds(),
                                    inserts,
                                    ours.seconds() / engine.seconds(),
                                    ours.seconds() / inserts,
                                    1000 * ours.processor() / obligations,
                                    1000 * engine.processor() / obligations,
                                    ours.processor() / engine.processor()));
                }
                bare.close();
            }
        }
        System.out.println(table);
    }

    /**
     * Eight duties that hang on a COP and bind every Party are opened for it, and then the COP moves: those of the
     * catalogue, and copies of one of them under other names. Four COPs after one another, of which the first is not
     * counted.
     */
    @Test
    void moves() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(withMadeUpDuties(before));
        try {
            tellMoves();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void tellMoves() {
        StringBuilder table = new StringBuilder(
                "\n| database | open cases | opening s | moving s | to opening | processor ms each, opening | moving |\n"
                        + "|---|---|---|---|---|---|---|\n");
        for (String database : databases()) {
            try (ConfigurableApplicationContext sterna = sterna(url(database), database)) {
                move(sterna, "cop-warm-up", LocalDate.of(2028, 3, 6));
                Figure[] figures = move(sterna, "cop-1", LocalDate.of(2031, 3, 3));
                for (int i = 2; i <= 3; i++) {
                    Figure[] next = move(sterna, "cop-" + i, LocalDate.of(2028 + 3 * i, 3, 3));
                    figures = new Figure[] {figures[0].plus(next[0]), figures[1].plus(next[1])};
                }
                table.append("| %s | %d | %.1f | %.1f | %.2f | %.1f | %.1f |%n"
                        .formatted(
                                database,
                                figures[1].rows(),
                                figures[0].seconds(),
                                figures[1].seconds(),
                                figures[1].seconds() / figures[0].seconds(),
                                1000 * figures[0].processor() / figures[1].rows(),
                                1000 * figures[1].processor() / figures[1].rows()));
            }
        }
        System.out.println(table);
    }

    /** A class path with three more duties, which are there for the benchmark alone. */
    private static ClassLoader withMadeUpDuties(ClassLoader parent) throws IOException {
        Path root = Files.createTempDirectory("made-up-duties");
        for (int i = 1; i <= 3; i++) {
            copy("processes", root, "made-up-follow-up-" + i, "D9" + i);
            copy("forms", root, "made-up-follow-up-" + i, "D9" + i);
        }
        return new URLClassLoader(new URL[] {root.toUri().toURL()}, parent);
    }

    private static void copy(String kind, Path root, String key, String code) throws IOException {
        Path from = Path.of(kind, COPIED);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = root.resolve(kind)
                        .resolve(key)
                        .resolve(file.getFileName().toString().replace(COPIED, key));
                Files.createDirectories(to.getParent());
                Files.writeString(
                        to,
                        Files.readString(file)
                                .replace(COPIED, key)
                                .replace("code: D27", "code: " + code)
                                .replaceAll("(?m)^follows: .*$", ""));
            }
        }
    }

    /** Opening, and moving with the number of cases moved in place of rows. */
    private static Figure[] move(ConfigurableApplicationContext sterna, String code, LocalDate opening) {
        Meetings meetings = sterna.getBean(Meetings.class);
        meetings.add(cop(code, opening));
        List<String> duties = sterna.getBean(Duties.class).all().stream()
                .filter(duty -> duty.meetings().contains(Meeting.Kind.COP)
                        && duty.binds().parties() == Duty.Bound.ALL)
                .map(Duty::key)
                .toList();
        Figure opened =
                measure(sterna, () -> sterna.getBean(Campaigns.class).openTogether(duties, code, null, "secretariat"));
        MeetingMoves moves = sterna.getBean(MeetingMoves.class);
        MeetingMoves.Change change = new MeetingMoves.MeetingChange(cop(code, opening.plusWeeks(16)), "2027/001");
        long start = System.nanoTime();
        long processor = MACHINE.getProcessCpuTime();
        UUID move = moves.confirm(change, moves.preview(change).seen(), "secretariat");
        while (moves.progress(move).orElseThrow().running()) {
            LockSupport.parkNanos(100_000_000);
        }
        return new Figure[] {
            opened,
            new Figure(
                    (System.nanoTime() - start) / 1e9,
                    (MACHINE.getProcessCpuTime() - processor) / 1e9,
                    moves.progress(move).orElseThrow().cases())
        };
    }

    private static Meeting cop(String code, LocalDate opening) {
        return new Meeting(
                code,
                Meeting.Kind.COP,
                "Bonn",
                "DEU",
                new Meeting.Span(opening, Meeting.Precision.DAY),
                opening.plusDays(5),
                ZoneId.of("Europe/Berlin"),
                false);
    }

    private static ConfigurableApplicationContext sterna(String url, String database) {
        return new SpringApplicationBuilder(Sterna.class)
                .resourceLoader(new DefaultResourceLoader(Thread.currentThread().getContextClassLoader()))
                .web(WebApplicationType.SERVLET)
                .profiles("demo")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + (database.equals("H2") ? "sa" : "postgres"),
                        "--spring.datasource.password=",
                        "--logging.level.root=WARN");
    }

    private static ProcessEngine bare(String database) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare-" + database);
        configuration.setJdbcUrl(
                database.equals("H2")
                        ? "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256"
                        : Databases.emptyPostgresUrl());
        configuration.setJdbcUsername(database.equals("H2") ? "sa" : "postgres");
        configuration.setJdbcPassword("");
        configuration.setJdbcDriver(database.equals("H2") ? "org.h2.Driver" : "org.postgresql.Driver");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        configuration.setJobExecutorActivate(false);
        configuration.setAuthorizationEnabled(true);
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("benchmark/bare.bpmn")
                .deploy();
        return engine;
    }

    /** Opens campaigns until every case waits for its Party. */
    private static Figure launch(ConfigurableApplicationContext sterna, int campaigns, String name) {
        List<String> parties =
                sterna.getBean(Parties.class).all().stream().map(Party::code).toList();
        return measure(sterna, () -> {
            for (int i = 0; i < campaigns; i++) {
                sterna.getBean(Campaigns.class).open(DUTY, name + "-" + i, parties, "secretariat");
            }
        });
    }

    private static Figure measure(ConfigurableApplicationContext sterna, Runnable opening) {
        JdbcClient jdbc = JdbcClient.create(sterna.getBean(DataSource.class));
        long before = rows(jdbc);
        long start = System.nanoTime();
        long processor = MACHINE.getProcessCpuTime();
        opening.run();
        while (jdbc.sql("select count(*) from obligation where state = 'OPENING'")
                        .query(Long.class)
                        .single()
                > 0) {
            // seldom enough to cost nothing beside what it waits for
            LockSupport.parkNanos(100_000_000);
        }
        return new Figure(
                (System.nanoTime() - start) / 1e9,
                (MACHINE.getProcessCpuTime() - processor) / 1e9,
                rows(jdbc) - before);
    }

    private static long rows(JdbcClient jdbc) {
        return jdbc
                .sql("select table_name from information_schema.tables where lower(table_schema) = 'public'"
                        + " and table_type like '%TABLE%' and lower(table_name) <> 'flyway_schema_history'")
                .query(String.class)
                .list()
                .stream()
                .mapToLong(table -> jdbc.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .sum();
    }

    private static Figure start(ProcessEngine engine, int processes) throws Exception {
        long processor = MACHINE.getProcessCpuTime();
        double seconds = parallel(processes, count -> {
            for (int i = 0; i < count; i++) {
                engine.getRuntimeService()
                        .startProcessInstanceByKey("bare", UUID.randomUUID().toString(), Map.of("group", "nfp-CHE"));
            }
            return null;
        });
        return new Figure(seconds, (MACHINE.getProcessCpuTime() - processor) / 1e9, 0);
    }

    private static double insert(DataSource database, long rows) throws Exception {
        JdbcClient.create(database)
                .sql("create table raw_rows (id varchar(64) primary key, a varchar(64), b varchar(64), c varchar(255),"
                        + " d varchar(255), e bigint, f timestamp with time zone, g boolean, h varchar(64))")
                .update();
        JdbcClient.create(database).sql("create index raw_a on raw_rows (a)").update();
        JdbcClient.create(database).sql("create index raw_b on raw_rows (b, e)").update();
        double seconds = parallel((int) rows, count -> {
            insertRows(database, count);
            return null;
        });
        JdbcClient.create(database).sql("drop table raw_rows").update();
        return seconds;
    }

    private static void insertRows(DataSource database, int rows) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into raw_rows values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (int i = 1; i <= rows; i++) {
                    String id = UUID.randomUUID().toString();
                    insert.setString(1, id);
                    insert.setString(2, id);
                    insert.setString(3, "duty");
                    insert.setString(4, "a text of some length, as rows of the engine have it");
                    insert.setString(5, "another text");
                    insert.setLong(6, i);
                    insert.setObject(7, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
                    insert.setBoolean(8, true);
                    insert.setString(9, id);
                    insert.executeUpdate();
                    // about as many rows to a commit as one started case has
                    if (i % 40 == 0) {
                        connection.commit();
                    }
                }
            }
            connection.commit();
        }
    }

    private interface Share {
        Void run(int count) throws Exception;
    }

    private static double parallel(int total, Share share) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int count = total / THREADS + (i < total % THREADS ? 1 : 0);
            shares.add(() -> share.run(count));
        }
        long start = System.nanoTime();
        for (Future<Void> done : pool.invokeAll(shares)) {
            done.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        return seconds;
    }
}
