package org.sterna.engine;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.CaseActs;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.InvoicesLoaded;
import org.sterna.register.SeatRole;

/** Lazy towards the engine, whose vocabulary speaks of campaigns. */
@Component
class EngineCaseActs implements CaseActs {

    private final Cases cases;
    private final Tasks tasks;
    private final Forms forms;
    private final Obligations obligations;
    private final MessageSource messages;

    EngineCaseActs(@Lazy Cases cases, @Lazy Tasks tasks, Forms forms, Obligations obligations, MessageSource messages) {
        this.cases = cases;
        this.tasks = tasks;
        this.forms = forms;
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
    public void closeAsNotDelivered(UUID obligationId, String reason, String username) {
        cases.closeAsNotDelivered(obligationId, reason, username);
    }

    @Override
    public void reassign(UUID obligationId, String role, String reason, String username) {
        if (cases.reassign(obligationId, role, reason, username) == 0) {
            throw refused("case.there-already");
        }
    }

    @Override
    public void complete(UUID obligationId, String file, String username) {
        OpenTask task = obligations.tasks(obligationId).stream()
                .filter(open -> forms.find(open.duty(), open.step())
                        .filter(form -> form.answeredBy(InvoicesLoaded.FACTS))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> refused("case.no-step-for-file"));
        try {
            tasks.complete(task.taskId(), username, file, LocaleContextHolder.getLocale());
        } catch (InvalidSubmission wrong) {
            throw new IllegalArgumentException(
                    wrong.violations().stream().map(Violation::message).collect(Collectors.joining(" ")), wrong);
        } catch (Tasks.NoSuchTask | Tasks.TaskAlreadyDone doneMeanwhile) {
            throw refused("case.no-step-for-file");
        }
    }

    @Override
    public List<UUID> answered(Collection<InvoicesLoaded.Of> invoices) {
        Set<String> keys = forms.all().stream()
                .filter(form -> form.answeredBy(InvoicesLoaded.FACTS))
                .map(Form::duty)
                .flatMap(duty -> invoices.stream().map(of -> duty + "/" + of.year() + "/" + of.partyCode()))
                .collect(Collectors.toSet());
        Map<UUID, List<OpenTask>> open = obligations.tasks(obligations.ids(keys).values());
        return open.entrySet().stream()
                .filter(one -> one.getValue().stream()
                        .anyMatch(task -> task.seatCode().equals(SeatRole.SECRETARIAT.code())
                                && forms.find(task.duty(), task.step())
                                        .filter(form -> form.answeredBy(InvoicesLoaded.FACTS))
                                        .isPresent()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(messages.getMessage(key, null, LocaleContextHolder.getLocale()));
    }
}
