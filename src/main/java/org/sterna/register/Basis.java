package org.sterna.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How sure a figure is. */
public enum Basis {
    /** Read in the source named. */
    SOURCED,
    /** Known from memory; to be checked before anybody relies on it. */
    RECALLED,
    /** Made up or chosen until somebody knows better. */
    ASSUMED;

    /** The code in files and message keys, for example {@code sourced}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The basis with that code. */
    public static Optional<Basis> of(String code) {
        return Arrays.stream(values())
                .filter(basis -> basis.code().equals(code))
                .findFirst();
    }
}
