package org.sterna.calendar;

/** A correction of holidays that cannot be kept; nothing was written. */
public class InvalidCorrection extends IllegalArgumentException {

    private final String field;

    /**
     * @param field what is wrong: {@code country}, {@code on}, {@code kind} or {@code note}
     * @param message what is wrong and how to mend it, in the reader's language
     */
    public InvalidCorrection(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is wrong: a component of {@link WorkingDays.Correction}. */
    public String field() {
        return field;
    }
}
