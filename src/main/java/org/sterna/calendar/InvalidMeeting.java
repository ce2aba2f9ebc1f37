package org.sterna.calendar;

/** A meeting that cannot be kept as it was given; nothing was written. */
public class InvalidMeeting extends IllegalArgumentException {

    private final String field;

    /**
     * @param field what is wrong: {@code code}, {@code place}, {@code country}, {@code opening}, {@code closing} or
     *     {@code zone}
     * @param message what is wrong and how to mend it, in the reader's language
     */
    public InvalidMeeting(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is wrong: a component of {@link Meeting}. */
    public String field() {
        return field;
    }
}
