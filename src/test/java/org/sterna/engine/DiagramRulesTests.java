package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;

class DiagramRulesTests {

    private final Vocabulary vocabulary = mock();
    private final Forms forms = mock();
    private final DiagramRules rules = new DiagramRules(vocabulary, forms);

    @Test
    void wantsVariablesThatFormsAskForToBeSetInTheDiagram() {
        asking("variable.verdict");

        assertThatThrownBy(() -> check("<serviceTask id='decide'/>"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("some-duty.bpmn")
                .hasMessageContaining(
                        "forms/some-duty/some-step.form: field.properties.prefill: no step, table or call of"
                                + " the diagram sets the variable 'verdict'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<businessRuleTask id='decide' camunda:decisionRef='table' camunda:decisionRefBinding='deployment'"
                        + " camunda:resultVariable='verdict'/>",
                "<serviceTask id='decide'><camunda:outputParameter name='verdict'/></serviceTask>",
                "<callActivity id='call'><camunda:out source='x' target='verdict'/></callActivity>"
            })
    void knowsVariablesThatTheDiagramSets(String element) {
        asking("variable.verdict");

        assertThatCode(() -> check(element)).doesNotThrowAnyException();
    }

    @Test
    void knowsVariablesThatAFormDeclares() {
        asking("variable.field");

        assertThatCode(() -> check("")).doesNotThrowAnyException();
    }

    private void asking(String source) {
        given(vocabulary.words()).willReturn(Map.of());
        Form.Field field = new Form.Field(
                "field",
                Form.Type.TEXT,
                "label",
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                source,
                null,
                false,
                List.of());
        given(forms.find("some-duty", "some-step"))
                .willReturn(Optional.of(new Form("some-duty", "some-step", List.of(field), List.of())));
    }

    private void check(String element) {
        rules.check("some-duty.bpmn", ("""
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                             xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                  <process id="some-duty" camunda:historyTimeToLive="P1D"><userTask id="some-step"/>%s</process>
                </definitions>
                """.formatted(element)).getBytes(StandardCharsets.UTF_8), Set.of("table"));
    }
}
