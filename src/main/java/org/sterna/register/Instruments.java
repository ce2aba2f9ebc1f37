package org.sterna.register;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The Agreements and Memoranda of Understanding under the Convention, and the Parties that belong to them. */
public interface Instruments {

    /** What an instrument is. */
    enum Kind {
        AGREEMENT,
        /** A Memorandum of Understanding; those who belong to it are its Signatories. */
        MOU;

        /** For example {@code agreement}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(code + " is no kind of instrument"));
        }
    }

    /**
     * An instrument.
     *
     * @param code its short name, for example {@code AEWA} or {@code Sharks MOU}
     * @param name its full name in English
     * @param kind what it is
     */
    record Instrument(String code, String name, Kind kind) {}

    /**
     * That a Party belongs to an instrument.
     *
     * @param partyCode the Party
     * @param instrumentCode the instrument
     * @param from the first day
     * @param basis how sure it is
     * @param source where it comes from
     */
    record Membership(String partyCode, String instrumentCode, LocalDate from, Basis basis, String source) {}

    /** All instruments, Agreements first, each kind in the order of their codes. */
    List<Instrument> all();

    /** What a Party belongs to or will belong to, ordered by code. */
    List<Membership> of(String partyCode);

    /**
     * Codes of the Parties that belong to the instrument today (UTC), as far as memberships were entered.
     *
     * @throws IllegalArgumentException if there is no such instrument
     */
    Set<String> parties(String instrumentCode);
}
