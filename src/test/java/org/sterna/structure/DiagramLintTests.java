package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every diagram passes bpmnlint without a warning. */
class DiagramLintTests {

    @TestFactory
    Stream<DynamicTest> diagramsPassTheLinter() throws IOException, InterruptedException {
        Map<Path, List<String>> findings = Bpmnlint.check(Sources.under("processes", ".bpmn"));
        Path root = Path.of("").toAbsolutePath();
        return findings.entrySet().stream().map(entry -> {
            Path diagram = root.relativize(entry.getKey());
            return DynamicTest.dynamicTest(diagram.toString(), () -> assertThat(entry.getValue())
                    .as("what bpmnlint says of %s (element · severity · message · rule)", diagram)
                    .isEmpty());
        });
    }

    @Test
    void namesElementAndRuleOfAFault(@TempDir Path folder) throws IOException, InterruptedException {
        Path diagram = Files.writeString(folder.resolve("faulty.bpmn"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="faulty"
                    targetNamespace="http://example.org">
                  <process id="no-time-to-live" isExecutable="true">
                    <startEvent id="start_nameless" />
                  </process>
                </definitions>
                """);
        assertThat(Bpmnlint.check(List.of(diagram)).values().iterator().next())
                .anyMatch(finding -> finding.startsWith("start_nameless · error") && finding.endsWith("label-required"))
                .anyMatch(finding ->
                        finding.startsWith("no-time-to-live · ") && finding.endsWith("history-time-to-live"));
    }
}
