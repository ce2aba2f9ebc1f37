package org.sterna.engine;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.obligations.LedgerEvent;

/** What is being entered for a Party just now, by the thread that does it; the gate lets nothing else pass so. */
@Component
class OnBehalf {

    private record Entry(String taskId, Tasks.Received from) {}

    private final ThreadLocal<@Nullable Entry> entry = new ThreadLocal<>();

    <T> T entering(String taskId, Tasks.Received from, Supplier<T> act) {
        entry.set(new Entry(taskId, from));
        try {
            return act.get();
        } finally {
            entry.remove();
        }
    }

    /** What the answers of the task are entered from; empty if its own seat answers. */
    Optional<Tasks.Received> of(String taskId) {
        return Optional.ofNullable(entry.get())
                .filter(now -> now.taskId().equals(taskId))
                .map(Entry::from);
    }

    /** As details of the event. */
    static Map<String, String> details(Tasks.Received from) {
        return Map.of(
                LedgerEvent.LETTER, from.letter().toString(),
                LedgerEvent.RECEIVED_ON, from.on().toString());
    }
}
