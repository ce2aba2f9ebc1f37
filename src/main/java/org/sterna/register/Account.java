package org.sterna.register;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A login. What it may do follows from the seats held now, never from the account itself.
 *
 * @param username unique, lower case, for example {@code che-nfp}
 * @param displayName name shown to others
 * @param email address of the account
 * @param language language of pages and mails: English, French or Spanish
 * @param partyCode the Party the account belongs to; null for the Secretariat and administrators
 * @param seats codes of the seats held now, seats acted for and vacant seats fallen back included
 * @param administrator whether Cockpit and Admin are open to the account
 */
public record Account(
        String username,
        String displayName,
        String email,
        Locale language,
        @Nullable String partyCode,
        Set<String> seats,
        boolean administrator) {

    /** Whether the account holds the Secretariat's seat now. */
    public boolean secretariat() {
        return seats.contains(SeatRole.SECRETARIAT.code());
    }
}
