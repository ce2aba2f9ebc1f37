package org.sterna.access;

import org.springframework.security.core.AuthenticationException;

/** The password is right, but the account sits in no seat any more, so there is nothing for it to see. */
class NoOffice extends AuthenticationException {

    NoOffice() {
        super("The account holds no office");
    }
}
