package org.sterna.register;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether notices reach the Parties: whether somebody sits in the National Focal Point's seat whose address takes mail.
 * Notices to a Party that is not reachable go on down the line of fall-back, so it can be asked for before a deadline
 * is missed.
 */
public interface Reachability {

    /** Whether a Party is reachable, and why not. */
    enum Reach {
        /** Somebody is in office whose address no mail came back from. */
        REACHABLE,
        /** Mail to everybody in office came back. */
        BOUNCED,
        /** Nobody in office has an address that can be one. */
        NO_ADDRESS,
        /** Nobody is in office. */
        NO_HOLDER;

        /** The code in message keys {@code reach.<code>}, for example {@code no-holder}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether the Party is reachable. */
    default Reach of(String partyCode) {
        return of(List.of(partyCode)).getOrDefault(partyCode, Reach.NO_HOLDER);
    }

    /**
     * Whether each of the Parties is reachable; one statement for all.
     *
     * @return by Party code, each of those given that the register knows
     */
    Map<String, Reach> of(Collection<String> partyCodes);

    /**
     * All Parties that are not reachable, with the reason; one statement.
     *
     * @return by Party code, in its order
     */
    Map<String, Reach> unreachable();
}
