package org.sterna.calendar;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date published for a duty or for a kind of document, or what stands in until it is.
 *
 * @param subject key of the duty, for example {@code national-report}, or kind of document
 * @param occasion code of the meeting, or another occasion
 * @param on the last day
 * @param reference number of the notification, or where else it was published; null if nobody wrote it down
 * @param notifiedOn when it was published; null if nobody wrote it down
 * @param basis how sure it is
 */
public record NotifiedDate(
        String subject,
        String occasion,
        LocalDate on,
        @Nullable String reference,
        @Nullable LocalDate notifiedOn,
        Basis basis) {

    /** How sure a date is. Only a sourced one is a deadline of its own; for the others the rule decides. */
    public enum Basis {
        /** Read where it was published. */
        SOURCED,
        /** Counted back from the meeting; nobody has published it. */
        COMPUTED,
        /** Known from memory, to be checked. */
        RECALLED;

        /** For example {@code sourced}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
