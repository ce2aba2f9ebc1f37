package org.sterna.forms;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that only warns and does not hold.
 *
 * @param rule its id in the form
 * @param field the field it warns about; {@code <list>.<row>.<field>} in a list, rows from 0 as sent
 * @param message what to mind, in the reader's language
 */
public record Warning(String rule, String field, String message) {

    /** As a sentence at its field. */
    public Violation atField() {
        return new Violation(field, message);
    }

    /** What stands for warnings, whatever the language: {@code <rule>@<field>}, parted by spaces. */
    public static String marks(List<Warning> warnings) {
        return warnings.stream()
                .map(warning -> warning.rule() + "@" + warning.field())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
