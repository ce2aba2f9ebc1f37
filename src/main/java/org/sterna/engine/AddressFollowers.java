package org.sterna.engine;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.register.AddressMarked;
import org.sterna.register.AddressMended;

/**
 * Opens a task for the Secretariat when an address turns out to take no mail, and withdraws it when the address is
 * mended elsewhere; each in the transaction that marks or mends it, so that there is one task for one mark.
 */
@Component
class AddressFollowers {

    private static final String MENDED = "address-mended";

    private final ProcessEngine engine;

    AddressFollowers(ProcessEngine engine) {
        this.engine = engine;
    }

    @EventListener
    void open(AddressMarked marked) {
        engine.getRuntimeService()
                .startProcessInstanceByKey(
                        AddressTasks.CORRECT_ADDRESS, Map.of(EngineAddressTasks.EMAIL, marked.email()));
    }

    @EventListener
    void withdraw(AddressMended mended) {
        // mended by the task itself, which is over then
        if (Context.getCommandContext() == null) {
            engine.getRuntimeService()
                    .createMessageCorrelation(MENDED)
                    .processInstanceVariableEquals(EngineAddressTasks.EMAIL, mended.email())
                    .correlateAll();
        }
    }
}
