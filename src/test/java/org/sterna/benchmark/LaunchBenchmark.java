package org.sterna.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.Sterna;
import org.sterna.campaigns.Campaigns;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * What opening a campaign costs, ledger, notices and timers included, beside the bare engine that starts as many
 * processes of one user task and one timer, and beside raw inserts of as many rows. Prints a table; asserts nothing.
 *
 * <p>{@code ./mvnw test -Dtest=LaunchBenchmark -Dspotless.check.skip}; sizes by
 * {@code -Dsterna.benchmark.campaigns=1,10,100} (each campaign opens one duty for 133 Parties).
 */
class LaunchBenchmark {

    private static final String DUTY = "nomination-confirmation";
    private static final int THREADS = 3;

    private record Figure(double seconds, long rows) {}

    @Test
    void compares() throws Exception {
        List<Integer> sizes = java.util.Arrays.stream(
                        System.getProperty("sterna.benchmark.campaigns", "1,10").split(","))
                .map(Integer::valueOf)
                .toList();
        StringBuilder table = new StringBuilder(
                "\n| database | obligations | Sterna s | rows each | bare engine s | raw inserts s | to engine | to inserts |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        for (String database : List.of("H2", "PostgreSQL")) {
            String url = database.equals("H2")
                    ? "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000;QUERY_CACHE_SIZE=256"
                    : Databases.emptyPostgresUrl();
            try (ConfigurableApplicationContext sterna = sterna(url, database)) {
                ProcessEngine bare = bare(database);
                launch(sterna, 3, "warm-up");
                start(bare, 400);
                for (int size : sizes) {
                    int obligations = size * 133;
                    Figure ours = launch(sterna, size, "size-" + size);
                    double engine = start(bare, obligations);
                    double inserts = insert(sterna.getBean(DataSource.class), ours.rows());
                    table.append("| %s | %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |%n"
                            .formatted(
                                    database,
                                    obligations,
                                    ours.seconds(),
                                    (double) ours.rows() / obligations,
                                    engine,
                                    inserts,
                                    ours.seconds() / engine,
                                    ours.seconds() / inserts));
                }
                bare.close();
            }
        }
        System.out.println(table);
    }

    private static ConfigurableApplicationContext sterna(String url, String database) {
        return new SpringApplicationBuilder(Sterna.class)
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
        JdbcClient jdbc = JdbcClient.create(sterna.getBean(DataSource.class));
        List<String> parties =
                sterna.getBean(Parties.class).all().stream().map(Party::code).toList();
        long before = rows(jdbc);
        long start = System.nanoTime();
        for (int i = 0; i < campaigns; i++) {
            sterna.getBean(Campaigns.class).open(DUTY, name + "-" + i, parties, "secretariat");
        }
        while (jdbc.sql("select count(*) from obligation where state = 'OPENING'")
                        .query(Long.class)
                        .single()
                > 0) {
            // seldom enough to cost nothing beside what it waits for
            LockSupport.parkNanos(100_000_000);
        }
        return new Figure((System.nanoTime() - start) / 1e9, rows(jdbc) - before);
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

    private static double start(ProcessEngine engine, int processes) throws Exception {
        return parallel(processes, count -> {
            for (int i = 0; i < count; i++) {
                engine.getRuntimeService()
                        .startProcessInstanceByKey("bare", UUID.randomUUID().toString(), Map.of("group", "nfp-CHE"));
            }
            return null;
        });
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
