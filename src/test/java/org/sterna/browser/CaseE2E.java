package org.sterna.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.sterna.campaigns.Campaigns;
import org.sterna.documents.Documents;
import org.sterna.engine.Tasks;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.whole.Nomination;

/** A case as the Secretariat sees and steers it, in a real browser; each view leaves its picture. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("demo")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CaseE2E extends BrowserTest {

    private static final String DUTY = "nomination-confirmation";
    private static final Locale SPANISH = new Locale("es");

    private static String base;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Documents documents;

    @Autowired
    private Clock clock;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        int port = TestSocketUtils.findAvailableTcpPort();
        base = "http://localhost:" + port;
        registry.add("server.port", () -> port);
        registry.add("sterna.base-url", () -> base);
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:case-browser;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000");
    }

    private Page login(View view, String username, String path) {
        Page page = open(view);
        page.navigate(base + path);
        page.locator("[name=username]").fill(username);
        page.locator("[name=password]").fill("sterna-demo-2026");
        page.locator("[name=password]").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator act(Page page, String title) {
        Locator act = page.locator("aside.side details")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("summary", new Page.LocatorOptions().setHasText(title))));
        if (act.getAttribute("open") == null) {
            act.locator("summary").click();
        }
        return act;
    }

    private static FilePayload paper() {
        return new FilePayload(
                "note-verbale.pdf",
                "application/pdf",
                ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                                + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private Obligation opened(String party) {
        Campaigns.Campaign campaign = campaigns.open(DUTY, "case", List.of(party), "secretariat");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 1);
        return obligations.find(DUTY, "case", party).orElseThrow();
    }

    private OpenTask waiting(Obligation obligation, String step) {
        await().atMost(Duration.ofMinutes(1)).until(() -> obligations.tasks(obligation.id()).stream()
                .anyMatch(task -> task.step().equals(step)));
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> task.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private void submit(Obligation obligation, String organisation) throws Exception {
        OpenTask task = waiting(obligation, "submit-nomination");
        tasks.submit(
                task.taskId(),
                obligation.partyCode().toLowerCase(Locale.ROOT) + "-nfp",
                Nomination.answers(documents, task, clock.instant(), organisation),
                Locale.ENGLISH);
    }

    @Test
    @Order(1)
    void showsTheWayOfACaseAsADiagramAndInWords() throws Exception {
        Obligation obligation = opened("CHE");
        submit(obligation, "Office of the Environment");
        tasks.submit(
                waiting(obligation, "review-nomination").taskId(),
                "secretariat",
                new HashMap<>(Map.of(
                        "hasSignature",
                        true,
                        "hasStamp",
                        false,
                        "decision",
                        "returned",
                        "reasons",
                        "The official stamp is missing from the letter.")),
                Locale.ENGLISH);
        submit(obligation, "Federal Office for the Environment");
        waiting(obligation, "review-nomination");
        String address = "/secretariat/obligations/" + obligation.id();

        Page page = open(View.desktop());
        List<String> broken = new ArrayList<>();
        page.onPageError(broken::add);
        page.navigate(base + address + "?lang=en");
        page.locator("[name=username]").fill("secretariat");
        page.locator("[name=password]").fill("sterna-demo-2026");
        page.locator("[name=password]").press("Enter");
        assertThat(page.locator("h1")).containsText("Switzerland");
        assertThat(page.locator(".diagram")).hasAttribute("data-drawn", "yes");
        assertThat(page.locator(".diagram .djs-shape.standing[data-element-id='review-nomination']"))
                .hasCount(1);
        assertThat(page.locator(".diagram .djs-shape.walked[data-element-id='submit-nomination']"))
                .hasCount(1);
        assertThat(page.locator(".bjs-powered-by")).isVisible();
        page.locator("details.way > summary").click();
        assertThat(page.locator(".way li.open")).containsText("Review nomination");
        assertThat(page.locator(".way li.open")).containsText("stands here");
        assertThat(page.locator(".versions tr.differs")).hasCount(2);
        assertThat(page.locator(".versions tr.differs").last()).containsText("changed");
        assertThat(page.locator(".versions tr.differs").last()).containsText("Federal Office for the Environment");
        assertThat(page.locator(".diagram .badge.standing")).isVisible();
        assertThat(page.locator(".papers")).containsText("letter.pdf");
        assertThat(page.locator(".holders")).containsText("Secretariat");
        assertAccessible(page);
        double onScreen = page.locator(".bjs-container").boundingBox().width;
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        // a sheet of A4 less its margins, at 96 pixels to the inch
        Assertions.assertThat(page.locator(".bjs-container").boundingBox().width)
                .as("width of the diagram on paper, %s on the screen", onScreen)
                .isBetween(500.0, 703.0)
                .isLessThan(onScreen);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        screenshot(page, "case");
        assertThat(broken).as("scripts that broke").isEmpty();

        for (Locale language : List.of(Locale.FRENCH, SPANISH)) {
            Page phone = login(View.phone().in(language), "secretariat", address + "?lang=" + language);
            assertThat(phone.locator(".diagram")).hasAttribute("data-drawn", "yes");
            assertNoSidewaysScrolling(phone);
            assertAccessible(phone);
            screenshot(phone, "phone-case-" + language);
        }
        Page plain = login(View.desktop().in(Locale.FRENCH).withoutScripts(), "secretariat", address + "?lang=fr");
        assertThat(plain.locator(".diagram")).isHidden();
        assertThat(plain.locator(".way li.open")).containsText("en est là");
        screenshot(plain, "case-plain-fr");
    }

    @Test
    @Order(2)
    void sendsACaseBackAndThePartyReadsWhy() {
        Obligation obligation = obligations.find(DUTY, "case", "CHE").orElseThrow();
        Page page = login(View.desktop(), "secretariat", "/secretariat/obligations/" + obligation.id() + "?lang=en");
        Locator act = act(page, "Send back to the Party");
        act.locator("#why").fill("short");
        act.locator("button").click();
        assertThat(page.locator(".error-summary a[href='#why']")).hasText("Reason: write 10 to 1000 characters.");
        assertAccessible(page);
        act(page, "Send back to the Party").locator("#why").fill("The signatory is not a minister; please ask again.");
        act(page, "Send back to the Party").locator("button").click();
        assertThat(page.locator("[role=status]")).containsText("Sent back; the Party is told why.");
        assertThat(page.locator("main .facts").first()).containsText("With the Party");

        Page holder = login(View.desktop(), "che-nfp", "/desk?lang=en");
        holder.locator("a[href*='/desk/tasks/']").first().click();
        assertThat(holder.locator("main")).containsText("The signatory is not a minister; please ask again.");
    }

    @Test
    @Order(3)
    void entersForThePartyWhatCameByLetter() {
        Obligation obligation = opened("KEN");
        waiting(obligation, "submit-nomination");
        Page page = login(View.desktop(), "secretariat", "/secretariat/obligations/" + obligation.id() + "?lang=en");
        act(page, "Enter on the Party’s behalf").locator("a").click();
        assertThat(page.locator("h1")).containsText("on behalf of Kenya");
        assertAccessible(page);
        screenshot(page, "behalf");
        page.evaluate("document.getElementById('duty').noValidate = true");
        button(page, "Enter for the Party").click();
        assertThat(page.locator("a[href='#behalf-letter']")).containsText("attach the letter");
        assertAccessible(page);
        page.setInputFiles("#behalf-letter", paper());
        page.evaluate("document.getElementById('duty').noValidate = true");
        button(page, "Enter for the Party").click();
        assertThat(page.locator(".received")).containsText("Attached: note-verbale.pdf");
        page.setInputFiles("[name='letter.file']", paper());
        String today = clock.instant().toString().substring(0, 10);
        Map.of(
                        "appointingAuthorityName",
                        "Cabinet Secretary",
                        "appointingAuthorityTitle",
                        "Minister",
                        "letterDate",
                        today,
                        "effectiveFrom",
                        today,
                        "givenName",
                        "Test",
                        "familyName",
                        "Designate",
                        "position",
                        "Head of section",
                        "organisation",
                        "Wildlife Service")
                .forEach((name, value) -> page.fill("[name=" + name + "]", value));
        Map.of(
                        "street",
                        "Street 1",
                        "city",
                        "Nairobi",
                        "workEmail",
                        "designate@example.org",
                        "phone",
                        "+254200000000",
                        "ministry",
                        "Ministry of Tourism and Wildlife")
                .forEach((name, value) -> page.fill("[name=" + name + "]", value));
        for (String choice : List.of("signatoryKind", "replaces", "available", "conservationMandate")) {
            Locator select = page.locator("select[name=" + choice + "]");
            if (select.count() > 0) {
                select.selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
            } else {
                page.locator("input[name=" + choice + "]").first().check();
            }
        }
        for (String country : List.of("country", "countryOfPost")) {
            page.selectOption("[name=" + country + "]", "KEN");
        }
        page.locator("input[name=preferredLanguages]").first().check();
        page.locator("input[name=languages]").first().check();
        button(page, "Enter for the Party").click();
        assertThat(page.locator("[role=status]")).containsText("Entered for the Party; receipt S-");
        assertThat(page.locator("article.sent .behalf")).containsText("note-verbale.pdf");
        assertThat(page.locator("article.sent")).containsText("Acting");
        screenshot(page, "case-behalf");
    }

    @Test
    @Order(4)
    void reopensAnEndedCaseAndKeepsNotesAmongColleagues() {
        Obligation obligation = opened("BRA");
        waiting(obligation, "submit-nomination");
        Page page = login(View.desktop(), "secretariat", "/secretariat/obligations/" + obligation.id() + "?lang=en");
        act(page, "Note").locator("textarea").fill("Telephoned: the letter is on its way.");
        act(page, "Note").locator("button").click();
        assertThat(page.locator(".history")).containsText("Telephoned: the letter is on its way.");
        act(page, "Remind now").locator("button").click();
        assertThat(page.locator("[role=status]")).containsText("1 reminder was written.");
        act(page, "Excuse the Party").locator("textarea").fill("The post was abolished by law.");
        act(page, "Excuse the Party").locator("button").click();
        assertThat(page.locator("main .facts").first()).containsText("Excused");
        act(page, "Reopen").locator("textarea").fill("The post was created anew.");
        act(page, "Reopen").locator("button").click();
        assertThat(page.locator("[role=status]")).containsText("Reopened; the Party is told why.");
        assertThat(page.locator("main .facts").first()).containsText("With the Party");
        act(page, "Give to another seat").locator("select").selectOption("min");
        act(page, "Give to another seat").locator("textarea").fill("The focal point has left the country.");
        act(page, "Give to another seat").locator("button").click();
        assertThat(page.locator("[role=status]")).containsText("Ministry responsible for CMS");
        assertAccessible(page);
        screenshot(page, "case-acts");

        Page holder = login(View.desktop(), "bra-nfp", "/desk/obligations/" + obligation.id() + "?lang=en");
        assertThat(holder.locator(".history")).containsText("reopened the obligation");
        assertThat(holder.locator(".history")).not().containsText("Telephoned");
        assertThat(holder.navigate(base + "/secretariat/obligations/" + obligation.id())
                        .status())
                .isIn(403, 404);
    }

    @Test
    @Order(5)
    void tellsAllAboutAPartyAndPrintsItsFile() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH, SPANISH)) {
            Page page = login(View.desktop().in(language), "secretariat", "/secretariat/register/CHE?lang=" + language);
            assertThat(page.locator("h1"))
                    .hasText(
                            language.equals(Locale.FRENCH)
                                    ? "Suisse"
                                    : language.equals(SPANISH) ? "Suiza" : "Switzerland");
            assertThat(page.locator(".years .owed").first()).isVisible();
            assertThat(page.locator(".papers tbody tr").first()).containsText("letter.pdf");
            assertAccessible(page);
            screenshot(page, "party-" + language);
            com.microsoft.playwright.Download file = page.waitForDownload(
                    () -> page.locator("a[href$='file.pdf']").click());
            file.saveAs(java.nio.file.Path.of("target", "screenshots", "party-" + language + ".pdf"));
            assertThat(file.suggestedFilename()).startsWith("sterna-CHE-");
        }
        Page phone = login(View.phone(), "secretariat", "/secretariat/register/CHE?lang=en");
        assertNoSidewaysScrolling(phone);
        screenshot(phone, "phone-party");
    }

    @Test
    @Order(6)
    void showsWhetherEverythingRuns() {
        Page page = login(View.desktop(), "secretariat", "/secretariat/operations?lang=en");
        assertThat(page.locator("main")).containsText("None.");
        assertThat(page.locator("main")).containsText("The mail gate is closed");
        assertThat(page.locator("main")).containsText("7.24.0");
        assertAccessible(page);
        screenshot(page, "operations");
        Page phone = login(View.phone().in(Locale.FRENCH), "secretariat", "/secretariat/operations?lang=fr");
        assertNoSidewaysScrolling(phone);
        screenshot(phone, "phone-operations-fr");
    }

    @Test
    @Order(7)
    void actsOnSeveralAfterShowingWhatWillHappen() {
        opened("FRA");
        opened("DEU");
        Page page = login(View.desktop(), "secretariat", "/secretariat/obligations?lang=en&party=FRA");
        page.getByText("Act on several of these").click();
        assertThat(page.locator("h1")).hasText("Act on several");
        assertAccessible(page);
        page.navigate(base + "/secretariat/bulk");
        screenshot(page, "bulk");
        page.selectOption("#kind", "extend");
        button(page, "See what will happen").click();
        assertThat(page.locator(".error-summary")).containsText("New last day: enter a date");
        assertAccessible(page);
        page.fill("#until", "2027-06-30");
        page.fill("#reason", "The meeting was moved to the summer.");
        button(page, "See what will happen").click();
        assertThat(page.locator("main")).containsText("to 30 June 2027");
        assertAccessible(page);
        screenshot(page, "bulk-check");
        page.locator("main form button").click();
        assertThat(page.locator("#live .progress")).containsText("0 failed");
        assertThat(page.locator("#live")).not().containsText("waiting");
        assertAccessible(page);
        screenshot(page, "bulk-done");
    }

    @Test
    @Order(8)
    void givesAPartyItsDeadlinesAsACalendar() {
        Page page = login(View.desktop(), "che-nfp", "/desk?lang=en");
        page.getByText("Deadlines in your calendar (iCal)").click();
        button(page, "Make a secret address").click();
        assertThat(page.locator(".secret")).containsText("/calendar/");
        String address = page.locator(".secret").textContent();
        assertAccessible(page);
        screenshot(page, "feeds");
        assertThat(page.request().get(address).text()).contains("BEGIN:VCALENDAR");
        page.locator("button", new Page.LocatorOptions().setHasText("Revoke")).click();
        assertThat(page.locator("[role=status]")).containsText("The address is shut");
        assertThat(page.request().get(address).status()).isEqualTo(404);
    }

    @Test
    @Order(9)
    void followsTheCaseWithoutTakingAwayWhatIsBeingTyped() {
        Obligation owed = opened("KEN");
        String address = "/secretariat/obligations/" + owed.id() + "?lang=en";
        Page idle = login(View.desktop(), "secretariat", "/secretariat?lang=en");
        idle.clock().install();
        idle.navigate(base + address);
        Page busy = login(View.desktop(), "secretariat", "/secretariat?lang=en");
        busy.clock().install();
        busy.navigate(base + address);
        act(busy, "Move the deadline").locator("#reason").fill("The ministry is being reorganised.");
        Page other = login(View.desktop(), "secretariat", address);
        act(other, "Excuse the Party").locator("#excuse").fill("The Party has left the Convention.");
        button(other, "Excuse the Party").click();
        assertThat(other.locator("[role=status]").first()).containsText("excused");

        idle.clock().fastForward(21_000);
        assertThat(idle.locator("#live")).containsText("Excused");
        assertThat(idle.locator("#acts summary")).containsText(new String[] {"Reopen", "Note"});
        assertThat(idle.locator("[data-outdated]")).isHidden();

        busy.locator("h1").click();
        busy.evaluate("document.activeElement.blur()");
        busy.clock().fastForward(21_000);
        assertThat(busy.locator("#live")).containsText("Excused");
        assertThat(busy.locator("[data-outdated]")).containsText("The case has gone on meanwhile");
        assertThat(busy.locator("#reason")).hasValue("The ministry is being reorganised.");
        assertAccessible(busy);
        screenshot(busy, "case-outdated");
        busy.getByText("Show it as it is now").click();
        assertThat(busy.locator("#acts")).not().containsText("Move the deadline");
    }
}
