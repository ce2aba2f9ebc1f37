package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sterna.forms.ProjectForms.DEADLINE;
import static org.sterna.forms.ProjectForms.TODAY;
import static org.sterna.forms.ProjectForms.nominationAnswersWith;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the catalogue that only warns can be provoked, and is then told in three languages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarningRulesTests {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH, Locale.forLanguageTag("es"));

    /**
     * Answers that a rule warns of.
     *
     * @param late whether they come after the deadline
     * @param facts what is known beside them
     */
    record Provocation(Map<String, Object> answers, boolean late, Map<String, Object> facts) {

        static Provocation by(Map<String, Object> answers) {
            return new Provocation(answers, false, Map.of());
        }
    }

    /** By duty, step and rule; a rule that comes to the catalogue needs its answers here. */
    private static final Map<String, Provocation> PROVOCATIONS = Map.of(
            "delegate-funding/apply-for-funding/in-time",
            new Provocation(Map.of("application", "apply"), true, Map.of("deadlinePassed", "yes")),
            "delegate-funding/apply-for-funding/of-the-delegation",
            new Provocation(
                    Map.of(
                            "application", "apply",
                            "applicantGivenName", "Ada",
                            "applicantFamilyName", "Elsewhere"),
                    false,
                    Map.of("delegation", List.of(Map.of("givenName", "Bea", "familyName", "Listed")))),
            "outcome-dissemination/send-package/ministry-and-institution",
            Provocation.by(Map.of(
                    "recipients",
                    List.of(
                            Map.of("name", "Ada Example", "role", "ministry"),
                            Map.of("name", "Bea Example", "role", "ministry"),
                            Map.of("name", "Cleo Example", "role", "stakeholder")))),
            "outcome-dissemination/consider-reservation/within-the-window",
            new Provocation(Map.of("depositaryNotifiedOn", DEADLINE.plusDays(1).toString()), true, Map.of()),
            "nomination-confirmation/submit-nomination/mandate",
            Provocation.by(Map.of("conservationMandate", "no")),
            "nomination-confirmation/review-nomination/details-checked",
            Provocation.by(
                    Map.of("decision", "accepted", "hasSignature", true, "hasStamp", true, "signatoryCheck", true)),
            "decision-follow-up/adopt-list/due-ahead",
            Provocation.by(Map.of(
                    "actionsNeeded",
                    "yes",
                    "actions",
                    List.of(Map.of(
                            "outcomeRef", "Resolution 14.1",
                            "addressedToParties", "yes",
                            "action", "Draft the regulation",
                            "owner", "Ministry",
                            "dueOn", TODAY.minusDays(1).toString(),
                            "resourcesNeeded", "no")))));

    private ProjectForms project;

    @BeforeAll
    void read(@TempDir Path root) {
        project = new ProjectForms(root);
    }

    Stream<String> rules() {
        return project.forms.all().stream().flatMap(form -> form.rules().stream()
                .filter(Form.Rule::warning)
                .map(rule -> form.duty() + "/" + form.step() + "/" + rule.id()));
    }

    @Test
    void knowsAnswersForEachOfThem() {
        assertThat(rules().collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(PROVOCATIONS.keySet())
                .containsAll(PROVOCATIONS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isShownBesideItsFieldAndInTheSummary(String name) {
        for (Locale reader : LANGUAGES) {
            Warning warning = provoked(name, reader);
            Document page = page(name, warning, reader);

            // the parser knows no other spaces
            String sentence = warning.message().replace('\u00a0', ' ');
            assertThat(page.select("#warning-summary li").text()).contains(sentence);
            Element link = page.selectFirst("#warning-summary li a");
            assertThat(link).as("link to %s", warning.field()).isNotNull();
            String field = link.attr("href").substring(1);
            assertThat(page.getElementById(field)).as("%s", field).isNotNull();
            assertThat(page.getElementById("w-" + field.substring(2)).text()).contains(sentence);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isToldInThreeLanguages(String name) {
        assertThat(LANGUAGES.stream()
                        .map(reader -> provoked(name, reader).message())
                        .distinct())
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isToldAsWellOfWhatWasSentBefore(String name) {
        for (Locale reader : LANGUAGES) {
            Warning warning = provoked(name, reader);

            assertThat(project.gate.said(form(name), Warning.marks(List.of(warning)), reader))
                    .contains(warning);
        }
    }

    @Test
    void asksOnceBeforeAnswersAreSentThatItWarnsOf() {
        String name = "nomination-confirmation/submit-nomination/mandate";
        Document page = page(name, provoked(name, Locale.ENGLISH), Locale.ENGLISH);

        assertThat(page.select("form#duty input[name=warningsRead]").val()).isEqualTo("mandate@conservationMandate");
        assertThat(page.select("#warning-summary button[name=action][value=submit]")
                        .text())
                .isEqualTo("Send anyway");
    }

    @Test
    void warnsBesideErrorsToo() {
        Map<String, Object> answers = nominationAnswersWith("conservationMandate", "no");
        answers.put("mandateReason", "The environment agency reports to this ministry.");
        answers.remove("givenName");

        assertThat(catchThrowableOfType(
                        InvalidSubmission.class, () -> project.check(project.nomination(), answers, Locale.ENGLISH)))
                .satisfies(refused -> {
                    assertThat(refused.violations())
                            .extracting(Violation::field)
                            .containsExactly("givenName");
                    assertThat(refused.warnings()).extracting(Warning::rule).containsExactly("mandate");
                });
    }

    @ParameterizedTest
    @MethodSource("rules")
    void warnsOfNothingWhereNothingWasAnsweredYet(String name) {
        assertThat(project.gate.warnings(form(name), Map.of(), ProjectForms.circumstances(Locale.ENGLISH)))
                .isEmpty();
    }

    private Form form(String name) {
        String[] parts = name.split("/");
        return project.forms.find(parts[0], parts[1]).orElseThrow();
    }

    private Warning provoked(String name, Locale reader) {
        Provocation provocation = PROVOCATIONS.get(name);
        FormGate.Circumstances circumstances = new FormGate.Circumstances(
                reader,
                provocation.late() ? DEADLINE.plusDays(1) : TODAY,
                DEADLINE,
                (document, slot) -> Optional.empty(),
                new FormGate.Known(provocation.facts(), Map.of(), Map.of()));
        List<Warning> warnings = project.gate.warnings(form(name), provocation.answers(), circumstances).stream()
                .filter(warning -> warning.rule().equals(name.split("/")[2]))
                .toList();
        assertThat(warnings).as("warnings of %s", name).hasSize(1);
        return warnings.get(0);
    }

    private Document page(String name, Warning warning, Locale reader) {
        FormRenderer.Page empty = ProjectForms.page(
                FormRenderer.Place.DESK, reader, PROVOCATIONS.get(name).answers(), List.of());
        return Jsoup.parseBodyFragment(project.renderer()
                .render(
                        form(name),
                        new FormRenderer.Page(
                                empty.place(),
                                reader,
                                empty.values(),
                                List.of(),
                                List.of(warning.atField()),
                                Warning.marks(List.of(warning)),
                                empty.documentNames(),
                                null,
                                empty.csrfHeader(),
                                empty.csrfParameter(),
                                empty.csrfToken(),
                                empty.uploadUrl())));
    }
}
