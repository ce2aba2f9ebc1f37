package org.sterna.engine;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.obligations.LedgerEvent;

/** The step that is being completed just now with what was loaded from a file, by the thread that does it. */
@Component
class FromFile {

    private record Entry(String taskId, String file) {}

    private final ThreadLocal<@Nullable Entry> entry = new ThreadLocal<>();

    <T> T completing(String taskId, String file, Supplier<T> act) {
        entry.set(new Entry(taskId, file));
        try {
            return act.get();
        } finally {
            entry.remove();
        }
    }

    /** Whether a step is being completed so. */
    boolean running() {
        return entry.get() != null;
    }

    /** As details of the task's event; none if it is not being completed so. */
    Optional<Map<String, String>> details(String taskId) {
        return Optional.ofNullable(entry.get())
                .filter(now -> now.taskId().equals(taskId))
                .map(now -> Map.of(LedgerEvent.FILE, now.file()));
    }
}
