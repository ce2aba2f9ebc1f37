package org.sterna.register;

import java.util.Locale;

/** A password that cannot be taken, with what is wrong with it. */
public class InvalidPassword extends IllegalArgumentException {

    /** What can be wrong with a password. */
    public enum Fault {
        /** Fewer than 15 characters. */
        SHORT,
        /** More than 72 bytes in UTF-8. */
        LONG,
        /** A well-known word, a run of digits or a repetition. */
        COMMON;

        /** For message keys, for example {@code short}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Fault fault;

    InvalidPassword(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is wrong with it. */
    public Fault fault() {
        return fault;
    }
}
