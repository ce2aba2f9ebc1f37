package org.sterna.campaigns;

/** A change of dates that cannot be made; nothing was written. */
public class InvalidMove extends IllegalArgumentException {

    private final String field;

    /**
     * @param field what is wrong: {@code opening}, {@code kind}, {@code subject}, {@code occasion}, {@code on},
     *     {@code reference}, {@code notifiedOn} or {@code seen}
     * @param message what is wrong and how to mend it, in the reader's language
     */
    public InvalidMove(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is wrong. */
    public String field() {
        return field;
    }
}
