package org.sterna.duties;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the faults of the catalogue instead of a stack trace when they stop the start. */
class InvalidCatalogueReport extends AbstractFailureAnalyzer<InvalidCatalogue> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidCatalogue cause) {
        return new FailureAnalysis(
                "The duties cannot be used:\n\n" + cause.getMessage(),
                "Correct the files named above and start again.",
                cause);
    }
}
