package org.sterna.register;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a line, instead of a stack trace, why the first administrator could not be admitted. */
class FirstAdministratorAnalyzer extends AbstractFailureAnalyzer<FirstAdministrator.Unusable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, FirstAdministrator.Unusable cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct that setting and start again.", cause);
    }
}
