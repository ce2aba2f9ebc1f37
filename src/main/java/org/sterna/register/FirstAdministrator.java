package org.sterna.register;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.sterna.register.Newcomers.Newcomer;

/**
 * Lets the first person into a new installation: while no account exists, one is made from {@code
 * sterna.first-administrator.*}, as administrator and in the Secretariat's seat.
 */
@Component
class FirstAdministrator {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    /** What a user name is made of. */
    static final String USERNAME = "[a-z0-9][a-z0-9-]{1,63}";

    private static final String EMAIL = "[^@\\s]+@[^@\\s]+";

    /**
     * The first administrator's account; to be removed from the configuration once it exists.
     *
     * @param username lower-case letters, digits and hyphens
     * @param password at least 15 characters, not a common one
     * @param email address for notices to the Secretariat
     */
    @ConfigurationProperties("sterna.first-administrator")
    record Settings(
            @Nullable String username,
            @Nullable String password,
            @Nullable String email) {

        @Override
        public String toString() {
            return "first administrator " + username;
        }
    }

    /** The configuration cannot give the first administrator an account. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    private final Settings settings;
    private final JdbcTemplate database;
    private final Newcomers newcomers;
    private final Passwords passwords;
    private final Offices offices;
    private final Clock clock;

    FirstAdministrator(
            Settings settings,
            JdbcTemplate database,
            Newcomers newcomers,
            Passwords passwords,
            Offices offices,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        this.newcomers = newcomers;
        this.passwords = passwords;
        this.offices = offices;
        this.clock = clock;
    }

    void admit() {
        Integer accounts = database.queryForObject("select count(*) from account", Integer.class);
        if (accounts != null && accounts > 0) {
            return;
        }
        String username = given(settings.username());
        String password = given(settings.password());
        String email = given(settings.email());
        if (username.isEmpty() && password.isEmpty() && email.isEmpty()) {
            log.warn("Nobody can log in: there is no account yet. Set sterna.first-administrator.username, .password"
                    + " and .email, and start again.");
            return;
        }
        if (!username.matches(USERNAME)) {
            throw new Unusable("sterna.first-administrator.username needs 2 to 64 lower-case letters, digits or"
                    + " hyphens, beginning with a letter or digit.");
        }
        if (!email.matches(EMAIL)) {
            throw new Unusable("sterna.first-administrator.email needs an e-mail address.");
        }
        String secretariat = SeatRole.SECRETARIAT.code();
        newcomers.welcome(
                List.of(new Newcomer(
                        username,
                        offices.of(secretariat, Locale.ENGLISH),
                        email,
                        Locale.ENGLISH,
                        null,
                        secretariat,
                        true,
                        true)),
                hash(password),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        log.info("The first administrator's account exists now; take sterna.first-administrator.* away.");
    }

    private String hash(String password) {
        try {
            return passwords.hash(password);
        } catch (IllegalArgumentException e) {
            throw new Unusable("sterna.first-administrator.password: " + e.getMessage());
        }
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
