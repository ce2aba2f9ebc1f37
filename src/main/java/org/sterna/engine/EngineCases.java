package org.sterna.engine;

import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.register.SeatRole;

@Component
class EngineCases implements Cases {

    private final ProcessEngine engine;
    private final Ledger ledger;
    private final DeadlineMove move;
    private final SendNoticeWord notices;
    private final Case theCase;
    private final MessageSource messages;

    EngineCases(
            ProcessEngine engine,
            Ledger ledger,
            DeadlineMove move,
            SendNoticeWord notices,
            Case theCase,
            MessageSource messages) {
        this.engine = engine;
        this.ledger = ledger;
        this.move = move;
        this.notices = notices;
        this.theCase = theCase;
        this.messages = messages;
    }

    @Override
    @Transactional
    public void moveDeadline(UUID obligationId, Deadline deadline, String username) {
        Obligation obligation = open(obligationId);
        move.to(obligation, deadline, username, engine);
        // what to do about the old deadline is answered
        engine.getRuntimeService()
                .createMessageCorrelation(LedgerListeners.PARTY_ACTED)
                .processInstanceBusinessKey(obligation.businessKey())
                .correlateAll();
        String kind = deadline.on().isAfter(obligation.deadline().on()) ? "extended" : "decision";
        tell(obligation, kind + "@" + deadline.on(), kind);
    }

    @Override
    @Transactional
    public void excuse(UUID obligationId, String reason, String username) {
        Obligation obligation = open(obligationId);
        if (reason.strip().length() < 10) {
            throw refused("case.reason-missing");
        }
        ledger.close(obligationId, Obligation.State.EXCUSED, username, Map.of("reason", reason.strip()));
        ProcessInstance running = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(obligation.businessKey(), obligation.duty())
                .singleResult();
        if (running != null) {
            engine.getRuntimeService().deleteProcessInstance(running.getId(), "excused");
        }
        tell(obligation, "excused", "excused");
    }

    private void tell(Obligation obligation, String milestone, String kind) {
        notices.tell(obligation, milestone, kind, theCase.duty(obligation).holder(), SeatRole.MIN.code(), Map.of());
    }

    private Obligation open(UUID obligationId) {
        return ledger.lock(obligationId)
                .filter(obligation -> obligation.state().open())
                .orElseThrow(() -> refused("case.not-open"));
    }

    private IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(messages.getMessage(key, null, LocaleContextHolder.getLocale()));
    }
}
