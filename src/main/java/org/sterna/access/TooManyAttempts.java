package org.sterna.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A login has to wait because of failed ones before it. */
class TooManyAttempts extends AuthenticationException {

    private final transient Duration wait;

    TooManyAttempts(Duration wait) {
        super("Too many failed logins");
        this.wait = wait;
    }

    /** Whole seconds to wait, at least one. */
    long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Whole minutes to wait, at least one. */
    long minutes() {
        return Math.max(1, wait.plusSeconds(59).toMinutes());
    }
}
