package org.sterna.engine;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.notices.LadderChanged;
import org.sterna.notices.Ladders;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** Sets the reminder clocks of running cases anew when their ladder changes, in the transaction that changes it. */
@Component
class LadderFollowers {

    private static final Set<Obligation.State> OPEN =
            Set.of(Obligation.State.OPENING, Obligation.State.WITH_PARTY, Obligation.State.WITH_SECRETARIAT);

    private static final int AT_ONCE = 500;

    private final ProcessEngine engine;
    private final Obligations obligations;

    LadderFollowers(ProcessEngine engine, Obligations obligations) {
        this.engine = engine;
        this.obligations = obligations;
    }

    @EventListener
    void follow(LadderChanged changed) {
        Ladders.Scope scope = changed.scope();
        Obligations.Filter of = new Obligations.Filter(scope.duty(), scope.partyCode(), scope.occasion(), OPEN, false);
        List<Obligation> page;
        for (int number = 0; !(page = obligations.list(of, number, AT_ONCE).items()).isEmpty(); number++) {
            page.forEach(this::setTimers);
        }
    }

    private void setTimers(Obligation obligation) {
        ProcessInstance running = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult();
        // a case that is about to start reads its ladder then
        if (running != null) {
            DeadlineMove.setTimers(running.getId(), engine);
        }
    }
}
