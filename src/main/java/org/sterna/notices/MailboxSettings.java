package org.sterna.notices;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox that bounces and answers come to, read by IMAP.
 *
 * @param host its server; null if no mailbox is read
 * @param port 993 unless configured
 * @param username the account
 * @param password its password
 * @param folder the folder; nothing in it is changed
 * @param ssl whether the connection is encrypted from the start
 * @param delay how long to wait between two looks
 * @param timeout how long the server may take to answer
 */
@ConfigurationProperties("sterna.notices.mailbox")
public record MailboxSettings(
        @Nullable String host,
        @DefaultValue("993") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("INBOX") String folder,
        @DefaultValue("true") boolean ssl,
        @DefaultValue("PT1M") Duration delay,
        @DefaultValue("PT20S") Duration timeout) {

    /** @throws IllegalArgumentException with a sentence naming the property, if a value makes no sense */
    public MailboxSettings {
        host = host == null || host.isBlank() ? null : host.strip();
        if (host != null && (username == null || username.isBlank() || password == null || password.isEmpty())) {
            throw new IllegalArgumentException("sterna.notices.mailbox.host is set; set sterna.notices.mailbox.username"
                    + " and sterna.notices.mailbox.password too");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("sterna.notices.mailbox.port must be 1 to 65535, but is " + port);
        }
        if (folder.isBlank()) {
            throw new IllegalArgumentException("sterna.notices.mailbox.folder must name a folder, for example INBOX");
        }
        positive("delay", delay);
        positive("timeout", timeout);
    }

    /** Names the mailbox among others. */
    String mailbox() {
        return username + "@" + host + "/" + folder;
    }

    private static void positive(String property, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.mailbox.%s must be a second to a day, for example PT20S".formatted(property));
        }
    }
}
