package org.sterna.register;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A login. What it may do follows from the seats held now, never from the account itself: with the last term of office
 * its access to the Party’s pages ends too.
 *
 * @param username unique, lower case, for example {@code che-nfp}
 * @param displayName name shown to others
 * @param email address of the account
 * @param language language of pages and mails: English, French or Spanish
 * @param partyCode the Party in whose seats the account sits now; null for the Secretariat, administrators, regions’
 *     representatives, and whoever sits in no seat
 * @param seats codes of the seats held now, seats acted for and vacant seats fallen back included
 * @param administrator whether Cockpit, Admin and the accounts of others are open to the account
 * @param sessionsEnded how often all sessions of the account were ended; one begun before the last time is over
 */
public record Account(
        String username,
        String displayName,
        String email,
        Locale language,
        @Nullable String partyCode,
        Set<String> seats,
        boolean administrator,
        int sessionsEnded) {

    /** An account whose sessions were never ended. */
    public Account(
            String username,
            String displayName,
            String email,
            Locale language,
            @Nullable String partyCode,
            Set<String> seats,
            boolean administrator) {
        this(username, displayName, email, language, partyCode, seats, administrator, 0);
    }

    /** Whether there is anything the account may see today: it sits in a seat, or is an administrator. */
    public boolean hasAccess() {
        return administrator || !seats.isEmpty();
    }

    /** Whether the account holds the Secretariat's seat now. */
    public boolean secretariat() {
        return seats.contains(SeatRole.SECRETARIAT.code());
    }
}
