package org.sterna.forms;

import java.util.List;
import java.util.stream.Collectors;

/** Answers that cannot be accepted; nothing was written. */
public class InvalidSubmission extends RuntimeException {

    private final transient List<Violation> violations;

    /** @param violations at least one, in the order of the form */
    public InvalidSubmission(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("\n")));
        this.violations = List.copyOf(violations);
    }

    /** What is wrong, in the order of the form. */
    public List<Violation> violations() {
        return violations;
    }
}
