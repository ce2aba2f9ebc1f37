package org.sterna.register;

import java.util.Optional;

/** How a person comes by a password and changes it. Does not throttle: that is for the door that asks. */
public interface Credentials {

    /**
     * Somebody forgot a password. Does the same whoever is meant, if anybody: a link is mailed later, to the address of
     * each account that has that user name or address, at most three an hour.
     *
     * @param typed a user name or an address, as it was typed
     */
    void forgotten(String typed);

    /**
     * Whose password a link sets.
     *
     * @param secret as it stands in the link
     * @return the user name; empty if the link is unknown, was used, is over, or the account is locked or ended
     */
    Optional<String> meantBy(String secret);

    /**
     * Sets the password by a link, which is worthless afterwards like all others of the account, and ends all sessions.
     *
     * @param secret as it stands in the link
     * @return the user name; empty, and nothing changed, if the link is not valid any more
     * @throws InvalidPassword if the password cannot be taken
     */
    Optional<String> set(String secret, String password);

    /**
     * Changes the password of somebody who knows it, and ends all sessions.
     *
     * @return false, and nothing changed, if the present password is another
     * @throws InvalidPassword if the new password cannot be taken
     */
    boolean change(String username, String present, String fresh);

    /** Ends all sessions of the account, at their next request. */
    void endSessions(String username);
}
