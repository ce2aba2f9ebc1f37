package org.sterna.register;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Mails to persons about their own accounts, waiting to be sent. They go another way than notices, whose texts are kept
 * for ever: the secret in a link exists only in the mail, as it is made while that leaves.
 */
public interface AccountLetters {

    /** What a letter is about. */
    enum Kind {
        /** A new account; has a link that is valid for seven days. */
        INVITATION(Duration.ofDays(7)),
        /** A forgotten password; has a link that is valid for a day. */
        RESET(Duration.ofDays(1)),
        /** The password was changed. */
        PASSWORD_CHANGED(Duration.ZERO),
        /** The address was changed; goes to the one before. */
        ADDRESS_CHANGED(Duration.ZERO);

        private final Duration validity;

        Kind(Duration validity) {
            this.validity = validity;
        }

        /** Whether the letter has a link by which a password is set. */
        public boolean withLink() {
            return !validity.isZero();
        }

        /** How long the link is valid from the moment the letter leaves; zero where there is none. */
        public Duration validity() {
            return validity;
        }

        /** For message keys, for example {@code password-changed}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A letter to be sent.
     *
     * @param id its identity, for the Message-ID too
     * @param kind what it is about
     * @param username the account
     * @param recipient how the person is addressed
     * @param email where it goes
     * @param language English, French or Spanish
     * @param writtenAt when it was asked for
     * @param attempts how often sending was tried, this time included
     */
    record Letter(
            UUID id,
            Kind kind,
            String username,
            String recipient,
            String email,
            Locale language,
            Instant writtenAt,
            int attempts) {}

    /**
     * Takes due letters, each of them for one caller only, and looks up who forgot a password before. What is not
     * settled within the lease can be taken again.
     */
    List<Letter> take(int most, Duration lease);

    /**
     * Makes a new link for a letter that is about to leave.
     *
     * @return 256 random bits in 43 characters that an address takes as they are; only their SHA-256 is kept
     */
    String secret(Letter letter);

    /**
     * The mail server took the letter.
     *
     * @param reply what it said
     */
    void sent(UUID id, String reply);

    /**
     * The letter did not leave, and is tried again later, or not at all once it is three days old.
     *
     * @param reply what went wrong
     */
    void notSent(Letter letter, Duration wait, String reply);
}
