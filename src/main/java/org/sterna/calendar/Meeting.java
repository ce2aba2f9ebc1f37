package org.sterna.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A meeting that deadlines hang on.
 *
 * @param code its code, which is the occasion of its duties, for example {@code cop15}
 * @param kind what meets
 * @param instrument code of the Agreement or MOU whose meeting it is, for example {@code AEWA}; null for a meeting under
 *     the Convention itself, and while nobody has said whose meeting of Parties it is
 * @param place the city, or how it is held; null while unknown
 * @param country ISO 3166-1 alpha-3; null while unknown or for a meeting held online
 * @param opening when it opens, as exactly as is known; null while there is no date at all
 * @param closing its last day; null while unknown
 * @param zone the zone of the place
 * @param provisional whether its dates may still move; always so while they are not known to the day
 */
public record Meeting(
        String code,
        Kind kind,
        @Nullable String instrument,
        @Nullable String place,
        @Nullable String country,
        @Nullable Span opening,
        @Nullable LocalDate closing,
        ZoneId zone,
        boolean provisional) {

    /** A date that is not known to the day is provisional, whatever was said. */
    public Meeting {
        provisional = provisional || opening == null || opening.precision() != Precision.DAY;
    }

    /** A meeting under the Convention itself. */
    public Meeting(
            String code,
            Kind kind,
            @Nullable String place,
            @Nullable String country,
            @Nullable Span opening,
            @Nullable LocalDate closing,
            ZoneId zone,
            boolean provisional) {
        this(code, kind, null, place, country, opening, closing, zone, provisional);
    }

    /** Whether nobody has said yet whose meeting of Parties it is, so that no duty can be opened for it. */
    public boolean lacksInstrument() {
        return kind.ofInstrument() && instrument == null;
    }

    /** The same meeting on other dates. */
    public Meeting on(@Nullable Span opens, @Nullable LocalDate closes, boolean mayMove) {
        return new Meeting(code, kind, instrument, place, country, opens, closes, zone, mayMove);
    }

    /** The same meeting as that of an Agreement or MOU. */
    public Meeting of(String agreementOrMou) {
        return new Meeting(code, kind, agreementOrMou, place, country, opening, closing, zone, provisional);
    }

    /** Whether it is over on that day; never so while its closing is unknown and it is not dated to the day. */
    public boolean overOn(LocalDate day) {
        LocalDate last = lastDay();
        return last != null && last.isBefore(day);
    }

    /** Its closing day, or the opening while that is all that is known to the day; else null. */
    public @Nullable LocalDate lastDay() {
        return closing == null && opening != null && opening.precision() == Precision.DAY ? opening.first() : closing;
    }

    /** What meets. */
    public enum Kind {
        /** An ordinary meeting of the Conference of the Parties. */
        COP,
        /** An extraordinary meeting of the Conference of the Parties (Art. VII.3). */
        EXTRAORDINARY_COP,
        STANDING_COMMITTEE,
        /** The Scientific Council or its Sessional Committee. */
        SCIENTIFIC_COUNCIL,
        /** A Meeting of the Parties to an Agreement, or of the Signatories of an MOU. */
        MOP,
        WORKSHOP;

        /** For example {@code standing-committee}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether such a meeting belongs to an Agreement or MOU; all others are the Convention's own. */
        public boolean ofInstrument() {
            return this == MOP;
        }

        /** The kind with that code. */
        public static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    /** How exactly a date is known. */
    public enum Precision {
        DAY,
        MONTH,
        QUARTER,
        YEAR;

        /** For example {@code quarter}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A day, or the month, quarter or year in which it will be.
     *
     * @param first the first day of the span, from which dates are computed
     * @param precision how long the span is
     */
    public record Span(LocalDate first, Precision precision) {

        private static final Pattern WRITTEN = Pattern.compile("(\\d{4})(?:-(?:[Qq]([1-4])|(\\d{2})(?:-(\\d{2}))?))?");

        /** The span of that length in which the day lies. */
        public Span {
            first = switch (precision) {
                case DAY -> first;
                case MONTH -> first.withDayOfMonth(1);
                case QUARTER -> first.withDayOfMonth(1).withMonth((first.getMonthValue() - 1) / 3 * 3 + 1);
                case YEAR -> first.withDayOfYear(1);
            };
        }

        /** That day. */
        public static Span day(LocalDate day) {
            return new Span(day, Precision.DAY);
        }

        /** Reads {@code 2029-05-14}, {@code 2029-05}, {@code 2029-Q2} or {@code 2029}; empty for anything else. */
        public static Optional<Span> parse(String text) {
            Matcher written = WRITTEN.matcher(text);
            if (!written.matches()) {
                return Optional.empty();
            }
            int year = Integer.parseInt(written.group(1));
            try {
                if (written.group(4) != null) {
                    return Optional.of(day(LocalDate.parse(text)));
                }
                if (written.group(3) != null) {
                    return Optional.of(
                            new Span(LocalDate.of(year, Integer.parseInt(written.group(3)), 1), Precision.MONTH));
                }
                if (written.group(2) != null) {
                    int quarter = Integer.parseInt(written.group(2));
                    return Optional.of(new Span(LocalDate.of(year, quarter * 3 - 2, 1), Precision.QUARTER));
                }
                return Optional.of(new Span(LocalDate.of(year, 1, 1), Precision.YEAR));
            } catch (DateTimeException noSuchDay) {
                return Optional.empty();
            }
        }

        /** As {@link #parse} reads it. */
        public String text() {
            return switch (precision) {
                case DAY -> first.toString();
                case MONTH -> first.toString().substring(0, 7);
                case QUARTER -> "%04d-Q%d".formatted(first.getYear(), (first.getMonthValue() + 2) / 3);
                case YEAR -> "%04d".formatted(first.getYear());
            };
        }
    }
}
