package org.sterna.engine;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.sterna.forms.InvalidSubmission;

/** Answers refused by the gate, in the shape that the engine's pages show to the user and answer with 400. */
class RefusedSubmission extends FormFieldValidationException {

    private static final long serialVersionUID = 1L;

    private final transient InvalidSubmission reason;

    RefusedSubmission(InvalidSubmission reason) {
        super(null, reason.getMessage(), reason);
        this.reason = reason;
    }

    InvalidSubmission reason() {
        return reason;
    }
}
