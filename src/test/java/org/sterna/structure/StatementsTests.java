package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Clock;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.engine.Jobs;
import org.sterna.engine.Tasks;
import org.sterna.notices.Ladders;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.time.TimeMachine;
import org.sterna.whole.Nomination;

/**
 * However much a page or a list shows, it runs the same few SQL statements: each is asked for while there is little to
 * show, and again when there is much. All fits on a page of 50 both times, as a longer list costs a count.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:statements;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.public-calendar.open=true",
            "sterna.public-contributions.open=true"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import({Jobs.class, StatementsTests.Listening.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTests {

    private static final String DUTY = "nomination-confirmation";
    private static final String SOURCED = "made-up-duty";
    private static final String PASSWORD = "sterna-demo-2026";
    private static final Map<String, Object> RETURN = Map.of(
            "hasSignature",
            true,
            "hasStamp",
            false,
            "decision",
            "returned",
            "reasons",
            "The official stamp is missing from the letter.");

    /** More than enough for any page, the four included that find out who asks. */
    private static final int MOST = 16;

    /** The same where the form has sources of every kind: one or two for each kind. */
    private static final int MOST_SOURCED = MOST + 4;

    /** The overview answers many questions at once, each by a statement of its own. */
    private static final String OVERVIEW = "GET /secretariat as secretariat";

    private static final int MOST_OVERVIEW = MOST + 4;

    /** A whole case with its diagram, and a whole Party with its seats and money. */
    private static final int MOST_OF_A_FILE = MOST + 14;

    /** Pages and lists with who reads them; what stands in braces depends on how much there is. */
    private static final List<String> PAGES = List.of(
            "GET /desk as che-nfp",
            "GET /desk as secretariat",
            "GET /desk/obligations/{case} as che-nfp",
            "GET /desk/tasks/{task} as che-nfp",
            "GET /desk/tasks/{review} as secretariat",
            "GET /desk/absence as che-nfp",
            OVERVIEW,
            "GET /secretariat/matrix as secretariat",
            "GET /secretariat/matrix?occasion=many&region=europe&instrument=AEWA as secretariat",
            "GET /secretariat/duties as secretariat",
            "GET /secretariat/duties/nomination-confirmation as secretariat",
            "GET /secretariat/search?q=s as secretariat",
            "GET /secretariat/exports/matrix.csv as secretariat",
            "GET /secretariat/exports/register.csv as secretariat",
            "GET /secretariat/exports/contributions.csv as secretariat",
            "GET /secretariat/exports/notices.csv as secretariat",
            "GET /secretariat/exports/campaigns.csv as secretariat",
            "GET /secretariat/exports/rehearsal.csv as secretariat",
            "GET /secretariat/campaigns as secretariat",
            "GET /secretariat/obligations?stuck=true as secretariat",
            "POST /secretariat/campaigns/check?duty=nomination-confirmation&occasion=next&{chosen} as secretariat",
            "GET /secretariat/campaigns/{campaign} as secretariat",
            "GET /secretariat/obligations as secretariat",
            "GET /secretariat/obligations/{case} as secretariat",
            "GET /secretariat/obligations/{case}/diagram as secretariat",
            "GET /secretariat/operations as secretariat",
            "GET /secretariat/bulk as secretariat",
            "POST /secretariat/bulk/check?kind=remind&{picked} as secretariat",
            "GET /secretariat/register/CHE/file.pdf as secretariat",
            "GET /secretariat/notices as secretariat",
            "GET /secretariat/rehearsal as secretariat",
            "GET /secretariat/rehearsal/text?obligation={case}&{rehearsed} as secretariat",
            "GET /secretariat/rehearsal/preview?duty=nomination-confirmation&kind=reminder&party=CHE as secretariat",
            "GET /secretariat/ladders as secretariat",
            "GET /secretariat/ladders/edit?subject=nomination-confirmation&occasion=few as secretariat",
            "GET /contributions as che-nfp",
            "GET /contributions.csv as che-nfp",
            "GET /desk/notices as che-nfp",
            "GET /secretariat/register{region} as secretariat",
            "GET /secretariat/register/CHE as secretariat",
            "GET /secretariat/meetings as secretariat",
            "GET /secretariat/meetings/cop15/calendar as secretariat",
            "GET /secretariat/contributions{owing} as secretariat",
            "GET /secretariat/contributions/CHE as secretariat",
            "GET /api/v1/parties/CHE/contributions as secretariat",
            "GET /desk/calendar as che-nfp",
            "GET /desk/calendar as secretariat",
            "GET /calendar/{feed-of-all}.ics as secretariat",
            "GET /calendar/{feed-of-duty}.ics as secretariat",
            "GET /calendar/{feed-of-party}.ics as che-nfp",
            "GET /calendar as secretariat",
            "GET /calendar.ics as secretariat",
            "GET /forms/tasks/{task} as che-nfp",
            "GET /desk/tasks/{sourced} as che-nfp",
            "GET /forms/tasks/{sourced} as che-nfp",
            "GET /api/v1/tasks/{sourced} as che-nfp",
            "GET /api/v1/duties as secretariat",
            "GET /api/v1/parties as secretariat",
            "GET /api/v1/meetings as secretariat",
            "GET /api/v1/ladders as secretariat",
            "GET /api/v1/obligations as secretariat",
            "GET /api/v1/obligations/{case} as secretariat",
            "GET /api/v1/tasks as secretariat",
            "GET /api/v1/tasks as che-nfp",
            "GET /api/v1/tasks/{task} as che-nfp",
            "GET /api/v1/notices?obligation={case} as secretariat",
            "GET /api/v1/campaigns/{campaign} as secretariat",
            "GET /api/v1/campaigns/{campaign}/exemptions as secretariat",
            "GET /api/v1/campaigns/{campaign}/failures as secretariat",
            "GET /api/v1/meetings/cop15/calendar as secretariat");

    @Autowired
    MockMvcTester http;

    @Autowired
    Statements statements;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Drafts drafts;

    @Autowired
    Documents documents;

    @Autowired
    Parties parties;

    @Autowired
    Ladders ladders;

    @Autowired
    Tasks tasks;

    @Autowired
    Jobs jobs;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    private final Map<String, List<String>> ofFew = new HashMap<>();
    private final Map<String, List<String>> ofMany = new HashMap<>();

    @TestConfiguration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        static Statements statements() {
            return new Statements();
        }
    }

    @BeforeAll
    void grows() throws Exception {
        List<String> codes = parties.all().stream().map(Party::code).toList();

        Map<String, String> few = new HashMap<>();
        few.put("{campaign}", open("few", List.of("CHE", "FRA", "KEN")));
        returned("few", "CHE", 1);
        submitted("few", "FRA");
        drafted("draft", "CHE");
        few.put("{case}", owed("few", "CHE").id().toString());
        few.put("{rehearsed}", rehearsed("few"));
        few.put("{task}", waiting("few", "CHE").taskId());
        few.put("{review}", waiting("few", "FRA").taskId());
        few.put("{sourced}", sourced("few", 0));
        few.put("{picked}", "chosen=" + few.get("{case}"));
        few.put("{chosen}", "parties=CHE&parties=FRA");
        few.put("{region}", "?region=oceania");
        few.put("{owing}", "?show=rights-lost");
        few.put("{feed-of-all}", feed("all", "secretariat"));
        few.put("{feed-of-duty}", feed("duty:" + DUTY, "secretariat"));
        few.put("{feed-of-party}", feed("party:CHE", "che-nfp"));
        visitAll(few, ofFew);

        Map<String, String> many = new HashMap<>(few);
        many.put(
                "{campaign}",
                open(
                        "many",
                        Stream.concat(codes.stream().limit(30), Stream.of("CHE"))
                                .distinct()
                                .toList()));
        returned("many", "CHE", 4);
        returned("few", "KEN", 3);
        submitted("few", "KEN");
        for (String party : codes.subList(0, 5)) {
            submitted("many", party);
        }
        for (int i = 0; i < 6; i++) {
            drafted("draft-" + i, "CHE");
        }
        many.put("{case}", owed("many", "CHE").id().toString());
        many.put("{rehearsed}", rehearsed("many"));
        many.put("{task}", waiting("many", "CHE").taskId());
        many.put("{review}", waiting("few", "KEN").taskId());
        many.put("{sourced}", sourced("many", 4));
        many.put(
                "{picked}",
                obligations.list(Obligations.Filter.ANY, 0, 40).items().stream()
                        .map(one -> "chosen=" + one.id())
                        .collect(Collectors.joining("&")));
        many.put("{chosen}", codes.stream().limit(60).map("parties="::concat).collect(Collectors.joining("&")));
        many.put("{region}", "");
        many.put("{owing}", "");
        visitAll(many, ofMany);
    }

    static Stream<String> pages() {
        return PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void asksNoMoreOftenForManyRowsThanForFew(String page) {
        Map<String, Long> few = counted(ofFew.get(page));
        Map<String, Long> many = counted(ofMany.get(page));
        String repeated = many.entrySet().stream()
                .filter(entry -> entry.getValue() > few.getOrDefault(entry.getKey(), 0L))
                .map(entry -> "%n  %d times instead of %d: %s"
                        .formatted(entry.getValue(), few.getOrDefault(entry.getKey(), 0L), entry.getKey()))
                .collect(Collectors.joining());

        assertThat(ofMany.get(page))
                .as("statements of %s, which repeats with its rows:%s", page, repeated)
                .hasSameSizeAs(ofFew.get(page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void asksFewTimes(String page) {
        assertThat(ofMany.get(page))
                .as("statements of %s", page)
                .hasSizeBetween(
                        1,
                        page.equals(OVERVIEW)
                                ? MOST_OVERVIEW
                                : page.contains("{sourced}")
                                        ? MOST_SOURCED
                                        : page.contains("/secretariat/obligations/{case}")
                                                        || page.contains("/register/CHE")
                                                ? MOST_OF_A_FILE
                                                : MOST);
    }

    @Test
    void startsManyCasesWithTheQuestionsOfFew() throws Exception {
        List<String> codes = parties.all().stream().map(Party::code).toList();
        campaigns.open(DUTY, "started-few", codes.subList(0, 2), "secretariat");
        Map<String, Long> few = questions(started());
        campaigns.open(DUTY, "started-many", codes.subList(0, 20), "secretariat");

        assertThat(questions(started())).isEqualTo(few);
    }

    @Test
    void firesManyClocksWithTheQuestionsOfFew() throws Exception {
        List<String> codes = parties.all().stream().map(Party::code).toList();
        open("fired-few", codes.subList(0, 2));
        open("fired-many", codes.subList(0, 20));
        time.advance(Period.ofDays(17));
        Map<String, Long> few = questions(fired("fired-few"));

        assertThat(questions(fired("fired-many"))).isEqualTo(few);
        // what else was due by now is not for the other tests
        jobs.runDue();
    }

    @Test
    void tellsRepresentativesOfManyPartiesWithTheQuestionsOfFew() throws Exception {
        List<String> codes = parties.all().stream().map(Party::code).toList();
        for (String occasion : List.of("told-few", "told-many")) {
            ladders.set(
                    new Ladders.Scope(DUTY, "due", occasion, null),
                    List.of(new Ladders.Line("reminder", "-P10D", "nfp, rep, secretariat", "", false)),
                    "secretariat");
        }
        open("told-few", codes.subList(0, 2));
        open("told-many", codes.subList(0, 20));
        time.advance(Period.ofDays(21));
        Map<String, Long> few = questions(fired("told-few"));

        assertThat(questions(fired("told-many"))).isEqualTo(few);
        jobs.runDue();
    }

    private List<String> fired(String occasion) throws Exception {
        return statements.during(() -> {
            assertThat(jobs.fireTogether(DUTY, occasion)).isTrue();
            return null;
        });
    }

    private List<String> started() throws Exception {
        return statements.during(() -> {
            jobs.runDue();
            return null;
        });
    }

    private static Map<String, Long> questions(List<String> statements) {
        return counted(statements.stream()
                .filter(sql -> sql.toLowerCase(Locale.ROOT).startsWith("select"))
                .toList());
    }

    private static Map<String, Long> counted(List<String> statements) {
        return statements.stream().collect(Collectors.groupingBy(sql -> sql, TreeMap::new, Collectors.counting()));
    }

    private void visitAll(Map<String, String> world, Map<String, List<String>> heard) throws Exception {
        for (String page : PAGES) {
            visit(page, world);
            heard.put(page, statements.during(() -> visit(page, world)));
        }
    }

    /** The page as the reader gets it, for example {@code GET /desk as che-nfp}. */
    private MvcTestResult visit(String page, Map<String, String> world) {
        String[] words = page.split(" ");
        String address = words[1];
        for (Map.Entry<String, String> entry : world.entrySet()) {
            address = address.replace(entry.getKey(), entry.getValue());
        }
        RequestPostProcessor login = address.startsWith("/api/") ? httpBasic(words[3], PASSWORD) : user(words[3]);
        MvcTestResult result = http.method(HttpMethod.valueOf(words[0]))
                .uri(address)
                .with(login)
                .with(csrf())
                .exchange();
        assertThat(result).as("%s at %s", page, address).hasStatusOk();
        return result;
    }

    /** The secret of a new calendar. */
    private String feed(String about, String username) {
        MvcTestResult result = http.post()
                .uri("/desk/calendar")
                .param("about", about)
                .with(user(username))
                .with(csrf())
                .exchange();
        String address = (String) result.getMvcResult().getFlashMap().get("address");
        return address.replaceAll(".*/calendar/(.*)\\.ics", "$1");
    }

    private String open(String occasion, List<String> codes) {
        Campaigns.Campaign opened = campaigns.open(DUTY, occasion, codes, "secretariat");
        jobs.runDue();
        return opened.id().toString();
    }

    /** A task whose form has sources of every kind, after as many earlier occasions. */
    private String sourced(String occasion, int earlier) {
        for (int i = 0; i <= earlier; i++) {
            String name = i == earlier ? occasion : occasion + "-" + i;
            campaigns.open(SOURCED, name, List.of("CHE"), "secretariat");
            jobs.runDue();
            Obligation owed = obligations
                    .list(new Obligations.Filter(SOURCED, "CHE", name, Set.of(), false), 0, 1)
                    .items()
                    .get(0);
            String task = obligations.tasks(owed.id()).get(0).taskId();
            if (i == earlier) {
                return task;
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int row = 0; row <= i % 5; row++) {
                rows.add(Map.of("species", occasion + i + row));
            }
            tasks.submit(
                    task,
                    "che-nfp",
                    Map.of("answer", "Storks", "season", "spring", "birds", i + earlier * 10, "sightings", rows),
                    Locale.ENGLISH);
        }
        throw new IllegalStateException("There is a last one");
    }

    private void submitted(String occasion, String party) throws Exception {
        OpenTask task = waiting(occasion, party);
        tasks.submit(
                task.taskId(),
                party.toLowerCase(Locale.ROOT) + "-nfp",
                Nomination.answers(documents, task, clock.instant(), "Ministry"),
                Locale.ENGLISH);
        jobs.runDue();
    }

    /** Sent by the Party and sent back by the Secretariat, several times. */
    private void returned(String occasion, String party, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            submitted(occasion, party);
            tasks.submit(waiting(occasion, party).taskId(), "secretariat", RETURN, Locale.ENGLISH);
            jobs.runDue();
        }
    }

    private void drafted(String occasion, String party) {
        open(occasion, List.of(party));
        drafts.save(
                waiting(occasion, party).taskId(),
                Map.of("familyName", "Designate"),
                0,
                party.toLowerCase(Locale.ROOT) + (occasion.endsWith("1") ? "-alt" : "-nfp"));
    }

    /** The next notice to Switzerland's focal point. */
    private String rehearsed(String occasion) {
        Obligation owed = owed(occasion, "CHE");
        return "milestone=" + owed.nextAct().rung() + "@" + owed.deadline().on() + "&to=che-nfp@example.org";
    }

    private Obligation owed(String occasion, String party) {
        return obligations
                .list(new Obligations.Filter(DUTY, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0);
    }

    private OpenTask waiting(String occasion, String party) {
        return obligations.tasks(owed(occasion, party).id()).get(0);
    }
}
