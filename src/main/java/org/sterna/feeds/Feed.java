package org.sterna.feeds;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A calendar that somebody subscribed to.
 *
 * @param id its identity; not its address
 * @param scope what it is about
 * @param subject the Party's code or the duty's key; null for all
 * @param language language of its entries
 * @param owner user name of whoever made it
 * @param createdAt when
 */
record Feed(UUID id, Scope scope, @Nullable String subject, Locale language, String owner, Instant createdAt) {

    /** What a feed is about. */
    enum Scope {
        ALL,
        PARTY,
        DUTY
    }
}
