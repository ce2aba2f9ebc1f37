package org.sterna.obligations;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Answers kept unchecked until they are submitted; one draft per task, shared by all whom the task reaches. */
public interface Drafts {

    /**
     * A draft.
     *
     * @param taskId the task
     * @param values as typed, by field key
     * @param version 1 for the first save, counting up
     * @param savedBy user name of who saved last
     * @param savedAt when
     */
    record Draft(String taskId, Map<String, Object> values, int version, String savedBy, Instant savedAt) {}

    /** The task's draft. */
    Optional<Draft> find(String taskId);

    /**
     * The drafts of those tasks; one statement for all.
     *
     * @return by task; without tasks that have none
     */
    Map<String, Draft> findAll(Collection<String> taskIds);

    /**
     * Saves.
     *
     * @param seen the version that the writer had on screen; 0 if there was none
     * @throws Outdated if somebody saved since; nothing was written
     */
    Draft save(String taskId, Map<String, Object> values, int seen, String username);

    /** Somebody else saved the draft meanwhile. */
    class Outdated extends RuntimeException {

        private final transient Draft current;

        /** @param current the draft as it stands */
        public Outdated(Draft current) {
            super("The draft was saved by " + current.savedBy() + " meanwhile");
            this.current = current;
        }

        /** The draft as it stands. */
        public Draft current() {
            return current;
        }
    }
}
