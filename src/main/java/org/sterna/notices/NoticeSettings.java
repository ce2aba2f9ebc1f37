package org.sterna.notices;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices leave.
 *
 * @param from the sender, an address with or without a name: {@code CMS Secretariat <cms@example.org>}
 * @param replyTo where answers go; null for the sender
 * @param contact who answers questions, a name or an address as readers shall see it; null for just the Secretariat
 * @param sender the sender's pace
 */
@ConfigurationProperties("sterna.notices")
public record NoticeSettings(
        @DefaultValue("Sterna <sterna@localhost>") String from,
        @Nullable String replyTo,
        @Nullable String contact,
        @DefaultValue Sender sender) {

    /** @throws IllegalArgumentException with a sentence naming the property, if an address cannot be read */
    public NoticeSettings {
        address("from", from);
        replyTo = replyTo == null || replyTo.isBlank() ? null : replyTo;
        contact = contact == null || contact.isBlank() ? null : contact;
        if (replyTo != null) {
            address("reply-to", replyTo);
        }
    }

    /**
     * The sender's pace.
     *
     * @param enabled whether this node sends at all
     * @param delay how long it waits after having looked in vain
     * @param batch how many notices it takes at once, over one connection; 1 to 100
     */
    public record Sender(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("PT5S") Duration delay,
            @DefaultValue("50") int batch) {

        /** @throws IllegalArgumentException with a sentence naming the property, if the batch has no sensible size */
        public Sender {
            if (batch < 1 || batch > 100) {
                throw new IllegalArgumentException("sterna.notices.sender.batch must be 1 to 100, but is " + batch);
            }
        }
    }

    InternetAddress fromAddress() {
        return address("from", from);
    }

    @Nullable
    InternetAddress replyToAddress() {
        return replyTo == null ? null : address("reply-to", replyTo);
    }

    private static InternetAddress address(String property, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
            return address;
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException(
                    "sterna.notices.%s is not a mail address: write name@example.org or Name <name@example.org>"
                            .formatted(property),
                    e);
        }
    }
}
