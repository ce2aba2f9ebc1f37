package org.sterna.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;

/** Camunda's Cockpit as an administrator uses it when something is stuck: find the case, see why, try again. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:cockpit;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
class CockpitE2E extends BrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @LocalServerPort
    private int port;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private JdbcClient database;

    @Test
    void showsAnIncidentAndTriesAgain() {
        Campaigns.Campaign campaign =
                campaigns.open("nomination-confirmation", "cockpit", List.of("CHE", "KEN"), "secretariat");
        await().atMost(PATIENCE)
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 2);
        String caseId = one("select proc_inst_id_ from act_ru_task where tenant_id_ = ?", "CHE");
        String key = one("select business_key_ from act_ru_execution where id_ = ?", caseId);
        // its timer no longer finds the obligation
        key(caseId, "nomination-confirmation/nowhere/CHE");
        failAtOnce(caseId);
        await().atMost(PATIENCE).until(() -> incidents(caseId) == 1);

        List<String> refused = new ArrayList<>();
        Page page = cockpit(refused);
        PlaywrightAssertions.assertThat(page.locator("body")).containsText("Open Incidents");
        go(page, "#/processes");
        page.getByText("Confirmation of the National").first().click();
        PlaywrightAssertions.assertThat(page.locator(".djs-container").first()).isVisible();
        PlaywrightAssertions.assertThat(page.locator("a[title='" + caseId + "']"))
                .isVisible();
        PlaywrightAssertions.assertThat(page.getByText("Activity Instance Statistics: loading"))
                .isHidden();
        screenshot(page, "cockpit-definition");
        page.click("a[title='" + caseId + "']");
        for (String tab : List.of("Called Process Instances", "User Tasks", "Jobs", "Variables")) {
            tab(page, tab);
        }
        tab(page, "Incidents");
        PlaywrightAssertions.assertThat(page.locator("td .glyphicon-repeat:visible"))
                .isVisible();
        screenshot(page, "cockpit-incident");

        key(caseId, key);
        page.locator("td .glyphicon-repeat:visible").click();
        page.click(".modal-footer button[type=submit]");
        await().atMost(PATIENCE).until(() -> incidents(caseId) == 0);

        assertThat(refused).isEmpty();
    }

    private static void tab(Page page, String name) {
        String tabs = ".ctn-tabbed .nav-tabs ";
        page.locator(tabs + "a", new Page.LocatorOptions().setHasText(name)).click();
        PlaywrightAssertions.assertThat(page.locator(tabs + "li.active")).containsText(name);
        page.waitForLoadState(LoadState.NETWORKIDLE);
    }

    private void key(String caseId, String key) {
        database.sql("update act_ru_execution set business_key_ = ? where id_ = ?")
                .param(key)
                .param(caseId)
                .update();
    }

    /** Makes the case's timer due, on its last try. */
    private void failAtOnce(String caseId) {
        database.sql(
                        "update act_ru_job set duedate_ = ?, retries_ = 1, exception_msg_ = 'before' where process_instance_id_ = ?")
                .param(OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                .param(caseId)
                .update();
    }

    private int incidents(String caseId) {
        return database.sql("select count(*) from act_ru_incident where proc_inst_id_ = ?")
                .param(caseId)
                .query(Integer.class)
                .single();
    }

    private String one(String sql, String parameter) {
        return database.sql(sql).param(parameter).query(String.class).single();
    }

    private Page cockpit(List<String> refused) {
        Page page = open(View.desktop());
        page.navigate("http://localhost:" + port + "/login");
        page.fill("[name=username]", "admin");
        page.fill("[name=password]", "sterna-demo-2026");
        page.click("[type=submit]");
        page.waitForURL("**/desk**");
        page.onPageError(error -> refused.add("error " + error));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                refused.add("%d %s %s"
                        .formatted(
                                response.status(),
                                response.request().method(),
                                response.url().replaceFirst("^http://[^/]+", "")));
            }
        });
        go(page, "");
        return page;
    }

    private void go(Page page, String place) {
        page.navigate("http://localhost:" + port + "/camunda/app/cockpit/default/" + place);
    }
}
