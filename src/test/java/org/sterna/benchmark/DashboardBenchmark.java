package org.sterna.benchmark;

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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.Sterna;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.structure.Statements;

/**
 * How long the Secretariat's pages take over thirty years of obligations, beside the same asked of the engine's own
 * queries. A page's time is that of its whole answer over HTTP on the same machine. Prints a table; asserts nothing.
 *
 * <p>{@code ./mvnw test -Dtest=DashboardBenchmark -Dspotless.check.skip}; sizes by
 * {@code -Dsterna.benchmark.occasions=157} (each opens 48 duties for 133 Parties; 157 make 1,000,000 obligations) and
 * {@code -Dsterna.benchmark.open=16} (how many of them are open), databases by
 * {@code -Dsterna.benchmark.databases=H2,PostgreSQL}.
 */
class DashboardBenchmark {

    private static final int DUTIES = 48;
    private static final int ROUNDS = 25;
    private static final int WARM_UP = 15;

    /** One query of the engine may not return more. */
    private static final int ENGINES_PAGE = 1000;

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    private final int occasions = Integer.getInteger("sterna.benchmark.occasions", 157);
    private final int open = Integer.getInteger("sterna.benchmark.open", 16);

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
        Path folder = Files.createTempDirectory("sterna-benchmark");
        String url = database.equals("H2")
                ? "jdbc:h2:file:" + folder.resolve("sterna") + ";QUERY_CACHE_SIZE=256;CACHE_SIZE=400000"
                : Databases.emptyPostgresUrl();
        grown.set(false);
        Statements statements = new Statements();
        try (ConfigurableApplicationContext sterna = sterna(url, database, statements)) {
            long started = System.nanoTime();
            fill(sterna, database);
            table.append(
                    "%n%s: filled in %d s%n%n| question | median ms | p95 ms | statements | kB |%n|---|---|---|---|---|%n"
                            .formatted(database, (System.nanoTime() - started) / 1_000_000_000));
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
                        "--sterna.notices.sender.enabled=false",
                        "--logging.level.root=WARN");
    }

    /** The catalogue with copies of its duties under other names, once it has grown. */
    private record Grown(Duties real, AtomicBoolean grown) implements Duties {

        @Override
        public List<Duty> all() {
            return grown.get() ? keys().stream().map(this::get).toList() : real.all();
        }

        @Override
        public java.util.Optional<Duty> find(String key) {
            return grown.get() && key.matches("duty-\\d+")
                    ? java.util.Optional.of(copy(Integer.parseInt(key.substring(5))))
                    : real.find(key);
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
        Map<String, String> pages = new java.util.LinkedHashMap<>();
        pages.put("overview", "/secretariat");
        pages.put("matrix, now", "/secretariat/matrix");
        pages.put("matrix, an occasion", "/secretariat/matrix?occasion=round-" + occasions);
        pages.put("duty", "/secretariat/duties/duty-7");
        pages.put("case", "/secretariat/obligations/" + open);
        pages.put("Party", "/secretariat/register/CHE");
        pages.put("overdue obligations", "/secretariat/obligations?overdue=true");
        pages.put("stuck obligations", "/secretariat/obligations?stuck=true");
        pages.put("search", "/secretariat/search?q=swi");
        for (Map.Entry<String, String> page : pages.entrySet()) {
            long[] size = new long[1];
            time(page.getKey(), statements, size, () -> {
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
        ProcessEngine engine = sterna.getBean(ProcessEngine.class);
        List<String> groups = sterna.getBean(Parties.class).all().stream()
                .map(party -> "nfp-" + party.code())
                .toList();
        time("engine: where everybody stands (all open tasks with their Party)", null, null, () -> {
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
        time("engine: overdue, due, waiting", null, null, () -> {
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
        });
        time("engine: a duty's open cases", null, null, () -> engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKeyLike("duty-7/%")
                .listPage(0, ENGINES_PAGE));
        time("engine: a Party's open tasks", null, null, () -> engine.getTaskService()
                .createTaskQuery()
                .processVariableValueEquals("partyCode", "CHE")
                .orderByDueDate()
                .asc()
                .listPage(0, ENGINES_PAGE));
        time("Tasklist: count of all tasks of the focal points", null, null, () -> {
            engine.getIdentityService().setAuthentication("secretariat", groups, null);
            try {
                return engine.getTaskService()
                        .createTaskQuery()
                        .taskCandidateGroupIn(groups)
                        .count();
            } finally {
                engine.getIdentityService().clearAuthentication();
            }
        });
    }

    private static List<Task> page(ProcessEngine engine, int from) {
        return engine.getTaskService().createTaskQuery().orderByTaskId().asc().listPage(from, ENGINES_PAGE);
    }

    private void time(String what, Statements statements, long[] size, Callable<?> question) throws Exception {
        // what takes seconds is asked less often
        long first = System.nanoTime();
        question.call();
        boolean slow = System.nanoTime() - first > 3_000_000_000L;
        for (int i = 0; i < (slow ? 0 : WARM_UP); i++) {
            question.call();
        }
        long before = statements == null ? 0 : statements.total();
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < (slow ? 2 : ROUNDS); i++) {
            long start = System.nanoTime();
            question.call();
            took.add((System.nanoTime() - start) / 1e6);
        }
        String asked = statements == null ? "" : String.valueOf((statements.total() - before) / took.size());
        took.sort(null);
        table.append("| %s | %.0f | %.0f | %s | %s |%n"
                .formatted(
                        what,
                        took.get(took.size() / 2),
                        took.get((int) Math.min(took.size() - 1L, Math.round(took.size() * 0.95))),
                        asked,
                        size == null ? "" : String.valueOf(size[0] / 1000)));
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
    private void fill(ConfigurableApplicationContext sterna, String database) throws SQLException {
        DataSource source = sterna.getBean(DataSource.class);
        List<String> parties =
                sterna.getBean(Parties.class).all().stream().map(Party::code).toList();
        Random chance = new Random(1);
        Instant now = Instant.now();
        Duration step = Duration.ofDays(30L * 365).dividedBy(occasions);
        try (Connection connection = source.getConnection()) {
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
                        for (String party : parties) {
                            rows.obligation(duty, "round-" + round, party, opened, due, stillOpen, now, chance);
                        }
                    }
                    rows.flush();
                    connection.commit();
                }
            }
            if (database.equals("PostgreSQL")) {
                connection.setAutoCommit(true);
                // what the server does by itself within minutes
                connection.createStatement().execute("vacuum analyze");
            } else {
                connection.createStatement().execute("analyze");
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
            for (PreparedStatement insert : List.of(occasion, obligation, task, execution, work, link, variable)) {
                insert.executeBatch();
            }
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement insert : List.of(occasion, obligation, task, execution, work, link, variable)) {
                insert.close();
            }
        }
    }
}
