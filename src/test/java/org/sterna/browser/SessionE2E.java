package org.sterna.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.obligations.Obligations;

/** Links from mails that are read in the browser, and sessions that end while a form is being filled in. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:session;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionE2E extends BrowserTest {

    private static final String DUTY = "nomination-confirmation";

    @LocalServerPort
    private int port;

    @Autowired
    private Clock clock;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    /** Shows mails to whoever reads them in the browser; another site, as its host is another one. */
    private HttpServer webmail;

    @BeforeAll
    void openADuty() throws IOException {
        List<String> parties = List.of("ARG", "BEN", "CHE", "ESP", "FRA", "KEN");
        Campaigns.Campaign campaign = campaigns.open(DUTY, "2027", parties, "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == parties.size());
        webmail = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        webmail.createContext("/", exchange -> {
            String target =
                    "http://localhost:" + port + exchange.getRequestURI().getPath();
            byte[] mail = ("<!DOCTYPE html><title>Mail</title><a href=\"" + target + "\">Open the task</a>"
                            + "<form method=\"post\" action=\"" + target + "\"><button>Post</button></form>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, mail.length);
            exchange.getResponseBody().write(mail);
            exchange.close();
        });
        webmail.start();
    }

    @AfterAll
    void close() {
        webmail.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Open the task", "Post"})
    void whatAnotherSiteLeadsToLeavesTheSessionAndTheOpenFormAlone(String way) {
        String task = task("KEN");
        Page form = login(View.desktop(), "ken-nfp", task);
        form.fill("[name=position]", "half a sentence, " + way);
        Page mail = form.context().newPage();

        mail.navigate("http://127.0.0.1:" + webmail.getAddress().getPort() + task);
        mail.getByText(way).click();
        mail.waitForURL("http://localhost:" + port + "/**");
        if (way.equals("Open the task")) {
            assertThat(mail.locator("h1")).hasText("Submit nomination");
        }
        form.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save draft"))
                .click();

        assertThat(form.locator(".banner.good")).containsText("saved");
        assertThat(form.locator("[name=position]")).hasValue("half a sentence, " + way);
    }

    @Test
    void aPageThatIsCalledUpWithoutTheSessionLeavesItAlone() {
        Page form = login(View.desktop(), "esp-nfp", "/desk");
        Page mail = form.context().newPage();
        mail.navigate("http://127.0.0.1:" + webmail.getAddress().getPort() + "/login");

        mail.evaluate(
                "address => fetch(address, {mode: 'no-cors', credentials: 'include'}).catch(() => 0)",
                "http://localhost:" + port + "/login");
        mail.evaluate(
                "address => new Promise(done => { const frame = document.createElement('iframe');"
                        + " frame.onload = done; frame.src = address; document.body.append(frame); })",
                "http://localhost:" + port + "/login");

        form.reload();
        assertThat(form.locator("h1")).not().containsText("Acceso");
        assertThat(form.locator(".who")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFormSentAfterTheEndOfTheSessionIsSentAfterTheLogin(boolean scripts) {
        String party = scripts ? "ARG" : "FRA";
        Page page = login(
                scripts ? View.desktop() : View.desktop().withoutScripts(),
                party.toLowerCase(Locale.ROOT) + "-nfp",
                task(party));
        fillIn(page);

        page.context().clearCookies();
        page.locator(".actions [value=submit]").click();

        assertThat(page.locator(".banner.warn")).isVisible();
        assertThat(page.locator("[name=password]")).isVisible();
        if (scripts) {
            assertAccessible(page);
            screenshot(page, "login-form-kept");
        }
        login(page, party.toLowerCase(Locale.ROOT) + "-nfp");
        assertThat(page.locator("#kept-note")).isVisible();
        assertThat(page.locator("[name=organisation]")).hasValue("Ministerio “ñ” <b>");
        assertThat(page.locator("[name=country]")).hasValue("ARG");
        assertThat(page.locator("[name=preferredLanguages][value=es]")).isChecked();
        assertThat(page.locator("[name=replaces][value=first-appointment]")).isChecked();
        assertThat(page.locator("#kept-letter-file")).containsText("carta.pdf");
        if (scripts) {
            assertAccessible(page);
            screenshot(page, "task-filled-in-again");
        }

        page.locator(".actions [value=submit]").click();
        assertThat(page.locator(".receipt-panel")).containsText("S-");
        assertThat(page.locator("main")).containsText("carta.pdf");
    }

    @Test
    void anotherAccountSeesNothingOfTheForm() {
        Page page = login(View.phone(), "che-nfp", "/desk/absence");
        page.fill("[name=from]", "2031-04-05");
        page.context().clearCookies();
        page.locator("main [type=submit]").click();

        login(page, "ken-nfp");
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.content()).doesNotContain("2031-04-05");
        assertThat(page.locator("#kept-note")).hasCount(0);

        page.context().clearCookies();
        page.navigate("http://localhost:" + port + "/login");
        login(page, "che-nfp");
        assertThat(page.locator("[name=from]")).hasValue("2031-04-05");
        assertNoSidewaysScrolling(page);
    }

    @Test
    void whatWasTypedInTasklistStandsOnTheDeskAfterTheLogin() {
        Page page = login(View.desktop(), "ben-nfp", "/camunda/app/tasklist/default/");
        page.locator("li.task h4 a").first().click();
        page.waitForSelector("form#duty #f-position:enabled");
        fillIn(page);
        assertThat(page.locator("[data-name=letter]")).hasText("carta.pdf");
        page.context().clearCookies();

        page.locator(".form-actions .btn-primary").click();

        page.waitForSelector("[name=password]");
        assertThat(page.locator(".banner.warn")).isVisible();
        login(page, "ben-nfp");
        assertThat(page.locator("#kept-note")).isVisible();
        assertThat(page.locator("[name=position]")).hasValue("Jefa de sección");
        assertThat(page.locator("[data-paper]")).not().hasValue("");
        assertThat(page.locator("[name=replaces][value=first-appointment]")).isChecked();
    }

    private String task(String party) {
        return "/desk/tasks/"
                + obligations.tasksOf(List.of("nfp-" + party)).get(0).taskId();
    }

    private Page login(View view, String username, String path) {
        Page page = open(view);
        page.navigate("http://localhost:" + port + path);
        return login(page, username);
    }

    private static Page login(Page page, String username) {
        page.locator("[name=username]").fill(username);
        page.locator("[name=password]").fill("sterna-demo-2026");
        page.locator("[name=password]").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    private void fillIn(Page page) {
        page.setInputFiles(
                "input[type=file]",
                new FilePayload(
                        "carta.pdf",
                        "application/pdf",
                        ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                                        + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                                .getBytes(StandardCharsets.US_ASCII)));
        String today = LocalDate.now(clock).toString();
        Map.of(
                        "appointingAuthorityName", "Oficina del Ministro",
                        "appointingAuthorityTitle", "Ministro de Ambiente",
                        "letterDate", today,
                        "effectiveFrom", today,
                        "givenName", "Prueba",
                        "familyName", "Designada",
                        "position", "Jefa de sección",
                        "organisation", "Ministerio “ñ” <b>")
                .forEach((name, value) -> page.fill("[name=" + name + "]", value));
        Map.of(
                        "street", "Calle 1",
                        "city", "Ciudad",
                        "workEmail", "designada@example.org",
                        "phone", "+541100000000",
                        "ministry", "Ministerio de Ambiente")
                .forEach((name, value) -> page.fill("[name=" + name + "]", value));
        Map.of(
                        "signatoryKind", "minister",
                        "replaces", "first-appointment",
                        "available", "yes",
                        "conservationMandate", "yes",
                        "preferredLanguages", "es",
                        "languages", "es")
                .forEach((name, value) -> page.check("[name=" + name + "][value=" + value + "]"));
        page.selectOption("[name=country]", "ARG");
        page.selectOption("[name=countryOfPost]", "ARG");
    }
}
