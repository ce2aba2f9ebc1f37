package org.sterna.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.query.Query;
import org.camunda.bpm.engine.task.Task;
import org.h2.api.ErrorCode;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.sterna.Databases;
import org.sterna.Sterna;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.register.NameWords;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.structure.Statements;

/**
 * How long the Secretariat's pages take over thirty years of obligations, beside the same asked of the engine's own
 * queries. A page's time is that of its whole answer over HTTP on the same machine; beside it stands the processor time
 * that the application and PostgreSQL spend on it, which other work on the machine disturbs less. Prints a table;
 * asserts nothing.
 *
 * <p>{@code ./mvnw test -Dtest=DashboardBenchmark}; sizes by {@code -Dsterna.benchmark.occasions=157} (each opens 48
 * duties for 133 Parties; 157 make 1,000,000 obligations) and {@code -Dsterna.benchmark.open=16} (how many of them are
 * open), databases by {@code -Dsterna.benchmark.databases=H2,PostgreSQL}. Filling takes minutes; with
 * {@code -Dsterna.benchmark.kept=<folder>} the databases are kept there, and used again when they are found.
 * {@code -Dsterna.benchmark.questions=matrix} asks only what has that in its name; {@code none} only fills.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class DashboardBenchmark {

    private static final int DUTIES = 48;
    private static final int ROUNDS = 25;
    private static final int WARM_UP = 15;

    /** How often all pages are asked for in turn before any is measured, so that the first is not the compiler's. */
    private static final int TURNS = 25;

    /** One query of the engine may not return more. */
    private static final int ENGINES_PAGE = 1000;

    /** After so many seconds a statement of the engine is given up, and the table says so. */
    private static final int TOO_LONG = 300;

    /** What databases say of a statement that was given up. */
    private static final String GIVEN_UP = "57014";

    private static final List<String> PAPERS =
            List.of("Nomination letter", "National report", "Credentials", "Request for funding", "Proof of payment");

    /** How H2 tells of an index, whose name is the first group. */
    private static final Pattern INDEX = Pattern.compile("^CREATE (?:NULLS \\w+ )?(?:UNIQUE )?INDEX (\\S+) ON");

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    private final int occasions = Integer.getInteger("sterna.benchmark.occasions", 157);
    private final int open = Integer.getInteger("sterna.benchmark.open", 16);
    private final String questions = System.getProperty("sterna.benchmark.questions", "");

    /** Whether the catalogue has as many duties as it will have; the application starts with those there are. */
    private final AtomicBoolean grown = new AtomicBoolean();

    private final StringBuilder table = new StringBuilder();

    @Test
    void measures() throws Exception {
        for (String database : System.getProperty("sterna.benchmark.databases", "H2,PostgreSQL")
                .split(",")) {
            measure(database);
        }
        System.out.println(table);
    }

    private void measure(String database) throws Exception {
        String kept = System.getProperty("sterna.benchmark.kept");
        Path folder = kept == null
                ? Files.createTempDirectory("sterna-benchmark")
                : Files.createDirectories(Path.of(kept, database + "-" + occasions + "-" + open));
        String url = database.equals("H2")
                ? "jdbc:h2:file:" + folder.resolve("sterna")
                        + ";QUERY_CACHE_SIZE=256;CACHE_SIZE=400000;AUTO_COMPACT_FILL_RATE=0"
                : kept == null ? Databases.emptyPostgresUrl() : Databases.keptPostgresUrl(folder);
        grown.set(false);
        Statements statements = new Statements();
        try (ConfigurableApplicationContext sterna = sterna(url, database, statements)) {
            long started = System.nanoTime();
            long there = JdbcClient.create(sterna.getBean(DataSource.class))
                    .sql("select count(*) from obligation")
                    .query(Long.class)
                    .single();
            if (there == 0) {
                fill(sterna, url, database);
            }
            table.append("%n%s: %s%n%n"
                            .formatted(
                                    database,
                                    there == 0
                                            ? "filled in %d s".formatted((System.nanoTime() - started) / 1_000_000_000)
                                            : "%,d obligations found".formatted(there)))
                    .append(
                            "| question | median ms | p95 ms | processor ms | statements | kB |%n|---|---|---|---|---|---|%n"
                                    .formatted());
            grown.set(true);
            pages(sterna, statements);
            engine(sterna);
        }
    }

    private ConfigurableApplicationContext sterna(String url, String database, Statements statements) {
        return new SpringApplicationBuilder(Sterna.class)
                .web(WebApplicationType.SERVLET)
                .profiles("demo")
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.getBeanFactory().addBeanPostProcessor(statements);
                    beans.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                        @Override
                        public Object postProcessAfterInitialization(Object bean, String name) {
                            return bean instanceof Duties duties ? new Grown(duties, grown) : bean;
                        }
                    });
                })
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + (database.equals("H2") ? "sa" : "postgres"),
                        "--spring.datasource.password=",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--camunda.bpm.generic-properties.properties.jdbc-statement-timeout=" + TOO_LONG,
                        "--sterna.notices.sender.enabled=false",
                        "--logging.level.root=WARN");
    }

    /** The catalogue with copies of its duties under other names, once it has grown. */
    private static final class Grown implements Duties {

        private final Duties real;
        private final AtomicBoolean grown;
        private final Map<String, Duty> copies = new LinkedHashMap<>();

        Grown(Duties real, AtomicBoolean grown) {
            this.real = real;
            this.grown = grown;
            for (int i = 1; i <= DUTIES; i++) {
                copies.put(keys().get(i - 1), copy(i));
            }
        }

        @Override
        public List<Duty> all() {
            return grown.get() ? List.copyOf(copies.values()) : real.all();
        }

        @Override
        public Optional<Duty> find(String key) {
            Duty copy = grown.get() ? copies.get(key) : null;
            return copy == null ? real.find(key) : Optional.of(copy);
        }

        private Duty copy(int number) {
            Duty like = real.get("nomination-confirmation");
            return new Duty(
                    "duty-" + number,
                    "D%02d".formatted(number),
                    like.holder(),
                    like.kind(),
                    false,
                    like.deadline(),
                    like.correction(),
                    like.ladder(),
                    like.binds(),
                    like.basis(),
                    like.assumed(),
                    like.steps());
        }

        static List<String> keys() {
            return IntStream.rangeClosed(1, DUTIES).mapToObj(n -> "duty-" + n).toList();
        }
    }

    private void pages(ConfigurableApplicationContext sterna, Statements statements) throws Exception {
        JdbcClient jdbc = JdbcClient.create(sterna.getBean(DataSource.class));
        UUID open = jdbc.sql("select id from obligation where closed_at is null order by deadline_at"
                        + " fetch first 1 rows only")
                .query(UUID.class)
                .single();
        HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        String base = "http://localhost:"
                + ((ServletWebServerApplicationContext) sterna).getWebServer().getPort();
        login(http, base);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/secretariat");
        pages.put("matrix, now", "/secretariat/matrix");
        pages.put("matrix, an occasion", "/secretariat/matrix?occasion=round-" + occasions);
        pages.put("duty", "/secretariat/duties/duty-7");
        pages.put("case", "/secretariat/obligations/" + open);
        pages.put("Party", "/secretariat/register/CHE");
        pages.put("all obligations", "/secretariat/obligations");
        pages.put("all obligations, page 100", "/secretariat/obligations?page=99");
        pages.put("a duty’s ended obligations", "/secretariat/obligations?duty=duty-7&state=discharged");
        pages.put("overdue obligations", "/secretariat/obligations?overdue=true");
        pages.put("stuck obligations", "/secretariat/obligations?stuck=true");
        pages.put("search", "/secretariat/search?q=swi");
        pages.put("search, two words", "/secretariat/search?q=nomination+swi");
        pages.put("notices", "/secretariat/notices");
        for (int i = 0; i < TURNS; i++) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                if (page.getKey().contains(questions)) {
                    get(http, base + page.getValue());
                }
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            long[] size = new long[1];
            time(page.getKey(), sterna, statements, size, () -> {
                HttpResponse<String> answer = get(http, base + page.getValue());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(page + " answered " + answer.statusCode());
                }
                size[0] = answer.body().length();
                return null;
            });
        }
    }

    private void engine(ConfigurableApplicationContext sterna) throws Exception {
        if (questions.equals("none")) {
            return;
        }
        JdbcClient jdbc = JdbcClient.create(sterna.getBean(DataSource.class));
        tellHistory(sterna.getBean(DataSource.class));
        authorize(jdbc);
        ProcessEngine engine = sterna.getBean(ProcessEngine.class);
        List<String> groups = sterna.getBean(Parties.class).all().stream()
                .map(party -> "nfp-" + party.code())
                .toList();
        time("engine: where everybody stands (all open tasks with their Party)", sterna, null, null, () -> {
            int read = 0;
            for (List<Task> page = page(engine, 0); !page.isEmpty(); page = page(engine, read)) {
                read += page.size();
                engine.getRuntimeService()
                        .createVariableInstanceQuery()
                        .variableName("partyCode")
                        .processInstanceIdIn(
                                page.stream().map(Task::getProcessInstanceId).toArray(String[]::new))
                        .listPage(0, ENGINES_PAGE);
            }
            return read;
        });
        time("engine: overdue, due, waiting", sterna, null, null, () -> counts(engine));
        HistoryService history = engine.getHistoryService();
        Date newestRounds = jdbc.sql("select min(opened_at) from (select opened_at from occasion where duty = 'duty-1'"
                        + " order by opened_at desc fetch first 2 rows only) newest")
                .query((row, number) -> Date.from(
                        row.getObject(1, OffsetDateTime.class).toInstant().minusSeconds(1)))
                .single();
        time(
                "engine: the overview (overdue, due, waiting, stuck, first tasks, response rates)",
                sterna,
                null,
                null,
                () -> {
                    counts(engine);
                    engine.getRuntimeService().createIncidentQuery().count();
                    engine.getTaskService()
                            .createTaskQuery()
                            .taskCandidateGroup("secretariat")
                            .orderByDueDate()
                            .asc()
                            .listPage(0, 10);
                    // whose cases of the newest rounds they are, and when those were answered
                    return all(history.createHistoricProcessInstanceQuery()
                                            .startedAfter(newestRounds)
                                            .orderByProcessInstanceId()
                                            .asc())
                                    .size()
                            + all(history.createHistoricTaskInstanceQuery()
                                            .startedAfter(newestRounds)
                                            .orderByTaskId()
                                            .asc())
                                    .size();
                });
        time("engine: a duty over ten occasions (cases and answers)", sterna, null, null, () -> {
            int read = 0;
            for (int round = occasions; round > Math.max(0, occasions - 10); round--) {
                String key = "duty-7/round-" + round + "/%";
                read += history.createHistoricProcessInstanceQuery()
                                .processInstanceBusinessKeyLike(key)
                                .listPage(0, ENGINES_PAGE)
                                .size()
                        + history.createHistoricTaskInstanceQuery()
                                .processInstanceBusinessKeyLike(key)
                                .listPage(0, ENGINES_PAGE)
                                .size();
            }
            return read;
        });
        time(
                "engine: a Party over thirty years (cases and answers)",
                sterna,
                null,
                null,
                () -> all(history.createHistoricProcessInstanceQuery()
                                        .tenantIdIn("CHE")
                                        .orderByProcessInstanceId()
                                        .asc())
                                .size()
                        + all(history.createHistoricTaskInstanceQuery()
                                        .tenantIdIn("CHE")
                                        .orderByTaskId()
                                        .asc())
                                .size());
        String open = jdbc.sql("select id from obligation where closed_at is null order by deadline_at"
                        + " fetch first 1 rows only")
                .query(UUID.class)
                .single()
                .toString();
        time(
                "engine: a case",
                sterna,
                null,
                null,
                () -> List.of(
                        history.createHistoricProcessInstanceQuery()
                                .processInstanceId(open)
                                .list(),
                        history.createHistoricActivityInstanceQuery()
                                .processInstanceId(open)
                                .list(),
                        history.createHistoricTaskInstanceQuery()
                                .processInstanceId(open)
                                .list(),
                        history.createHistoricVariableInstanceQuery()
                                .processInstanceId(open)
                                .list(),
                        history.createUserOperationLogQuery()
                                .processInstanceId(open)
                                .list(),
                        engine.getRuntimeService()
                                .createIncidentQuery()
                                .processInstanceId(open)
                                .list(),
                        engine.getManagementService()
                                .createJobQuery()
                                .processInstanceId(open)
                                .list()));
        List<String> tenants =
                sterna.getBean(Parties.class).all().stream().map(Party::code).toList();
        Callable<Long> tasklist = () -> {
            engine.getIdentityService().setAuthentication("secretariat", groups, tenants);
            try {
                return engine.getTaskService()
                        .createTaskQuery()
                        .taskCandidateGroupIn(groups)
                        .count();
            } finally {
                engine.getIdentityService().clearAuthentication();
            }
        };
        time("Tasklist: count of the focal points' open tasks", sterna, null, null, tasklist);
    }

    private static long counts(ProcessEngine engine) {
        Date now = new Date();
        Date week = Date.from(now.toInstant().plus(Duration.ofDays(7)));
        return engine.getTaskService().createTaskQuery().dueBefore(now).count()
                + engine.getTaskService()
                        .createTaskQuery()
                        .dueAfter(now)
                        .dueBefore(week)
                        .count()
                + engine.getTaskService()
                        .createTaskQuery()
                        .taskCandidateGroup("secretariat")
                        .count();
    }

    /** Everything that a query finds, as many at once as it may return. */
    private static <T> List<T> all(Query<?, T> query) {
        List<T> all = new ArrayList<>();
        List<T> page;
        do {
            page = query.listPage(all.size(), ENGINES_PAGE);
            all.addAll(page);
        } while (page.size() == ENGINES_PAGE);
        return all;
    }

    /** Gives the engine the history that it would have of all obligations: their cases, and the step that answers. */
    private static void tellHistory(DataSource database) throws SQLException {
        if (JdbcClient.create(database)
                        .sql("select count(*) from ACT_HI_TASKINST")
                        .query(Long.class)
                        .single()
                > 0) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            List<String> indexes =
                    connection.getMetaData().getDatabaseProductName().equals("H2")
                            ? withoutIndexes(connection, "ACT_HI_")
                            : List.of();
            tellHistory(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            withIndexes(connection, indexes);
        }
    }

    private static void tellHistory(JdbcClient jdbc) {
        String definition = jdbc.sql("select ID_ from ACT_RE_PROCDEF where KEY_ = 'nomination-confirmation'")
                .query(String.class)
                .single();
        String id = "cast(id as varchar(64))";
        jdbc.sql(
                        "insert into ACT_HI_PROCINST (ID_, PROC_INST_ID_, ROOT_PROC_INST_ID_, BUSINESS_KEY_, PROC_DEF_KEY_,"
                                + " PROC_DEF_ID_, START_TIME_, END_TIME_, STATE_, TENANT_ID_) select %s, %s, %s,"
                                        .formatted(id, id, id)
                                + " duty || '/' || occasion || '/' || party_code, 'nomination-confirmation', :definition,"
                                + " cast(opened_at as timestamp), cast(closed_at as timestamp),"
                                + " case when closed_at is null then 'ACTIVE' else 'COMPLETED' end, party_code from obligation order by id")
                .param("definition", definition)
                .update();
        jdbc.sql("insert into ACT_HI_TASKINST (ID_, PROC_INST_ID_, ROOT_PROC_INST_ID_, EXECUTION_ID_, TASK_DEF_KEY_,"
                        + " PROC_DEF_KEY_, PROC_DEF_ID_, NAME_, START_TIME_, END_TIME_, DUE_DATE_, PRIORITY_, TENANT_ID_)"
                        + " select %s, %s, %s, %s,".formatted(id, id, id, id)
                        + " 'submit-nomination', 'nomination-confirmation', :definition, 'Submit nomination',"
                        + " cast(opened_at as timestamp), cast(answered_at as timestamp),"
                        + " cast(deadline_at as timestamp), 50, party_code from obligation order by id")
                .param("definition", definition)
                .update();
    }

    /** Lets those see the tasks who may do them, as the engine does when it gives a task to a group. */
    private static void authorize(JdbcClient jdbc) {
        jdbc.sql("insert into ACT_RU_AUTHORIZATION (ID_, REV_, TYPE_, GROUP_ID_, RESOURCE_TYPE_, RESOURCE_ID_, PERMS_)"
                        + " select ID_, 1, :grant, GROUP_ID_, :task, TASK_ID_, :permissions from ACT_RU_IDENTITYLINK l"
                        + " where not exists (select 1 from ACT_RU_AUTHORIZATION a where a.ID_ = l.ID_)")
                .param("grant", Authorization.AUTH_TYPE_GRANT)
                .param("task", Resources.TASK.resourceType())
                .param("permissions", Permissions.READ.getValue() | Permissions.TASK_WORK.getValue())
                .update();
        jdbc.sql("analyze").update();
    }

    private static List<Task> page(ProcessEngine engine, int from) {
        return engine.getTaskService().createTaskQuery().orderByTaskId().asc().listPage(from, ENGINES_PAGE);
    }

    private void time(
            String what,
            ConfigurableApplicationContext sterna,
            Statements statements,
            long[] size,
            Callable<?> question)
            throws Exception {
        if (!what.contains(questions)) {
            return;
        }
        try {
            // what takes seconds is asked less often, once the first answer has found its way
            question.call();
        } catch (ProcessEngineException e) {
            if (!givenUp(e)) {
                throw e;
            }
            tell("| %s | > %d,000 | | | | |%n".formatted(what, TOO_LONG));
            return;
        }
        long first = System.nanoTime();
        question.call();
        boolean slow = System.nanoTime() - first > 3_000_000_000L;
        for (int i = 0; i < (slow ? 0 : WARM_UP); i++) {
            question.call();
        }
        long before = statements == null ? 0 : statements.total();
        Duration spent = spent(sterna);
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < (slow ? 2 : ROUNDS); i++) {
            long start = System.nanoTime();
            question.call();
            took.add((System.nanoTime() - start) / 1e6);
        }
        Duration more = spent(sterna).minus(spent);
        String asked = statements == null ? "" : String.valueOf((statements.total() - before) / took.size());
        took.sort(null);
        tell("| %s | %.0f | %.0f | %.0f | %s | %s |%n"
                .formatted(
                        what,
                        took.get(took.size() / 2),
                        took.get((int) Math.min(took.size() - 1L, Math.round(took.size() * 0.95))),
                        more.toNanos() / 1e6 / took.size(),
                        asked,
                        size == null ? "" : String.valueOf(size[0] / 1000)));
    }

    private void tell(String line) {
        table.append(line);
        System.out.print(line);
    }

    private static boolean givenUp(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && GIVEN_UP.equals(sql.getSQLState()));
    }

    /** Processor time so far, of this process without what compiles and cleans up, and of the database's own. */
    private Duration spent(ConfigurableApplicationContext sterna) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Duration spent = Duration.ofNanos(Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanoseconds -> nanoseconds > 0)
                .sum());
        DataSource source = sterna.getBean(DataSource.class);
        try (Connection connection = source.getConnection()) {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                for (long pid : JdbcClient.create(source)
                        .sql("select pid from pg_stat_activity where datname = current_database()")
                        .query(Long.class)
                        .list()) {
                    spent = spent.plus(ProcessHandle.of(pid)
                            .flatMap(process -> process.info().totalCpuDuration())
                            .orElse(Duration.ZERO));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return spent;
    }

    private static void login(HttpClient http, String base) throws Exception {
        String token = Jsoup.parse(get(http, base + "/login").body())
                .select("input[name=_csrf]")
                .val();
        String form =
                Map.of("username", "secretariat", "password", "sterna-demo-2026", "_csrf", token).entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        http.send(
                HttpRequest.newBuilder(URI.create(base + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static HttpResponse<String> get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Rounds in the order of time, over thirty years; of the open ones each Party has one task. */
    private void fill(ConfigurableApplicationContext sterna, String url, String database) throws SQLException {
        List<Party> parties = sterna.getBean(Parties.class).all();
        Random chance = new Random(1);
        Instant now = Instant.now();
        Duration step = Duration.ofDays(30L * 365).dividedBy(occasions);
        boolean postgres = database.equals("PostgreSQL");
        try (Connection connection = postgres
                ? DriverManager.getConnection(
                        url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true", "postgres", "")
                : DriverManager.getConnection(url, "sa", "")) {
            List<String> indexes = postgres ? List.of() : withoutIndexes(connection, "");
            connection.setAutoCommit(false);
            try (Rows rows = new Rows(connection)) {
                for (int round = 1; round <= occasions; round++) {
                    Instant opened = now.minus(step.multipliedBy((long) occasions - round + 1));
                    boolean stillOpen = round > occasions - open;
                    for (String duty : Grown.keys()) {
                        rows.occasion(duty, "round-" + round, opened);
                        LocalDate due = stillOpen
                                ? LocalDate.ofInstant(now, BONN).plusDays(chance.nextInt(240) - 60L)
                                : LocalDate.ofInstant(opened, BONN).plusDays(90);
                        for (Party party : parties) {
                            rows.obligation(duty, "round-" + round, party.code(), opened, due, stillOpen, now, chance);
                            if (!stillOpen && chance.nextInt(5) == 0) {
                                rows.paperAndNotice(party, opened.plus(Duration.ofDays(20)), chance);
                            }
                        }
                    }
                    rows.flush();
                    connection.commit();
                    if (round % 10 == 0 || round == occasions) {
                        System.out.printf("%s: filled %d of %d rounds%n", database, round, occasions);
                    }
                }
            }
            connection.setAutoCommit(true);
            withIndexes(connection, indexes);
            // as the migration does it
            connection.createStatement().execute("""
                    insert into first_due (party_code, duty, open_count, id, occasion, state, deadline_on,
                        deadline_zone, deadline_origin, deadline_reference, deadline_provisional, deadline_name,
                        opened_at, late, next_rung, next_at)
                    select party_code, duty, open_count, id, occasion, state, deadline_on, deadline_zone,
                        deadline_origin, deadline_reference, deadline_provisional, deadline_name, opened_at, late,
                        next_rung, next_at
                    from (
                        select o.*,
                            row_number() over (partition by party_code, duty order by deadline_at, id) as place,
                            count(*) over (partition by party_code, duty) as open_count
                        from obligation o where state in ('OPENING', 'WITH_PARTY', 'WITH_SECRETARIAT')) counted
                    where place = 1""");
            if (postgres) {
                // what the server does by itself within minutes
                connection.createStatement().execute("vacuum analyze");
            } else {
                connection.createStatement().execute("analyze");
            }
        }
    }

    /**
     * Drops the indexes of H2 that only make reading quick: there it takes hours to keep them while rows come in no
     * order, and a minute to make them afterwards.
     *
     * @param ofTables what their names contain
     * @return how to make them
     */
    private static List<String> withoutIndexes(Connection connection, String ofTables) throws SQLException {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        jdbc.sql("set referential_integrity false").update();
        List<String> dropped = new ArrayList<>();
        for (String made : jdbc.sql("script nodata").query(String.class).list()) {
            Matcher index = INDEX.matcher(made);
            if (index.find() && made.substring(index.end()).contains(ofTables)) {
                try {
                    jdbc.sql("drop index " + index.group(1)).update();
                    dropped.add(made);
                } catch (DataAccessException e) {
                    if (!(e.getCause() instanceof SQLException cause)
                            || cause.getErrorCode() != ErrorCode.INDEX_BELONGS_TO_CONSTRAINT_2) {
                        throw e;
                    }
                }
            }
        }
        return dropped;
    }

    private static void withIndexes(Connection connection, List<String> dropped) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String index : dropped) {
                statement.execute(index);
            }
            if (!dropped.isEmpty()) {
                statement.execute("set referential_integrity true");
            }
        }
    }

    /** Writes rows in batches. */
    private static final class Rows implements AutoCloseable {

        private final PreparedStatement occasion;
        private final PreparedStatement obligation;
        private final PreparedStatement task;
        private final PreparedStatement execution;
        private final PreparedStatement work;
        private final PreparedStatement link;
        private final PreparedStatement variable;
        private final PreparedStatement paper;
        private final PreparedStatement word;
        private final PreparedStatement notice;
        private final List<PreparedStatement> all;
        private final String definition;

        Rows(Connection connection) throws SQLException {
            occasion = connection.prepareStatement("insert into occasion (duty, code, opened_at) values (?, ?, ?)");
            obligation = connection.prepareStatement("insert into obligation (id, duty, occasion, party_code, state,"
                    + " deadline_on, deadline_zone, deadline_at, deadline_origin, deadline_reference,"
                    + " deadline_provisional, opened_at, closed_at, late, next_rung, next_at, event_count, head_hash,"
                    + " answered_at) values (?, ?, ?, ?, ?, ?, 'Europe/Berlin', ?, 'RULE', 'opened+30D', ?, ?, ?, ?, ?,"
                    + " ?, 1, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', ?)");
            task = connection.prepareStatement("insert into obligation_task (task_id, obligation_id, duty, step,"
                    + " seat_code, created_at, due_at) values (?, ?, ?, ?, ?, ?, ?)");
            execution = connection.prepareStatement("insert into ACT_RU_EXECUTION (ID_, REV_, ROOT_PROC_INST_ID_,"
                    + " PROC_INST_ID_, BUSINESS_KEY_, PROC_DEF_ID_, ACT_ID_, IS_ACTIVE_, IS_CONCURRENT_, IS_SCOPE_,"
                    + " IS_EVENT_SCOPE_, SUSPENSION_STATE_, CACHED_ENT_STATE_, SEQUENCE_COUNTER_, TENANT_ID_)"
                    + " values (?, 1, ?, ?, ?, ?, 'submit-nomination', " + yes(connection) + ", " + no(connection)
                    + ", " + yes(connection) + ", " + no(connection) + ", 1, 2, 1, ?)");
            work = connection.prepareStatement("insert into ACT_RU_TASK (ID_, REV_, EXECUTION_ID_, PROC_INST_ID_,"
                    + " PROC_DEF_ID_, NAME_, TASK_DEF_KEY_, PRIORITY_, CREATE_TIME_, DUE_DATE_, SUSPENSION_STATE_,"
                    + " TENANT_ID_) values (?, 1, ?, ?, ?, 'Submit nomination', 'submit-nomination', 50, ?, ?, 1, ?)");
            link = connection.prepareStatement("insert into ACT_RU_IDENTITYLINK (ID_, REV_, GROUP_ID_, TYPE_,"
                    + " TASK_ID_, TENANT_ID_) values (?, 1, ?, 'candidate', ?, ?)");
            variable = connection.prepareStatement("insert into ACT_RU_VARIABLE (ID_, REV_, TYPE_, NAME_,"
                    + " EXECUTION_ID_, PROC_INST_ID_, TEXT_, VAR_SCOPE_, SEQUENCE_COUNTER_, IS_CONCURRENT_LOCAL_,"
                    + " TENANT_ID_) values (?, 1, 'string', 'partyCode', ?, ?, ?, ?, 1, " + no(connection) + ", ?)");
            paper = connection.prepareStatement("insert into document (id, party_code, task_id, slot, name, media_type,"
                    + " size_in_bytes, sha256, uploaded_by, uploaded_at)"
                    + " values (?, ?, 'none', 'letter', ?, 'application/pdf', 1, '', 'somebody', ?)");
            word = connection.prepareStatement(
                    "insert into document_word (word, uploaded_at, document_id) values (?, ?, ?)");
            notice = connection.prepareStatement("insert into notice (id, obligation_id, milestone, kind, seat_code,"
                    + " as_copy, recipient, email, email_key, language, subject, text_body, html_body, message_id,"
                    + " state, attempts, next_attempt_at, created_at, sent_at) values (?, ?, 'opening', 'opening', ?,"
                    + " false, 'Somebody', 'somebody@example.org', 'somebody@example.org', 'en', 'Something is due',"
                    + " 'Text', 'Text', ?, 'SENT', 1, ?, ?, ?)");
            all = List.of(occasion, obligation, task, execution, work, link, variable, paper, word, notice);
            try (var found = connection
                    .createStatement()
                    .executeQuery("select ID_ from ACT_RE_PROCDEF where KEY_ = 'nomination-confirmation'")) {
                found.next();
                definition = found.getString(1);
            }
        }

        private static String yes(Connection connection) throws SQLException {
            return connection.getMetaData().getDatabaseProductName().equals("H2") ? "1" : "true";
        }

        private static String no(Connection connection) throws SQLException {
            return connection.getMetaData().getDatabaseProductName().equals("H2") ? "0" : "false";
        }

        void occasion(String duty, String code, Instant opened) throws SQLException {
            set(occasion, duty, code, at(opened));
        }

        void obligation(
                String duty,
                String code,
                String party,
                Instant opened,
                LocalDate due,
                boolean stillOpen,
                Instant now,
                Random chance)
                throws SQLException {
            UUID id = UUID.randomUUID();
            Instant dueAt = due.plusDays(1).atStartOfDay(BONN).toInstant().minusSeconds(1);
            Instant answered = opened.plus(Duration.ofHours(24 + chance.nextInt(2600)));
            boolean secretariat = stillOpen && chance.nextInt(10) == 0;
            boolean planned = stillOpen && !secretariat && chance.nextInt(50) > 0;
            String state = secretariat
                    ? "WITH_SECRETARIAT"
                    : stillOpen ? "WITH_PARTY" : chance.nextInt(20) == 0 ? "LAPSED" : "DISCHARGED";
            boolean sent = state.equals("DISCHARGED") || secretariat;
            set(
                    obligation,
                    id,
                    duty,
                    code,
                    party,
                    state,
                    due,
                    at(dueAt),
                    stillOpen && chance.nextInt(4) == 0,
                    at(opened),
                    stillOpen ? null : at(answered.plus(Duration.ofDays(5))),
                    sent && answered.isAfter(dueAt),
                    planned ? "reminder-7" : null,
                    planned
                            ? at(
                                    due.minusDays(7).isAfter(LocalDate.ofInstant(now, BONN))
                                            ? due.minusDays(7)
                                                    .atTime(8, 0)
                                                    .atZone(BONN)
                                                    .toInstant()
                                            : LocalDate.ofInstant(now, BONN)
                                                    .plusDays(1 + due.getDayOfMonth())
                                                    .atTime(8, 0)
                                                    .atZone(BONN)
                                                    .toInstant())
                            : null,
                    sent ? at(answered) : null);
            if (stillOpen) {
                String key = id.toString();
                String seat = secretariat ? "secretariat" : "nfp-" + party;
                set(
                        task,
                        key,
                        id,
                        duty,
                        secretariat ? "review-nomination" : "submit-nomination",
                        seat,
                        at(opened),
                        at(dueAt));
                set(execution, key, key, key, duty + "/" + code + "/" + party, definition, party);
                set(work, key, key, key, definition, Timestamp.from(opened), Timestamp.from(dueAt), party);
                set(link, key, seat, key, party);
                set(variable, key, key, key, party, key, party);
            }
        }

        /** What most cases leave behind beside their answers. */
        void paperAndNotice(Party party, Instant at, Random chance) throws SQLException {
            UUID id = UUID.randomUUID();
            String name = PAPERS.get(chance.nextInt(PAPERS.size())) + " " + party.nameEn() + ".pdf";
            set(paper, id, party.code(), name, at(at));
            for (String one : NameWords.of(name)) {
                set(word, NameWords.key(one), at(at), id);
            }
            set(notice, id, id, "nfp-" + party.code(), id.toString(), at(at), at(at), at(at));
        }

        private static OffsetDateTime at(Instant moment) {
            return moment.atOffset(ZoneOffset.UTC);
        }

        private static void set(PreparedStatement insert, Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
        }

        void flush() throws SQLException {
            for (PreparedStatement insert : all) {
                insert.executeBatch();
            }
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement insert : all) {
                insert.close();
            }
        }
    }
}
