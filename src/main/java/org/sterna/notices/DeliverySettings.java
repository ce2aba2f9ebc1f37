package org.sterna.notices;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How delivery is watched.
 *
 * @param senders how many notices may be on their way at once from this node, each over its own connection; 1 to 10
 * @param keep how long a connection to the mail server is kept that has nothing to carry; at most five minutes, after
 *     which servers end it, and PT0S for not at all
 * @param patience after how long what a stopped sender left behind is taken up by others; at least a second, and longer
 *     than the mail server may take for one message
 * @param perHour how many notices one recipient gets within an hour; what is above waits. 0 for no limit
 * @param bounces where mail that cannot be delivered comes back to: an address with room for a mark after a plus sign
 *     ({@code bounces@example.org} becomes {@code bounces+<mark>@example.org}), or a domain of its own
 *     ({@code @bounces.example.org}); null for the sender's address, which tells no notice from another
 * @param installation the name of this installation, the same on all nodes that share a database; null for the one in the
 *     file, or of a node that is running
 * @param installationFile where the installation remembers itself, outside the database and its backups
 * @param gather how long a notice that lists many Parties waits for more of them; at most half an hour
 * @param warnAfter how long the mail server may take no mail before the Secretariat is warned on its pages; at least a
 *     minute
 */
@ConfigurationProperties("sterna.notices.delivery")
public record DeliverySettings(
        @DefaultValue("2") int senders,
        @DefaultValue("PT30S") Duration keep,
        @DefaultValue("PT10M") Duration patience,
        @DefaultValue("60") int perHour,
        @Nullable String bounces,
        @Nullable String installation,
        @DefaultValue("data/installation.properties") Path installationFile,
        @DefaultValue("PT2M") Duration gather,
        @DefaultValue("PT15M") Duration warnAfter) {

    /** @throws IllegalArgumentException with a sentence naming the property, if a value makes no sense */
    public DeliverySettings {
        if (senders < 1 || senders > 10) {
            throw new IllegalArgumentException("sterna.notices.delivery.senders must be 1 to 10, but is " + senders);
        }
        if (keep.isNegative() || keep.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.keep must be PT0S to PT5M, for example PT30S, but is " + keep);
        }
        if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.patience must be at least a second, for example PT10M");
        }
        if (perHour < 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.per-hour must be 0 for no limit, or more, but is " + perHour);
        }
        if (gather.isNegative() || gather.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.gather must be PT0S to PT30M, for example PT2M, but is " + gather);
        }
        if (warnAfter.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.warn-after must be at least a minute, for example PT15M, but is "
                            + warnAfter);
        }
        if (bounces != null) {
            bounces = bounces.isBlank() ? null : checked(bounces.strip());
        }
        if (installation != null) {
            installation = installation.isBlank() ? null : installation.strip();
            if (installation != null && installation.length() > 100) {
                throw new IllegalArgumentException(
                        "sterna.notices.delivery.installation must have at most 100 characters");
            }
        }
    }

    private static String checked(String bounces) {
        try {
            new InternetAddress(bounces.startsWith("@") ? "mark" + bounces : bounces, true).validate();
            return bounces;
        } catch (AddressException e) {
            throw new IllegalArgumentException(
                    "sterna.notices.delivery.bounces must be an address such as bounces@example.org or a domain such"
                            + " as @bounces.example.org",
                    e);
        }
    }
}
