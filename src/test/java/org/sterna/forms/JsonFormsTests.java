package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.duties.CatalogueFolder;
import org.sterna.duties.InvalidCatalogue;

class JsonFormsTests {

    private static final String FORM = "forms/made-up-duty/give-answer.form";

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path root;

    private CatalogueFolder folder;

    @BeforeEach
    void copyTheProjectsForms() {
        folder = CatalogueFolder.ofProject(root);
    }

    @Test
    void readsAFieldAsItIsWritten() {
        Form form = form("nomination-confirmation", "submit-nomination");

        assertThat(form.field("workEmail"))
                .contains(new Form.Field(
                        "workEmail",
                        Form.Type.TEXT,
                        "person.workEmail.label",
                        "person.workEmail.help",
                        true,
                        null,
                        254,
                        null,
                        null,
                        "email",
                        List.of(),
                        "email",
                        false,
                        "holder.email",
                        null,
                        false,
                        List.of()));
    }

    @Test
    void readsConditions() {
        assertThat(form("escalate-overdue", "decide-escalation").rules())
                .contains(new Form.Rule(
                        "new-deadline-ahead",
                        "newDeadline",
                        "newDeadline = null or newDeadline > today",
                        "escalate-overdue.decide-escalation.rule.newDeadlineAhead",
                        false));
    }

    @Test
    void keepsDecisionsForTheDiagram() {
        assertThat(form("nomination-confirmation", "review-nomination").fields())
                .filteredOn(Form.Field::variable)
                .extracting(Form.Field::key)
                .containsExactly("decision");
    }

    @Test
    void turnsGroupsIntoHeadings() {
        assertThat(form("nomination-confirmation", "review-nomination").fields())
                .filteredOn(field -> "group".equals(field.format()))
                .extracting(Form.Field::key)
                .containsExactly("group-letter", "group-person", "group-decision");
    }

    @Test
    void offersEveryCountryAndTheEuropeanUnion() {
        assertThat(form("nomination-confirmation", "submit-nomination")
                        .field("country")
                        .orElseThrow()
                        .options())
                .hasSize(Locale.getISOCountries().length + 1)
                .contains(new Form.Option("EUE", "country.EUE"), new Form.Option("CHE", "country.CHE"));
    }

    @Test
    void hasNoFormForAStepThatIsNotThere() {
        assertThat(read().find("made-up-duty", "no-such-step")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "type": "textfield"     | "type": "taglist"                | components[0].type: 'taglist' is not supported; known are checkbox
                    "key": "season"         | "key": "answer"                  | answer.key: 'answer' is there twice
                    "key": "answer"         | "key": "deadline"                | deadline.key: 'deadline' is reserved
                    "key": "answer"         | "key": "The answer"              | The answer.key: 'The answer' is not a name in camelCase
                    give-answer.answer.label | give-answer.answer.lable        | answer.label: no text for 'made-up-duty.give-answer.answer.lable'
                    give-answer.answer.help | give-answer.answer.hlep          | answer.description: no text for
                    give-answer.season.spring | give-answer.season.sprong      | season.values[0].label: no text for
                    "value": "autumn"       | "value": "spring"                | season.values[1].value: 'spring' is there twice
                    "value": "autumn"       | "value": "a,b"                   | season.values[1].value: must not be empty or contain a comma
                    "minLength": 3          | "min": 3                         | answer.validate.min: is not supported
                    "minLength": 3          | "pattern": "x"                   | answer.validate.pattern: is not supported
                    "minLength": 3          | "minLength": 100                 | answer.validate: the least is greater than the most
                    "minLength": 3          | "minLength": "3"                 | answer.validate.minLength: must be a whole number
                    "id": "field-birds"     | "conditional": {}                | birds.conditional: is not supported
                    "id": "field-season"    | "id": "s", "properties": {"prefill": "x"} | season.properties.prefill: 'x' is not known; known are deadline.passed
                    "schemaVersion": 16     | "schemaVersion": 19              | schemaVersion: must be 16
                    "id": "give-answer"     | "id": "answer-it"                | id: must be 'give-answer', the name of the file
                    "key": "birds"          | "key": "birds", "key": "b"       | line 42: Duplicate field 'key'
                    """)
    void namesFileAndFieldOfAFault(String piece, String by, String fault) {
        folder.edit(FORM, piece, by);

        assertThat(faults()).anyMatch(line -> line.startsWith(FORM + ": " + fault));
    }

    @Test
    void readsAListWithItsRows() {
        Form.Field list = form("made-up-duty", "give-answer").field("sightings").orElseThrow();

        assertThat(list.type()).isEqualTo(Form.Type.LIST);
        assertThat(list.mostRows()).isEqualTo(5);
        assertThat(list.keys())
                .containsExactly(
                        "species", "seenOn", "number", "shore", "weather", "habitats", "remarks", "ringed", "photo");
    }

    @Test
    void needsARowWhereAtLeastOneIsAskedFor() {
        folder.edit(FORM, "\"max\": \"5\"", "\"min\": \"1\"");

        assertThat(form("made-up-duty", "give-answer").field("sightings").orElseThrow())
                .matches(Form.Field::required)
                .extracting(Form.Field::mostRows)
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "path": "sightings"     | "path": "answer"                 | answer.key: 'answer' is there twice
                    "path": "sightings"     | "path": "row"                    | row.key: 'row' is reserved
                    "path": "sightings"     | "path": "sightings", "key": "s"  | sightings.key: must be the same as path
                    sightings.help          | sightings.hlep                   | sightings.description: no text for
                    "key": "seenOn"         | "key": "species"                 | sightings.species.key: 'species' is there twice
                    "key": "seenOn"         | "key": "seen on"                 | sightings.seen on.key: 'seen on' is not a name in camelCase
                    sightings.species.label | sightings.species.lable          | sightings.species.label: no text for 'made-up-duty.give-answer.sightings.species.lable'
                    "type": "textarea"      | "type": "dynamiclist"            | sightings.components[7].type: 'dynamiclist' is not supported in a list; known are checkbox
                    "type": "textarea"      | "type": "group"                  | sightings.components[7].type: 'group' is not supported in a list
                    "id": "field-photo"     | "id": "p", "properties": {"variable": "true"} | sightings.photo.properties.variable: is not supported
                    "id": "field-photo"     | "id": "p", "properties": {"format": "email"} | sightings.photo.properties.format: 'email' is not supported; known are pdf
                    "id": "field-photo"     | "id": "p", "properties": {"prefill": "today"} | sightings.photo.properties.prefill: is not supported
                    "max": "5"              | "max": "201"                     | sightings.properties.max: must be a number of rows, at most 200
                    "max": "5"              | "max": "5", "min": "6"           | sightings.properties: the least is greater than the most
                    "max": "5"              | "variable": "true"               | sightings.properties.variable: is not supported
                    "field": "sightings.seenOn" | "field": "sightings.seen"    | properties.rule.seen-already.field: 'sightings.seen' is not a field of the form
                    "field": "sightings.seenOn" | "field": "birds"             | properties.rule.seen-already: names 'row', which is neither a field nor a fact
                    """)
    void namesFileAndFieldOfAFaultInAList(String piece, String by, String fault) {
        folder.edit(
                FORM,
                piece.replace("\"field\"", "\"rule.seen-already.field\""),
                by.replace("\"field\"", "\"rule.seen-already.field\""));

        assertThat(faults()).anyMatch(line -> line.startsWith(FORM + ": " + fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "prefill": "party"            | "prefill": "case.give-answer"              | party.properties.prefill: 'case.give-answer' is not known; known are deadline.passed
                    "prefill": "party"            | "prefill": "case.Give.answer"              | party.properties.prefill: 'case.Give.answer' is not known
                    "prefill": "party"            | "prefill": "register.a.b"                  | party.properties.prefill: 'register.a.b' is not known
                    "prefill": "party"            | "prefill": "case.ask-again.answer"         | party.properties.prefill: there is no form forms/made-up-duty/ask-again.form
                    "prefill": "party"            | "prefill": "case.check-answer.verdict"     | party.properties.prefill: forms/made-up-duty/check-answer.form has no field 'verdict'
                    "prefill": "party"            | "prefill": "case.give-answer.sightings"    | party.properties.prefill: 'sightings' is a list
                    "prefill": "party"            | "prefill": "duty.no-duty.some-step.field"  | party.properties.prefill: there is no form forms/no-duty/some-step.form
                    "prefill": "party"            | "prefill": "duty.nomination-confirmation.submit-nomination.surname" | party.properties.prefill: forms/nomination-confirmation/submit-nomination.form has no field 'surname'
                    "prefill": "party"            | "prefill": "duty.made-up-duty.give-answer.answer" | party.properties.prefill: means the duty itself; write case.give-answer.answer
                    "max": "5"                    | "prefill": "case.give-answer.answer"       | sightings.properties.prefill: 'answer' is no list
                    "max": "5"                    | "prefill": "today"                         | sightings.properties.prefill: 'today' is not a list
                    "readonly": true              | "readonly": "yes"                          | party.readonly: must be true or false
                    "prefill": "party"            | "carry": "true"                            | party.readonly: needs properties.prefill, the source of its value
                    "prefill": "party"            | "prefill": "party", "carry": "true"        | party.readonly: its value is the source’s, so it can be neither required nor carried over
                    "prefill": "party"            | "prefill": "earlier.give-answer.late"      | party.properties.prefill: 'earlier.give-answer.late' is not known
                    "prefill": "party"            | "prefill": "earlier.ask-again.inTime"      | party.properties.prefill: there is no form forms/made-up-duty/ask-again.form
                    "max": "5"                    | "prefill": "earlier.give-answer.inTime"    | sightings.properties.prefill: 'inTime' is no list
                    "carry": "true"               | "carry": "check-answer"                    | birds.properties.carry: forms/made-up-duty/check-answer.form has no such field of the same type
                    "max": "5"                    | "carryIf": "row. ="                        | sightings.properties.carryIf: 'row. =' is not FEEL
                    "max": "5"                    | "carryIf": "species = null"                | sightings.properties.carryIf: must be about row and nothing else
                    "carry": "true"               | "carryIf": "row.shore = null"              | sightings.properties.carryIf: needs properties.carry
                    "carry": "true"               | "carryIf": "row.shore = null"              | birds.properties.carryIf: is not supported
                    "id": "field-photo"           | "id": "p", "readonly": true                | sightings.photo.readonly: is not supported
                    "fact.birdsBefore"            | "fact.birds"                               | properties.fact.birds: 'birds' is a field or reserved
                    "fact.birdsBefore"            | "fact.Birds"                               | properties.fact.Birds: 'Birds' is not a name in camelCase
                    "fact.birdsBefore"            | "fact.fowlBefore"                          | properties.rule.not-fewer: names 'birdsBefore', which is neither a field nor a fact
                    "case.give-answer.birds"      | "case.give-answer.bird"                    | properties.fact.birdsBefore: forms/made-up-duty/give-answer.form has no field 'bird'
                    "type": "number"              | "type": "filepicker"                       | birds.properties: a paper is attached anew; it can be neither carried over nor prefilled
                    """)
    void namesFileAndFieldOfAWrongSource(String piece, String by, String fault) {
        folder.edit(FORM, piece, by);

        assertThat(faults()).anyMatch(line -> line.startsWith(FORM + ": " + fault));
    }

    @Test
    void wantsTheWordsOfAListInEveryLanguage() {
        folder.edit(
                "processes/made-up-duty/messages_es.properties",
                "made-up-duty.give-answer.sightings.species.label=",
                "made-up-duty.give-answer.sightings.other.label=");

        assertThat(catchThrowableOfType(InvalidCatalogue.class, this::read).faults())
                .anyMatch(line -> line.contains("made-up-duty.give-answer.sightings.species.label"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    decision != \\"returned\\" or     | decision != or               | properties.rule.reasons-given: 'decision != or reasons != null' is not FEEL
                    decision != \\"returned\\" or     | decison != \\"returned\\" or | properties.rule.reasons-given: names 'decison', which is neither a field nor a fact
                    "rule.reasons-given.field": "reasons" | "rule.reasons-given.field": "reason" | properties.rule.reasons-given.field: 'reason' is not a field of the form
                    common.rule.reasonsGiven          | common.rule.reasonGiven      | properties.rule.reasons-given.message: no text for 'common.rule.reasonGiven'
                    rule.reasons-given.message        | rule.reasons-given.massage   | properties.rule.reasons-given.massage: is not supported
                    "variable": "true"                | "format": "email"            | decision.properties.format: is not supported
                    """)
    void namesFileAndConditionOfAFault(String piece, String by, String fault) {
        String form = "forms/made-up-duty/check-answer.form";
        folder.edit(form, piece, by);

        assertThat(faults()).anyMatch(line -> line.startsWith(form + ": " + fault));
    }

    @Test
    void refusesAFormOfNoStep() {
        folder.file("forms/made-up-duty/give-anser.form", folder.read(FORM));

        assertThat(faults())
                .contains("forms/made-up-duty/give-anser.form: the duty has no user task 'give-anser'; it has"
                        + " give-answer, check-answer");
    }

    @Test
    void refusesAFormOfNoDuty() {
        folder.file("forms/made-up/give-answer.form", folder.read(FORM));

        assertThat(faults())
                .contains("forms/made-up/give-answer.form: there is neither a duty nor a shared diagram called"
                        + " 'made-up'");
    }

    @Test
    void refusesAFieldBehindAGroup() {
        String form = "forms/nomination-confirmation/review-nomination.form";
        String text = folder.read(form);
        int end = text.lastIndexOf("  ],\n  \"properties\"");
        folder.file(
                form,
                text.substring(0, end).stripTrailing()
                        + ", {\"type\": \"checkbox\", \"key\": \"late\", \"label\": \"common.yes\"}\n"
                        + text.substring(end));

        assertThat(faults()).singleElement().asString().contains("components[3]: stands after a group");
    }

    @Test
    void describesAFormAsJsonSchema() throws JsonProcessingException {
        Forms forms = read();
        Map<String, Object> schema =
                forms.schema(forms.find("made-up-duty", "give-answer").orElseThrow(), Locale.ENGLISH);

        assertThat(json.readTree(json.writeValueAsString(schema))).isEqualTo(json.readTree("""
                                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                                 "title": "Give answer",
                                 "type": "object",
                                 "properties": {
                                   "answer": {"title": "Answer", "description": "In one line.", "type": "string",
                                              "minLength": 3, "maxLength": 80},
                                   "season": {"title": "Season", "type": "string", "enum": ["spring", "autumn"]},
                                   "birds": {"title": "Birds", "type": "number", "minimum": 0, "maximum": 1000000,
                                             "description": "Say how many birds there were, as you list sightings. There were more birds before. Enter that number or a greater one."},
                                   "focalPoint": {"title": "Family name of the focal point", "type": "string",
                                                  "maxLength": 500},
                                   "party": {"title": "Party", "type": "string", "maxLength": 500, "readOnly": true},
                                   "lastDecision": {"title": "Last decision", "type": "string", "readOnly": true,
                                                    "enum": ["accepted", "returned"]},
                                   "carriedOverRead": {"type": "boolean",
                                                       "title": "I have read the answers carried over"},
                                   "sightings": {"title": "Sightings", "description": "One entry for each flock.",
                                     "type": "array", "maxItems": 5,
                                     "items": {
                                       "type": "object",
                                       "properties": {
                                         "species": {"title": "Species", "type": "string", "minLength": 1,
                                                     "maxLength": 40},
                                         "seenOn": {"title": "Seen on", "type": "string", "format": "date",
                                             "description": "This day is still to come. Enter a day until today."},
                                         "number": {"title": "Number of birds", "type": "number", "minimum": 1,
                                                    "maximum": 100000},
                                         "shore": {"title": "Shore", "type": "string", "enum": ["left", "right"]},
                                         "weather": {"title": "Weather", "type": "string", "enum": ["dry", "wet"]},
                                         "habitats": {"title": "Habitats", "type": "array", "uniqueItems": true,
                                             "items": {"type": "string", "enum": ["water", "meadow", "wood"]}},
                                         "remarks": {"title": "Remarks", "type": "string", "maxLength": 10000},
                                         "ringed": {"title": "At least one was ringed", "type": "boolean"},
                                         "photo": {"title": "Photograph", "type": "string", "format": "uuid"}},
                                       "required": ["species"],
                                       "additionalProperties": false}}},
                                 "required": ["answer", "season"],
                                 "additionalProperties": false}
                                """));
    }

    @Test
    void describesAFormInTheReadersLanguage() {
        Forms forms = read();

        assertThat(forms.schema(
                        forms.find("nomination-confirmation", "submit-nomination")
                                .orElseThrow(),
                        Locale.FRENCH))
                .extractingByKey("properties")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Map.class))
                .extractingByKey("letterDate")
                .hasToString(
                        "{title=Date de la lettre, description=Ni dans le futur, ni antérieure de plus de 12 mois. La"
                                + " date de la lettre est dans le futur. Indiquez la date qui figure sur la lettre. La lettre"
                                + " date de plus de 12 mois. Demandez-en une nouvelle au ministère ou corrigez la date.,"
                                + " type=string, format=date}");
    }

    private Form form(String duty, String step) {
        return read().find(duty, step).orElseThrow();
    }

    private Forms read() {
        return new JsonForms(folder.resources(), folder.duties(), folder.words());
    }

    private List<String> faults() {
        return catchThrowableOfType(InvalidCatalogue.class, this::read).faults();
    }
}
