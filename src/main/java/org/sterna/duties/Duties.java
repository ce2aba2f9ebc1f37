package org.sterna.duties;

import java.util.List;
import java.util.Optional;

/** The catalogue of duties, read once at start-up; an invalid duty stops the start, naming file and field. */
public interface Duties {

    /** All duties, ordered by code. */
    List<Duty> all();

    /** The duty with that key. */
    Optional<Duty> find(String key);

    /**
     * The duty with that key.
     *
     * @throws IllegalArgumentException with a sentence for the caller, if there is none
     */
    default Duty get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("There is no duty called '" + key + "'"));
    }
}
