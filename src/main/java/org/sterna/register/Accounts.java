package org.sterna.register;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The logins, with what they may do at this moment. */
public interface Accounts {

    /** The enabled account with that user name. */
    Optional<Account> find(String username);

    /**
     * Whether the password is that of the enabled account. Takes as long for unknown users as for known ones. Does not
     * throttle: that is for the door that asks.
     */
    boolean passwordMatches(String username, String password);

    /**
     * Enabled accounts for the engine's identity look-ups.
     *
     * @param usernames restrict to these; empty for all
     * @param seat restrict to accounts that the seat's work reaches today; empty for no restriction
     */
    List<Account> query(Set<String> usernames, Optional<String> seat);

    /** Whether any account exists. */
    boolean any();
}
