package org.sterna.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static Locator act(Page page, String title) {
        Locator act = page.locator("aside.side details")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("summary", new Page.LocatorOptions().setHasText(title))));
        if (act.getAttribute("open") == null) {
            act.locator("summary").click();
        }
        return act;
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
        assertThat(page.locator(".diagram .bjs-powered-by")).isVisible();
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
}
