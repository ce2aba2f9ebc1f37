package org.sterna.obligations;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duty;

/**
 * A duty that a Party owes for an occasion: one row of the ledger, one process instance.
 *
 * @param id its identity
 * @param duty the duty's key
 * @param occasion what it is owed for, for example {@code cop15} or {@code 2026-11}
 * @param partyCode who owes it
 * @param state where it stands
 * @param deadline by when the Party has to act; of several, the one that stands now
 * @param openedAt when it was opened
 * @param closedAt when it ended; null while open
 * @param late whether the Party's last submission came after the deadline
 * @param nextAct the next automatic act; null if none is planned
 * @param deadlineName which of the duty's deadlines it is: {@code due}, or the name of a further one
 */
public record Obligation(
        UUID id,
        String duty,
        String occasion,
        String partyCode,
        State state,
        Deadline deadline,
        Instant openedAt,
        @Nullable Instant closedAt,
        boolean late,
        @Nullable NextAct nextAct,
        String deadlineName) {

    /** An obligation whose main deadline stands. */
    public Obligation(
            UUID id,
            String duty,
            String occasion,
            String partyCode,
            State state,
            Deadline deadline,
            Instant openedAt,
            @Nullable Instant closedAt,
            boolean late,
            @Nullable NextAct nextAct) {
        this(id, duty, occasion, partyCode, state, deadline, openedAt, closedAt, late, nextAct, Duty.DUE);
    }

    /** Whether the seat is one of the Party that owes it. */
    public boolean ofParty(String seatCode) {
        return seatCode.endsWith("-" + partyCode);
    }

    /** Where an obligation stands. */
    public enum State {
        /** Entered in the ledger; its case is about to start. */
        OPENING,
        /** The Party has to act. */
        WITH_PARTY,
        /** The Secretariat has to act. */
        WITH_SECRETARIAT,
        /** Done. */
        DISCHARGED,
        /** Done, with the answer that there is nothing to report. */
        NIL_RETURN,
        /** The Secretariat excused the Party. */
        EXCUSED,
        /** Ended without an answer. */
        LAPSED;

        /** Those in which something is still to be done. */
        static final Set<State> OPEN = EnumSet.of(OPENING, WITH_PARTY, WITH_SECRETARIAT);

        /** Whether something is still to be done. */
        public boolean open() {
            return OPEN.contains(this);
        }

        /** The code in the API and in message keys {@code state.<code>}, for example {@code with-party}. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What the reminder clock will do next.
     *
     * @param rung id of the ladder's rung, for example {@code reminder-14}
     * @param at when
     */
    public record NextAct(String rung, Instant at) {}

    /** The key of the process instance: {@code <duty>/<occasion>/<PARTY>}. */
    public String businessKey() {
        return duty + "/" + occasion + "/" + partyCode;
    }

    /** The same obligation with another of its deadlines as the one that stands. */
    public Obligation by(String name, Deadline other) {
        return new Obligation(id, duty, occasion, partyCode, state, other, openedAt, closedAt, late, nextAct, name);
    }

    /** Whether the Party has to act and the deadline is past. Not for voluntary duties, which are never overdue. */
    public boolean overdue(Instant now) {
        return (state == State.WITH_PARTY || state == State.OPENING) && now.isAfter(deadline.at());
    }
}
