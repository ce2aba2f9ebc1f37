package org.sterna.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** What a password must be, and how it is kept: bcrypt, strength 10, with a prefix naming the method. */
@Component
class Passwords {

    static final int SHORTEST = 15;

    /** Bcrypt reads no further. */
    private static final int MOST_BYTES = 72;

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final Set<String> common = commonOnes();

    /** Stands in for the hash of an account that does not exist, so that the answer takes as long. */
    private final String nobodys = encoder.encode(UUID.randomUUID().toString());

    /**
     * The hash to keep for a password.
     *
     * @throws InvalidPassword saying what is wrong with the password
     */
    String hash(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw new InvalidPassword(
                    InvalidPassword.Fault.SHORT,
                    "The password is too short: it needs at least " + SHORTEST
                            + " characters. Several words in a row are easy to remember.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new InvalidPassword(
                    InvalidPassword.Fault.LONG,
                    "The password is too long: it may take at most " + MOST_BYTES + " bytes in UTF-8.");
        }
        if (isCommon(password)) {
            throw new InvalidPassword(
                    InvalidPassword.Fault.COMMON,
                    "The password is too common: it is a well-known word, a run of digits"
                            + " or a repetition. Several unrelated words in a row are easy to remember.");
        }
        return encoder.encode(password);
    }

    boolean match(String password, Optional<String> hash) {
        boolean matches = encoder.matches(password, hash.orElse(nobodys));
        return hash.isPresent() && matches;
    }

    /** Whether what is left without digits, signs and repetition is next to nothing or a listed word. */
    private boolean isCommon(String password) {
        String letters = password.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
        String unit = unit(letters);
        return unit.length() < 4 || common.contains(unit);
    }

    /** The shortest part that, repeated, gives the text. */
    private static String unit(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            if (text.length() % length == 0
                    && text.substring(0, length).repeat(text.length() / length).equals(text)) {
                return text.substring(0, length);
            }
        }
        return text;
    }

    private static Set<String> commonOnes() {
        try {
            return new ClassPathResource("reference/common-passwords.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The list of common passwords cannot be read", e);
        }
    }
}
