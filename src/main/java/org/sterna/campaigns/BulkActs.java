package org.sterna.campaigns;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The same act on many obligations. Each is done in a transaction of its own, in the background and by whatever node has
 * time: one that fails stops no other, and an interruption loses nothing.
 */
public interface BulkActs {

    /** How many obligations one act can be for: all Parties several times over. */
    int MOST = 1000;

    /** What is done. */
    enum Kind {
        REMIND,
        EXTEND,
        EXCUSE,
        /** Ends the case as not delivered. */
        CLOSE,
        REASSIGN,
        /** The step that waits is completed with what was loaded from a file; asked for by loading it, not by hand. */
        COMPLETE;

        /** Whether somebody can choose it for obligations of their choice. */
        public boolean chosen() {
            return this != COMPLETE;
        }

        /** The code in addresses and message keys, for example {@code remind}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked for.
     *
     * @param id its identity, given with the question: the same act asked for again is done once
     * @param kind what is done
     * @param until the new last day; of extensions only, null otherwise
     * @param role the seat's role; of reassignments only, null otherwise
     * @param reason why, 10 to 1000 characters; empty for reminders; the file's name where steps are completed
     * @param by user name
     * @param language language of refusals
     */
    record Act(
            UUID id,
            Kind kind,
            @Nullable LocalDate until,
            @Nullable String role,
            String reason,
            String by,
            Locale language) {}

    /** Where one obligation of an act stands. */
    enum State {
        WAITING,
        DONE,
        /** It cannot be done, as {@link Item#told} says. */
        REFUSED,
        /** It went wrong; it can be tried again. */
        FAILED;

        /** The code in message keys, for example {@code waiting}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One obligation of an act.
     *
     * @param told why it was refused or failed; null otherwise
     */
    record Item(UUID obligationId, State state, @Nullable String told) {}

    /**
     * How far an act is.
     *
     * @param startedAt when it was asked for
     */
    record Progress(Act act, Instant startedAt, int total, int done, int refused, int failed) {

        /** Whether something waits. */
        public boolean running() {
            return done + refused + failed < total;
        }

        /** How many are worked off, whatever came of them. */
        public int workedOff() {
            return done + refused + failed;
        }
    }

    /**
     * Asks for an act; it begins at once. Asked for again with the same id, nothing is added.
     *
     * @param obligationIds 1 to {@link #MOST}; repeated ids count once, unknown ones are left out
     * @throws IllegalArgumentException if there are none or too many
     */
    void start(Act act, Collection<UUID> obligationIds);

    /** How far the act with that id is. */
    Optional<Progress> progress(UUID id);

    /** Its obligations: those that failed and those refused first. */
    List<Item> items(UUID id);

    /** Acts, the newest first. */
    List<Progress> latest(int most);

    /**
     * Has what failed tried again.
     *
     * @return how many are
     */
    int retry(UUID id);
}
