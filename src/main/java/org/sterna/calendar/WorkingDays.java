package org.sterna.calendar;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The days on which offices work: not on the weekend of their country and not on its public holidays. A country is
 * named by its ISO 3166-1 alpha-3 code, as a Party is; the European Union ({@code EUE}) has no holidays.
 */
public interface WorkingDays {

    /** Stands for a country where the Secretariat's own days are meant: Bonn, in North Rhine-Westphalia. */
    String SECRETARIAT = "secretariat";

    /**
     * What the Secretariat knows better than the holiday data.
     *
     * @param country ISO 3166-1 alpha-3, or {@link #SECRETARIAT}
     * @param on the day
     * @param kind whether it is off or worked
     * @param note why, 1 to 200 characters
     */
    record Correction(String country, LocalDate on, Kind kind, String note) {

        /** What a correction does. */
        public enum Kind {
            /** A day off that the data does not know. */
            ADDED,
            /** Worked, although the data calls it a holiday. */
            REMOVED;

            /** For example {@code added}. */
            public String code() {
                return name().toLowerCase(Locale.ROOT);
            }

            /** The kind with that code. */
            public static Optional<Kind> of(String code) {
                return Arrays.stream(values())
                        .filter(kind -> kind.code().equals(code))
                        .findFirst();
            }
        }
    }

    /** Whether that country's offices work on that day. */
    boolean isWorked(LocalDate day, String country);

    /**
     * The working day so many working days after a day, which itself does not count; before it, if the number is
     * negative. None from a day is that day, worked or not.
     */
    LocalDate count(LocalDate from, int workingDays, String country);

    /** Whether holidays are known for that country; where they are not, only weekends and corrections count. */
    boolean hasHolidays(String country);

    /** The public holidays of a year with all corrections made, in order, those on weekends included. */
    List<LocalDate> holidays(String country, int year);

    /** The corrections, ordered by country and day. */
    List<Correction> corrections();

    /**
     * Writes a correction, in place of one for the same country and day. Deadlines already set stay as they are.
     *
     * @throws InvalidCorrection if there is no such country, the day is implausible, or the note is empty or too long
     */
    void correct(Correction correction);

    /**
     * Takes a correction out, so that the holiday data counts again; without one it does nothing. Deadlines already
     * set stay as they are.
     *
     * @return whether there was one
     */
    boolean forget(String country, LocalDate on);
}
