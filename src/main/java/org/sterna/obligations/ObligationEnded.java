package org.sterna.obligations;

/**
 * An obligation has ended; published inside the transaction that ended it.
 *
 * @param obligation as it was before
 * @param outcome how it ended
 */
public record ObligationEnded(Obligation obligation, Obligation.State outcome) {

    /** Whether the Party has answered, which a nil return does too; else it was excused, or nothing came. */
    public boolean done() {
        return outcome == Obligation.State.DISCHARGED || outcome == Obligation.State.NIL_RETURN;
    }
}
