package org.sterna.notices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Rung;
import org.sterna.obligations.Obligation;

/**
 * The ladder that counts for an obligation: the one the Secretariat set for the Party, else the one it set for the
 * occasion, else the duty's own, else the usual one. The one place to ask, for the reminder clock, the rehearsal and
 * the pages alike.
 */
public interface Ladders {

    /**
     * What a ladder of the Secretariat's counts for: a duty's deadline, and either an occasion or a Party.
     *
     * @param duty the duty's key
     * @param deadline {@code due} or the name of a further deadline
     * @param occasion the occasion, for all its Parties; null where it is for a Party
     * @param partyCode the Party, on all occasions; null where it is for an occasion
     */
    record Scope(
            String duty,
            String deadline,
            @Nullable String occasion,
            @Nullable String partyCode) {

        /** @throws IllegalArgumentException unless it is for exactly one of occasion and Party */
        public Scope {
            if ((occasion == null) == (partyCode == null)) {
                throw new IllegalArgumentException("A ladder is set for an occasion or for a Party, not for both");
            }
        }
    }

    /**
     * A ladder of the Secretariat's.
     *
     * @param scope what it counts for
     * @param rungs its rungs, ordered by offset; none where nothing shall be sent
     * @param setBy who set it
     * @param setAt when
     */
    record Own(Scope scope, List<Rung> rungs, String setBy, Instant setAt) {}

    /**
     * A rung as somebody wrote it, still unchecked.
     *
     * @param kind {@code reminder}, {@code overdue} or {@code escalation}
     * @param offset a period such as {@code -P14D}
     * @param to roles, separated by commas
     * @param copies roles, separated by commas; may be empty
     * @param decide whether the Secretariat is asked to decide
     * @param text one of {@link #texts}, for a rung of the kind that it begins with; empty for the text of the kind
     */
    record Line(String kind, String offset, String to, String copies, boolean decide, String text) {

        /** A rung with the text of its kind. */
        public Line(String kind, String offset, String to, String copies, boolean decide) {
            this(kind, offset, to, copies, decide, "");
        }
    }

    /** Names of the texts of the duty's own that a rung of one of the kinds can send, ordered. */
    SortedSet<String> texts(String duty);

    /** The ladder of one of the obligation's deadlines, ordered by offset. */
    List<Rung> of(Obligation obligation, String deadline);

    /** The ladder that counts where the Secretariat has set none: the duty's own, else the usual one. */
    List<Rung> usual(String duty, String deadline);

    /** All ladders that the Secretariat has set, by duty and deadline; one statement. */
    List<Own> all();

    /** The ladder that the Secretariat has set for that scope. */
    Optional<Own> find(Scope scope);

    /**
     * Sets a ladder; running clocks follow at once, in the same transaction. Rungs that are past already are not made
     * up for.
     *
     * @throws InvalidLadder with a sentence for each fault, if it cannot be one
     * @throws IllegalArgumentException if there is no such duty, deadline or Party
     */
    void set(Scope scope, List<Line> lines, String username);

    /** Takes the Secretariat's ladder back, so that the next one in line counts; nothing happens if there is none. */
    void clear(Scope scope, String username);
}
