package org.sterna.register;

import org.jspecify.annotations.Nullable;

/**
 * An office: a role at a Party, in a region, or of the Convention. Work belongs to seats, never to people.
 *
 * @param code for example {@code nfp-CHE}, {@code rep-africa}, {@code secretariat}
 * @param role what the seat is
 * @param partyCode the Party's code; null for seats that are not a Party's
 */
public record Seat(String code, SeatRole role, @Nullable String partyCode) {

    /** The code of a Party's seat, for example {@code nfp-CHE}. */
    public static String code(SeatRole role, String partyCode) {
        return role.ofParty() ? role.code() + "-" + partyCode : role.code();
    }

    /** The code of the seat that a role means for a Party; its region's for the regional representative. */
    public static String code(SeatRole role, Party party) {
        return role == SeatRole.REP ? representative(party.region()) : code(role, party.code());
    }

    /** The code of a region's representative, for example {@code rep-africa}. */
    public static String representative(Region region) {
        return SeatRole.REP.code() + "-" + region.code();
    }
}
