package org.sterna.register;

import java.util.Arrays;
import java.util.Optional;

/** The roles a seat can have; the codes are the prefixes of seat codes and of the engine's candidate groups. */
public enum SeatRole {
    /** National Focal Point. */
    NFP("nfp"),
    /** Alternate, acts when the National Focal Point is absent. */
    ALT("alt"),
    /** Ministry responsible for CMS. */
    MIN("min"),
    /** Ministry of foreign affairs. */
    MFA("mfa"),
    /** Treasury or budget office that pays. */
    FIN("fin"),
    /** National institutions. */
    INST("inst"),
    /** Party-appointed Scientific Councillor. */
    SCC("scc"),
    /** Regional representative in the Standing Committee; the seat belongs to a region. */
    REP("rep"),
    /** Standing Committee. */
    STC("stc"),
    /** CMS Secretariat. */
    SECRETARIAT("secretariat");

    private final String code;

    SeatRole(String code) {
        this.code = code;
    }

    /** The code in seat codes and duty files, for example {@code nfp}. */
    public String code() {
        return code;
    }

    /** Whether there is one such seat per Party. */
    public boolean ofParty() {
        return switch (this) {
            case REP, STC, SECRETARIAT -> false;
            default -> true;
        };
    }

    /** Whether such a seat stands for many Parties: what they have to do, it only follows. */
    public boolean standsForMany() {
        return !ofParty();
    }

    /** Whether the seat with that code stands for many Parties. */
    public static boolean standsForMany(String seatCode) {
        return ofSeat(seatCode).filter(SeatRole::standsForMany).isPresent();
    }

    /** The role with that code, if there is one. */
    public static Optional<SeatRole> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
    }

    /** The role of the seat with that code, for example of {@code nfp-CHE}; empty if it is no seat's. */
    public static Optional<SeatRole> ofSeat(String seatCode) {
        return of(seatCode.split("-", 2)[0]);
    }
}
