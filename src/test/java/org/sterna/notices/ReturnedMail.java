package org.sterna.notices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages as mail servers and people send them back, in {@code returned-mail}. */
final class ReturnedMail {

    private ReturnedMail() {}

    /**
     * The message, with the line ends of mail.
     *
     * @param to where it comes back to
     * @param returned Message-ID of the notice
     * @param recipient whom the notice was written to
     */
    static String of(String name, String to, String returned, String recipient) {
        try (InputStream file = ReturnedMail.class.getResourceAsStream("/returned-mail/" + name + ".eml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("RETURNED", returned)
                    .replace("RETURN", to)
                    .replace("RECIPIENT", recipient)
                    .replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
