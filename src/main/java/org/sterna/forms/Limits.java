package org.sterna.forms;

/** Limits of texts where a form says nothing. Defaults, to be overruled in each form. */
final class Limits {

    /** Most fields looked at in one submission; no form comes near. */
    static final int FIELDS = 500;

    /** Longest text looked at, in UTF-16 units; longer ones are refused unread. */
    static final int RAW = 100_000;

    private static final int LINE = 500;
    private static final int LINES = 10_000;

    private Limits() {}

    /** Most characters of a text field. */
    static int maxLength(Form.Field field) {
        if (field.maxLength() != null) {
            return field.maxLength();
        }
        return field.type() == Form.Type.TEXTAREA ? LINES : LINE;
    }
}
