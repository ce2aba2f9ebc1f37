package org.sterna.duties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Rung;

class YamlDutiesTests {

    private static final String YAML = "processes/nomination-confirmation/duty.yaml";
    private static final String DIAGRAM = "processes/nomination-confirmation/nomination-confirmation.bpmn";

    @TempDir
    private Path root;

    private CatalogueFolder folder;

    @BeforeEach
    void copyTheProjectsDuties() {
        folder = CatalogueFolder.ofProject(root);
    }

    @Test
    void readsTheNominationOfTheFocalPoint() {
        Duty duty = folder.duties().get("nomination-confirmation");

        assertThat(duty.code()).isEqualTo("D06");
        assertThat(duty.kind()).isEqualTo(Duty.Kind.EVENT);
        assertThat(duty.deadline().after()).isEqualTo(Period.ofDays(30));
        assertThat(duty.assumed()).isTrue();
        assertThat(duty.binds()).isEqualTo(Duty.Binding.all(Duty.Suggestion.UNCONFIRMED, "nfp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COP-P6M", "COP-close+30D", "StC-30D", "YYYY-03-31", "H-close+30D", "opened+10PWD"})
    void readsEveryKindOfDueRule(String rule) {
        folder.edit(YAML, "rule: opened+30D", "rule: " + rule);

        assertThat(folder.duties().get("nomination-confirmation").deadline()).isEqualTo(DueRule.parse(rule));
    }

    @Test
    void readsTheLadderInItsOrder() {
        assertThat(folder.duties().get("nomination-confirmation").ladder())
                .extracting(Rung::id)
                .containsExactly(
                        "reminder-14",
                        "reminder-7",
                        "reminder-1",
                        "overdue-1",
                        "ministry-14",
                        "secretariat-30",
                        "ministry-60",
                        "ministry-90");
    }

    @Test
    void readsTheStepsAndTheirSeatsFromTheDiagram() {
        assertThat(folder.duties().get("nomination-confirmation").steps())
                .containsExactly(
                        new Duty.Step("submit-nomination", "nfp"), new Duty.Step("review-nomination", "secretariat"));
    }

    @Test
    void findsADutyThatNobodyProgrammed() {
        assertThat(folder.duties().all()).extracting(Duty::key).contains("made-up-duty");
    }

    @Test
    void ordersDutiesByCode() {
        assertThat(folder.duties().all()).extracting(Duty::code).isSorted();
    }

    @Test
    void givesADutyWithoutLadderTheUsualOne() {
        assertThat(folder.duties().get("made-up-duty").ladder()).isEqualTo(YamlDuties.usualLadder("nfp", false));
    }

    @Test
    void neverCallsAVoluntaryDutyOverdue() {
        folder.edit("processes/made-up-duty/duty.yaml", "kind: request", "kind: request\nvoluntary: true");

        assertThat(folder.duties().get("made-up-duty").ladder())
                .extracting(Rung::kind)
                .containsOnly(Rung.Kind.REMINDER);
    }

    @Test
    void refusesToNameADutyThatIsNotThere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> folder.duties().get("no-such-duty"))
                .withMessageContaining("no-such-duty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    code: D06                 | code: 6                    | code: is not a number such as D06
                    code: D06                 | code: D99                  | code: 'D99' is the code of made-up-duty too
                    code: D06                 | title: Nomination          | title: there is no such property
                    group: nominations        |                            | group: is missing, write nominations, reporting, resources, meetings
                    group: nominations        | group: people              | group: 'people' is not allowed; write nominations, reporting
                    holder: nfp               | holder: boss               | holder: 'boss' is not a role
                    kind: event               |                            | kind: is missing, write event, meeting
                    kind: event               | kind: party                | kind: 'party' is not allowed; write event, meeting
                    kind: event               | voluntary: perhaps         | voluntary:
                    rule: opened+30D          | rule: COP-150X             | deadline.rule: The due rule 'COP-150X' cannot be computed
                    assumed: true             |                            | deadline.assumed: is missing
                    correction: 15            | correction: 0              | correction: must be at least 1 day
                    offset: -P7D              | offset: P-1                | ladder[1].offset: 'P-1' is not a period such as -P14D
                    offset: -P7D              | offset: -P20D              | ladder[1].offset: '-P20D' must be later than the rung before it
                    offset: -P7D              | offset: P1D                | ladder[1].offset: 'P1D' must be on or before the deadline
                    id: reminder-7            | id: reminder-14            | ladder[1].id: 'reminder-14' is there twice
                    id: reminder-7            | id: Reminder 7             | ladder[1].id: must be lower-case words
                    copies: [alt]             | copies: [aunt]             | ladder[3].copies: 'aunt' is not a role
                    copies: [alt]             | decide: true               | ladder[3].decide: only an escalation can ask for a decision
                    copies: [alt]             | copies: [alt], when: never | ladder[3].when: there is no such property
                    copies: [alt]             | text: overdue-letter       | ladder[3].text: there is no text 'overdue-letter'; write nomination-confirmation.notice.overdue-letter.subject in messages.properties, _fr and _es
                    copies: [alt]             | text: receipt              | ladder[3].text: 'receipt' must begin with 'overdue-'
                    correction: 15            | voluntary: true            | ladder[3].kind: a voluntary duty is never overdue
                    kind: overdue,            |                            | ladder[3].kind: is missing, write reminder
                    kind: overdue             | kind: late                 | ladder[3].kind: 'late' is not allowed
                    role: nfp                 | role: aunt                 | binds.role: 'aunt' is not a role
                    , role: nfp               |                            | binds.role: is missing
                    correction: 15            | years: { first: 1983, ahead: 3 } | years: needs a deadline by the year
                    correction: 15            | years: { first: 1900, ahead: 3 } | years.first: must be at least 1979
                    correction: 15            | years: { first: 1983 }     | years.ahead: is missing
                    parties: all              | parties: some              | binds.parties: must be all
                    parties: all              | parties: of-instrument     | binds.instrument: is missing
                    parties: all              | parties: eligible          | binds.decision: is missing
                    parties: all              | parties: eligible, decision: horoscope | binds.decision: there is no decision table 'horoscope'
                    rule: opened+30D          | rule: step+30D             | deadline.rule: 'step+30D' is for further deadlines only
                    rule: opened+30D          | rule: due-14D              | deadline.rule: 'due-14D' is for further deadlines only
                    rule: opened+30D          | rule: COP-7D@Nairobi       | deadline.rule: The due rule 'COP-7D@Nairobi' names the time zone 'Nairobi'
                    correction: 15            | answers: secret            | answers: must be shared or national
                    correction: 15            | follows: some-other        | follows: there is no duty 'some-other'
                    correction: 15            | follows: nomination-confirmation | follows: 'nomination-confirmation' follows 'nomination-confirmation' itself
                    correction: 15            | opens: due-14D             | opens: must start from a meeting or a day of the year
                    correction: 15            | opens: opened+30D          | opens: must start from a meeting or a day of the year
                    correction: 15            | meetings: [party]          | meetings: 'party' is no kind of meeting
                    correction: 15            | deadlines: { due: { rule: COP-7D, assumed: true, basis: x, steps: [submit-nomination] } } | deadlines.due: must be lower-case words
                    correction: 15            | deadlines: { late: { rule: COP-7D, assumed: true, basis: x, steps: [dance] } } | deadlines.late.steps: the diagram has no user task 'dance'
                    correction: 15            | deadlines: { late: { rule: COP-7D, assumed: true, basis: x, steps: [review-nomination] } } | deadlines.late.steps: 'review-nomination' is the Secretariat's
                    correction: 15            | deadlines: { late: { rule: COP-7X, assumed: true, basis: x, steps: [submit-nomination] } } | deadlines.late.rule: The due rule 'COP-7X' cannot be computed
                    """)
    void namesFileAndFieldOfAFault(String piece, String by, String fault) {
        folder.edit(YAML, piece, by == null ? "" : by);

        assertThat(faults()).anyMatch(line -> line.contains("/duty.yaml: " + fault));
    }

    @Test
    void namesEveryFaultAtOnce() {
        folder.edit(YAML, "holder: nfp", "holder: boss").edit(YAML, "-P7D", "P-1");

        assertThat(faults()).hasSize(2);
    }

    @Test
    void refusesADutyWithoutDiagram() {
        folder.without(DIAGRAM);

        assertThat(faults()).contains(DIAGRAM + ": the diagram is missing");
    }

    @Test
    void refusesADutyWithoutFile() {
        folder.without(YAML);

        assertThat(faults()).contains(YAML + ": the file is missing");
    }

    @Test
    void refusesADiagramOfAnotherProcess() {
        folder.edit(DIAGRAM, "process id=\"nomination-confirmation\"", "process id=\"nomination\"");

        assertThat(faults()).contains(DIAGRAM + ": process id: must be 'nomination-confirmation', not [nomination]");
    }

    @Test
    void refusesATaskWithoutSeat() {
        folder.edit(DIAGRAM, "${seat.of('nfp')}", "somebody");

        assertThat(faults()).anyMatch(fault -> fault.contains("user task 'submit-nomination'"));
    }

    @Test
    void readsNoExternalEntityInADiagram() {
        folder.file(DIAGRAM, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>");

        assertThat(faults()).anyMatch(fault -> fault.startsWith(DIAGRAM + ": cannot be read"));
    }

    @Test
    void refusesADutyWhoseWordsAreMissing() {
        for (String language : List.of("", "_fr", "_es")) {
            String file = "processes/nomination-confirmation/messages" + language + ".properties";
            folder.edit(file, "nomination-confirmation.review-nomination.intro=", "nomination-confirmation.intro=");
        }

        assertThat(faults())
                .containsExactly("processes/nomination-confirmation/messages.properties:"
                        + " 'nomination-confirmation.review-nomination.intro' is missing");
    }

    private List<String> faults() {
        return catchThrowableOfType(InvalidCatalogue.class, () -> folder.duties())
                .faults();
    }
}
