package org.sterna.notices;

/** Writes the digests of the day and wakes those whose snooze is over; runs by itself. */
@FunctionalInterface
public interface DigestRounds {

    /** Everything that is due now and not written yet; safe to call at any time from any number of nodes. */
    void run();
}
