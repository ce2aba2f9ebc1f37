package org.sterna.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sterna.notices.Milestones;
import org.sterna.notices.Notices;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * What cases that start together, or whose reminder clocks fire together, have to tell and to note; kept until the last
 * of them is done, so that it is written for all at once. Belongs to the thread that does it, for as long as it does.
 */
final class Together {

    private static final ThreadLocal<Together> CURRENT = new ThreadLocal<>();

    private final Map<UUID, List<OpenTask>> tasks = new LinkedHashMap<>();
    private final Map<UUID, Obligation.NextAct> acts = new LinkedHashMap<>();
    private final List<Notices.Request> requests = new ArrayList<>();

    private final Map<String, Party> parties = new HashMap<>();

    private final Map<UUID, Milestones> clocks;
    private final Consumer<Together> writing;

    private Together(Map<UUID, Milestones> clocks, Consumer<Together> writing) {
        this.clocks = new HashMap<>(clocks);
        this.writing = writing;
    }

    /**
     * Runs what starts the cases of those obligations.
     *
     * @return what is to be written for them
     */
    static Together starting(List<UUID> obligationIds, Runnable start) {
        Together together = new Together(Map.of(), written -> {});
        obligationIds.forEach(id -> together.tasks.put(id, new ArrayList<>()));
        together.run(start);
        return together;
    }

    /**
     * Runs what fires the clocks of those obligations, and has written what comes of it.
     *
     * @param clocks by the obligation's id
     * @param writing writes {@link #requests} and {@link #acts}
     */
    static void firing(Map<UUID, Milestones> clocks, Runnable fire, Consumer<Together> writing) {
        Together together = new Together(clocks, writing);
        together.run(fire);
        together.write();
    }

    private void run(Runnable work) {
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** What is being collected for the case of that obligation, if it is one of those that are being started. */
    static Optional<Together> starting(UUID obligationId) {
        return Optional.ofNullable(CURRENT.get()).filter(together -> together.tasks.containsKey(obligationId));
    }

    /** What is being collected for the case of that obligation, if its clock is one of those that fire. */
    static Optional<Together> firing(UUID obligationId) {
        return Optional.ofNullable(CURRENT.get()).filter(together -> together.clocks.containsKey(obligationId));
    }

    /** What is being collected for the case of that obligation, whatever it does. */
    static Optional<Together> of(UUID obligationId) {
        return starting(obligationId).or(() -> firing(obligationId));
    }

    /** A Party, while several cases do something: all are read at once, and not one for each case. */
    static Optional<Party> party(String code, Parties register) {
        Together current = CURRENT.get();
        if (current == null) {
            return register.find(code);
        }
        if (current.parties.isEmpty()) {
            register.all().forEach(party -> current.parties.put(party.code(), party));
        }
        return Optional.ofNullable(current.parties.get(code));
    }

    /** The clock of that obligation, which fires. */
    Milestones clock(UUID obligationId) {
        return clocks.get(obligationId);
    }

    /**
     * Has written what was collected so far, as what comes now has to come after it. The cases that it is about go on
     * alone.
     */
    void write() {
        if (!acts.isEmpty() || !requests.isEmpty()) {
            writing.accept(this);
            acts.keySet().forEach(clocks::remove);
            requests.forEach(request -> clocks.remove(request.obligationId()));
            acts.clear();
            requests.clear();
        }
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
        return List.copyOf(requests);
    }

    /** The next automatic acts by the obligation's id; null for none. */
    Map<UUID, Obligation.NextAct> acts() {
        return new LinkedHashMap<>(acts);
    }

    List<Ledger.Start> starts() {
        return tasks.entrySet().stream()
                .map(begun -> new Ledger.Start(begun.getKey(), begun.getValue(), acts.get(begun.getKey())))
                .toList();
    }
}
