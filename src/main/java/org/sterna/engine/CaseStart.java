package org.sterna.engine;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.ObligationsOpened;

/**
 * Starts the case of each obligation entered, in the transaction that enters it. The diagrams begin with an
 * asynchronous continuation, so that only one small job per Party is written here.
 */
@Component
class CaseStart {

    private final RuntimeService runtime;

    CaseStart(RuntimeService runtime) {
        this.runtime = runtime;
    }

    @EventListener
    void on(ObligationsOpened opened) {
        for (Obligation obligation : opened.obligations()) {
            runtime.createProcessInstanceByKey(obligation.duty())
                    .businessKey(obligation.businessKey())
                    .setVariable(Case.OBLIGATION_ID, obligation.id().toString())
                    .setVariable(Case.PARTY_CODE, obligation.partyCode())
                    .execute();
        }
    }
}
