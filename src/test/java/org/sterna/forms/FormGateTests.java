package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sterna.forms.ProjectForms.nominationAnswers;
import static org.sterna.forms.ProjectForms.nominationAnswersWith;
import static org.sterna.forms.ProjectForms.nominationAnswersWithout;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormGateTests {

    @TempDir
    private static Path root;

    private static ProjectForms project;

    @BeforeAll
    static void readForms() {
        project = new ProjectForms(root);
    }

    @AfterAll
    static void close() {
        project.gate.destroy();
    }

    @Test
    void acceptsACompleteNomination() {
        assertThat(checked(nominationAnswers()))
                .containsEntry("letter", ProjectForms.LETTER.toString())
                .containsEntry("letterDate", LocalDate.of(2026, 5, 1))
                .containsEntry("preferredLanguages", List.of("en", "fr"))
                .containsEntry("inductionWanted", false);
    }

    @Test
    void leavesEmptyAnswersOut() {
        assertThat(checked(nominationAnswersWith("department", " \u00a0\t "))).doesNotContainKey("department");
    }

    @Test
    void keepsTheOrderOfTheForm() {
        assertThat(checked(new TreeMap<>(nominationAnswers())).keySet())
                .startsWith("letter", "appointingAuthorityName", "appointingAuthorityTitle");
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertThat(violations(project.nomination(), Map.of()))
                .extracting(Violation::field)
                .containsExactly(
                        "letter",
                        "appointingAuthorityName",
                        "appointingAuthorityTitle",
                        "signatoryKind",
                        "letterDate",
                        "effectiveFrom",
                        "replaces",
                        "givenName",
                        "familyName",
                        "position",
                        "organisation",
                        "street",
                        "city",
                        "country",
                        "countryOfPost",
                        "workEmail",
                        "phone",
                        "preferredLanguages",
                        "available",
                        "ministry",
                        "conservationMandate",
                        "languages");
    }

    @Test
    void composesLettersAndMarks() {
        assertThat(checked(nominationAnswersWith("givenName", "Rene\u0301"))).containsEntry("givenName", "Ren\u00e9");
    }

    @Test
    void dropsCharactersThatNobodyTypes() {
        assertThat(checked(nominationAnswersWith("givenName", "\u202eAna\u0000\u200b\ud800\n")))
                .containsEntry("givenName", "Ana");
    }

    @Test
    void keepsLinesOfLongTexts() {
        Map<String, Object> answers = Map.of("decision", "returned", "reasons", "The letter\r\nhas no stamp.\u0007");

        assertThat(project.check(project.review(), answers, Locale.ENGLISH).values())
                .containsEntry("reasons", "The letter\nhas no stamp.");
    }

    @Test
    void writesEmailAddressesInLowerCase() {
        assertThat(checked(nominationAnswersWith("workEmail", " Ana.Petrovic@Example.ORG ")))
                .containsEntry("workEmail", "ana.petrovic@example.org");
    }

    @Test
    void takesPunctuationOutOfTelephoneNumbers() {
        assertThat(checked(nominationAnswersWith("phone", "+41 (58) 462-93.89")))
                .containsEntry("phone", "+41584629389");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr,en", " en , fr,en"})
    void readsAJoinedListOfChoices(String joined) {
        assertThat(checked(nominationAnswersWith("preferredLanguages", joined)))
                .containsEntry("preferredLanguages", List.of("en", "fr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on"})
    void readsATick(String text) {
        assertThat(checked(nominationAnswersWith("inductionWanted", text))).containsEntry("inductionWanted", true);
    }

    @Test
    void readsNumbersWithAPoint() {
        Map<String, Object> answers = Map.of("answer", "Storks", "season", "spring", "birds", " 12.50 ");

        assertThat(project.check(project.madeUp(), answers, Locale.ENGLISH).values())
                .containsEntry("birds", new BigDecimal("12.50"));
    }

    @Test
    void readsATypedDocumentId() {
        assertThat(checked(nominationAnswersWith("letter", ProjectForms.LETTER)))
                .containsEntry("letter", ProjectForms.LETTER.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    workEmail       | ana@example             | “Work e-mail” must be an e-mail address such as name@example.org.
                    workEmail       | a b@example.org         | “Work e-mail” must be an e-mail address such as name@example.org.
                    workEmail       | a..b@example.org        | “Work e-mail” must be an e-mail address such as name@example.org.
                    workEmail       | ana@-x.org              | “Work e-mail” must be an e-mail address such as name@example.org.
                    workEmail       | <ana@example.org>       | “Work e-mail” must be an e-mail address such as name@example.org.
                    phone           | 0228 1234567            | “Telephone” must be a telephone number with plus sign and country code, such as +49 228 1234567.
                    phone           | +0123456789             | “Telephone” must be a telephone number with plus sign and country code, such as +49 228 1234567.
                    letterDate      | 14.05.2026              | “Date of the letter” must be a real date written as year-month-day, such as 2026-05-14.
                    letterDate      | 2026-02-30              | “Date of the letter” must be a real date written as year-month-day, such as 2026-05-14.
                    country         | XYZ                     | Choose only from the answers offered for “Country of the address”.
                    languages       | en,de                   | Choose only from the answers offered for “In which of these languages can the person work?”.
                    available       | perhaps                 | Choose only from the answers offered for “Is the person available now?”.
                    inductionWanted | yes                     | “Please offer the person an introduction to CMS” can only be ticked or left unticked (true or false).
                    letter          | letter.pdf              | The file for “Appointment letter” is not available for this step. Attach it again.
                    position        | X                       | Write at least 2 characters for “Position”.
                    title           | Her Excellency the Most Honourable | Shorten “Title” to 30 characters or fewer.
                    letterDate      | 2026-05-15              | The date of the letter is in the future. Enter the date printed on the letter.
                    letterDate      | 2025-05-13              | The letter is more than 12 months old. Ask the ministry for a new one, or correct the date.
                    replaces        | successor               | Enter the name of the former National Focal Point, or choose that this is the first appointment.
                    available       | no                      | Enter the first day of the absence, or choose that the person is available.
                    conservationMandate | no                  | Explain why the person works for this ministry, in 20 to 500 characters.
                    """)
    void saysWhatIsWrongAndHowToMendIt(String field, String value, String sentence) {
        assertThat(violations(project.nomination(), nominationAnswersWith(field, value)))
                .extracting(Violation::message)
                .contains(sentence);
    }

    @Test
    void refusesALetterOfSomebodyElseWithTheReason() {
        assertThat(violations(project.nomination(), nominationAnswersWith("signatoryKind", "other")))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.message()).startsWith("The letter must be signed by the minister"));
    }

    @Test
    void refusesADocumentOfAnotherTask() {
        assertThat(violations(
                        project.nomination(),
                        nominationAnswersWith(
                                "letter",
                                UUID.fromString("3f0c6d52-2d1e-4f27-9b54-0f4f1d3c9a02")
                                        .toString())))
                .extracting(Violation::field)
                .containsExactly("letter");
    }

    @ParameterizedTest
    @CsvSource({"scan.jpg, true", "scan.pdf, false"})
    void asksForAPdfWhereTheFormDoes(String name, boolean refused) {
        FormGate.Circumstances circumstances = new FormGate.Circumstances(
                Locale.ENGLISH, ProjectForms.TODAY, ProjectForms.DEADLINE, (document, slot) -> Optional.of(name));
        Form form = project.forms.find("credentials", "send-scan").orElseThrow();
        Map<String, String> answers = Map.of("scan", ProjectForms.LETTER.toString());

        List<String> messages =
                catchThrowableOfType(InvalidSubmission.class, () -> project.gate.check(form, answers, circumstances))
                        .violations()
                        .stream()
                        .map(Violation::message)
                        .toList();

        String sentence = "“Scan of the credentials” has to be a PDF. Scan or save it as one and attach that.";
        assertThat(messages.contains(sentence)).isEqualTo(refused);
        assertThat(messages).noneMatch(message -> message.contains("not available"));
    }

    @Test
    void refusesAnEarlyFirstDay() {
        assertThat(violations(project.nomination(), nominationAnswersWith("effectiveFrom", "2026-01-30")))
                .extracting(Violation::field)
                .containsExactly("effectiveFrom");
    }

    @Test
    void acceptsAFirstDayNinetyDaysBeforeTheLetter() {
        assertThat(checked(nominationAnswersWith("effectiveFrom", "2026-01-31")))
                .containsKey("effectiveFrom");
    }

    @Test
    void acceptsALetterTwelveMonthsOld() {
        Map<String, Object> answers = nominationAnswersWith("letterDate", "2025-05-14");

        assertThat(checked(answers)).containsEntry("letterDate", LocalDate.of(2025, 5, 14));
    }

    @Test
    void needsOneOfTwoTelephoneNumbers() {
        Map<String, Object> answers = nominationAnswersWithout("phone");
        answers.put("mobile", "+4915112345678");

        assertThat(checked(answers)).doesNotContainKey("phone");
    }

    @Test
    void warnsOfAMinistryWithoutMandate() {
        Map<String, Object> answers = nominationAnswersWith("conservationMandate", "no");
        answers.put("mandateReason", "The environment agency reports to this ministry.");

        assertThat(project.check(project.nomination(), answers, Locale.ENGLISH).warnings())
                .extracting(Warning::field)
                .containsExactly("conservationMandate");
    }

    @Test
    void doesNotAskAConditionOverWrongAnswers() {
        assertThat(violations(project.nomination(), nominationAnswersWith("letterDate", "soon")))
                .extracting(Violation::field)
                .containsExactly("letterDate");
    }

    @Test
    void refusesNamesThatAreNoFields() {
        assertThat(violations(project.nomination(), nominationAnswersWith("partyCode", "FRA")))
                .containsExactly(
                        new Violation("partyCode", "This form has no field called “partyCode”. Leave it out."));
    }

    @Test
    void neverTakesAHeadingForAField() {
        assertThat(violations(project.nomination(), nominationAnswersWith("group-letter", "x")))
                .extracting(Violation::field)
                .containsExactly("group-letter");
    }

    @Test
    void refusesANamelessAnswer() {
        Map<String, Object> answers = new HashMap<>(nominationAnswers());
        answers.put(null, "x");

        assertThat(violations(project.nomination(), answers)).hasSize(1);
    }

    @Test
    void refusesMoreAnswersThanAnyFormHas() {
        Map<String, Object> answers = nominationAnswers();
        for (int i = 0; i < 500; i++) {
            answers.put("extra" + i, "x");
        }

        assertThat(violations(project.nomination(), answers))
                .containsExactly(
                        new Violation("form", "There are too many answers. Send only the fields of this form."));
    }

    @Test
    void refusesAHugeTextUnread() {
        assertThat(violations(project.nomination(), nominationAnswersWith("title", "x".repeat(100_001))))
                .containsExactly(new Violation("title", "Shorten “Title” to 30 characters or fewer."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1E-999999999"})
    void refusesANumberThatWouldFillTheMemory(String number) {
        Map<String, Object> answers = new HashMap<>(Map.of("answer", "Storks", "season", "spring"));
        answers.put("birds", new BigDecimal(number));

        assertThat(violations(project.madeUp(), answers))
                .extracting(Violation::field)
                .containsExactly("birds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -1      | “Birds” must be 0 or more.
                    1000001 | “Birds” must be 1000000 or less.
                    1,5     | “Birds” must be a number with a point as decimal sign and no spaces, such as 1250.50.
                    """)
    void refusesNumbersOutOfRange(String number, String sentence) {
        assertThat(violations(project.madeUp(), Map.of("answer", "Storks", "season", "spring", "birds", number)))
                .extracting(Violation::message)
                .containsExactly(sentence);
    }

    @Test
    void acceptsANominationOnlySignedAndStamped() {
        Map<String, Object> answers =
                Map.of("decision", "accepted", "hasSignature", true, "hasStamp", false, "signatoryCheck", true);

        assertThat(violations(project.review(), answers))
                .extracting(Violation::message)
                .containsExactly("A nomination can be accepted only if the letter is signed and bears an official"
                        + " stamp. Tick both, or return the nomination.");
    }

    @Test
    void returnsANominationOnlyWithReasons() {
        assertThat(violations(project.review(), Map.of("decision", "returned")))
                .extracting(Violation::field)
                .containsExactly("reasons");
    }

    @Test
    void extendsADeadlineOnlyIntoTheFuture() {
        Map<String, Object> answers =
                Map.of("decision", "extend", "newDeadline", "2026-05-14", "reason", "Elections were held.");

        assertThat(violations(project.escalation(), answers))
                .containsExactly(new Violation("newDeadline", "The new deadline must be after today."));
    }

    @Test
    void excusesOnlyWithAReason() {
        assertThat(violations(project.escalation(), Map.of("decision", "excuse")))
                .extracting(Violation::field)
                .containsExactly("reason");
    }

    @Test
    void keepsWaitingWithoutAReason() {
        assertThat(project.check(project.escalation(), Map.of("decision", "keep-waiting"), Locale.ENGLISH)
                        .values())
                .containsExactly(Map.entry("decision", "keep-waiting"));
    }

    @Test
    void speaksFrench() {
        assertThat(violations(project.nomination(), nominationAnswersWithout("familyName"), Locale.FRENCH))
                .containsExactly(new Violation("familyName", "Remplissez « Nom de famille »."));
    }

    @Test
    void speaksSpanish() {
        assertThat(violations(project.nomination(), nominationAnswersWith("workEmail", "ana"), ProjectForms.SPANISH))
                .containsExactly(new Violation(
                        "workEmail",
                        "«Correo electrónico de trabajo» debe ser una dirección de correo electrónico, por"
                                + " ejemplo nombre@example.org."));
    }

    @Test
    void speaksEnglishWhateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.FRENCH);
        try {
            assertThat(violations(project.nomination(), nominationAnswersWithout("familyName"), Locale.ENGLISH))
                    .containsExactly(new Violation("familyName", "Fill in “Family name”."));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void evaluatesNothingThatWasTyped() {
        assertThat(violations(project.nomination(), nominationAnswersWith("${7*7}{label}", "x")))
                .extracting(Violation::message)
                .containsExactly("This form has no field called “${7*7}{label}”. Leave it out.");
    }

    @Test
    void refusesEverythingWhenAConditionIsBroken() {
        Form form = project.madeUp();
        Form broken = new Form(
                form.duty(),
                form.step(),
                form.fields(),
                List.of(new Form.Rule("odd", "birds", "birds + 1", "made-up-duty.title", false)));

        assertThat(violations(broken, Map.of("answer", "Storks", "season", "spring", "birds", 1)))
                .extracting(Violation::message)
                .singleElement()
                .asString()
                .contains("the condition “odd” of this form does not work");
    }

    private static Map<String, Object> checked(Map<String, ?> answers) {
        return project.check(project.nomination(), answers, Locale.ENGLISH).values();
    }

    private static List<Violation> violations(Form form, Map<String, ?> answers) {
        return violations(form, answers, Locale.ENGLISH);
    }

    private static List<Violation> violations(Form form, Map<String, ?> answers, Locale reader) {
        return catchThrowableOfType(InvalidSubmission.class, () -> project.check(form, answers, reader))
                .violations();
    }
}
