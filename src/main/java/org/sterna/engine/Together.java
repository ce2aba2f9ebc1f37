package org.sterna.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.notices.Notices;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;

/**
 * What cases that start together have to tell and to note, kept until the last of them has come to its first steps, so
 * that it is written for all at once. Belongs to the thread that starts them, for as long as it does.
 */
final class Together {

    private static final ThreadLocal<Together> CURRENT = new ThreadLocal<>();

    private final Map<UUID, List<OpenTask>> tasks = new LinkedHashMap<>();
    private final Map<UUID, Obligation.NextAct> acts = new LinkedHashMap<>();
    private final List<Notices.Request> requests = new ArrayList<>();

    private Together(List<UUID> obligationIds) {
        obligationIds.forEach(id -> tasks.put(id, new ArrayList<>()));
    }

    /**
     * Runs what starts the cases of those obligations.
     *
     * @return what is to be written for them
     */
    static Together starting(List<UUID> obligationIds, Runnable start) {
        Together together = new Together(obligationIds);
        CURRENT.set(together);
        try {
            start.run();
        } finally {
            CURRENT.remove();
        }
        return together;
    }

    /** What is being collected for the case of that obligation, if it is one of those that are being started. */
    static Optional<Together> starting(UUID obligationId) {
        return Optional.ofNullable(CURRENT.get()).filter(together -> together.tasks.containsKey(obligationId));
    }

    void tell(Notices.Request request) {
        requests.add(request);
    }

    void opened(OpenTask task) {
        tasks.get(task.obligationId()).add(task);
    }

    void plan(UUID obligationId, Obligation.@Nullable NextAct nextAct) {
        acts.put(obligationId, nextAct);
    }

    /** The steps that have come up in the case so far. */
    List<OpenTask> tasks(UUID obligationId) {
        return List.copyOf(tasks.get(obligationId));
    }

    List<Notices.Request> requests() {
        return requests;
    }

    List<Ledger.Start> starts() {
        return tasks.entrySet().stream()
                .map(begun -> new Ledger.Start(begun.getKey(), begun.getValue(), acts.get(begun.getKey())))
                .toList();
    }
}
