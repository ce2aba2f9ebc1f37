package org.sterna.secretariat;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A list to take away; every text is in the reader's language.
 *
 * @param name of the file, without its ending
 * @param title what it is
 * @param facts when it was made, and what it was restricted to
 * @param headers one for each column
 * @param lines each with a value for each column: text, {@link java.time.LocalDate}, {@link java.time.LocalDateTime}, a
 *     number, or null for an empty cell
 */
record Sheet(String name, String title, List<String> facts, List<String> headers, Lines lines) {

    /** A list whose lines are at hand. */
    Sheet(String name, String title, List<String> facts, List<String> headers, List<List<@Nullable Object>> lines) {
        this(name, title, facts, headers, wanted -> lines.stream().allMatch(wanted));
    }

    /** Lines of which there may be more than anything can hold: they are read as they are written. */
    @FunctionalInterface
    interface Lines {

        /** Hands one over after the other, as long as more are wanted. */
        void each(Predicate<List<@Nullable Object>> wanted);
    }
}
