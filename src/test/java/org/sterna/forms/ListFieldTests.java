package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.forms.FormRenderer.Place;

/** Lists of rows, from what a door receives to what is kept and shown. */
class ListFieldTests {

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

    static Stream<Map<String, Object>> readsRowsInWhateverShapeTheyCome() {
        Map<String, Object> cells = new HashMap<>();
        cells.put("sightings.0.species", "Stork");
        cells.put("sightings.0.seenOn", "2026-05-01");
        cells.put("sightings.0.number", "12");
        cells.put("sightings.0.habitats", List.of("meadow", "water"));
        cells.put("sightings.0.ringed", "true");
        cells.put("sightings.0.remarks", "");
        cells.put("sightings.7.species", "Tern");
        return Stream.of(
                cells, Map.of("sightings", List.of(stork(), Map.of("species", "Tern"))), Map.of("sightings", """
                        [{"species": "Stork", "seenOn": "2026-05-01", "number": 12, "habitats": ["meadow", "water"],
                          "ringed": true, "remarks": null}, {}, {"species": "Tern", "ringed": false}]
                        """));
    }

    @ParameterizedTest
    @MethodSource
    void readsRowsInWhateverShapeTheyCome(Map<String, Object> sent) {
        assertThat(checked(sent))
                .containsEntry(
                        "sightings",
                        List.of(
                                Map.of(
                                        "species",
                                        "Stork",
                                        "seenOn",
                                        LocalDate.of(2026, 5, 1),
                                        "number",
                                        new BigDecimal("12"),
                                        "habitats",
                                        List.of("water", "meadow"),
                                        "ringed",
                                        true),
                                Map.of("species", "Tern", "ringed", false)));
    }

    @Test
    void dropsEmptyRows() {
        List<Object> rows = new ArrayList<>();
        rows.add(null);
        rows.add(Map.of("species", " ", "ringed", false, "habitats", List.of()));
        rows.add(Map.of());

        assertThat(checked(Map.of("sightings", rows))).doesNotContainKey("sightings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "[{}]", "[null]"})
    void takesAnEmptyTextForAnEmptyList(String text) {
        assertThat(checked(Map.of("sightings", text))).doesNotContainKey("sightings");
    }

    @Test
    void namesRowAndFieldOfEachWrongCell() {
        List<Object> rows = List.of(Map.of("species", "Stork"), Map.of(), Map.of("number", 0, "seenOn", "soon"));

        assertThat(violations(Map.of("sightings", rows), Locale.ENGLISH))
                .containsExactly(
                        new Violation("sightings.2.species", "Sighting 3, Species: Fill in “Species”."),
                        new Violation(
                                "sightings.2.seenOn",
                                "Sighting 3, Seen on: “Seen on” must be a real date written as year-month-day, such as"
                                        + " 2026-05-14."),
                        new Violation(
                                "sightings.2.number",
                                "Sighting 3, Number of birds: “Number of birds” must be 1 or more."));
    }

    @Test
    void callsRowsByTheirNumberWhereTheDutyHasNoWordForThem() {
        Form form = project.madeUp();
        Form.Field list = form.field("sightings").orElseThrow();
        Form nameless = new Form("no-duty", "no-step", List.of(list), List.of());

        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(
                                        nameless, Map.of("sightings", List.of(Map.of("number", 1))), Locale.FRENCH))
                        .violations())
                .containsExactly(new Violation("sightings.0.species", "Ligne 1, Espèce : Remplissez « Espèce »."));
    }

    @Test
    void saysInTheReadersLanguageWhichCellIsWrong() {
        Map<String, Object> rows = Map.of("sightings", List.of(Map.of("species", "x".repeat(41))));

        assertThat(violations(rows, ProjectForms.SPANISH))
                .containsExactly(new Violation(
                        "sightings.0.species",
                        "Avistamiento 1, Especie: Acorte «Especie» a 40 caracteres como máximo."));
    }

    @Test
    void asksAConditionForEachRow() {
        List<Object> rows = List.of(
                Map.of("species", "Stork", "seenOn", "2026-05-14"),
                Map.of("species", "Tern", "seenOn", "2026-05-15"),
                Map.of("species", "Gull"));

        assertThat(violations(Map.of("sightings", rows), Locale.ENGLISH))
                .containsExactly(new Violation(
                        "sightings.1.seenOn",
                        "Sighting 2, Seen on: This day is still to come. Enter a day until today."));
    }

    @Test
    void asksAConditionOverAWholeList() {
        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(
                                        project.madeUp(),
                                        Map.of("answer", "Storks", "season", "spring", "sightings", List.of(stork())),
                                        Locale.ENGLISH))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("birds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    every s in sightings satisfies s.seenOn = null or s.seenOn < today | true
                    every s in sightings satisfies s.remarks = null                     | true
                    list contains(sightings.species, "Stork")                           | true
                    count(sightings) > 2                                                | false
                    """)
    void letsConditionsLookIntoRows(String expression, boolean holds) {
        Form form = project.madeUp();
        Form ruled = new Form(
                form.duty(),
                form.step(),
                form.fields(),
                List.of(new Form.Rule("r", "sightings", expression, "made-up-duty.title", true)));

        assertThat(project.check(ruled, with(List.of(stork(), Map.of("species", "Tern"))), Locale.ENGLISH)
                        .warnings())
                .hasSize(holds ? 0 : 1);
    }

    @Test
    void warnsInTheRow() {
        Form form = project.madeUp();
        Form ruled = new Form(
                form.duty(),
                form.step(),
                form.fields(),
                List.of(new Form.Rule("r", "sightings.number", "row.number != null", "made-up-duty.title", true)));

        assertThat(project.check(ruled, with(List.of(stork(), Map.of("species", "Tern"))), Locale.ENGLISH)
                        .warnings())
                .containsExactly(new Warning("r", "sightings.1.number", "Sighting 2, Number of birds: Made-up duty"));
    }

    @Test
    void asksNoConditionOverAListWithWrongCells() {
        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(
                                        project.madeUp(),
                                        Map.of(
                                                "answer",
                                                "Storks",
                                                "season",
                                                "spring",
                                                "sightings",
                                                List.of(Map.of("number", 1, "seenOn", "2027-01-01"))),
                                        Locale.ENGLISH))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("sightings.0.species");
    }

    @Test
    void countsRows() {
        List<Object> rows = IntStream.range(0, 6).<Object>mapToObj(i -> stork()).toList();

        assertThat(violations(Map.of("sightings", rows), Locale.ENGLISH))
                .containsExactly(new Violation("sightings", "Remove rows from “Sightings”: at most 5 are accepted."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | Fill in at least one row of “Sightings”.
                    2 | Fill in at least 2 rows of “Sightings”.
                    """)
    void wantsAsManyRowsAsTheFormSays(int least, String sentence) {
        Form form = new Form("made-up-duty", "give-answer", List.of(list(least)), List.of());

        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(form, Map.of("sightings", List.of(Map.of())), Locale.ENGLISH))
                        .violations())
                .containsExactly(new Violation("sightings", sentence));
    }

    static Stream<Object> refusesWhatIsNoList() {
        return Stream.of(
                "Stork",
                "{\"species\": \"Stork\"}",
                "[1]",
                "[{\"species\": \"Stork\", \"species\": \"Tern\"}]",
                "[".repeat(5_000),
                7,
                Map.of("species", "Stork"),
                List.of("Stork"),
                Arrays.asList(stork(), 3),
                new Object());
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoList(Object sent) {
        assertThat(violations(Map.of("sightings", sent), Locale.ENGLISH))
                .contains(new Violation(
                        "sightings", "“Sightings” must be a list of rows. Use the form, or send a list of objects."));
    }

    static Stream<Object> refusesWhatIsTooLongUnread() {
        return Stream.of(
                "[" + "{},".repeat(200_000) + "{}]",
                List.of(Map.of("remarks", "x".repeat(500_001))),
                IntStream.range(0, 1_001).mapToObj(i -> Map.of()).toList());
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsTooLongUnread(Object sent) {
        assertThat(violations(Map.of("sightings", sent), Locale.ENGLISH))
                .containsExactly(new Violation(
                        "sightings", "“Sightings” is too long. Send 5 rows or fewer, with shorter texts."));
    }

    @Test
    void namesAtMostFiftyWrongCellsAtOnce() {
        List<Object> rows = IntStream.range(0, 200)
                .<Object>mapToObj(i -> Map.of("number", 0))
                .toList();
        Form form = new Form("made-up-duty", "give-answer", List.of(list(0)), List.of());

        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(form, Map.of("sightings", rows), Locale.ENGLISH))
                        .violations())
                .hasSizeLessThanOrEqualTo(51);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sightings.0.name", "sightings.0.where", "sightings.0.class", "sightings.0.", "sightings.x.y"})
    void refusesNamesThatNoRowHas(String name) {
        assertThat(violations(Map.of(name, "x"), Locale.ENGLISH))
                .extracting(Violation::field)
                .contains(name);
    }

    @Test
    void refusesACellOfAnotherType() {
        assertThat(violations(
                        Map.of("sightings", List.of(Map.of("species", List.of("Stork"), "number", Map.of()))),
                        Locale.ENGLISH))
                .extracting(Violation::field)
                .containsExactly("sightings.0.species", "sightings.0.number");
    }

    @Test
    void takesAPaperOfTheColumnInAnyRow() {
        Map<String, Object> row = new HashMap<>(stork());
        row.put("photo", ProjectForms.LETTER.toString());

        assertThat(checked(Map.of("sightings", List.of(stork(), row)))).containsKey("sightings");
    }

    @Test
    void knowsTheSlotsOfItsPapers() {
        assertThat(project.madeUp().slots()).containsExactly("sightings.photo");
    }

    @ParameterizedTest
    @EnumSource
    void showsEachRowUnderItsHeading(Place place) {
        Document page = html(place, with(List.of(stork(), Map.of("species", "Tern"))), List.of());
        page.select("template").remove();

        assertThat(page.select("[data-list=sightings] [data-row] > legend").eachText())
                .containsExactly("Sighting 1", "Sighting 2");
        assertThat(page.getElementById("f-sightings-1-species").val()).isEqualTo("Tern");
        assertThat(page.getElementById("f-sightings-0-seenOn").val()).isEqualTo("2026-05-01");
        assertThat(page.select("#f-sightings-0-habitats, #f-sightings-0-habitats-2"))
                .allMatch(box -> box.hasAttr("checked"));
    }

    @ParameterizedTest
    @EnumSource
    void letsNothingTypedInARowBecomeMarkup(Place place) {
        String typed = "{{7*7}}</fieldset><img src=x>";
        Document page = html(
                place,
                with(List.of(Map.of("species", typed, "remarks", typed))),
                List.of(new Violation("sightings.0.species", typed)));

        assertThat(page.select("img")).isEmpty();
        assertThat(page.getElementById("f-sightings-0-species").val()).isEqualTo(typed);
        assertThat(page.getElementById("f-sightings-0-species").closest("[ng-non-bindable]"))
                .isNotNull();
    }

    @Test
    void linksTheSummaryToTheCell() {
        List<Violation> violations = List.of(
                new Violation("sightings.1.species", "Sighting 2, Species: Fill it in."),
                new Violation("sightings", "Too many."));
        Document page = html(Place.DESK, with(List.of(stork(), Map.of("number", 3))), violations);

        assertThat(page.select(".error-summary a").eachAttr("href"))
                .containsExactly("#f-sightings-1-species", "#f-sightings");
        assertThat(page.getElementById("f-sightings-1-species").attr("aria-describedby"))
                .isEqualTo("e-sightings-1-species");
        assertThat(page.getElementById("f-sightings").attr("tabindex")).isEqualTo("-1");
    }

    @Test
    void addsAndRemovesRowsByButtonsThatNeedNoScript() {
        Document page = html(Place.DESK, with(List.of(stork(), stork())), List.of());
        page.select("template").remove();

        assertThat(page.select("button[type=submit][name=action][formnovalidate]")
                        .eachAttr("value"))
                .containsExactly("remove:sightings:0", "remove:sightings:1", "add:sightings");
        assertThat(page.selectFirst("button").val())
                .as("what the Enter key presses")
                .isEqualTo("submit");
    }

    @Test
    void addsNoMoreRowsThanTheFormTakes() {
        Document page = html(
                Place.DESK,
                with(IntStream.range(0, 5).<Object>mapToObj(i -> stork()).toList()),
                List.of());

        assertThat(page.selectFirst("[data-add]").hasAttr("hidden")).isTrue();
    }

    @Test
    void sendsRowsToTasklistAsOneText() {
        Document page = html(Place.TASKLIST, with(List.of(stork())), List.of());

        assertThat(page.select("[data-list] [cam-variable-name]"))
                .singleElement()
                .satisfies(json -> {
                    assertThat(json.attr("cam-variable-name")).isEqualTo("sightings");
                    assertThat(checked(Map.of("sightings", json.val())))
                            .isEqualTo(checked(Map.of("sightings", List.of(stork()))));
                });
    }

    private static Map<String, Object> stork() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("species", "Stork");
        row.put("seenOn", "2026-05-01");
        row.put("number", 12);
        row.put("habitats", List.of("water", "meadow"));
        row.put("ringed", true);
        return row;
    }

    private static Form.Field list(int least) {
        Form.Field list = project.madeUp().field("sightings").orElseThrow();
        return new Form.Field(
                list.key(),
                list.type(),
                list.label(),
                null,
                least > 0,
                least,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                null,
                null,
                false,
                list.fields());
    }

    private static Map<String, Object> with(List<Object> rows) {
        return Map.of("answer", "Storks", "season", "spring", "birds", 3, "sightings", rows);
    }

    private static Map<String, Object> checked(Map<String, Object> list) {
        return project.check(project.madeUp(), complete(list), Locale.ENGLISH).values();
    }

    private static List<Violation> violations(Map<String, Object> list, Locale reader) {
        return catchThrowableOfType(
                        InvalidSubmission.class, () -> project.check(project.madeUp(), complete(list), reader))
                .violations();
    }

    private static Map<String, Object> complete(Map<String, Object> list) {
        Map<String, Object> answers = new HashMap<>(list);
        answers.putAll(Map.of("answer", "Storks", "season", "spring", "birds", 3));
        return answers;
    }

    private static Document html(Place place, Map<String, Object> values, List<Violation> violations) {
        return Jsoup.parseBodyFragment(
                renderer.render(project.madeUp(), ProjectForms.page(place, Locale.ENGLISH, values, violations)));
    }
}
