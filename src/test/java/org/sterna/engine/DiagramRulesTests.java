package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.duties.CatalogueFolder;
import org.sterna.forms.CatalogueForms;
import org.sterna.notices.CatalogueNotices;

/** What a diagram may say: the project's own diagrams pass, and each mistake put into one of them is named. */
class DiagramRulesTests {

    private static final String REPORT = "processes/national-report/national-report.bpmn";

    @TempDir
    static Path root;

    private static DiagramRules rules;
    private static final Map<String, Set<String>> SHARED = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        CatalogueFolder folder = CatalogueFolder.ofProject(root);
        rules = new DiagramRules(
                vocabulary(), CatalogueForms.of(folder), folder.duties(), CatalogueNotices.of(folder.words()));
        for (Path diagram : diagrams()) {
            if (diagram.startsWith("processes/common")) {
                SHARED.putAll(DiagramRules.processes(Files.readAllBytes(diagram)));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> projectsDiagramsSayOnlyWhatIsUnderstood() throws IOException {
        return diagrams().stream()
                .map(diagram -> DynamicTest.dynamicTest(
                        diagram.toString(), () -> assertThat(check(diagram.toString(), Files.readString(diagram)))
                                .isEmpty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deadline.forCorrection(execution, 'submit-report') | deadline.forCorection(execution, 'submit-report') | 'deadline' has no method 'forCorection'; it has applies(execution, name),
            deadline.forCorrection(execution, 'submit-report') | deadline.forCorrection() | 'deadline.forCorrection' does not take 0 arguments; write forCorrection(execution)
            deadline.forCorrection(execution, 'submit-report') | deadline.forCorrection(execution, 'submit-raport') | there is no user task 'submit-raport'; known are approve-report,
            deadline.forCorrection(execution, 'submit-report') | deadline.forCorrection('submit-report', execution) | 'execution' of forCorrection(execution, step) cannot be a String
            deadline.forCorrection(execution, 'submit-report') | deadline.renew(execution, 'statos') | there is no deadline 'statos'; known are
            sendNotice.of(execution, 'returned', 'nfp') | sendNotice.off(execution, 'returned', 'nfp') | 'sendNotice' has no method 'off'
            sendNotice.of(execution, 'returned', 'nfp') | sendNotice.of(execution, 'accepted-lately', 'nfp') | there is no text for notices of the kind 'accepted-lately'; write national-report.notice.accepted-lately.subject and .body
            sendNotice.of(execution, 'returned', 'nfp') | sendNotice.of(execution, 'returned', 'nfp,mni') | there is no role 'mni'; known are alt, fin,
            sendNotice.of(execution, 'returned', 'nfp') | sendMail.of(execution, 'returned', 'nfp') | 'sendMail' is no word of the vocabulary
            sendNotice.of(execution, 'returned', 'nfp') | sendNotice.of(execution, verdict, 'nfp') | 'verdict' is no word of the vocabulary, and nothing in the diagram sets a value of that name
            sendNotice.of(execution, 'returned', 'nfp') | sendNotice.of(execution, 'returned', 'nfp' | cannot be read
            sendNotice.of(execution, 'returned', 'nfp') | execution.getProcessEngineServices() | is not called on a word of the vocabulary
            sendNotice.of(execution, 'returned', 'nfp') | execution.tenantId | '.tenantId' cannot be read here
            sendNotice.of(execution, 'returned', 'nfp') | ''.getClass().forName('java.lang.Runtime') | is not called on a word of the vocabulary
            sendNotice.of(execution, 'returned', 'nfp') | seat | 'seat' is a word of the vocabulary; call one of its methods: of(role)
            ${seat.of('min')} | ${seat.of('mni')} | there is no role 'mni'
            approval == 'approved' | approval == 'aproved' | 'aproved' is never the value; possible are approved,
            milestones.kind(execution) == 'overdue' | milestones.kind(execution) == 'late' | 'late' is never the value; possible are escalation, none, overdue, reminder
            camunda:formKey="embedded:/forms/tasks/${task.id}" | camunda:formKey="embedded:/forms/${task.name}" | camunda:formKey must be "embedded:/forms/tasks/${task.id}"
            calledElement="escalate-overdue" | calledElement="escalate-late" | calls 'escalate-late'; it can call close-undelivered-duties, correct-address, escalate-overdue,
            errorCode="duty-excused" | errorCode="duty-forgiven" | nothing ends with the error 'duty-forgiven'; known are duty-excused, duty-lapsed
            camunda:historyTimeToLive="P36500D" | | the process has no camunda:historyTimeToLive
            """)
    void namesEachMistakeInAnExpressionOrAttribute(String piece, String by, String fault) throws IOException {
        assertThat(mistaken(REPORT, piece, by))
                .anySatisfy(told -> assertThat(told).startsWith(REPORT + ": ").contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            camunda:type="external" camunda:topic="receipts" | camunda:type hands the step to a program outside
            camunda:class="org.example.Code" | camunda:class is code; use a word of the vocabulary
            camunda:delegateExpression="${seat}" | camunda:delegateExpression is code
            | does nothing; give it a camunda:expression
            """)
    void refusesServiceTasksThatNothingHereDoes(String attributes, String fault) throws IOException {
        String text = Files.readString(Path.of(REPORT));
        String task =
                text.substring(text.indexOf("<bpmn:serviceTask"), text.indexOf(">", text.indexOf("<bpmn:serviceTask")));
        String id = task.replaceFirst("(?s).* id=\"([^\"]+)\".*", "$1");

        assertThat(check(
                        REPORT,
                        text.replace(
                                task,
                                "<bpmn:serviceTask id=\"%s\" name=\"Some step\" %s"
                                        .formatted(id, attributes == null ? "" : attributes))))
                .anySatisfy(told ->
                        assertThat(told).startsWith(REPORT + ": " + id + ": ").contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            receiveTask | messageRef="nobodys-message" | <receiveTask> is not for diagrams here
            sendTask | camunda:expression="${seat.of('nfp')}" | <sendTask> is not for diagrams here
            manualTask | | <manualTask> is not for diagrams here
            scriptTask | scriptFormat="js" | <scriptTask> is code; use a word of the vocabulary
            """)
    void refusesTasksThatNobodyWouldDo(String element, String attributes, String fault) throws IOException {
        assertThat(mistaken(
                        REPORT,
                        "</bpmn:process>",
                        "<bpmn:%s id=\"odd\" %s /></bpmn:process>"
                                .formatted(element, attributes == null ? "" : attributes)))
                .anySatisfy(told -> assertThat(told).contains("odd: " + fault));
    }

    @Test
    void refusesAMessageThatNothingSends() throws IOException {
        assertThat(mistaken("processes/common/escalate-overdue.bpmn", "name=\"party-acted\"", "name=\"party-reacted\""))
                .anySatisfy(told -> assertThat(told)
                        .contains("nothing sends a message 'party-reacted'; known are address-mended,"));
    }

    @Test
    void refusesAnErrorThatNobodyCatches() throws IOException {
        assertThat(mistaken(
                        REPORT,
                        "</bpmn:process>",
                        "<bpmn:endEvent id=\"end_broken\"><bpmn:errorEventDefinition id=\"error_broken\""
                                + " errorRef=\"duty-excused-error\" /></bpmn:endEvent></bpmn:process>"))
                .anySatisfy(told -> assertThat(told).contains("end_broken: ends with an error that nobody catches"));
    }

    @Test
    void wantsAPictureOfEveryNodeAndFlow() throws IOException {
        String text = Files.readString(Path.of(REPORT));
        List<String> missing = new ArrayList<>();
        for (String kind : List.of("Shape", "Edge")) {
            String one =
                    text.replaceFirst("(?s).*?<bpmndi:BPMN%s [^>]*bpmnElement=\"([^\"]+)\".*".formatted(kind), "$1");
            String without = text.replaceFirst(
                    "(?s)<bpmndi:BPMN%s [^>]*bpmnElement=\"%s\".*?</bpmndi:BPMN%s>".formatted(kind, one, kind), "");
            assertThat(without).isNotEqualTo(text);
            assertThat(check(REPORT, without)).anySatisfy(told -> assertThat(told)
                    .contains(one + ": has no picture; draw it in Camunda Modeler"));
            missing.add(one);
        }
        assertThat(missing).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'report-status.actions', 'dueOn' | 'report-status.action', 'dueOn' | there is no list 'report-status.action'
            'report-status.actions', 'dueOn' | 'report-status.actions', 'dueBy' | there is no field of rows of actions 'dueBy'
            'status', 'done,dropped' | 'status', 'done,droped' | there is no option of status 'droped'; known are
            """)
    void namesListsFieldsAndOptionsThatNoFormHas(String piece, String by, String fault) throws IOException {
        assertThat(mistaken("processes/decision-follow-up/decision-follow-up.bpmn", piece, by))
                .anySatisfy(told -> assertThat(told).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            eligibility == 'ineligible' | eligibility == 'inelligible' | 'inelligible' is never the value; possible are
            getSingleResult().eligibility} | getSingleResult().eligible} | 'eligible' is no output of a decision table beside the diagram; known are
            camunda:decisionRef="funding-eligibility" | camunda:decisionRef="funding" | has no camunda:decisionRef of a decision table beside the diagram; there are funding-eligibility
            camunda:decisionRef="funding-eligibility" | camunda:expression="${seat.of('nfp')}" | has no camunda:decisionRef of a decision table beside the diagram
            camunda:decisionRef="funding-eligibility" | camunda:decisionRef="funding-eligibility" camunda:delegateExpression="${seat}" | camunda:delegateExpression is no decision table
            camunda:decisionRef="funding-eligibility" | camunda:decisionRef="funding-eligibility" camunda:class="host.Code" | camunda:class is code
            camunda:decisionRefBinding="deployment" | camunda:decisionRefBinding="latest" | has no camunda:decisionRefBinding="deployment"
            outputParameter name="eligibility" | outputParameter name="other" | 'eligibility' is no word of the vocabulary, and nothing in the diagram sets a value of that name
            """)
    void namesOutputsAndValuesThatNoTableHas(String piece, String by, String fault) throws IOException {
        assertThat(mistaken("processes/delegate-funding/delegate-funding.bpmn", piece, by))
                .anySatisfy(told -> assertThat(told).contains(fault));
    }

    @Test
    void knowsWhatACallAnswers() throws IOException {
        assertThat(mistaken(
                        "processes/annual-contribution/annual-contribution.bpmn",
                        "camunda:resultVariable=\"payment\"",
                        "camunda:resultVariable=\"paid\""))
                .anySatisfy(told -> assertThat(told).contains("'payment' is no word of the vocabulary"));
    }

    @Test
    void wantsVariablesThatFormsAskForToBeSetInTheDiagram() throws IOException {
        assertThat(mistaken(
                        "processes/delegate-funding/delegate-funding.bpmn",
                        "name=\"eligibilityReason\"",
                        "name=\"eligibilityCause\""))
                .anySatisfy(told -> assertThat(told)
                        .contains("no step, table or call of the diagram sets the variable 'eligibilityReason'"));
    }

    @Test
    void saysWhatCannotBeRead() {
        assertThat(check(REPORT, "<definitions")).singleElement().asString().startsWith(REPORT + ": cannot be read: ");
    }

    /** The words as they are; nothing of them is called. */
    static Vocabulary vocabulary() {
        return new Vocabulary(mock(), mock(), mock(), mock(), mock(), mock(), mock(), mock(), mock(), mock());
    }

    private static List<String> mistaken(String file, String piece, String by) throws IOException {
        String text = Files.readString(Path.of(file));
        assertThat(text).contains(piece);
        return check(file, text.replace(piece, by == null ? "" : by));
    }

    private static List<String> check(String file, String content) {
        Map<String, Map<String, Set<String>>> tables = new HashMap<>();
        Path table = Path.of("processes/delegate-funding/funding-eligibility.dmn");
        try {
            if (file.contains("delegate-funding")) {
                tables.put("funding-eligibility", Decisions.outputs(Files.readAllBytes(table)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rules.check(
                file,
                content.getBytes(StandardCharsets.UTF_8),
                new DiagramRules.Beside(tables, SHARED, file.startsWith("processes/common")));
    }

    private static List<Path> diagrams() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("processes")), Files.walk(Path.of("src/test/resources/processes")))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList();
        }
    }
}
