package org.sterna.forms;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers that cannot be accepted, or are not accepted before their warnings were read; nothing was written. */
public class InvalidSubmission extends RuntimeException {

    private final transient List<Violation> violations;
    private final transient List<Warning> warnings;

    /** @param violations at least one, in the order of the form */
    public InvalidSubmission(List<Violation> violations) {
        this(violations, List.of());
    }

    /**
     * @param violations in the order of the form; none where only the warnings have to be read
     * @param warnings what else to mind
     */
    public InvalidSubmission(List<Violation> violations, List<Warning> warnings) {
        super(message(violations, warnings));
        this.violations = List.copyOf(violations);
        this.warnings = List.copyOf(warnings);
    }

    /** As scripts in the engine's pages read it: lines of errors, of warnings, and what sends the answers as they are. */
    private static String message(List<Violation> violations, List<Warning> warnings) {
        return Stream.of(
                        violations.stream().map(violation -> violation.field() + ": " + violation.message()),
                        warnings.stream().map(warning -> "? " + warning.field() + ": " + warning.message()),
                        violations.isEmpty() ? Stream.of("?? " + Warning.marks(warnings)) : Stream.<String>of())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    /** What is wrong, in the order of the form; empty if the answers are right but for what they are warned of. */
    public List<Violation> violations() {
        return violations;
    }

    /** What is not wrong but worth a second look. */
    public List<Warning> warnings() {
        return warnings;
    }
}
