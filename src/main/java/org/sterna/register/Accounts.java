package org.sterna.register;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The logins, with what they may do at this moment. */
public interface Accounts {

    /** The enabled account with that user name. */
    Optional<Account> find(String username);

    /**
     * How enabled accounts are shown to others; one statement for all.
     *
     * @return display names by user name; without user names that no enabled account has
     */
    Map<String, String> names(Collection<String> usernames);

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
