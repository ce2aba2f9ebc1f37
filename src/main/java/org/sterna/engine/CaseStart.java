package org.sterna.engine;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
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
    private final ProcessEngineConfigurationImpl engine;

    CaseStart(RuntimeService runtime, ProcessEngineConfigurationImpl engine) {
        this.runtime = runtime;
        this.engine = engine;
    }

    /** All in one command, so that the engine writes the rows of all cases together and not case by case. */
    @EventListener
    void on(ObligationsOpened opened) {
        engine.getCommandExecutorTxRequired().execute(command -> {
            start(opened);
            return null;
        });
    }

    private void start(ObligationsOpened opened) {
        for (Obligation obligation : opened.obligations()) {
            runtime.createProcessInstanceByKey(obligation.duty())
                    .businessKey(obligation.businessKey())
                    .setVariable(Case.OBLIGATION_ID, obligation.id().toString())
                    .setVariable(Case.PARTY_CODE, obligation.partyCode())
                    .execute();
        }
    }
}
