package org.sterna.engine;

import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.obligations.ObligationsOpened;

/** Has the case of each obligation entered started soon; noted in the transaction that enters it. */
@Component
class CaseStart {

    private final StartCases starts;
    private final ProcessEngineConfigurationImpl engine;

    CaseStart(StartCases starts, ProcessEngineConfigurationImpl engine) {
        this.starts = starts;
        this.engine = engine;
    }

    @EventListener
    void on(ObligationsOpened opened) {
        engine.getCommandExecutorTxRequired().execute(command -> {
            starts.soon(opened.obligations());
            return null;
        });
    }
}
