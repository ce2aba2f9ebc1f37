package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sterna.forms.FormRenderer.Place;

/** Answers that are known beforehand: read-only ones, facts, and those carried over from an earlier occasion. */
class KnownAnswersTests {

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

    static Stream<Object> keepsReadOnlyValuesWhateverIsSent() {
        return Stream.of("France", "", 7, List.of("x"), Map.of(), new Object(), "x".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource
    void keepsReadOnlyValuesWhateverIsSent(Object sent) {
        assertThat(checked(with("party", sent), fixed("party", "Switzerland"))).containsEntry("party", "Switzerland");
    }

    @Test
    void leavesReadOnlyFieldsEmptyWhereNothingIsKnown() {
        assertThat(checked(with("party", "France"), FormGate.Known.NOTHING)).doesNotContainKey("party");
    }

    @Test
    void keepsTheRowsOfAReadOnlyList() {
        Form form = project.forms.find("made-up-duty", "check-answer").orElseThrow();
        List<Map<String, Object>> rows = List.of(Map.of("species", "Stork"));

        assertThat(project.gate
                        .check(
                                form,
                                Map.of("decision", "accepted", "seen", "[]", "seen.0.species", "Gull"),
                                circumstances(fixed("seen", rows)))
                        .values())
                .containsEntry("seen", rows);
    }

    @Test
    void judgesByFacts() {
        FormGate.Known known = new FormGate.Known(Map.of("birdsBefore", new BigDecimal("4")), Map.of(), Map.of());

        assertThat(violations(with("birds", 3), known, Locale.ENGLISH))
                .containsExactly(
                        new Violation("birds", "There were more birds before. Enter that number or a greater one."));
    }

    @Test
    void judgesWithoutFactsThatAreNotKnown() {
        assertThat(checked(with("birds", 3), FormGate.Known.NOTHING)).containsEntry("birds", new BigDecimal("3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en | Some answers are still as they were carried over. Read them, change what is out of date, then tick “I have read the answers carried over”.
                    fr | Certaines réponses sont encore telles qu’elles ont été reprises. Lisez-les, modifiez ce qui n’est plus à jour, puis cochez « J’ai lu les réponses reprises ».
                    es | Algunas respuestas siguen como se tomaron de la ocasión anterior. Léalas, cambie lo que ya no esté al día y marque «He leído las respuestas tomadas de la ocasión anterior».
                    """)
    void wantsToHearThatWhatIsCarriedOverWasRead(String language, String sentence) {
        assertThat(violations(
                        with("birds", "3.0"), carried("birds", new BigDecimal("3")), Locale.forLanguageTag(language)))
                .containsExactly(new Violation("carriedOverRead", sentence));
    }

    @ParameterizedTest
    @CsvSource({"true", "on"})
    void filesThatItWasRead(String tick) {
        Map<String, Object> answers = with("birds", 3);
        answers.put("carriedOverRead", tick);

        assertThat(checked(answers, carried("birds", new BigDecimal("3")))).containsEntry("carriedOverRead", true);
    }

    @Test
    void wantsNothingOfWhoChangedWhatWasCarriedOver() {
        assertThat(checked(with("birds", 4), carried("birds", new BigDecimal("3"))))
                .doesNotContainKey("carriedOverRead");
    }

    @Test
    void filesNoConfirmationWhereNothingWasCarriedOver() {
        assertThat(checked(with("carriedOverRead", true), FormGate.Known.NOTHING))
                .doesNotContainKey("carriedOverRead");
    }

    @Test
    void knowsNoConfirmationWhereNothingCanBeCarriedOver() {
        assertThat(catchThrowableOfType(
                                InvalidSubmission.class,
                                () -> project.check(
                                        project.escalation(),
                                        Map.of("decision", "keep-waiting", "carriedOverRead", true),
                                        Locale.ENGLISH))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("carriedOverRead");
    }

    @ParameterizedTest
    @MethodSource
    void noticesRowsThatAreStillThoseCarriedOver(Map<String, Object> row, boolean unchanged) {
        FormGate.Known known = carried(
                "sightings",
                project.gate
                        .fit(list(), List.of(Map.of("species", "Stork", "number", 3), Map.of("species", "Gull")))
                        .orElseThrow());
        Map<String, Object> answers = with("sightings", List.of(Map.of("species", "Tern"), row));
        answers.put("birds", 9);

        assertThat(refused(answers, known)).isEqualTo(unchanged);
    }

    static Stream<Arguments> noticesRowsThatAreStillThoseCarriedOver() {
        return Stream.of(
                Arguments.of(Map.of("species", "Stork", "number", "3.0"), true),
                Arguments.of(Map.of("species", "Gull", "photo", ProjectForms.LETTER.toString()), true),
                Arguments.of(Map.of("species", "Stork", "number", 4), false),
                Arguments.of(Map.of("species", "Stork"), false));
    }

    @Test
    void fitsWhatAFieldTakesAndNothingElse() {
        Form form = project.madeUp();

        assertThat(Stream.of("spring", "winter", "", 7)
                        .map(value -> project.gate.fit(form.field("season").orElseThrow(), value)))
                .containsExactly(Optional.of("spring"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(project.gate.fit(form.field("birds").orElseThrow(), -1)).isEmpty();
        assertThat(project.gate.fit(form.field("answer").orElseThrow(), "x".repeat(81)))
                .isEmpty();
    }

    @Test
    void fitsTheRowsAndCellsThatAListTakes() {
        List<Object> rows = List.of(
                Map.of(
                        "species",
                        "Stork",
                        "seenOn",
                        "2026-05-01",
                        "shore",
                        "middle",
                        "photo",
                        ProjectForms.LETTER.toString(),
                        "nest",
                        "yes"),
                Map.of("shore", "middle"),
                Map.of("species", "x".repeat(41), "number", 3));

        assertThat(project.gate.fit(list(), rows))
                .contains(List.of(
                        Map.of("species", "Stork", "seenOn", LocalDate.of(2026, 5, 1), "ringed", false),
                        Map.of("number", new BigDecimal("3"), "ringed", false)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    row.number > 2         | Stork
                    row.shore = "left"     | Gull
                    row.nest = "left"      |
                    row.number             |
                    """)
    void carriesOverTheRowsThatMeetTheCondition(String condition, String species) {
        List<Object> rows = List.of(
                Map.of("species", "Stork", "number", 3), Map.of("species", "Gull", "number", 2, "shore", "left"));

        assertThat(project.gate
                        .carry(picky(condition), list(), rows)
                        .map(found -> ((Map<?, ?>) ((List<?>) found).get(0)).get("species")))
                .isEqualTo(Optional.ofNullable(species));
    }

    @Test
    void carriesOverAllRowsWhereNoConditionIsSet() {
        assertThat(project.gate.carry(list(), list(), List.of(Map.of("species", "Stork"), Map.of("species", "Gull"))))
                .get(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    private static Form.Field picky(String condition) {
        Form.Field list = list();
        return new Form.Field(
                list.key(),
                list.type(),
                list.label(),
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                null,
                new Form.Carry(List.of("give-answer"), condition),
                false,
                list.fields());
    }

    @ParameterizedTest
    @CsvSource({"Ada, EXAMPLE, false", "Ada, Other, true"})
    void warnsOfAnApplicantWhoIsNotInTheDelegation(String given, String family, boolean warned) {
        Form form = project.forms.find("delegate-funding", "apply-for-funding").orElseThrow();
        List<Map<String, String>> delegation = List.of(Map.of("givenName", "Ada", "familyName", "Example"));

        assertThat(project.gate
                        .check(
                                form,
                                Map.of(
                                        "application",
                                        "apply",
                                        "applicantGivenName",
                                        given,
                                        "applicantFamilyName",
                                        family,
                                        "applicantEmail",
                                        "ada@example.org",
                                        "travelFrom",
                                        "City",
                                        "justification",
                                        "x".repeat(60)),
                                circumstances(new FormGate.Known(Map.of("delegation", delegation), Map.of(), Map.of())))
                        .warnings())
                .extracting(Warning::field)
                .isEqualTo(warned ? List.of("applicantFamilyName") : List.of());
    }

    @ParameterizedTest
    @EnumSource
    void showsReadOnlyValuesAsText(Place place) {
        Document page = html(
                place,
                project.madeUp(),
                Map.of("party", "{{7*7}}<b>", "lastDecision", "returned"),
                null,
                Locale.ENGLISH);

        assertThat(page.select("#f-party dd").text()).isEqualTo("{{7*7}}<b>");
        assertThat(page.select("#f-lastDecision dd").text()).isEqualTo("Returned");
        assertThat(page.select("[name=party], [cam-variable-name=party]")).isEmpty();
    }

    @Test
    void showsTheRowsOfAReadOnlyList() {
        Form form = project.forms.find("made-up-duty", "check-answer").orElseThrow();
        Map<String, Object> rows = Map.of(
                "seen",
                List.of(Map.of("species", "Cigogne", "seenOn", "2026-05-01", "habitats", List.of("water", "wood"))));

        assertThat(html(Place.DESK, form, rows, null, Locale.FRENCH)
                        .select("#f-seen")
                        .text())
                .isEqualTo("Observations Ligne 1 Espèce Cigogne Observé le 1 mai 2026 Habitats Eau, Forêt");
    }

    @ParameterizedTest
    @EnumSource
    void marksWhatIsCarriedOverAndAsksWhetherItWasRead(Place place) {
        FormRenderer.CarriedOver carried = new FormRenderer.CarriedOver(
                "COP15", "3 May 2026", Map.of("birds", new BigDecimal("3"), "season", "spring"));
        Document page = html(place, project.madeUp(), Map.of("birds", "3"), carried, Locale.ENGLISH);

        assertThat(page.select(".carried-over").text())
                .isEqualTo("Some answers are carried over from COP15 (sent on 3 May 2026). Check each of them.");
        assertThat(page.getElementById("c-birds").text()).isEqualTo("Carried over from COP15: check it.");
        assertThat(page.getElementById("f-birds").attr("aria-describedby")).contains("c-birds");
        assertThat(page.select(".carried")).hasSize(1);
        assertThat(page.getElementById("f-carriedOverRead").hasAttr("required")).isTrue();
    }

    @Test
    void asksNothingOnceAllThatWasCarriedOverIsChanged() {
        FormRenderer.CarriedOver carried =
                new FormRenderer.CarriedOver("COP15", "3 May 2026", Map.of("birds", new BigDecimal("3")));

        assertThat(html(Place.DESK, project.madeUp(), Map.of("birds", "4"), carried, Locale.ENGLISH)
                        .select(".carried, .carried-over, #f-carriedOverRead"))
                .isEmpty();
    }

    private static Form.Field list() {
        return project.madeUp().field("sightings").orElseThrow();
    }

    private static FormGate.Known fixed(String key, Object value) {
        return new FormGate.Known(Map.of(), Map.of(key, value), Map.of());
    }

    private static FormGate.Known carried(String key, Object value) {
        return new FormGate.Known(Map.of(), Map.of(), Map.of(key, value));
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> answers = new HashMap<>(Map.of("answer", "Storks", "season", "spring"));
        answers.put(key, value);
        return answers;
    }

    private static Map<String, Object> checked(Map<String, Object> answers, FormGate.Known known) {
        return project.gate
                .check(project.madeUp(), answers, circumstances(known))
                .values();
    }

    private static boolean refused(Map<String, Object> answers, FormGate.Known known) {
        try {
            checked(answers, known);
            return false;
        } catch (InvalidSubmission refused) {
            assertThat(refused.violations()).extracting(Violation::field).containsExactly("carriedOverRead");
            return true;
        }
    }

    private static List<Violation> violations(Map<String, Object> answers, FormGate.Known known, Locale reader) {
        FormGate.Circumstances plain = ProjectForms.circumstances(reader);
        return catchThrowableOfType(
                        InvalidSubmission.class,
                        () -> project.gate.check(
                                project.madeUp(),
                                answers,
                                new FormGate.Circumstances(
                                        reader, plain.today(), plain.deadline(), plain.documents(), known)))
                .violations();
    }

    private static FormGate.Circumstances circumstances(FormGate.Known known) {
        FormGate.Circumstances plain = ProjectForms.circumstances(Locale.ENGLISH);
        return new FormGate.Circumstances(plain.reader(), plain.today(), plain.deadline(), plain.documents(), known);
    }

    private static Document html(
            Place place, Form form, Map<String, Object> values, FormRenderer.CarriedOver carried, Locale reader) {
        FormRenderer.Page page = ProjectForms.page(place, reader, values, List.of());
        return Jsoup.parseBodyFragment(renderer.render(
                form,
                new FormRenderer.Page(
                        place,
                        reader,
                        values,
                        List.of(),
                        List.of(),
                        Map.of(),
                        carried,
                        page.csrfHeader(),
                        page.csrfParameter(),
                        page.csrfToken(),
                        page.uploadUrl())));
    }
}
