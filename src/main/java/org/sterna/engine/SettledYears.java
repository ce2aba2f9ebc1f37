package org.sterna.engine;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.register.YearSettled;

/**
 * Tells the cases that wait for it that a year has nothing left to pay, however that came about: with another year's
 * payment, from a file, or by a corrected invoice. A case that waits says so by the message and its {@code
 * contributionYear}.
 */
@Component
class SettledYears {

    static final String MESSAGE = "contribution-settled";

    private final RuntimeService runtime;

    SettledYears(@Lazy RuntimeService runtime) {
        this.runtime = runtime;
    }

    @EventListener
    void on(YearSettled settled) {
        runtime.createMessageCorrelation(MESSAGE)
                .tenantId(settled.partyCode())
                .processInstanceVariableEquals("contributionYear", settled.year())
                .correlateAll();
    }
}
