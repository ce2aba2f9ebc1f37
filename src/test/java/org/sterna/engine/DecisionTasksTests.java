package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.forms.Forms;

/** What a diagram may say about decision tables. */
class DecisionTasksTests {

    private static final String DIAGRAM = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
              <process id="duty" isExecutable="true" camunda:historyTimeToLive="P1D">
                <businessRuleTask id="check" camunda:decisionRef="table" camunda:decisionRefBinding="deployment">
                  <extensionElements><camunda:inputOutput>
                    <camunda:inputParameter name="share">${money.share(execution)}</camunda:inputParameter>
                    <camunda:outputParameter name="answer">${decisionResult.getSingleResult().answer}</camunda:outputParameter>
                  </camunda:inputOutput></extensionElements>
                </businessRuleTask>
                <serviceTask id="tell" camunda:expression="${money.balance(execution)}" camunda:resultVariable="balance" />
                <sequenceFlow id="flow" sourceRef="check" targetRef="tell">
                  <conditionExpression>${answer == 'yes' and balance != share}</conditionExpression>
                </sequenceFlow>
              </process>
            </definitions>
            """;

    private final Vocabulary vocabulary = mock(Vocabulary.class);
    private final DiagramRules rules = new DiagramRules(vocabulary, mock(Forms.class));

    @BeforeEach
    void know() {
        given(vocabulary.words()).willReturn(Map.of("money", new Object()));
    }

    private void check(String diagram) {
        rules.check("duty.bpmn", diagram.getBytes(StandardCharsets.UTF_8), Set.of("table"));
    }

    @Test
    void letsADiagramSpeakTheTablesBesideItAndUseTheirResults() {
        assertThatCode(() -> check(DIAGRAM)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decisionRef=\"table\" | decisionRef=\"other\" | no camunda:decisionRef of a decision table",
                "decisionRef=\"table\" | expression=\"${money.share(execution)}\" | no camunda:decisionRef of a decision table",
                "decisionRef=\"table\" | decisionRef=\"table\" camunda:delegateExpression=\"${money}\" | is no decision table",
                "decisionRefBinding=\"deployment\" | decisionRefBinding=\"latest\" | no camunda:decisionRefBinding",
                "decisionRef=\"table\" | decisionRef=\"table\" camunda:class=\"host.Code\" | is code",
                "name=\"answer\" | name=\"other\" | 'answer' in ${answer",
                "resultVariable=\"balance\" | resultVariable=\"other\" | 'balance' in ${answer"
            })
    void refusesAnyOtherDecisionOrName(String piece, String by, String fault) {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(DIAGRAM.replace(piece, by)))
                .withMessageContaining(fault);
    }
}
