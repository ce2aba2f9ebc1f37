package org.sterna.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;

/** What the Secretariat reads on its dashboards, by keyboard, on a telephone and in three languages. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:dashboards;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000")
@ActiveProfiles("demo")
class DashboardsE2E extends BrowserTest {

    private static final String DUTY = "nomination-confirmation";

    @LocalServerPort
    private int port;

    @Autowired
    private Campaigns campaigns;

    @BeforeEach
    void open() {
        Campaigns.Campaign opened = campaigns.open(DUTY, "2026-11", List.of("CHE", "FRA", "KEN", "ARG"), "secretariat");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> campaigns.find(opened.id()).orElseThrow().opened() == 4);
    }

    private Page login(View view, String username, String path) {
        Page page = open(view);
        page.navigate("http://localhost:" + port + path);
        page.locator("[name=username]").fill(username);
        page.locator("[name=password]").fill("sterna-demo-2026");
        page.locator("[name=password]").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    @Test
    void theMatrixTellsWhoOwesWhatAndLeadsToTheCase() throws Exception {
        Page page = login(View.desktop(), "secretariat", "/secretariat/matrix?lang=en");
        assertThat(page.locator("#matrix-title")).hasText("133 Parties · 1 duty");
        assertThat(page.locator("tr:has(th a:text-is('Switzerland')) td.is-with-party"))
                .containsText("● With the Party");
        assertThat(page.locator("tr:has(th a:text-is('Switzerland')) td small")).containsText("Reminder 1 on");
        assertThat(page.locator("tr:has(th a:text-is('Switzerland')) td small")).containsText("to the focal point");
        assertAccessible(page);
        screenshot(page, "matrix");

        // by keyboard alone: choose a region, send the form, sort, open a cell
        page.locator("#region").focus();
        page.keyboard().type("Afr");
        page.locator("#region").press("Tab");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Filter"))
                .press("Enter");
        assertThat(page.locator("#matrix-title")).hasText("46 Parties · 1 duty");
        Assertions.assertThat(page.url()).contains("region=africa");
        page.locator("thead th.party a").first().press("Enter");
        assertThat(page.locator("thead th.party")).hasAttribute("aria-sort", "descending");
        assertThat(page.locator("tbody th").first()).containsText("Zimbabwe");
        page.locator("td.cell a").first().press("Enter");
        assertThat(page.locator("h1")).containsText("Confirmation of the National Focal Point");
        assertThat(page.locator("main")).containsText("Kenya");

        page.navigate("http://localhost:" + port + "/secretariat/matrix?region=africa");
        Download file =
                page.waitForDownload(() -> page.locator(".exports a").first().click());
        String csv = Files.readString(file.path());
        Assertions.assertThat(csv.lines().toList()).hasSize(2).anySatisfy(line -> Assertions.assertThat(line)
                .startsWith("KEN,Kenya,Africa,D06,"));
    }

    @Test
    void theOverviewTheDutyAndTheSearchLeadOn() {
        Page page = login(View.desktop(), "secretariat", "/secretariat?lang=en");
        assertThat(page.locator(".tiles li")).hasCount(5);
        assertThat(page.locator(".bars li").first()).containsText("0 of 4 ended");
        assertThat(page.locator("main")).containsText("Next milestones");
        assertAccessible(page);
        screenshot(page, "overview");

        page.locator("table a:text('Confirmation of the National')").first().click();
        assertThat(page.locator("h2:has-text('Occasions compared')")).isVisible();
        assertThat(page.locator("tbody tr:has(th a:text-is('France'))")).containsText("With the Party");
        assertAccessible(page);
        screenshot(page, "duty");

        page.locator("#find").fill("switz");
        page.locator("#find").press("Enter");
        assertThat(page.locator("#parties")).containsText("Parties");
        assertThat(page.locator(".hits").first()).containsText("Switzerland");
        assertThat(page.locator("section[aria-labelledby=cases] .hits")).containsText("2026-11");
        assertAccessible(page);
        screenshot(page, "search");
    }

    @Test
    void fitsATelephoneInEveryLanguage() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH, new Locale("es"))) {
            Page page = login(View.phone().in(language), "secretariat", "/secretariat?lang=" + language);
            for (String path : List.of(
                    "/secretariat",
                    "/secretariat/matrix",
                    "/secretariat/duties",
                    "/secretariat/duties/" + DUTY,
                    "/secretariat/search?q=su",
                    "/secretariat/campaigns")) {
                page.navigate("http://localhost:" + port + path);
                assertThat(page.locator("html")).hasAttribute("lang", language.getLanguage());
                assertNoSidewaysScrolling(page);
                assertAccessible(page);
            }
        }
    }

    @Test
    void areNotThereForAParty() {
        Page page = login(View.desktop(), "che-nfp", "/desk?lang=en");
        for (String path : List.of(
                "/secretariat",
                "/secretariat/matrix",
                "/secretariat/duties",
                "/secretariat/duties/" + DUTY,
                "/secretariat/search?q=switzerland",
                "/secretariat/exports/matrix.csv",
                "/secretariat/exports/obligations.xlsx",
                "/secretariat/exports/duties/" + DUTY + ".pdf?occasion=2026-11")) {
            Assertions.assertThat(
                            page.navigate("http://localhost:" + port + path).status())
                    .as(path)
                    .isIn(403, 404);
        }
    }
}
