package org.sterna.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import org.sterna.engine.Tasks;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/**
 * The first duty as people live it, on the desk and on the Secretariat's pages, in a real browser with a real mail
 * server; each step leaves its picture.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("demo")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskE2E extends BrowserTest {

    private static final Locale SPANISH = new Locale("es");
    private static final Pattern LINK = Pattern.compile("(http://localhost:\\d+/desk/obligations/[0-9a-f-]+/task)");
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static String base;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Tasks tasks;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        MAIL.start();
        int port = TestSocketUtils.findAvailableTcpPort();
        base = "http://localhost:" + port;
        registry.add("server.port", () -> port);
        registry.add("sterna.base-url", () -> base);
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:desk;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000");
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
    }

    @BeforeAll
    static void forget() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    private Page login(View view, String username, String path) {
        Page page = open(view);
        page.navigate(base + path);
        return login(page, username);
    }

    private Page login(Page page, String username) {
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

    private static List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .filter(mail -> {
                    try {
                        return mail.getRecipients(Message.RecipientType.TO)[0]
                                .toString()
                                .contains(address);
                    } catch (MessagingException broken) {
                        throw new IllegalStateException(broken);
                    }
                })
                .toList();
    }

    private static MimeMessage mail(String address, String subject) {
        await().atMost(Duration.ofSeconds(60)).until(() -> mailsTo(address).stream()
                .anyMatch(mail -> subject(mail).startsWith(subject)));
        return mailsTo(address).stream()
                .filter(mail -> subject(mail).startsWith(subject))
                .findFirst()
                .orElseThrow();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String link(MimeMessage mail) {
        String text = text(mail);
        Matcher link = LINK.matcher(text);
        assertThat(link.find()).as("a link to the task in %s", text).isTrue();
        return link.group(1);
    }

    private static FilePayload paper(String name) {
        return new FilePayload(
                name,
                "application/pdf",
                ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                                + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void fillIn(Page page) {
        page.setInputFiles("input[type=file]", paper("carta.pdf"));
        String today = java.time.LocalDate.now(java.time.Clock.systemUTC()).toString();
        Map.of(
                        "appointingAuthorityName", "Oficina del Ministro",
                        "appointingAuthorityTitle", "Ministro de Ambiente",
                        "letterDate", today,
                        "effectiveFrom", today,
                        "givenName", "Prueba",
                        "familyName", "Designada",
                        "position", "Jefa de sección",
                        "organisation", "Ministerio")
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

    @Test
    @Order(1)
    void theDutyIsOpenedAnsweredReturnedAndAccepted() throws Exception {
        Page secretariat = login(View.desktop(), "secretariat", "/secretariat/campaigns");
        assertThat(secretariat.locator("h1")).hasText("Campaigns");
        assertThat(secretariat.getByText("Parties without a valid nomination letter"))
                .isVisible();
        assertAccessible(secretariat);
        screenshot(secretariat, "secretariat-campaigns");

        for (String party : List.of("ARG", "FRA", "KEN")) {
            secretariat.check("input[name=parties][value=" + party + "]");
        }
        button(secretariat, "Continue").click();
        assertAccessible(secretariat);
        button(secretariat, "Open for 3 Parties").click();
        assertThat(secretariat.locator("main")).containsText("Argentina");
        assertAccessible(secretariat);
        screenshot(secretariat, "secretariat-campaign");

        MimeMessage call = mail("arg-nfp@example.org", "Acción requerida");
        mail("fra-nfp@example.org", "Action requise");
        mail("ken-nfp@example.org", "Action required by");

        // the link of the mail leads through the login to the task
        Page holder = open(View.desktop().in(SPANISH));
        holder.navigate(link(call));
        assertAccessible(holder);
        screenshot(holder, "login");
        login(holder, "arg-nfp");
        assertThat(holder.locator("h1")).hasText("Presentar el nombramiento");
        assertAccessible(holder);
        screenshot(holder, "task");

        // a draft is kept as it is, with its document
        fillIn(holder);
        holder.fill("[name=phone]", "llámeme");
        button(holder, "Guardar borrador").click();
        assertThat(holder.locator("main")).containsText("carta.pdf");
        holder.navigate(base + "/desk");
        assertAccessible(holder);
        screenshot(holder, "desk");
        holder.navigate(link(call));
        assertThat(holder.locator("[name=phone]")).hasValue("llámeme");

        // what is wrong is said at the field and in the summary
        button(holder, "Enviar").click();
        assertThat(holder.locator(".error-summary")).containsText("Teléfono");
        assertThat(holder.locator("[name=phone]")).hasAttribute("aria-invalid", "true");
        assertAccessible(holder);
        screenshot(holder, "task-with-errors");
        holder.fill("[name=phone]", "+541100000000");
        button(holder, "Enviar").click();
        assertThat(holder.locator("main")).containsText("S-");
        assertAccessible(holder);
        screenshot(holder, "receipt");
        mail("arg-nfp@example.org", "Acuse de recibo");

        review(secretariat, false);
        MimeMessage returned = mail("arg-nfp@example.org", "Acción requerida", "devuel");
        holder.navigate(link(returned));
        assertThat(holder.locator("main")).containsText("Falta el sello oficial");
        assertAccessible(holder);
        screenshot(holder, "task-returned");
        button(holder, "Enviar").click();
        assertThat(holder.locator("main")).containsText("S-");

        review(secretariat, true);
        secretariat.navigate(base + "/secretariat/register/ARG");
        assertThat(secretariat.locator("main")).containsText("Prueba Designada");
        assertAccessible(secretariat);
        screenshot(secretariat, "register-party");
        mail("rep-south-central-america-caribbean@example.org", "Accepted");
    }

    private static MimeMessage mail(String address, String subject, String inText) {
        await().atMost(Duration.ofSeconds(60)).until(() -> mailsTo(address).stream()
                .anyMatch(
                        mail -> subject(mail).startsWith(subject) && text(mail).contains(inText)));
        return mailsTo(address).stream()
                .filter(mail -> subject(mail).startsWith(subject) && text(mail).contains(inText))
                .findFirst()
                .orElseThrow();
    }

    /** The plain text, which is the first part, whatever else the mail brings. */
    private static String text(MimeMessage mail) {
        try {
            Object content = mail.getContent();
            while (content instanceof Multipart parts) {
                content = parts.getBodyPart(0).getContent();
            }
            return content.toString();
        } catch (MessagingException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void review(Page secretariat, boolean accept) {
        secretariat.navigate(base + "/secretariat");
        secretariat
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Review nomination"))
                .first()
                .click();
        assertThat(secretariat.locator("main")).containsText("carta.pdf");
        assertAccessible(secretariat);
        if (accept) {
            for (String check : List.of(
                    "hasSignature", "hasStamp", "signatoryCheck", "identityCheck", "contactCheck", "languageCheck")) {
                secretariat.check("input[type=checkbox][name=" + check + "]");
            }
            secretariat.check("[name=decision][value=accepted]");
            screenshot(secretariat, "review");
        } else {
            secretariat.check("[name=decision][value=returned]");
            secretariat.fill("[name=reasons]", "Falta el sello oficial en la carta.");
        }
        button(secretariat, "Submit").click();
        assertThat(secretariat.locator("main")).containsText("S-");
    }

    @Test
    @Order(2)
    void whoDoesNothingIsRemindedThenTheMinistryAndTheSecretariatAreTold() {
        Page secretariat = login(View.desktop(), "secretariat", "/secretariat/clock");
        assertAccessible(secretariat);
        screenshot(secretariat, "clock");
        advance(secretariat, 17);
        mail("fra-nfp@example.org", "Action requise", "Ceci est un rappel");
        advance(secretariat, 17);
        mail("fra-nfp@example.org", "En retard");
        mail("fra-alt@example.org", "");
        advance(secretariat, 14);
        mail("fra-min@example.org", "");
        advance(secretariat, 17);
        mail("secretariat@example.org", "");

        secretariat.navigate(base + "/secretariat");
        assertThat(secretariat.locator("main")).containsText("Decide");
        secretariat.navigate(base + "/secretariat/obligations?overdue=true");
        assertThat(secretariat.locator("main")).containsText("France");
        assertAccessible(secretariat);
        screenshot(secretariat, "obligations-overdue");
        secretariat
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("France"))
                .first()
                .click();
        assertAccessible(secretariat);
        screenshot(secretariat, "case");
        secretariat.navigate(base + "/secretariat/notices");
        assertAccessible(secretariat);
        screenshot(secretariat, "notices");
        secretariat.locator("main a[href*='/secretariat/notices/']").first().click();
        assertAccessible(secretariat);
        screenshot(secretariat, "notice");
    }

    private void advance(Page secretariat, int days) {
        secretariat.navigate(base + "/secretariat/clock");
        String before = secretariat.locator("main").textContent();
        secretariat.locator("main input:visible").first().fill(Integer.toString(days));
        button(secretariat, "Move the clock").click();
        assertThat(secretariat.locator("main")).not().hasText(before);
        assertThat(secretariat.locator(".error-summary")).hasCount(0);
    }

    @Test
    @Order(3)
    void thePagesFitAPhoneAndWorkInEveryLanguage() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH, SPANISH)) {
            Page holder = login(View.phone().in(language).withoutScripts(), "ken-nfp", "/desk?lang=" + language);
            for (String path : List.of("/desk", "/desk/absence")) {
                holder.navigate(base + path);
                assertNoSidewaysScrolling(holder);
                assertThat(holder.locator("html")).hasAttribute("lang", language.getLanguage());
            }
            holder.navigate(base + "/desk");
            holder.locator("a[href*='/desk/tasks/']").first().click();
            assertNoSidewaysScrolling(holder);
            screenshot(holder, "phone-task-" + language);
            Page secretariat = login(View.phone().in(language), "secretariat", "/secretariat?lang=" + language);
            for (String path : List.of(
                    "/secretariat",
                    "/secretariat/matrix",
                    "/secretariat/campaigns",
                    "/secretariat/obligations",
                    "/secretariat/notices",
                    "/secretariat/register",
                    "/secretariat/clock")) {
                secretariat.navigate(base + path);
                assertNoSidewaysScrolling(secretariat);
                assertAccessible(secretariat);
            }
            screenshot(secretariat, "phone-clock-" + language);
        }
    }

    @Test
    @Order(4)
    void rowsOfAListAreAddedAndRemovedWithoutScripts() {
        open("made-up-duty", "rows", "NER");
        Page holder = login(View.phone().in(Locale.FRENCH).withoutScripts(), "ner-nfp", "/desk?lang=fr");
        holder.locator("a[href*='/desk/tasks/']").first().click();
        holder.fill("#f-answer", "x");
        holder.fill("#f-sightings-0-species", "Cigogne");
        holder.check("#f-sightings-0-habitats-2");
        holder.setInputFiles("#f-sightings-0-photo", paper("nid.pdf"));

        // typed so far is kept, unchecked, and the new row is where one goes on
        holder.locator("[data-add]").click();
        assertThat(holder.locator("#f-sightings-1-species")).isFocused();
        assertThat(holder.locator("#f-answer")).hasValue("x");
        assertThat(holder.locator("#f-sightings-0-habitats-2")).isChecked();
        assertThat(holder.locator("main")).containsText("nid.pdf");
        assertThat(holder.locator(".error-summary")).hasCount(0);
        holder.fill("#f-sightings-1-species", "Sterne");
        holder.locator("[data-add]").click();
        holder.fill("#f-sightings-2-number", "0");
        assertNoSidewaysScrolling(holder);
        screenshot(holder, "phone-list-fr");

        holder.locator("[data-remove]").nth(1).click();
        assertThat(holder.locator("#f-sightings")).isFocused();
        assertThat(holder.locator("[data-row]")).hasCount(2);
        assertThat(holder.locator("#f-sightings-0-species")).hasValue("Cigogne");
        assertThat(holder.locator("#f-sightings-1-number")).hasValue("0");

        // what is wrong is said in the row, and linked from the summary
        holder.selectOption("#f-season", "spring");
        holder.fill("#f-birds", "3");
        button(holder, "Envoyer").last().click();
        assertThat(holder.locator(".error-summary a[href='#f-sightings-1-species']"))
                .containsText("Observation 2, Espèce");
        assertNoSidewaysScrolling(holder);
        screenshot(holder, "phone-list-errors-fr");
        holder.fill("#f-answer", "Des cigognes");
        holder.fill("#f-sightings-1-species", "Sterne");
        holder.fill("#f-sightings-1-number", "2");
        // the Enter key sends the form; it presses no button of a row
        holder.press("#f-sightings-0-species", "Enter");
        assertThat(holder.locator("main")).containsText("S-");
        assertThat(holder.locator("main")).containsText("Observation 2");
        assertNoSidewaysScrolling(holder);
        screenshot(holder, "phone-list-sent-fr");
    }

    @Test
    @Order(5)
    void rowsOfAListAreAddedAndRemovedOnTheSpot() {
        open("made-up-duty", "spot", "BEN");
        Page holder = login(View.desktop(), "ben-nfp", "/desk?lang=en");
        holder.locator("a[href*='/desk/tasks/']").first().click();
        String address = holder.url();
        holder.fill("#f-sightings-0-species", "Stork");
        holder.locator("[data-add]").focus();
        holder.keyboard().press("Enter");
        assertThat(holder.locator("#f-sightings-1-species")).isFocused();
        holder.keyboard().type("Tern");
        holder.locator("[data-add]").click();
        holder.keyboard().type("Gull");
        assertThat(holder.locator("[data-row] > legend"))
                .hasText(new String[] {"Sighting 1", "Sighting 2", "Sighting 3"});
        assertAccessible(holder);

        holder.locator("[data-remove]").nth(1).click();
        assertThat(holder.locator("#f-sightings")).isFocused();
        assertThat(holder.locator("#f-sightings-1-species")).hasValue("Gull");
        assertThat(holder.locator("[name='sightings.1.species']")).hasValue("Gull");
        org.assertj.core.api.Assertions.assertThat(holder.url()).isEqualTo(address);
        screenshot(holder, "list");
        for (int i = 2; i < 5; i++) {
            holder.locator("[data-add]").click();
        }
        assertThat(holder.locator("[data-add]")).isHidden();
        // more parts than a form of the usual size has
        for (int i = 0; i < 5; i++) {
            holder.fill("#f-sightings-" + i + "-species", "Species " + i);
            for (String habitat : List.of("", "-2", "-3")) {
                holder.check("#f-sightings-" + i + "-habitats" + habitat);
            }
        }

        holder.fill("#f-answer", "Storks and gulls");
        holder.selectOption("#f-season", "spring");
        holder.fill("#f-birds", "3");
        holder.fill("#f-sightings-1-number", "0");
        button(holder, "Submit").last().click();
        assertThat(holder.locator(".error-summary")).containsText("Sighting 2, Number of birds");
        assertAccessible(holder);
        screenshot(holder, "list-errors");
        Page secretariat = login(View.desktop(), "secretariat", "/secretariat?lang=en");
        holder.fill("#f-sightings-1-number", "4");
        button(holder, "Submit").last().click();
        assertThat(holder.locator("main")).containsText("S-");

        secretariat.navigate(base + check("BEN"));
        assertThat(secretariat.locator(".rows > li")).hasCount(5);
        assertAccessible(secretariat);
        screenshot(secretariat, "list-sent");
    }

    private void open(String duty, String occasion, String party) {
        Campaigns.Campaign campaign = campaigns.open(duty, occasion, List.of(party), "secretariat");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> campaigns.find(campaign.id()).orElseThrow().opened() == 1);
    }

    @Test
    @Order(6)
    void answersCarriedOverAreMarkedAndHaveToBeReadByScriptAndWithout() {
        open("made-up-duty", "cop15", "BFA");
        answer("BFA");
        open("made-up-duty", "cop16", "BFA");

        Page phone = login(View.phone().in(SPANISH).withoutScripts(), "bfa-nfp", "/desk?lang=es");
        phone.locator("a[href*='/desk/tasks/']").first().click();
        assertThat(phone.locator(".carried-over")).containsText("Algunas respuestas se han tomado de COP15");
        assertThat(phone.locator("#c-birds")).hasText("Tomado de COP15: compruébelo.");
        assertThat(phone.locator("#c-sightings")).isVisible();
        assertThat(phone.locator("#f-birds")).hasValue("12");
        assertThat(phone.locator("#f-answer")).hasValue("");
        assertThat(phone.locator("#f-sightings-1-species")).hasValue("Tern");
        assertThat(phone.locator("#f-party")).containsText("Burkina Faso");
        assertNoSidewaysScrolling(phone);
        screenshot(phone, "phone-carried-over-es");

        Page holder = login(View.desktop(), "bfa-nfp", "/desk?lang=en");
        holder.locator("a[href*='/desk/tasks/']").first().click();
        assertAccessible(holder);
        screenshot(holder, "carried-over");
        holder.fill("#f-answer", "Storks again");
        holder.selectOption("#f-season", "spring");
        holder.evaluate("document.getElementById('f-carriedOverRead').required = false");
        button(holder, "Submit").last().click();
        assertThat(holder.locator(".error-summary a[href='#f-carriedOverRead']"))
                .containsText("then tick “I have read the answers carried over”");
        assertAccessible(holder);
        screenshot(holder, "carried-over-unread");
        holder.check("#f-carriedOverRead");
        button(holder, "Submit").last().click();
        assertThat(holder.locator("main")).containsText("S-");
        assertThat(holder.locator("article.sent").first()).containsText("I have read the answers carried over");
        screenshot(holder, "carried-over-sent");

        Page secretariat = login(View.desktop(), "secretariat", check("BFA") + "?lang=en");
        assertThat(secretariat.locator("#f-told")).containsText("Storks");
        assertThat(secretariat.locator("#f-seen strong").first()).hasText("Row 1");
        assertAccessible(secretariat);
        screenshot(secretariat, "read-only-list");
    }

    /** Where the Secretariat checks what the Party sent last. */
    private String check(String party) {
        return obligations.tasksOf(List.of("secretariat")).stream()
                .filter(task -> task.step().equals("check-answer")
                        && obligations
                                .find(task.obligationId())
                                .orElseThrow()
                                .partyCode()
                                .equals(party))
                .reduce((earlier, later) -> later)
                .map(task -> "/desk/tasks/" + task.taskId())
                .orElseThrow();
    }

    private void answer(String party) {
        OpenTask task = obligations.tasksOf(List.of("nfp-" + party)).get(0);
        tasks.submit(
                task.taskId(),
                party.toLowerCase(Locale.ROOT) + "-nfp",
                Map.of(
                        "answer",
                        "Storks",
                        "season",
                        "autumn",
                        "birds",
                        12,
                        "sightings",
                        List.of(Map.of("species", "Stork", "number", 10), Map.of("species", "Tern", "shore", "left"))),
                Locale.ENGLISH);
    }
}
