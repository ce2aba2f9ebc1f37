package org.sterna.obligations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The hashes that tie an obligation's events together. */
final class Chain {

    /** What the first event follows. */
    static final String START = "";

    private Chain() {}

    /** Hash of an event that follows the one with hash {@code previous}. */
    static String hash(
            String previous,
            UUID obligationId,
            int number,
            Instant at,
            LedgerEvent.Kind kind,
            String actor,
            Map<String, String> details) {
        MessageDigest digest = sha256();
        add(digest, previous);
        add(digest, obligationId.toString());
        add(digest, Integer.toString(number));
        add(digest, Long.toString(at.toEpochMilli()));
        add(digest, kind.name());
        add(digest, actor);
        new TreeMap<>(details).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of a text, lower-case hexadecimal. */
    static String digest(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    // the length goes first, so that no two lists of texts are digested alike
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
