package org.sterna.engine;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;
import org.sterna.notices.CaseValues;
import org.sterna.obligations.Obligation;

/** Lazy towards the engine, whose vocabulary speaks of notices. */
@Component
class EngineCaseValues implements CaseValues {

    private final RuntimeService runtime;
    private final Words words;

    EngineCaseValues(@Lazy RuntimeService runtime, Words words) {
        this.runtime = runtime;
        this.words = words;
    }

    @Override
    public Map<String, String> of(Obligation obligation, String kind) {
        ProcessInstance running = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult();
        return running == null
                ? Map.of()
                : SendNoticeWord.tellable(
                        name -> runtime.getVariable(running.getId(), name),
                        words.names(obligation.duty() + ".notice." + kind + ".value."));
    }
}
