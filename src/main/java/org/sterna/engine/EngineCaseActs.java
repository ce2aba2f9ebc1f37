package org.sterna.engine;

import java.time.LocalDate;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.CaseActs;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** Lazy towards the engine, whose vocabulary speaks of campaigns. */
@Component
class EngineCaseActs implements CaseActs {

    private final Cases cases;
    private final Obligations obligations;
    private final MessageSource messages;

    EngineCaseActs(@Lazy Cases cases, Obligations obligations, MessageSource messages) {
        this.cases = cases;
        this.obligations = obligations;
        this.messages = messages;
    }

    @Override
    public void remind(UUID obligationId, String username) {
        if (cases.remind(obligationId, username) == 0) {
            throw refused("case.reminded-today");
        }
    }

    @Override
    public void extend(UUID obligationId, LocalDate until, String reason, String username) {
        Obligation obligation = obligations.find(obligationId).orElseThrow(() -> refused("case.not-open"));
        if (!until.isAfter(obligation.deadline().on())) {
            throw refused("case.not-later");
        }
        cases.moveDeadline(
                obligationId, obligation.deadline().movedTo(until, Deadline.Origin.EXTENSION, reason), username);
    }

    @Override
    public void excuse(UUID obligationId, String reason, String username) {
        cases.excuse(obligationId, reason, username);
    }

    @Override
    public void reassign(UUID obligationId, String role, String reason, String username) {
        if (cases.reassign(obligationId, role, reason, username) == 0) {
            throw refused("case.there-already");
        }
    }

    private IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(messages.getMessage(key, null, LocaleContextHolder.getLocale()));
    }
}
