package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.engine.Tasks;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.time.TimeMachine;

/** The walls between Parties and around the engine, over real HTTP: Switzerland tries to reach what is France's. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:walls-it;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.notices.sender.enabled=false",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallsIT {

    private static final String DUTY = "nomination-confirmation";
    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String SETUP = "/camunda/api/admin/setup/default/user/create";
    private static final String PAGE = "?firstResult=0&maxResults=15";
    /** Id and name of the variable that the other Party's case gets. */
    private static final String PLANTED = "planted";

    private static final String UNKNOWN = "0b9a3f1e-5c1d-11f1-9c3e-0242ac120002";

    /** Stands in France's answers and in no answer to Switzerland. */
    private static final String MARKER = "Le secret de la France 7f3a9c";

    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404);

    /** What Tasklist needs of the operations as they are called here: with France's ids, or none, and unpaged. */
    private static final Set<String> ALLOWED = Set.of("GET /filter/count", "OPTIONS /filter");

    /** Query parameters by which addresses choose, all of France. */
    private static final String EVERYTHING_OF_FRANCE =
            "?party=FRA&parties=FRA&code=FRA&seat=nfp-FRA&username=fra-nfp&region=europe&q=France&occasion=open&format=csv&duty="
                    + DUTY;

    /** What answers a Party, without anything of another. */
    private static final Set<String> FOR_PARTIES = Set.of(
            "GET /",
            "GET /login",
            "POST /login/wait",
            "GET /login/forgotten",
            "GET /account",
            "GET /language",
            "GET /desk",
            "GET /desk/absence",
            "GET /desk/calendar",
            "GET /desk/notices",
            "POST /desk/notices",
            "GET /api/v1/duties",
            "GET /api/v1/meetings",
            "GET /api/v1/parties",
            "GET /api/v1/obligations",
            "GET /api/v1/tasks");

    /** What people see who cannot log in yet; a form sent without its page comes back as that page. */
    private static final Set<String> BEFORE_THE_LOGIN = Set.of("/login", "/login/forgotten", "/login/link/{secret}");

    /** Error pages of the framework and the description of the interface. */
    private static final Pattern NOT_OURS = Pattern.compile("^/(error|v3|swagger)");

    @LocalServerPort
    private int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Documents documents;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TimeMachine time;

    @Autowired
    private JdbcClient database;

    private Visitor swiss;
    private Visitor anonymous;
    private OpenTask own;
    private OpenTask foreign;

    /** Of each Party one duty with the Secretariat and one open, France's with a draft. */
    @BeforeAll
    void openDuties() throws Exception {
        open("sent");
        for (String party : List.of("CHE", "FRA")) {
            OpenTask sent = task("sent", party);
            tasks.submit(
                    sent.taskId(),
                    party.toLowerCase(Locale.ROOT) + "-nfp",
                    Nomination.answers(documents, sent, time.now(), party.equals("FRA") ? MARKER : "Office"),
                    Locale.ENGLISH);
        }
        open("open");
        own = task("open", "CHE");
        foreign = task("open", "FRA");
        drafts.save(foreign.taskId(), Map.of("organisation", MARKER), 0, "fra-nfp");
        swiss = new Visitor(port).login("che-nfp");
        anonymous = new Visitor(port);
    }

    @BeforeEach
    void appointTheAdministrator() {
        database.sql("update account set administrator = true where username = 'admin'")
                .update();
    }

    private void open(String occasion) {
        Campaigns.Campaign campaign = campaigns.open(DUTY, occasion, List.of("CHE", "FRA"), "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 2);
    }

    private OpenTask task(String occasion, String party) {
        Obligation obligation = obligations
                .list(new Obligations.Filter(DUTY, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0);
        return obligations.tasks(obligation.id()).get(0);
    }

    // ---- CVE-2026-109432: expressions that the engine evaluates for anybody

    @Test
    void refusesTaskQueriesWithExpressions() throws Exception {
        HttpResponse<String> answer = swiss.post(
                ENGINE + "/task", "{\"orQueries\": [{\"assigneeExpression\": \"${canary.hit()}\", \"name\": \"x\"}]}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orQueries\": [{\"assigneeExpression\": \"${canary.hit()}\", \"name\": \"x\"}]}",
                "{\"orQueries\": [{\"name\": \"x\"}, {\"ownerExpression\": \"#{canary.hit()}\", \"name\": \"x\"}]}",
                "{\"assigneeExpression\": \"${canary.hit()}\"}",
                "{\"dueBeforeExpression\": \"${canary.hit()}\"}",
                "{\"orQueries\": [{\"candidateGroupsExpression\": \"${['nfp-FRA']}\", \"name\": \"x\"}]}"
            })
    void refusesExpressionsThatExtendAReadyFilter(String query) throws Exception {
        HttpResponse<String> answer = swiss.post(ENGINE + "/filter/" + filter("fr") + "/list" + PAGE, query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Expressions are not allowed");
    }

    @Test
    void passesTheSearchOfTasklistThatCarriesNoExpression() throws Exception {
        HttpResponse<String> answer = swiss.post(
                ENGINE + "/filter/" + filter("fr") + "/list" + PAGE,
                "{\"orQueries\": [{\"nameLike\": \"%n%\", \"tenantIdIn\": [\"FRA\", \"CHE\"]}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(own.taskId()).doesNotContain(foreign.taskId());
    }

    // ---- what is planned for other Parties

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat/ladders",
                "/secretariat/ladders/edit?subject=nomination-confirmation&occasion=open",
                "/secretariat/rehearsal",
                "/secretariat/rehearsal/preview?duty=nomination-confirmation&kind=reminder&party=FRA"
            })
    void keepsThePlansOfNoticesToTheSecretariat(String address) throws Exception {
        assertThat(swiss.get(address).statusCode()).isEqualTo(403);
        assertThat(anonymous.get(address).body()).doesNotContain("France");
    }

    // ---- CVE-2026-77226: an administrator made by anybody while there is none

    @ParameterizedTest
    @CsvSource({"anonymous, true, 401", "anonymous, false, 401", "che-nfp, true, 404", "che-nfp, false, 404"})
    void makesNobodyAnAdministrator(String who, boolean administratorThere, int status) throws Exception {
        database.sql("update account set administrator = ? where username = 'admin'")
                .param(administratorThere)
                .update();
        Visitor caller = who.equals("anonymous") ? anonymous : swiss;

        HttpResponse<String> answer = caller.post(
                SETUP,
                "{\"profile\": {\"id\": \"intruder\", \"firstName\": \"I\", \"lastName\": \"N\", \"email\": \"\"},"
                        + " \"credentials\": {\"password\": \"intruder-2026\"}}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(database.sql("select count(*) from account where username = 'intruder'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    // ---- what 7.24.0 protects badly or not at all

    @ParameterizedTest
    @CsvSource({
        "GET, /task/TASK/attachment",
        "GET, /task/TASK/attachment/UNKNOWN",
        "GET, /task/TASK/attachment/UNKNOWN/data",
        "POST, /task/TASK/attachment/create",
        "DELETE, /task/TASK/attachment/UNKNOWN",
        "GET, /task/TASK/comment",
        "POST, /task/TASK/comment/create",
        "GET, /process-instance/UNKNOWN/comment",
        "POST, /task/TASK/bpmnError",
        "POST, /task/TASK/bpmnEscalation",
        "POST, /task/TASK/complete",
        "POST, /task/TASK/resolve",
        "POST, /task/TASK/claim",
        "POST, /task/TASK/unclaim",
        "POST, /task/TASK/assignee",
        "POST, /task/TASK/delegate",
        "PUT, /task/TASK/variables/partyCode",
        "POST, /task/TASK/variables",
        "DELETE, /task/TASK/variables/partyCode",
        "POST, /task/TASK/localVariables",
        "PUT, /user/che-nfp/profile",
        "PUT, /user/che-nfp/credentials",
        "POST, /filter/create"
    })
    void neverPassesEvenForTheOwnTask(String method, String path) throws Exception {
        String asked = path.replace("TASK", own.taskId()).replace("UNKNOWN", UNKNOWN);

        assertThat(swiss.call(method, ENGINE + asked, method.equals("GET") ? null : "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /task/TASK/variables",
        "GET, /task/TASK/variables/partyCode",
        "GET, /task/TASK/localVariables",
        "GET, /task/TASK/identity-links",
        "GET, /task/TASK/rendered-form",
        "GET, /task/TASK/deployed-form",
        "PUT, /task/TASK",
        "DELETE, /task/TASK"
    })
    void refusesMoreOfTheOwnTaskThanTasklistNeeds(String method, String path) throws Exception {
        assertThat(swiss.call(
                                method,
                                ENGINE + path.replace("TASK", own.taskId()),
                                method.equals("PUT") ? "{\"due\": \"2099-01-01T00:00:00.000+0000\"}" : null)
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/cockpit/default/",
                "/camunda/app/admin/default/",
                "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
                "/camunda/api/cockpit/plugin/cockpitPlugins/static/app/plugin.js",
                "/camunda/api/admin/plugin/adminPlugins/static/app/plugin.js",
                "/camunda/api/admin/auth/user/default/login/cockpit"
            })
    void refusesCockpitAndAdmin(String path) throws Exception {
        HttpResponse<String> answer = swiss.get(path);

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/engine", "/engine-rest/task", "/engine-rest/engine/default/task"})
    void hasNoSecondRestInterface(String path) throws Exception {
        assertThat(swiss.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAnswersThatTheFormDoesNotDeclare() throws Exception {
        String before = fingerprint();

        HttpResponse<String> answer = swiss.post(
                ENGINE + "/task/" + own.taskId() + "/submit-form",
                "{\"variables\": {\"partyCode\": {\"value\": \"FRA\", \"type\": \"String\"}}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("partyCode");
        assertThat(fingerprint()).isEqualTo(before);
    }

    // ---- the other Party's task is as if it were not there

    @ParameterizedTest
    @CsvSource({
        "GET, /camunda/api/engine/engine/default/task/TASK",
        "GET, /camunda/api/engine/engine/default/task/TASK/form",
        "GET, /camunda/api/engine/engine/default/task/TASK/form-variables",
        "POST, /camunda/api/engine/engine/default/task/TASK/submit-form",
        "GET, /forms/tasks/TASK",
        "GET, /desk/tasks/TASK"
    })
    void tellsNoForeignTaskFromAnUnknownOne(String method, String path) throws Exception {
        String json = method.equals("POST") ? "{\"variables\": {}}" : null;

        HttpResponse<String> other = swiss.call(method, path.replace("TASK", foreign.taskId()), json);
        HttpResponse<String> unknown = swiss.call(method, path.replace("TASK", UNKNOWN), json);

        assertThat(other.statusCode()).isIn(403, 404).isEqualTo(unknown.statusCode());
        assertThat(plain(other, foreign.taskId())).isEqualTo(plain(unknown, UNKNOWN));
    }

    /** The answer without what differs between any two: the id asked for, tokens and the like. */
    private static String plain(HttpResponse<String> answer, String id) {
        return answer.body().replace(id, "ID").replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    // ---- every operation there is

    @Test
    void sweepsEveryOperationWithoutLeakOrChange() throws Exception {
        Map<String, String> ids = idsOfFrance();
        List<String> faults = new ArrayList<>();
        Set<String> known = new HashSet<>();
        String before = fingerprint();
        for (Operation operation : operations()) {
            String name = operation.method() + " " + operation.path();
            known.add(name);
            String path = ENGINE + operation.path(ids);
            HttpResponse<String> answer =
                    swiss.call(operation.method(), path, operation.method().matches("POST|PUT") ? "{}" : null);
            boolean expected =
                    ALLOWED.contains(name) ? answer.statusCode() == 200 : REFUSED.contains(answer.statusCode());
            if (!expected) {
                faults.add(name + " answers " + answer.statusCode());
            }
            leaks(answer.body(), path, ids).forEach(leak -> faults.add(name + " tells " + leak));
            if (!operation.reads()) {
                String after = fingerprint();
                if (!after.equals(before)) {
                    faults.add(name + " changes something");
                    before = after;
                }
            }
        }

        assertThat(faults).isEmpty();
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(known).hasSizeGreaterThanOrEqualTo(399).containsAll(ALLOWED);
    }

    @Test
    void refusesEveryOperationWithoutLogin() throws Exception {
        Map<String, String> ids = idsOfFrance();
        List<String> faults = new ArrayList<>();
        for (Operation operation : operations()) {
            HttpResponse<String> answer = anonymous.call(
                    operation.method(),
                    ENGINE + operation.path(ids),
                    operation.method().matches("POST|PUT") ? "{}" : null);
            if (answer.statusCode() != 401 || !answer.body().isEmpty()) {
                faults.add(operation + " answers " + answer.statusCode());
            }
        }

        assertThat(faults).isEmpty();
    }

    // ---- every address of our own

    /** With France's identities in every place, as Switzerland and as nobody. */
    @Test
    void sweepsEveryAddressOfOursWithoutLeakOrChange() throws Exception {
        Map<String, String> ids = idsOfFrance();
        Visitor client = new Visitor(port).withPassword("che-nfp");
        List<String> faults = new ArrayList<>();
        String before = fingerprint();
        List<Operation> addresses = addresses();
        for (Operation address : addresses) {
            String path = ownPath(address, ids);
            Visitor caller = path.startsWith("/api/") ? client : swiss;
            HttpResponse<String> answer = address.reads()
                    ? caller.get(path + EVERYTHING_OF_FRANCE)
                    : path.startsWith("/api/")
                            ? caller.call(address.method(), path, "{}")
                            : caller.send("/desk/absence", path, Map.of("party", "FRA", "reason", "Because."));
            boolean forParties = FOR_PARTIES.contains(address.method() + " " + address.path());
            boolean refused = path.startsWith("/secretariat")
                    ? Set.of(403, 404).contains(answer.statusCode())
                    : Set.of(400, 403, 404, 405, 415, 422).contains(answer.statusCode());
            if (forParties ? answer.statusCode() >= 500 : !refused) {
                faults.add(address + " answers " + answer.statusCode());
            }
            leaks(answer.body(), path + EVERYTHING_OF_FRANCE, ids)
                    .forEach(leak -> faults.add(address + " tells " + leak));
            if (!address.reads() && !fingerprint().equals(before)) {
                faults.add(address + " changes something");
                before = fingerprint();
            }
        }

        assertThat(faults).isEmpty();
        assertThat(addresses)
                .as("there are as many as the Secretariat's pages, the desk and the interface have")
                .hasSizeGreaterThan(150)
                .extracting(Operation::path)
                .contains("/secretariat", "/secretariat/exports/matrix.{ending}", "/calendar/{secret}.ics");
    }

    @Test
    void showsNobodyWithoutLoginMoreThanTheDoor() throws Exception {
        Map<String, String> ids = idsOfFrance();
        List<String> faults = new ArrayList<>();
        for (Operation address : addresses()) {
            String path = ownPath(address, ids);
            HttpResponse<String> answer = anonymous.call(
                    address.method(),
                    address.reads() ? path + EVERYTHING_OF_FRANCE : path,
                    address.reads() ? null : "{}");
            boolean toTheDoor = answer.statusCode() == 302
                    && answer.headers().firstValue("Location").orElse("").endsWith("/login");
            if (!toTheDoor && !REFUSED.contains(answer.statusCode()) && !BEFORE_THE_LOGIN.contains(address.path())) {
                faults.add(address + " answers " + answer.statusCode());
            }
            leaks(answer.body(), path + EVERYTHING_OF_FRANCE, ids)
                    .forEach(leak -> faults.add(address + " tells " + leak));
        }

        assertThat(faults).isEmpty();
    }

    /** All that the application answers itself, reading first. */
    private List<Operation> addresses() {
        List<Operation> addresses = new ArrayList<>();
        mappings.getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues()
                .forEach(path -> (mapping.getMethodsCondition().getMethods().isEmpty()
                                ? Set.of(RequestMethod.GET)
                                : mapping.getMethodsCondition().getMethods())
                        .forEach(method -> addresses.add(new Operation(method.name(), path)))));
        addresses.removeIf(address -> NOT_OURS.matcher(address.path()).find());
        addresses.sort(Comparator.comparingInt(Operation::order).thenComparing(address -> address.path()));
        return addresses;
    }

    private String ownPath(Operation address, Map<String, String> ids) {
        String kind = Stream.of("obligations", "tasks", "documents", "notices", "campaigns")
                .filter(address.path()::contains)
                .findFirst()
                .orElse("anything");
        return Operation.PARAMETER.matcher(address.path()).replaceAll(found -> {
            String parameter = found.group(1);
            return Matcher.quoteReplacement(
                    switch (parameter) {
                        case "id" -> ids.get(kind);
                        case "taskId" -> ids.get("task");
                        case "code" -> address.path().contains("meetings") ? "cop15" : "FRA";
                        case "party" -> "FRA";
                        case "duty", "key" -> DUTY;
                        case "kind" -> "parties";
                        case "ending" -> "csv";
                        default -> ids.get("anything");
                    });
        });
    }

    private static List<String> leaks(String body, String asked, Map<String, String> ids) {
        List<String> leaks = new ArrayList<>();
        if (body.contains(MARKER)) {
            leaks.add("an answer of France");
        }
        // an id that was asked for may come back in the refusal
        ids.forEach((kind, id) -> {
            if (id.matches("[0-9a-f-]{36}") && !asked.contains(id) && body.contains(id)) {
                leaks.add("the " + kind + " of France");
            }
        });
        return leaks;
    }

    private record Operation(String method, String path) {

        private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

        boolean reads() {
            return method.equals("GET") || method.equals("OPTIONS");
        }

        int order() {
            return switch (method) {
                case "GET", "OPTIONS" -> 0;
                case "DELETE" -> 2;
                default -> 1;
            };
        }

        /** The path with ids of what it names: a task's under /task, a case's under /process-instance. */
        String path(Map<String, String> ids) {
            String kind = path.split("/")[1].equals("history") ? path.split("/")[2] : path.split("/")[1];
            return PARAMETER.matcher(path).replaceAll(found -> {
                String parameter = found.group(1);
                return Matcher.quoteReplacement(
                        ids.getOrDefault(parameter.equals("id") ? kind : parameter, ids.get("anything")));
            });
        }
    }

    /** Reading first: what is deleted can no longer leak. */
    private static List<Operation> operations() throws Exception {
        try (InputStream file = WallsIT.class.getResourceAsStream("/openapi.json")) {
            JsonNode paths = new ObjectMapper().readTree(file).path("paths");
            List<Operation> operations = new ArrayList<>();
            paths.properties().forEach(path -> path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                            method -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
            operations.sort(Comparator.comparingInt(Operation::order));
            return operations;
        }
    }

    private Map<String, String> idsOfFrance() {
        Map<String, String> ids = new TreeMap<>();
        String running = one("select proc_inst_id_ from act_ru_task where id_ = ?", foreign.taskId());
        ids.put("task", foreign.taskId());
        ids.put("tasks", foreign.taskId());
        ids.put("obligations", foreign.obligationId().toString());
        ids.put("documents", one("select cast(min(id) as varchar) from document where party_code = ?", "FRA"));
        ids.put(
                "notices",
                one(
                        "select cast(min(n.id) as varchar) from notice n join obligation o on o.id = n.obligation_id"
                                + " where o.party_code = ?",
                        "FRA"));
        ids.put("campaigns", one("select cast(min(id) as varchar) from campaign where duty = ?", DUTY));
        ids.put("process-instance", running);
        ids.put("execution", running);
        ids.put("variable-instance", variableOf(running));
        ids.put("job", one("select min(id_) from act_ru_job where process_instance_id_ = ?", running));
        ids.put(
                "job-definition",
                one("select min(job_def_id_) from act_ru_job where process_instance_id_ = ?", running));
        ids.put("activity-instance", one("select min(id_) from act_hi_actinst where proc_inst_id_ = ?", running));
        ids.put("process-definition", one("select proc_def_id_ from act_ru_task where id_ = ?", foreign.taskId()));
        ids.put("key", DUTY);
        ids.put("deployment", one("select min(id_) from act_re_deployment where id_ like ?", "%"));
        ids.put("resourceId", one("select min(id_) from act_ge_bytearray where deployment_id_ like ?", "%"));
        ids.put("filter", filter("en"));
        ids.put("authorization", one("select min(id_) from act_ru_authorization where id_ like ?", "%"));
        ids.put("user", "fra-nfp");
        ids.put("userId", "fra-nfp");
        ids.put("group", "nfp-FRA");
        ids.put("groupId", "nfp-FRA");
        ids.put("tenant", "FRA");
        ids.put("tenant-id", "FRA");
        ids.put("varName", PLANTED);
        ids.put("anything", UNKNOWN);
        return ids;
    }

    /** At its first step a case has no variable yet that could be read or changed, so it is given one. */
    private String variableOf(String running) {
        database.sql("insert into act_ru_variable (id_, rev_, type_, name_, execution_id_, proc_inst_id_, text_,"
                        + " var_scope_, sequence_counter_, tenant_id_) select :name, 1, 'string', :name, :running,"
                        + " :running, 'of France only', :running, 1, 'FRA'"
                        + " where not exists (select 1 from act_ru_variable where id_ = :name)")
                .param("name", PLANTED)
                .param("running", running)
                .update();
        return PLANTED;
    }

    private String filter(String language) {
        return one(
                "select min(resource_id_) from act_ru_authorization where resource_type_ = 5 and group_id_ = ?",
                "readers-" + language);
    }

    private String one(String sql, String parameter) {
        return database.sql(sql).param(parameter).query(String.class).single();
    }

    /** Everything that stands in the ledger, the register and the running engine. */
    private String fingerprint() {
        StringBuilder all = new StringBuilder();
        for (String table : List.of(
                "obligation order by id",
                "obligation_task order by task_id",
                "submission order by id",
                "obligation_event order by obligation_id, number",
                "draft order by task_id",
                "document order by id",
                "account order by username",
                "act_ru_task order by id_",
                "act_ru_variable order by id_",
                "act_ru_execution order by id_",
                "act_ru_identitylink order by id_",
                "act_ru_authorization order by id_",
                "act_ru_filter order by id_",
                "act_hi_procinst order by id_",
                "act_hi_varinst order by id_",
                "act_hi_comment order by id_",
                "act_hi_attachment order by id_",
                "act_hi_op_log order by id_",
                "act_re_deployment order by id_")) {
            all.append(database.sql("select * from " + table).query().listOfRows())
                    .append('\n');
        }
        return all.toString();
    }

    // ---- many readers at once

    @Test
    void givesEachPageTheNonceOfItsOwnPolicy() throws Exception {
        Pattern inPolicy = Pattern.compile("'nonce-([^']+)'");
        Pattern inPage = Pattern.compile("nonce=\"?([^\" >]+)");
        int readers = 16;
        int pages = 40;
        ExecutorService pool = Executors.newFixedThreadPool(readers);
        List<Future<Integer>> results = new ArrayList<>();
        Callable<Integer> reading = () -> {
            int matching = 0;
            for (int i = 0; i < pages; i++) {
                HttpResponse<String> page = swiss.get("/camunda/app/tasklist/default/");
                String policy =
                        page.headers().firstValue("Content-Security-Policy").orElseThrow();
                if (found(inPolicy, policy) != null && found(inPolicy, policy).equals(found(inPage, page.body()))) {
                    matching++;
                }
            }
            return matching;
        };
        for (int i = 0; i < readers; i++) {
            results.add(pool.submit(reading));
        }
        int matching = 0;
        for (Future<Integer> result : results) {
            matching += result.get();
        }
        pool.shutdown();

        assertThat(matching).isEqualTo(readers * pages);
    }

    private static @Nullable String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
