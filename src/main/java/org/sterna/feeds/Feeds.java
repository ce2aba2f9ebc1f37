package org.sterna.feeds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps feeds. The secret of an address is told once and never kept. */
@Component
class Feeds {

    /** Bytes of a secret: more than can be guessed. */
    private static final int SECRET = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Feeds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Makes a feed and tells its secret. */
    String create(Feed.Scope scope, @Nullable String subject, Locale language, String owner) {
        byte[] bytes = new byte[SECRET];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into calendar_feed (id, token_hash, scope, subject, language, owner, created_at)"
                        + " values (:id, :hash, :scope, :subject, :language, :owner, :at)")
                .param("id", UUID.randomUUID())
                .param("hash", hash(secret))
                .param("scope", scope.name())
                .param("subject", subject)
                .param("language", language.getLanguage())
                .param("owner", owner)
                .param("at", now())
                .update();
        return secret;
    }

    /** The feed with that secret, unless it was revoked. */
    Optional<Feed> find(String secret) {
        return jdbc.sql("select * from calendar_feed where token_hash = :hash and revoked_at is null")
                .param("hash", hash(secret))
                .query(Feeds::feed)
                .optional();
    }

    /** Feeds in use, the newest first. */
    List<Feed> of(String owner) {
        return jdbc.sql("select * from calendar_feed where owner = :owner and revoked_at is null"
                        + " order by created_at desc, id")
                .param("owner", owner)
                .query(Feeds::feed)
                .list();
    }

    /** Shuts an address for good; only its owner's. */
    boolean revoke(UUID id, String owner) {
        return jdbc.sql("update calendar_feed set revoked_at = :at where id = :id and owner = :owner"
                                + " and revoked_at is null")
                        .param("at", now())
                        .param("id", id)
                        .param("owner", owner)
                        .update()
                > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    private static Feed feed(ResultSet row, int number) throws SQLException {
        return new Feed(
                row.getObject("id", UUID.class),
                Feed.Scope.valueOf(row.getString("scope")),
                row.getString("subject"),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("owner"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
