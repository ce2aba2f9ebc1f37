package org.sterna.engine;

import org.camunda.bpm.engine.BadUserRequestException;
import org.sterna.forms.InvalidSubmission;

/** Answers refused by the gate, in the shape that the engine's own pages show to the user. */
class RefusedSubmission extends BadUserRequestException {

    private static final long serialVersionUID = 1L;

    private final transient InvalidSubmission reason;

    RefusedSubmission(InvalidSubmission reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    InvalidSubmission reason() {
        return reason;
    }
}
