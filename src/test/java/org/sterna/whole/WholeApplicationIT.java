package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.engine.AddressTasks;
import org.sterna.engine.Tasks;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.time.TimeMachine;

/** The whole application with its job executor running; the same on each database. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
abstract class WholeApplicationIT {

    private static final String DUTY = "nomination-confirmation";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of all databases alike; each finds its own mail among the rest. */
    private static final MailServer MAIL = new MailServer();

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Parties parties;

    @Autowired
    Documents documents;

    @Autowired
    Tasks tasks;

    @Autowired
    TimeMachine time;

    @Autowired
    TaskService engineTasks;

    @Autowired
    DataSource database;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) throws IOException {
        Path folder = Files.createTempDirectory("installation");
        registry.add("sterna.notices.delivery.installation-file", () -> folder.resolve("installation"));
        MAIL.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    private Campaigns.Campaign opened(String occasion, List<String> codes) {
        Campaigns.Campaign campaign = campaigns.open(DUTY, occasion, codes, "secretariat");
        await().atMost(PATIENCE)
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == codes.size());
        return campaign;
    }

    private Obligation obligation(String occasion, String party) {
        return obligations
                .list(new Obligations.Filter(DUTY, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0);
    }

    @Test
    void opensEveryPartyOnceHoweverOftenItIsAsked() throws Exception {
        List<String> all = parties.all().stream().map(Party::code).toList();
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Campaigns.Campaign>> asked = new ArrayList<>();
        Callable<Campaigns.Campaign> ask = () -> {
            together.await();
            return campaigns.open(DUTY, "everybody", all, "secretariat");
        };
        for (int i = 0; i < threads; i++) {
            asked.add(pool.submit(ask));
        }
        int already = 0;
        for (Future<Campaigns.Campaign> future : asked) {
            already += future.get().already();
        }
        pool.shutdown();
        opened("everybody", all);

        assertThat(already).isEqualTo((threads - 1) * all.size());
        List<Obligation> entered = obligations
                .list(new Obligations.Filter(DUTY, null, "everybody", Set.of(), false), 0, 500)
                .items();
        assertThat(entered).hasSize(133).extracting(Obligation::state).containsOnly(Obligation.State.WITH_PARTY);
        assertThat(entered).allSatisfy(obligation -> assertThat(obligations.tasks(obligation.id()))
                .hasSize(1));
        assertThat(entered).allSatisfy(obligation -> assertThat(notices.of(obligation.id()))
                .extracting(Notice::kind)
                .containsExactly("opened"));
    }

    @Test
    void remindsWhenTheClockMovesAndStopsWhenTheDutyIsDone() throws Exception {
        opened("reminded", List.of("CHE"));
        Obligation obligation = obligation("reminded", "CHE");

        time.advance(Period.ofDays(32));
        await().atMost(PATIENCE).until(() -> kinds(obligation).contains("overdue"));
        OpenTask task = obligations.tasks(obligation.id()).get(0);
        tasks.submit(task.taskId(), "che-nfp", nomination(task), Locale.ENGLISH);
        int sent = notices.of(obligation.id()).size();
        time.advance(Period.ofDays(32));
        opened("after", List.of("FRA"));

        assertThat(kinds(obligation)).containsOnlyOnce("opened", "receipt").doesNotContain("escalation");
        assertThat(notices.of(obligation.id())).hasSize(sent);
    }

    @Test
    void letsOneOfManySimultaneousSubmissionsThrough() throws Exception {
        opened("race", List.of("KEN"));
        OpenTask task = obligations.tasks(obligation("race", "KEN").id()).get(0);
        Map<String, Object> answers = nomination(task);
        int threads = 12;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<String>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            results.add(pool.submit(() -> {
                together.await();
                try {
                    tasks.submit(task.taskId(), "ken-nfp", answers, Locale.ENGLISH);
                    return "won";
                } catch (Tasks.TaskAlreadyDone late) {
                    return "told by whom: " + (late.by() != null);
                }
            }));
        }
        List<String> told = new ArrayList<>();
        for (Future<String> result : results) {
            told.add(result.get());
        }
        pool.shutdown();

        assertThat(told).containsOnlyOnce("won");
        assertThat(told.stream().filter("told by whom: true"::equals)).hasSize(threads - 1);
        assertThat(obligations.submissions(task.obligationId())).hasSize(1);
    }

    @Test
    void givesOutNoPaperThatWasChangedByAnyDoorAndTellsTheSecretariat() throws Exception {
        opened("changed", List.of("SEN"));
        Obligation owed = obligation("changed", "SEN");
        OpenTask task = obligations.tasks(owed.id()).get(0);
        Map<String, Object> answers = Nomination.answers(documents, task, time.now(), "Office");
        tasks.submit(task.taskId(), "sen-nfp", answers, Locale.ENGLISH);
        String paper = "/documents/" + answers.get("letter");
        Visitor focalPoint = new Visitor(port).login("sen-nfp");
        Visitor secretariat = new Visitor(port).login("secretariat");
        assertThat(focalPoint.get(paper).body()).startsWith("%PDF-1.7");

        JdbcClient.create(database)
                .sql("update document_chunk set bytes = :bytes where document_id = :id")
                .param("bytes", "%PDF-1.7 another letter".getBytes(StandardCharsets.US_ASCII))
                .param("id", UUID.fromString((String) answers.get("letter")))
                .update();

        for (Visitor reader : List.of(focalPoint, secretariat)) {
            for (String door : doors(answers.get("letter"), owed)) {
                assertThat(reader.get(door).body()).as(door).doesNotContain("another letter");
            }
            HttpResponse<String> refused = reader.get(paper);
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
        }
        String caseFile = "/secretariat/obligations/" + owed.id();
        assertThat(secretariat.get(caseFile).body()).contains("is not what was received", "letter.pdf");
        assertThat(secretariat.get("/secretariat/operations").body()).contains("letter.pdf", caseFile);
        assertThat(new Visitor(port).get("/actuator/health").statusCode()).isEqualTo(200);
    }

    /** Every address that answers a GET and can be asked about this paper or its case. */
    private List<String> doors(Object paper, Obligation owed) {
        return mappings.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(pattern -> !pattern.contains("**"))
                .flatMap(pattern -> Stream.of(
                        pattern.replaceAll("\\{\\w+}", String.valueOf(paper)),
                        pattern.replaceAll("\\{\\w+}", owed.id().toString()),
                        pattern.replaceAll("\\{\\w+}", owed.partyCode())))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void tellsTheNextOnTheLineWhenMailComesBackAndHasTheAddressMended() throws Exception {
        String address = "per-nfp@example.org";
        opened("bounced", List.of("PER"));
        Obligation obligation = obligation("bounced", "PER");
        await().atMost(PATIENCE).until(() -> sent(obligation, "opened").equals(List.of(address)));
        Notice lost = notices.of(obligation.id()).get(0);

        MAIL.sendBack(lost.messageId(), address);

        await().atMost(PATIENCE)
                .until(() -> sent(obligation, "opened").equals(List.of("per-alt@example.org"))
                        && waiting(address).size() == 1);
        assertThat(notices.find(lost.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(Notice.State.FAILED, "notice.reason.bounced");
        Visitor secretariat = new Visitor(port).login("secretariat");
        assertThat(secretariat.get("/secretariat/register/PER").body()).contains("Not reachable: mail came back");
        assertThat(secretariat.get("/secretariat/register?unreachable=true").body())
                .contains("/secretariat/register/PER");
        time.advance(Period.ofDays(17));
        await().atMost(PATIENCE).until(() -> sent(obligation, "reminder").equals(List.of("per-alt@example.org")));
        assertThat(obligations.find(obligation.id()).orElseThrow().deadline().at())
                .as("there is time left to mend it")
                .isAfter(time.now());

        secretariat.send(
                "/secretariat/notices/addresses",
                "/secretariat/notices/addresses/correct",
                Map.of("before", address, "after", "moved@example.org"));

        assertThat(waiting(address)).isEmpty();
        assertThat(secretariat.get("/secretariat/register/PER").body()).doesNotContain("Not reachable");
        time.advance(Period.ofDays(7));
        await().atMost(PATIENCE)
                .until(() -> sent(obligation, "reminder").equals(List.of("per-alt@example.org", "moved@example.org")));
    }

    private List<String> sent(Obligation obligation, String kind) {
        return notices.of(obligation.id()).stream()
                .filter(notice -> notice.kind().equals(kind) && notice.state() == Notice.State.SENT)
                .map(Notice::email)
                .toList();
    }

    /** The Secretariat's tasks about that address. */
    private List<Task> waiting(String address) {
        return engineTasks
                .createTaskQuery()
                .taskDefinitionKey(AddressTasks.MEND_ADDRESS)
                .processVariableValueEquals("email", address)
                .taskCandidateGroup("secretariat")
                .list();
    }

    private List<String> kinds(Obligation obligation) {
        return notices.of(obligation.id()).stream().map(Notice::kind).toList();
    }

    private Map<String, Object> nomination(OpenTask task) throws Exception {
        return Nomination.answers(documents, task, time.now(), "Office");
    }
}
