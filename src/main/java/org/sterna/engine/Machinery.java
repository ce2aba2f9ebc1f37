package org.sterna.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of the clockwork: automatic acts that failed, and having them tried again. */
public interface Machinery {

    /**
     * An automatic act that failed.
     *
     * @param id names it for {@link #retry}
     * @param caseKey key of the case, {@code <duty>/<occasion>/<PARTY>}; null for an act that belongs to no case
     * @param act the act's name, in the reader's language where it is translated, else as it is drawn
     * @param translated whether the name is in the reader's language
     * @param stopped whether it waits for somebody to have it tried again
     * @param again when it is tried again by itself; null if it stopped, or is about to be tried
     * @param cause what the machinery said, for administrators; null if it said nothing
     */
    record Fault(
            String id,
            @Nullable String caseKey,
            String act,
            boolean translated,
            boolean stopped,
            @Nullable Instant again,
            @Nullable String cause) {}

    /**
     * What failed and was not put right yet, those that stopped first; a few statements, however many there are.
     *
     * @param most how many at the most
     * @param reader language of the names
     */
    List<Fault> faults(int most, Locale reader);

    /** How many acts stopped and wait for somebody. */
    long stopped();

    /**
     * Has acts that failed tried again at once; those that were put right meanwhile are passed over.
     *
     * @return how many are tried again
     */
    int retry(Collection<String> ids);

    /** Version of the engine. */
    String version();
}
