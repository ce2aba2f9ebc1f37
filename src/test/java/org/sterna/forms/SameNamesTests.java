package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names in the credentials and those of the registered delegation. */
class SameNamesTests {

    private static final Map<String, String> HEAD = Map.of("givenName", "Ana", "familyName", "Petrović");
    private static final Map<String, String> ADVISER = Map.of("givenName", "Luc", "familyName", "Rochat");

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
    void acceptsTheNamesOfTheDelegationInAnyOrder() {
        assertThat(atNames(List.of(ADVISER, HEAD), List.of(HEAD, ADVISER))).isEmpty();
    }

    @Test
    void asksNothingWhileNoDelegationIsKnown() {
        assertThat(atNames(List.of(HEAD), null)).isEmpty();
    }

    @Test
    void refusesCredentialsWithoutADelegate() {
        assertThat(atNames(List.of(HEAD), List.of(HEAD, ADVISER))).hasSize(1);
    }

    @Test
    void refusesCredentialsWithAStranger() {
        assertThat(atNames(List.of(HEAD, ADVISER), List.of(HEAD))).hasSize(1);
    }

    private static List<Violation> atNames(List<Map<String, String>> covered, List<Map<String, String>> delegation) {
        Map<String, Object> facts = new HashMap<>();
        if (delegation != null) {
            facts.put("delegation", delegation);
        }
        FormGate.Circumstances plain = ProjectForms.circumstances(Locale.ENGLISH);
        InvalidSubmission refused = catchThrowableOfType(
                InvalidSubmission.class,
                () -> project.gate.check(
                        project.forms.find("credentials", "send-scan").orElseThrow(),
                        Map.of("namesCovered", covered),
                        new FormGate.Circumstances(
                                plain.reader(),
                                plain.today(),
                                plain.deadline(),
                                plain.documents(),
                                new FormGate.Known(facts, Map.of(), Map.of()))));
        // the rest of the form is empty, so it is refused for other fields anyway
        return refused.violations().stream()
                .filter(violation -> violation.field().startsWith("namesCovered"))
                .toList();
    }
}
