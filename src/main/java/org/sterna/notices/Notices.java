package org.sterna.notices;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.obligations.Obligations.Page;

/** Issues, sends and keeps notices. */
public interface Notices {

    /**
     * What to tell whom.
     *
     * @param obligationId what it is about
     * @param milestone once-only key; with obligation and recipient it is unique
     * @param kind {@code opened}, {@code reminder}, {@code overdue}, {@code escalation}, {@code returned},
     *     {@code receipt}, {@code accepted}, {@code decision} or another word that has texts
     *     {@code notice.<kind>.subject} and {@code notice.<kind>.body}, or the duty's own {@code <duty>.notice.<kind>.…}
     * @param to codes of the seats written to
     * @param copies codes of the seats that get a copy
     * @param act whether the reader has something to do: the link then leads to the task that waits
     * @param values further arguments of the texts by name, for example {@code reasons}
     */
    record Request(
            UUID obligationId,
            String milestone,
            String kind,
            Collection<String> to,
            Collection<String> copies,
            boolean act,
            Map<String, String> values) {}

    /**
     * Writes a notice for everybody whom the seats' work reaches today, each in their language, into the outbox, in
     * the caller's transaction. A recipient who already has a notice for the milestone gets none.
     *
     * @return how many were written
     */
    int issue(Request request);

    /** The notice with that id. */
    Optional<Notice> find(UUID id);

    /** The obligation's notices, the oldest first. */
    List<Notice> of(UUID obligationId);

    /**
     * Notices, the newest first.
     *
     * @param state only those in this state; null for any
     * @param page from 0
     * @param size 1 to 500
     */
    Page<Notice> list(Notice.@Nullable State state, int page, int size);

    /** How many notices are in each state. */
    Map<Notice.State, Long> counts();

    /**
     * Whether mail leaves.
     *
     * @param open whether notices are sent as they come
     * @param reason message key of why not; null while open
     */
    record Gate(boolean open, @Nullable String reason) {}

    /** The state of the mail gate. */
    Gate gate();

    /**
     * Queues a held notice.
     *
     * @throws IllegalStateException if no mail server is configured or the notice is not held
     */
    void release(UUID id, String username);
}
