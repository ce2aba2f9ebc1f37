package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sterna.forms.FormRenderer.Place;

class HtmlFormsTests {

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
    void hasNoActionSoThatTasklistKeepsItsPage() {
        assertThat(desk(Map.of()).selectFirst("form").hasAttr("action")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void keepsAngularOutOfAllThatIsShown(Place place) {
        assertThat(html(place, Map.of()).select("form > :not([ng-non-bindable], script)"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsTypedTextAsText(Place place) {
        String typed = "{{7*7}}<script>alert(1)</script>\"'>";

        Element input = html(place, Map.of("familyName", typed)).getElementById("f-familyName");

        assertThat(input.val()).isEqualTo(typed);
    }

    @ParameterizedTest
    @EnumSource
    void foldsLongRowsInWhichNothingIsLeftToDo(Place place) {
        Form form = project.forms
                .find("delegation-nomination", "propose-composition")
                .orElseThrow();
        Map<String, Object> delegate = new HashMap<>(Map.of(
                "givenName",
                "Ada",
                "familyName",
                "Example",
                "role",
                "adviser",
                "position",
                "Director",
                "organisation",
                "Office",
                "street",
                "Street 1",
                "city",
                "City",
                "country",
                "CHE",
                "countryOfPost",
                "CHE",
                "workEmail",
                "ada@example.org"));
        Map<String, Object> complete = new HashMap<>(delegate);
        complete.put("preferredLanguages", List.of("en"));
        List<Violation> violations = List.of(new Violation("members.2.phone", "Give a number."));

        Document page = Jsoup.parseBodyFragment(renderer.render(
                form,
                ProjectForms.page(
                        place, Locale.ENGLISH, Map.of("members", List.of(complete, delegate, complete)), violations)));

        assertThat(page.select("[data-rows] summary").eachText())
                .containsExactly("Ada Example", "Ada Example", "Ada Example");
        assertThat(page.select("[data-rows] details").stream().map(row -> row.hasAttr("open")))
                .containsExactly(false, true, true);
        assertThat(html(place, form, Map.of())
                        .select("[data-rows] details[open] > summary")
                        .eachText())
                .containsExactly("Details");
    }

    @ParameterizedTest
    @EnumSource
    void leavesShortRowsUnfolded(Place place) {
        assertThat(html(place, project.madeUp(), Map.of()).select("[data-row]"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.select("details")).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void letsNothingTypedBecomeMarkup(Place place) {
        String typed = "</textarea></div><img src=x>";
        List<Violation> violations = List.of(new Violation("title", typed), new Violation("<img>", typed));

        String page = renderer.render(
                project.nomination(),
                ProjectForms.page(place, Locale.ENGLISH, Map.of("mandateReason", typed, "title", typed), violations));

        assertThat(Jsoup.parseBodyFragment(page).select("img")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hasNoInlineHandlersOrStyles(Place place) {
        assertThat(html(place, Map.of()).getAllElements())
                .allSatisfy(element -> assertThat(element.attributes().asList())
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")
                                || attribute.getKey().equals("style")));
    }

    @ParameterizedTest
    @MethodSource("everyPlaceAndForm")
    void labelsEveryField(Place place, Form form) {
        Document page = html(place, form, Map.of());

        assertThat(page.select("input:not([type=hidden]), select, textarea"))
                .isNotEmpty()
                .allSatisfy(input ->
                        assertThat(page.select("label[for=" + input.id() + "]")).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("everyPlaceAndForm")
    void usesEveryIdOnce(Place place, Form form) {
        assertThat(html(place, form, Map.of()).select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("everyPlaceAndForm")
    void describesFieldsByWhatIsThere(Place place, Form form) {
        Document page = html(place, form, Map.of());

        assertThat(page.select("[aria-describedby]").eachAttr("aria-describedby").stream()
                        .flatMap(ids -> Stream.of(ids.split(" "))))
                .allSatisfy(id -> assertThat(page.getElementById(id)).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("everyPlaceAndForm")
    void namesEveryValueOfTheFormAndNoOther(Place place, Form form) {
        String attribute = place == Place.TASKLIST ? "cam-variable-name" : "name";
        Document page = html(place, form, Map.of());
        page.select("[type=file], [data-csrf], form, button").forEach(element -> element.removeAttr("name"));
        page.select("template, [data-warnings-read]").remove();

        assertThat(page.select("[" + attribute + "]").eachAttr(attribute).stream()
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(form.fields().stream()
                        .filter(field -> field.type() != Form.Type.TEXT_BLOCK && !field.readonly())
                        .map(Form.Field::key)
                        .toList());
    }

    @Test
    void leavesTasklistsAttributesAndScriptOutOfTheDesk() {
        assertThat(desk(Map.of()).select("[cam-variable-name], script")).isEmpty();
    }

    @Test
    void bringsItsScriptToTasklist() {
        assertThat(tasklist(Map.of())
                        .selectFirst("script[cam-script][type=text/form-script]")
                        .data())
                .contains("camForm.on('submit-failed'")
                .doesNotContain("&quot;", "&#39;");
    }

    @Test
    void joinsListsForTasklist() {
        assertThat(tasklist(Map.of("languages", List.of("en", "es")))
                        .selectFirst("[cam-variable-name=languages]")
                        .val())
                .isEqualTo("en,es");
    }

    @Test
    void ticksWhatWasChosen() {
        assertThat(desk(Map.of("languages", List.of("en", "es")))
                        .select("[name=languages][checked]")
                        .eachAttr("value"))
                .containsExactly("en", "es");
    }

    @Test
    void choosesWhatWasChosen() {
        assertThat(desk(Map.of("country", "CHE"))
                        .select("#f-country [selected]")
                        .eachText())
                .containsExactly("Switzerland");
    }

    @Test
    void ordersCountriesForTheReader() {
        assertThat(document(Place.DESK, ProjectForms.SPANISH, Map.of())
                        .select("#f-country option")
                        .eachText())
                .containsSubsequence("Afganistán", "Alemania", "Suiza", "Zambia");
    }

    @Test
    void attachesFilesOnTheDeskWithoutScripts() {
        assertThat(desk(Map.of()).selectFirst("#f-letter").attr("name")).isEqualTo("letter.file");
    }

    @Test
    void asksForAFileOnlyWhileThereIsNone() {
        Map<String, Object> values = Map.of("letter", ProjectForms.LETTER.toString());

        assertThat(desk(values).selectFirst("#f-letter").hasAttr("required")).isFalse();
    }

    @Test
    void namesTheFileThatIsAttached() {
        Map<String, Object> values = Map.of("letter", ProjectForms.LETTER.toString());

        assertThat(desk(values).getElementById("a-letter").text()).contains("letter.pdf");
    }

    @Test
    void uploadsFromTasklistByScript() {
        Document page = tasklist(Map.of());

        assertThat(page.selectFirst("[data-upload=letter]").hasAttr("name")).isFalse();
    }

    @Test
    void carriesTheTokenForUploads() {
        Element token = tasklist(Map.of()).selectFirst("[data-csrf]");

        assertThat(token.attr("name") + "=" + token.val() + ";" + token.attr("data-csrf"))
                .isEqualTo("_csrf=secret;X-CSRF-TOKEN");
    }

    @Test
    void summarisesErrorsWithLinksToTheirFields() {
        Document page = withErrors(Place.DESK);

        assertThat(page.select("#error-summary[role=alert][tabindex=-1] a").eachAttr("href"))
                .containsExactly("#f-signatoryKind", "#f-workEmail")
                .allSatisfy(link -> assertThat(page.selectFirst(link)).isNotNull());
    }

    @Test
    void summarisesErrorsOfNoFieldWithoutLink() {
        assertThat(withErrors(Place.DESK).select("#error-summary li").eachText())
                .contains("Leave it out.");
    }

    @Test
    void saysErrorsBesideTheirFields() {
        Document page = withErrors(Place.DESK);

        assertThat(page.getElementById("f-workEmail").attr("aria-describedby")).isEqualTo("h-workEmail e-workEmail");
        assertThat(page.getElementById("f-workEmail").attr("aria-invalid")).isEqualTo("true");
        assertThat(page.getElementById("e-workEmail").text()).isEqualTo("Error: No address.");
    }

    @Test
    void leavesTheSummaryOutOfTasklist() {
        assertThat(withErrors(Place.TASKLIST).getElementById("error-summary")).isNull();
    }

    @Test
    void showsADateThatIsNoneAsTypedText() {
        Element input = desk(Map.of("letterDate", "1.5.2026")).getElementById("f-letterDate");

        assertThat(input.attr("type") + " " + input.val()).isEqualTo("text 1.5.2026");
    }

    @Test
    void givesBrowsersWhatTheyCanCheck() {
        Element input = desk(Map.of()).getElementById("f-workEmail");

        assertThat(input.attr("type")).isEqualTo("email");
        assertThat(input.attr("autocomplete")).isEqualTo("email");
        assertThat(input.hasAttr("required")).isTrue();
        assertThat(input.hasAttr("maxlength")).isFalse();
    }

    @Test
    void marksWhatMayBeLeftEmpty() {
        assertThat(desk(Map.of()).select("label[for=f-department] .mark").text())
                .isEqualTo("(optional)");
    }

    @Test
    void doesNotCallAFieldOptionalThatAConditionMayRequire() {
        assertThat(desk(Map.of()).select("label[for=f-replacesName] .mark")).isEmpty();
    }

    @Test
    void groupsChoicesUnderTheirQuestion() {
        assertThat(desk(Map.of()).select("fieldset.section > legend").eachText())
                .containsExactly("The letter", "The person nominated", "Suitability");
        assertThat(desk(Map.of())
                        .select("fieldset.choices:has([name=replaces]) > legend")
                        .text())
                .isEqualTo("Does this person replace somebody?");
    }

    @Test
    void showsWarningsThatAreNoErrors() {
        FormRenderer.Page page = new FormRenderer.Page(
                Place.DESK,
                Locale.ENGLISH,
                Map.of(),
                List.of(),
                List.of(new Violation("ministry", "Unusual.")),
                Map.of(),
                null,
                "X-CSRF-TOKEN",
                "_csrf",
                "secret",
                "/documents");

        Document html = Jsoup.parseBodyFragment(renderer.render(project.nomination(), page));

        assertThat(html.getElementById("w-ministry").text()).isEqualTo("Please note: Unusual.");
    }

    @Test
    void speaksTheReadersLanguage() {
        Document page = document(Place.DESK, Locale.FRENCH, Map.of());

        assertThat(page.select("label[for=f-familyName]").text()).isEqualTo("Nom de famille");
        assertThat(page.selectFirst("[ng-non-bindable]").attr("lang")).isEqualTo("fr");
    }

    private static Stream<Arguments> everyPlaceAndForm() {
        return Stream.of(Place.values())
                .flatMap(place -> project.all().stream().map(form -> Arguments.of(place, form)));
    }

    private static Document withErrors(Place place) {
        List<Violation> violations = List.of(
                new Violation("signatoryKind", "Not this one."),
                new Violation("workEmail", "No address."),
                new Violation("surprise", "Leave it out."));
        return Jsoup.parseBodyFragment(
                renderer.render(project.nomination(), ProjectForms.page(place, Locale.ENGLISH, Map.of(), violations)));
    }

    private static Document desk(Map<String, ?> values) {
        return html(Place.DESK, values);
    }

    private static Document tasklist(Map<String, ?> values) {
        return html(Place.TASKLIST, values);
    }

    private static Document html(Place place, Map<String, ?> values) {
        return html(place, project.nomination(), values);
    }

    private static Document html(Place place, Form form, Map<String, ?> values) {
        return Jsoup.parseBodyFragment(
                renderer.render(form, ProjectForms.page(place, Locale.ENGLISH, values, List.of())));
    }

    private static Document document(Place place, Locale reader, Map<String, ?> values) {
        return Jsoup.parseBodyFragment(
                renderer.render(project.nomination(), ProjectForms.page(place, reader, values, List.of())));
    }
}
