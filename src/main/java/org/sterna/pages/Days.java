package org.sterna.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days and moments as people write them. */
final class Days {

    /** Moments are told in the Secretariat's zone, named beside them. */
    static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    private Days() {}

    /** For example {@code 24 December 2026}. */
    static String day(LocalDate day, Locale reader) {
        String pattern =
                switch (reader.getLanguage()) {
                    case "es" -> "d 'de' MMMM 'de' uuuu";
                    case "fr" -> day.getDayOfMonth() == 1 ? "d'er' MMMM uuuu" : "d MMMM uuuu";
                    default -> "d MMMM uuuu";
                };
        return day.format(DateTimeFormatter.ofPattern(pattern, reader));
    }

    /** For example {@code December 2026}. */
    static String month(YearMonth month, Locale reader) {
        String pattern = reader.getLanguage().equals("es") ? "MMMM 'de' uuuu" : "MMMM uuuu";
        return month.format(DateTimeFormatter.ofPattern(pattern, reader));
    }

    /** For example {@code 24 Dec 2026}, or {@code 24 Dec}. */
    static String shortDay(LocalDate day, boolean year, Locale reader) {
        String pattern = reader.getLanguage().equals("fr") && day.getDayOfMonth() == 1 ? "d'er' MMM" : "d MMM";
        return day.format(DateTimeFormatter.ofPattern(year ? pattern + " uuuu" : pattern, reader));
    }

    /** For example {@code 24 December 2026, 14:03 CET}. */
    static String moment(Instant moment, Locale reader) {
        return day(LocalDate.ofInstant(moment, BONN), reader)
                + ", "
                + DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH).format(moment.atZone(BONN));
    }
}
