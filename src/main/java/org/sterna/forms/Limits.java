package org.sterna.forms;

/** Limits of texts where a form says nothing. Defaults, to be overruled in each form. */
final class Limits {

    /** Most fields looked at in one submission; no form comes near. */
    static final int FIELDS = 500;

    /** Longest text looked at, in UTF-16 units; longer ones are refused unread. */
    static final int RAW = 100_000;

    /** Most rows of a list. */
    static final int ROWS = 200;

    /** Most rows looked at in one list, empty ones included. */
    static final int ROWS_READ = 1_000;

    /** Longest list looked at, as the sum of its texts or as JSON, in UTF-16 units. */
    static final int LIST = 500_000;

    /** Most values looked at where a form has lists and a browser names each cell. */
    static final int CELLS = 20_000;

    /** Most cells of one list that are named as wrong at once; more than anybody mends in one go. */
    static final int FAULTS = 50;

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
