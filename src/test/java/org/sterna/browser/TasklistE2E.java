package org.sterna.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.engine.Tasks;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.time.TimeMachine;

/** Camunda's Tasklist as focal points meet it: their language, their duties, our forms, and nothing that fails. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:tasklist;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasklistE2E extends BrowserTest {

    private static final String DUTY = "nomination-confirmation";
    private static final List<String> PARTIES = List.of("CHE", "ESP", "KEN", "FRA", "BEN");

    @LocalServerPort
    private int port;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TimeMachine time;

    /** What the browser complained about and the server refused, in order. */
    private final List<String> complaints = new ArrayList<>();

    /** One duty overdue, one due within 30 days, one later. */
    @BeforeAll
    void openThreeDuties() {
        open("late");
        // the overdue notice, then the ministry
        pass(32, "ministry-14");
        pass(14, "secretariat-30");
        time.advance(Period.ofDays(12));
        open("soon");
        time.advance(Period.ofDays(5));
        open("later");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !obligations.tasksOf(List.of("secretariat")).isEmpty());
    }

    /** Until every late case has that act before it. */
    private void pass(int days, String next) {
        time.advance(Period.ofDays(days));
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        obligations
                                .list(new Obligations.Filter(DUTY, null, "late", Set.of(), false), 0, 50)
                                .items()
                                .stream()
                                .allMatch(owed -> owed.nextAct() != null
                                        && owed.nextAct().rung().equals(next)));
    }

    private void open(String occasion) {
        Campaigns.Campaign campaign = campaigns.open(DUTY, occasion, PARTIES, "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == PARTIES.size());
    }

    @ParameterizedTest
    @CsvSource({
        "en, ken-nfp, My duties, Overdue, Due in 30 days, Submit nomination, Complete, Appointment letter",
        "fr, ben-nfp, Mes obligations, En retard, À faire sous 30 jours, Soumettre la nomination, Terminer,"
                + " Lettre de nomination",
        "es, esp-nfp, Mis obligaciones, Con retraso, Vencen en 30 días, Presentar el nombramiento, Finalizar,"
                + " Carta de nombramiento"
    })
    void speaksTheReadersLanguage(
            String language,
            String username,
            String mine,
            String overdue,
            String soon,
            String task,
            String complete,
            String field) {
        Page page = tasklist(username, Locale.ENGLISH);

        assertThat(page.locator(".task-filter h4 a").allInnerTexts().stream()
                        .map(name -> name.replaceAll("\\s*\\d*\\s*$", ""))
                        .toList())
                .containsExactly(mine, overdue, soon);
        choose(page, soon);
        openOnlyTask(page);
        assertThat(page.innerText(".task-card h2")).startsWith(task);
        assertThat(page.innerText("label[for=f-letter]")).startsWith(field);
        assertThat(page.innerText(".form-actions .btn-primary")).isEqualTo(complete);
        assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
        screenshot(page, "tasklist-" + language);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"My duties, 3", "Overdue, 1", "Due in 30 days, 1"})
    void countsOwnDutiesOnly(String filter, int tasks) {
        Page page = tasklist("fra-nfp", Locale.FRENCH, "en");

        choose(page, filter);

        PlaywrightAssertions.assertThat(page.locator(".task-filter.active .counter"))
                .hasText(String.valueOf(tasks));
        PlaywrightAssertions.assertThat(page.locator("li.task")).hasCount(tasks);
        assertThat(complaints).isEmpty();
    }

    @Test
    void offersNothingThatIsRefused() {
        Page page = tasklist("ken-nfp", Locale.ENGLISH);
        choose(page, "Due in 30 days");
        openOnlyTask(page);

        assertThat(Set.copyOf(page.locator("a:visible, button:visible").allInnerTexts().stream()
                        .map(String::strip)
                        .toList()))
                .doesNotContain(
                        "Claim",
                        "Add comment",
                        "History",
                        "Diagram",
                        "Create task",
                        "Start process",
                        "Create a filter");
        assertThat(page.locator(".task-card .glyphicon-pencil:visible, .task-filter .glyphicon-pencil:visible")
                        .count())
                .isZero();
    }

    @Test
    void letsAFocalPointDoADuty() {
        Page page = tasklist("che-nfp", Locale.FRENCH);
        choose(page, "À faire sous 30 jours");
        openOnlyTask(page);
        assertAccessible(page, "form#duty");
        Locator complete = page.locator(".form-actions .btn-primary");

        complete.click();
        assertThat((Boolean) page.evaluate("document.querySelector('form#duty').checkValidity()"))
                .isFalse();
        LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
        fill(page, today);
        page.fill("#f-effectiveFrom", today.minusDays(200).toString());
        page.setInputFiles("#f-letter", new FilePayload("lettre.txt", "text/plain", new byte[] {1, 2, 3}));
        PlaywrightAssertions.assertThat(page.locator("[data-error=letter]"))
                .not()
                .isEmpty();
        page.setInputFiles("#f-letter", letter());
        PlaywrightAssertions.assertThat(page.locator("[data-name=letter]")).hasText("lettre.pdf");

        complete.click();
        PlaywrightAssertions.assertThat(page.locator("[data-error=effectiveFrom]"))
                .containsText("90");
        PlaywrightAssertions.assertThat(page.locator(".notifications .alert-danger"))
                .hasCount(0);
        assertThat(page.getAttribute("#f-effectiveFrom", "aria-invalid")).isEqualTo("true");
        assertAccessible(page, "form#duty");
        screenshot(page, "tasklist-refused-fr");
        assertThat(submissions("soon", "CHE")).isEmpty();

        page.fill("#f-effectiveFrom", today.toString());
        complete.click();
        PlaywrightAssertions.assertThat(page.locator("li.task")).hasCount(0);
        screenshot(page, "tasklist-done-fr");

        assertThat(submissions("soon", "CHE")).singleElement().satisfies(sent -> {
            assertThat(sent.submittedBy()).isEqualTo("che-nfp");
            assertThat(sent.receipt()).isNotBlank();
            assertThat(sent.values())
                    .containsEntry("familyName", "Dürrenmatt")
                    .containsEntry("languages", List.of("en", "fr"));
        });
        assertThat(complaints)
                .as("the two refusals that were provoked")
                .satisfiesExactly(
                        upload -> assertThat(upload).matches("4\\d\\d POST /documents"),
                        submit -> assertThat(submit).matches("400 POST .*/task/[0-9a-f-]+/submit-form"));
    }

    @Test
    void showsTheSecretariatItsOwnForms() {
        // a month after its deadline the first duty has come up the ladder
        Page page = tasklist("secretariat", Locale.ENGLISH);
        choose(page, "My duties");

        page.locator("li.task h4 a").first().click();
        page.waitForSelector("form#duty");

        assertAccessible(page, "form#duty");
        assertThat(complaints).isEmpty();
    }

    @Test
    void showsWhyAnAnswerWasReturnedAndWhatWasSent() {
        campaigns.open(DUTY, "again", List.of("AUT"), "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !obligations.tasksOf(List.of("nfp-AUT")).isEmpty());
        Page holder = tasklist("aut-nfp", Locale.ENGLISH);
        openOnlyTask(holder);
        fill(holder, LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
        holder.setInputFiles("#f-letter", letter());
        PlaywrightAssertions.assertThat(holder.locator("[data-name=letter]")).hasText("lettre.pdf");
        complete(holder);

        Page secretariat = tasklist("secretariat", Locale.ENGLISH);
        review(secretariat);
        PlaywrightAssertions.assertThat(secretariat.locator(".sent-before")).containsText("Dürrenmatt");
        secretariat.check("[name=decision][value=returned]");
        secretariat.fill("#f-reasons", "The stamp is missing {{7*7}}.");
        complete(secretariat);

        holder.reload();
        openOnlyTask(holder);
        PlaywrightAssertions.assertThat(holder.locator(".returned")).containsText("The stamp is missing {{7*7}}.");
        PlaywrightAssertions.assertThat(holder.locator("#f-familyName")).hasValue("Dürrenmatt");
        screenshot(holder, "tasklist-returned");
        complete(holder);

        secretariat.reload();
        review(secretariat);
        for (String check : List.of(
                "hasSignature", "hasStamp", "signatoryCheck", "identityCheck", "contactCheck", "languageCheck")) {
            secretariat.check("#f-" + check);
        }
        secretariat.check("[name=decision][value=accepted]");
        complete(secretariat);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> obligations
                                .list(new Obligations.Filter(DUTY, "AUT", "again", Set.of(), false), 0, 1)
                                .items()
                                .get(0)
                                .state()
                        == Obligation.State.DISCHARGED);
        assertThat(complaints).isEmpty();
    }

    /** Opens the review of Austria's answers, the newest task there is. */
    private static void review(Page secretariat) {
        choose(secretariat, "My duties");
        secretariat.locator("li.task h4 a").first().click();
        secretariat.waitForSelector("form#duty #f-hasSignature");
    }

    @Test
    void letsAFocalPointFillInAList() {
        Campaigns.Campaign campaign = campaigns.open("made-up-duty", "rows", List.of("NER"), "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 1);
        Page page = tasklist("ner-nfp", Locale.ENGLISH, "en");
        choose(page, "My duties");
        page.locator("li.task", new Page.LocatorOptions().setHasText("Give answer"))
                .locator("h4 a")
                .click();
        page.waitForSelector("form#duty #f-answer:enabled");
        page.fill("#f-answer", "Storks and terns");
        page.selectOption("#f-season", "spring");
        page.fill("#f-birds", "14");

        // rows by keyboard alone, with what AngularJS would take for its own
        page.fill("#f-sightings-0-species", "Stork {{7*7}}");
        page.check("#f-sightings-0-habitats-2");
        page.locator("[data-add]").focus();
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#f-sightings-1-species")).isFocused();
        page.keyboard().type("Gull");
        page.locator("[data-add]").press("Space");
        page.keyboard().type("Tern");
        page.check("#f-sightings-2-weather-2");
        page.selectOption("#f-sightings-2-shore", "left");
        page.check("#f-sightings-2-ringed");
        page.fill("#f-sightings-2-number", "0");
        page.setInputFiles("#f-sightings-2-photo", letter());
        PlaywrightAssertions.assertThat(page.locator("[data-name='sightings.2.photo']"))
                .hasText("lettre.pdf");
        page.locator("[data-remove]").nth(1).press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#f-sightings")).isFocused();
        PlaywrightAssertions.assertThat(page.locator("[data-row]")).hasCount(2);
        PlaywrightAssertions.assertThat(page.locator("[data-row] > legend"))
                .hasText(new String[] {"Sighting 1", "Sighting 2"});
        PlaywrightAssertions.assertThat(page.locator("form#duty")).not().containsText("49");
        assertAccessible(page, "form#duty");

        page.locator(".form-actions .btn-primary").click();
        PlaywrightAssertions.assertThat(page.locator("[data-error='sightings.1.number']"))
                .containsText("Sighting 2, Number of birds");
        PlaywrightAssertions.assertThat(page.locator("#f-sightings-1-number")).isFocused();
        screenshot(page, "tasklist-list");

        page.fill("#f-sightings-1-number", "2");
        complete(page);
        assertThat(submissions("made-up-duty", "rows", "NER")).singleElement().satisfies(sent -> {
            List<?> rows = (List<?>) sent.values().get("sightings");
            assertThat(rows.get(0))
                    .isEqualTo(Map.of("species", "Stork {{7*7}}", "habitats", List.of("meadow"), "ringed", false));
            assertThat(((Map<?, ?>) rows.get(1)).keySet())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder("species", "number", "shore", "weather", "ringed", "photo");
        });
        Page secretariat = tasklist("secretariat", Locale.ENGLISH, "en");
        secretariat
                .locator("li.task", new Page.LocatorOptions().setHasText("Check answer"))
                .locator("h4 a")
                .click();
        PlaywrightAssertions.assertThat(secretariat.locator(".sent-before .rows > li"))
                .hasCount(2);
        PlaywrightAssertions.assertThat(secretariat.locator(".sent-before")).containsText("Stork {{7*7}}");
        screenshot(secretariat, "tasklist-list-sent");
    }

    @Test
    void asksOnceBeforeItSendsWhatIsWarnedOf() {
        campaigns.open(DUTY, "warned", List.of("GHA"), "secretariat");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !obligations.tasksOf(List.of("nfp-GHA")).isEmpty());
        Page page = tasklist("gha-nfp", Locale.ENGLISH, "en");
        openOnlyTask(page);
        fill(page, LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
        page.check("[name=conservationMandate][value=no]");
        page.fill("#f-mandateReason", "The environment agency reports to this ministry.");
        page.setInputFiles("#f-letter", letter());
        PlaywrightAssertions.assertThat(page.locator("[data-name=letter]")).hasText("lettre.pdf");

        page.locator(".form-actions .btn-primary").click();
        PlaywrightAssertions.assertThat(page.locator("[data-error=conservationMandate]"))
                .containsText("should work for a ministry");
        PlaywrightAssertions.assertThat(page.locator("[data-error='']")).containsText("Nothing was sent yet");
        PlaywrightAssertions.assertThat(page.locator("[data-error='']")).isInViewport();
        assertAccessible(page, "form#duty");
        screenshot(page, "tasklist-warned");
        assertThat(submissions("warned", "GHA")).isEmpty();

        complete(page);
        assertThat(submissions("warned", "GHA")).hasSize(1);
    }

    @Test
    void asksAFocalPointToReadWhatIsCarriedOver() {
        for (String occasion : List.of("cop15", "cop16")) {
            Campaigns.Campaign campaign = campaigns.open("made-up-duty", occasion, List.of("MLI"), "secretariat");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 1);
            if (occasion.equals("cop15")) {
                tasks.submit(
                        obligations.tasksOf(List.of("nfp-MLI")).get(0).taskId(),
                        "mli-nfp",
                        Map.of(
                                "answer",
                                "Storks",
                                "season",
                                "spring",
                                "birds",
                                3,
                                "sightings",
                                "[{\"species\":\"Stork\"}]"),
                        Locale.ENGLISH);
            }
        }
        Page page = tasklist("mli-nfp", Locale.ENGLISH, "fr");
        page.locator("li.task h4 a").first().click();
        page.waitForSelector("form#duty #f-answer:enabled");

        assertThat(page.innerText(".carried-over")).startsWith("Certaines réponses sont reprises de COP15");
        assertThat(page.inputValue("#f-birds")).isEqualTo("3");
        assertThat(page.inputValue("#f-sightings-0-species")).isEqualTo("Stork");
        assertThat(page.innerText("#f-party")).contains("Mali");
        assertAccessible(page, "form#duty");
        screenshot(page, "tasklist-carried-over-fr");
        page.fill("#f-answer", "Des cigognes");
        page.selectOption("#f-season", "spring");
        page.evaluate("document.getElementById('f-carriedOverRead').required = false");
        page.locator(".form-actions .btn-primary").click();
        PlaywrightAssertions.assertThat(page.locator("[data-error=carriedOverRead]"))
                .containsText("J’ai lu les réponses reprises");
        page.check("#f-carriedOverRead");
        complete(page);

        assertThat(submissions("made-up-duty", "cop16", "MLI")).singleElement().satisfies(sent -> assertThat(
                        sent.values())
                .containsEntry("carriedOverRead", true)
                .containsEntry("birds", 3));
    }

    /** Completes what is open and waits until Tasklist has taken it from the screen. */
    private static void complete(Page page) {
        page.locator(".form-actions .btn-primary").click();
        page.waitForSelector(
                "form#duty",
                new Page.WaitForSelectorOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    private static void fill(Page page, LocalDate today) {
        page.fill("#f-appointingAuthorityName", "Le ministre");
        page.fill("#f-appointingAuthorityTitle", "Ministre de l’Environnement");
        page.check("[name=signatoryKind][value=minister]");
        page.fill("#f-letterDate", today.toString());
        page.fill("#f-effectiveFrom", today.toString());
        page.check("[name=replaces][value=first-appointment]");
        page.fill("#f-givenName", "Anna");
        page.fill("#f-familyName", "Dürrenmatt");
        page.fill("#f-position", "Cheffe de section");
        page.fill("#f-organisation", "Office fédéral");
        page.fill("#f-street", "Rue 1");
        page.fill("#f-city", "Berne");
        page.selectOption("#f-country", "CHE");
        page.selectOption("#f-countryOfPost", "CHE");
        page.fill("#f-workEmail", "anna@example.org");
        page.fill("#f-phone", "+41310000000");
        page.check("[name=preferredLanguages][value=fr]");
        page.check("[name=available][value=yes]");
        page.fill("#f-ministry", "Ministère de l’Environnement");
        page.check("[name=conservationMandate][value=yes]");
        page.check("[name=languages][value=en]");
        page.check("[name=languages][value=fr]");
    }

    private static FilePayload letter() {
        return new FilePayload(
                "lettre.pdf",
                "application/pdf",
                ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private List<Submission> submissions(String occasion, String party) {
        return submissions(DUTY, occasion, party);
    }

    private List<Submission> submissions(String duty, String occasion, String party) {
        Obligation obligation = obligations
                .list(new Obligations.Filter(duty, party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0);
        return obligations.submissions(obligation.id());
    }

    private Page tasklist(String username, Locale browser) {
        return tasklist(username, browser, "");
    }

    /** @param asked language asked for at the login page; empty for the account's */
    private Page tasklist(String username, Locale browser, String asked) {
        Page page = open(View.desktop().in(browser));
        page.navigate("http://localhost:" + port + "/login" + (asked.isEmpty() ? "" : "?lang=" + asked));
        page.fill("[name=username]", username);
        page.fill("[name=password]", "sterna-demo-2026");
        page.click("[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
        listen(page);
        page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
        page.waitForSelector("li.task");
        return page;
    }

    private void listen(Page page) {
        complaints.clear();
        page.onPageError(error -> complaints.add("error " + error));
        page.onResponse(this::note);
        page.onConsoleMessage(message -> {
            // a refused answer is noted as such
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add("console " + message.text());
            }
        });
    }

    private void note(Response response) {
        if (response.status() >= 400) {
            complaints.add("%d %s %s"
                    .formatted(
                            response.status(),
                            response.request().method(),
                            response.url().replaceFirst("^http://[^/]+", "")));
        }
    }

    private static void choose(Page page, String filter) {
        page.locator(".task-filter h4 a", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + filter)))
                .click();
        PlaywrightAssertions.assertThat(page.locator(".task-filter.active h4 a"))
                .containsText(filter);
    }

    private static void openOnlyTask(Page page) {
        PlaywrightAssertions.assertThat(page.locator("li.task")).hasCount(1);
        page.click("li.task h4 a");
        page.waitForSelector("form#duty #f-letter:enabled");
    }
}
