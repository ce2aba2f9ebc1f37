package org.sterna.calendar;

/** An occasion from which a rule gives no deadline. */
public class InvalidOccasion extends IllegalArgumentException {

    /** @param message what is wrong with the occasion and how to mend it, in the reader's language */
    public InvalidOccasion(String message) {
        super(message);
    }
}
