package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;

/** Tells lists of obligations in words. */
@Component
class ObligationLines {

    /** An obligation in a list. */
    record Line(
            UUID id,
            String party,
            String partyCode,
            String duty,
            String occasion,
            Wording.Tag state,
            Wording.Due due,
            String origin,
            boolean assumed,
            Wording.@Nullable Tag late,
            boolean open,
            @Nullable String nextAct,
            List<String> tasks) {}

    private final Obligations obligations;
    private final Wording wording;

    ObligationLines(Obligations obligations, Wording wording) {
        this.obligations = obligations;
        this.wording = wording;
    }

    /** Puts a page of the list into the model as {@code lines}. */
    Obligations.Page<Obligation> fill(Model model, Obligations.Filter filter, int page, Locale reader) {
        Obligations.Page<Obligation> found = obligations.list(filter, page, Pager.SIZE);
        Map<UUID, List<OpenTask>> tasks = obligations.tasks(found.items().stream()
                .filter(obligation -> obligation.state().open())
                .map(Obligation::id)
                .toList());
        model.addAttribute(
                "lines",
                found.items().stream()
                        .map(obligation -> line(obligation, tasks.getOrDefault(obligation.id(), List.of()), reader))
                        .toList());
        return found;
    }

    private Line line(Obligation obligation, List<OpenTask> tasks, Locale reader) {
        boolean open = obligation.state().open();
        return new Line(
                obligation.id(),
                wording.party(obligation.partyCode(), reader),
                obligation.partyCode(),
                wording.duty(obligation.duty(), reader),
                wording.occasion(obligation.occasion()),
                wording.state(obligation, reader),
                wording.due(obligation, reader),
                wording.origin(obligation.deadline(), reader),
                wording.assumed(obligation),
                wording.late(obligation, reader),
                open,
                open ? wording.nextAct(obligation, reader) : null,
                tasks.stream()
                        .map(task -> wording.step(task.duty(), task.step(), reader))
                        .toList());
    }
}
