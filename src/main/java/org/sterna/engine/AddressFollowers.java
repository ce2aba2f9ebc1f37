package org.sterna.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.context.BpmnExecutionContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.runtime.Execution;
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

    private final ProcessEngine engine;
    private final EngineAddressTasks tasks;

    AddressFollowers(ProcessEngine engine, EngineAddressTasks tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    @EventListener
    void open(AddressMarked marked) {
        open(marked.email());
    }

    /**
     * Opens a task for each of the marked addresses that has none; one statement finds those. Takes part in the caller's
     * transaction, in which none of the addresses may be mended.
     *
     * @param marked as {@link org.sterna.register.Addresses#key} has them
     */
    void openMissing(Collection<String> marked) {
        Set<String> missing = new HashSet<>(marked);
        if (!missing.isEmpty()) {
            missing.removeAll(tasks.waiting());
            missing.forEach(this::open);
        }
    }

    private void open(String email) {
        engine.getRuntimeService()
                .startProcessInstanceByKey(AddressTasks.CORRECT_ADDRESS, Map.of(EngineAddressTasks.EMAIL, email));
    }

    @EventListener
    void withdraw(AddressMended mended) {
        // the task that mends its address is over by that
        BpmnExecutionContext mending = Context.getBpmnExecutionContext();
        String over = mending == null ? null : mending.getExecution().getProcessInstanceId();
        for (Execution waiting : engine.getRuntimeService()
                .createExecutionQuery()
                .messageEventSubscriptionName(EngineAddressTasks.MENDED)
                .processVariableValueEquals(EngineAddressTasks.EMAIL, mended.email())
                .list()) {
            if (!waiting.getProcessInstanceId().equals(over)) {
                engine.getRuntimeService().messageEventReceived(EngineAddressTasks.MENDED, waiting.getId());
            }
        }
    }
}
