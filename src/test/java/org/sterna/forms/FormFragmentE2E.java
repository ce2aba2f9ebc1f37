package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.sterna.browser.BrowserTest;
import org.sterna.forms.FormRenderer.Place;

/** The fragment on a bare page, where a few lines stand for Tasklist: they run its script and remember what it hears. */
class FormFragmentE2E extends BrowserTest {

    private static final String ORIGIN = "http://fragment.test";

    private static final String TASKLIST = """
            var heard = {};
            var camForm = { taskId: 'task-7', formElement: [document.querySelector('form')],
              on: function (name, handler) { heard[name] = handler; } };
            new Function('camForm', document.querySelector('[cam-script]').textContent)(camForm);
            """;

    @TempDir
    private static Path root;

    private static ProjectForms project;
    private static HtmlForms renderer;

    @BeforeAll
    static void readForms() {
        project = new ProjectForms(root);
        renderer = project.renderer();
    }

    @AfterAll
    static void close() {
        project.gate.destroy();
    }

    @Test
    void copiesAChoiceForTasklist() {
        Page page = tasklist(Map.of());

        page.check("#f-signatoryKind-2");

        assertThat(variable(page, "signatoryKind")).isEqualTo("equivalent");
    }

    @Test
    void joinsTickedBoxesForTasklist() {
        Page page = tasklist(Map.of());

        page.check("#f-languages");
        page.check("#f-languages-3");

        assertThat(variable(page, "languages")).isEqualTo("en,es");
    }

    @Test
    void showsWhatTasklistKept() {
        Page page = tasklist(Map.of());

        page.evaluate("document.querySelector('[cam-variable-name=languages]').value = 'fr,es';"
                + "document.querySelector('[cam-variable-name=replaces]').value = 'successor';"
                + "heard['variables-applied']()");

        assertThat(List.of(
                        page.isChecked("#f-languages"),
                        page.isChecked("#f-languages-2"),
                        page.isChecked("#f-languages-3"),
                        page.isChecked("#f-replaces-2")))
                .containsExactly(false, true, true, true);
    }

    @Test
    void showsTheRowsThatTasklistKept() {
        Page page = tasklist(project.madeUp(), Map.of(), Route::abort);

        page.evaluate("document.querySelector('[cam-variable-name=sightings]').value ="
                + " '[{\"species\":\"Stork\",\"habitats\":[\"wood\"],\"ringed\":true},{\"species\":\"Tern\",\"weather\":\"wet\"}]';"
                + "heard['variables-applied']()");

        assertThat(page.inputValue("#f-sightings-1-species")).isEqualTo("Tern");
        assertThat(List.of(
                        page.isChecked("#f-sightings-0-habitats-3"),
                        page.isChecked("#f-sightings-0-ringed"),
                        page.isChecked("#f-sightings-1-weather-2"),
                        page.isChecked("#f-sightings-1-ringed")))
                .containsExactly(true, true, true, false);
    }

    @Test
    void keepsTheRowsThatTheServerFilledIn() {
        Page page = tasklist(project.madeUp(), Map.of("sightings", List.of(Map.of("species", "Stork"))), Route::abort);

        page.evaluate("heard['variables-applied']()");
        page.fill("#f-sightings-0-number", "3");

        assertThat(variable(page, "sightings")).isEqualTo("[{\"species\":\"Stork\",\"number\":\"3\"}]");
    }

    @Test
    void putsTheServersSentencesBesideTheirFields() {
        Page page = tasklist(Map.of());

        refuse(page, "Cannot submit task form 1-2: workEmail: No address: mend it.\\nsurprise: Leave it out.");

        assertThat(page.textContent("[data-error=workEmail]")).isEqualTo("No address: mend it.");
        assertThat(page.textContent("[data-error='']")).isEqualTo("Leave it out.");
        assertThat(page.getAttribute("#f-workEmail", "aria-invalid")).isEqualTo("true");
    }

    @Test
    void showsAnErrorThatNamesNoField() {
        Page page = tasklist(Map.of());

        refuse(page, "The task is already done");

        assertThat(page.textContent("[data-error='']")).isEqualTo("The task is already done");
    }

    @Test
    void closesTheBannerThatCoversTheButton() {
        Page page = tasklist(Map.of());
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div class=\"notifications\">"
                + "<div class=\"alert-danger\"><button class=\"close\">x</button></div></div>');"
                + "document.querySelector('.close').onclick = function () { this.parentNode.remove(); }; true");

        refuse(page, "workEmail: No.");

        page.waitForFunction("!document.querySelector('.alert-danger')");
        assertThat(page.querySelectorAll(".alert-danger")).isEmpty();
    }

    @Test
    void holdsBackWhatTheBrowserCanRefuse() {
        Page page = tasklist(Map.of());

        assertThat(page.evaluate("var event = {}; heard.submit(event); event.submitPrevented"))
                .isEqualTo(true);
    }

    @Test
    void uploadsAFileAndKeepsItsId() {
        Page page = tasklist(
                Map.of(),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(201)
                        .setContentType("application/json")
                        .setBody("{\"id\": \"%s\", \"name\": \"letter.pdf\"}".formatted(ProjectForms.LETTER))));

        choose(page);

        page.waitForFunction("document.querySelector('[data-name=letter]').textContent === 'letter.pdf'");
        assertThat(variable(page, "letter")).isEqualTo(ProjectForms.LETTER.toString());
    }

    @Test
    void sendsTaskSlotAndToken() {
        StringBuilder sent = new StringBuilder();
        Page page = tasklist(Map.of(), route -> {
            sent.append(route.request().headers().get("x-csrf-token"))
                    .append(new String(route.request().postDataBuffer(), StandardCharsets.UTF_8));
            route.fulfill(new Route.FulfillOptions().setStatus(500));
        });

        choose(page);

        page.waitForFunction("document.querySelector('[data-error=letter]').textContent !== ''");
        assertThat(sent.toString()).contains("secret", "name=\"taskId\"", "task-7", "name=\"slot\"", "name=\"file\"");
    }

    @Test
    void saysWhyAFileWasRefused() {
        Page page = tasklist(
                Map.of(),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(422)
                        .setContentType("application/json")
                        .setBody("{\"message\": \"The file is empty.\"}")));

        choose(page);

        page.waitForFunction("document.querySelector('[data-error=letter]').textContent !== ''");
        assertThat(page.textContent("[data-error=letter]")).isEqualTo("The file is empty.");
    }

    @Test
    void saysThatTheConnectionFailed() {
        Page page = tasklist(Map.of(), Route::abort);

        choose(page);

        page.waitForFunction("document.querySelector('[data-error=letter]').textContent !== ''");
        assertThat(page.textContent("[data-error=letter]")).startsWith("The file could not be sent.");
    }

    @Test
    void canBeReadByEverybodyOnTheDesk() throws IOException {
        Page page = open(View.phone());
        List<Violation> violations =
                List.of(new Violation("signatoryKind", "Not this one."), new Violation("workEmail", "No address."));

        page.setContent(html(Place.DESK, Map.of("letter", ProjectForms.LETTER.toString()), violations));
        dress(page);

        assertAccessible(page);
    }

    /** With the style sheets of the desk's pages. */
    private static void dress(Page page) throws IOException {
        for (String sheet : List.of(
                "classpath*:META-INF/resources/webjars/picocss__pico/*/css/pico.min.css",
                "classpath:static/assets/sterna.css")) {
            page.addStyleTag(new Page.AddStyleTagOptions()
                    .setContent(new PathMatchingResourcePatternResolver()
                            .getResources(sheet)[0].getContentAsString(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void canBeReadByEverybodyInTasklist() {
        assertAccessible(tasklist(Map.of()));
    }

    private Page tasklist(Map<String, ?> values) {
        return tasklist(values, Route::abort);
    }

    private Page tasklist(Map<String, ?> values, Consumer<Route> uploads) {
        return tasklist(project.nomination(), values, uploads);
    }

    private Page tasklist(Form form, Map<String, ?> values, Consumer<Route> uploads) {
        Page page = open(View.desktop());
        page.route(
                ORIGIN + "/",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html; charset=utf-8")
                        .setBody(html(form, Place.TASKLIST, values, List.of()))));
        page.route(ORIGIN + "/documents", uploads);
        page.navigate(ORIGIN + "/");
        return page;
    }

    private static String html(Place place, Map<String, ?> values, List<Violation> violations) {
        return html(project.nomination(), place, values, violations);
    }

    private static String html(Form form, Place place, Map<String, ?> values, List<Violation> violations) {
        return "<!doctype html><html lang=\"en\"><head><title>Form</title></head><body><main><h1>Form</h1>"
                + renderer.render(form, ProjectForms.page(place, Locale.ENGLISH, values, violations))
                + "</main>"
                + (place == Place.TASKLIST ? "<script>" + TASKLIST + "</script>" : "")
                + "</body></html>";
    }

    private static void choose(Page page) {
        page.setInputFiles(
                "#f-letter",
                new FilePayload("letter.pdf", "application/pdf", "%PDF-".getBytes(StandardCharsets.UTF_8)));
    }

    private static void refuse(Page page, String message) {
        page.evaluate("heard['submit-failed']({}, [{ message: '" + message + "' }])");
    }

    private static Object variable(Page page, String key) {
        return page.evaluate("document.querySelector('[cam-variable-name=" + key + "]').value");
    }
}
