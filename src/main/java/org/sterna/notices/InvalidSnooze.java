package org.sterna.notices;

/** Reminders cannot be put off like that. */
public class InvalidSnooze extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidSnooze(String key) {
        super(key);
        this.key = key;
    }

    /** Message key of a sentence for the reader. */
    public String key() {
        return key;
    }
}
