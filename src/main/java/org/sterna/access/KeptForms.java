package org.sterna.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Forms that were sent after the session had ended. Each is kept for the account whose session its page belonged to,
 * shown to nobody else, never acted upon by itself, and forgotten when it was sent or has become too old.
 */
@Component
class KeptForms {

    /** Most forms kept for one account; the oldest makes room. */
    static final int MOST = 5;

    /** Most characters of all answers together; no form of ours takes as many. */
    static final int LONGEST = 1_000_000;

    /** Most bytes of all files together; what goes beyond has to be chosen again. */
    static final int LARGEST = 20 * 1024 * 1024;

    /** A page may stay open for as long and its form is still known to be the account's. */
    private static final Duration PAGES = Duration.ofDays(30);

    private static final int CHUNK = 512 * 1024;
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, List<String>>> ANSWERS = new TypeReference<>() {};

    /**
     * A file that came with a form.
     *
     * @param field name of its input
     * @param name as it was chosen
     * @param content null where it was too large to be kept
     */
    record Paper(String field, String name, @Nullable String type, byte @Nullable [] content) {}

    /**
     * A form as it was sent.
     *
     * @param path where to, without the application's own prefix
     * @param page path and query of the page that it stood on, likewise
     * @param answers by name, without tokens
     */
    record Sent(String path, String page, Map<String, List<String>> answers, List<Paper> papers) {}

    /** A kept form; the papers come without their content. */
    record Kept(UUID id, Instant until, Sent sent) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration patience;

    KeptForms(JdbcClient jdbc, Clock clock, AccessSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.patience = settings.keptForms();
    }

    /** Remembers, by its hash, whose pages carry the token. */
    void remember(String token, String username) {
        jdbc.sql("insert into page_token (token_hash, username, created_at) values (:hash, :username, :at)")
                .param("hash", hash(token))
                .param("username", username)
                .param("at", at(clock.instant()))
                .update();
    }

    /** The account whose pages carried the token. */
    Optional<String> owner(String token) {
        return jdbc.sql("select username from page_token where token_hash = :hash and created_at > :since")
                .param("hash", hash(token))
                .param("since", at(clock.instant().minus(PAGES)))
                .query(String.class)
                .optional();
    }

    /** Keeps a form for its owner. */
    @Transactional
    UUID keep(String username, Sent sent) {
        List<UUID> before = jdbc.sql("select id from kept_form where username = :username order by kept_at desc, id")
                .param("username", username)
                .query(UUID.class)
                .list();
        before.stream().skip(MOST - 1L).forEach(id -> jdbc.sql("delete from kept_form where id = :id")
                .param("id", id)
                .update());
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into kept_form (id, username, kept_at, path, page, answers)"
                        + " values (:id, :username, :at, :path, :page, :answers)")
                .param("id", id)
                .param("username", username)
                .param("at", at(clock.instant()))
                .param("path", sent.path())
                .param("page", sent.page())
                .param("answers", write(sent.answers()))
                .update();
        for (int i = 0; i < sent.papers().size(); i++) {
            keep(id, i, sent.papers().get(i));
        }
        return id;
    }

    private void keep(UUID form, int number, Paper paper) {
        byte[] content = paper.content();
        jdbc.sql("insert into kept_file (form_id, number, field, name, media_type, lost)"
                        + " values (:form, :number, :field, :name, :type, :lost)")
                .param("form", form)
                .param("number", number)
                .param("field", paper.field())
                .param("name", paper.name())
                .param("type", paper.type())
                .param("lost", content == null)
                .update();
        for (int at = 0; content != null && at < content.length; at += CHUNK) {
            jdbc.sql("insert into kept_file_chunk (form_id, number, place, bytes)"
                            + " values (:form, :number, :place, :bytes)")
                    .param("form", form)
                    .param("number", number)
                    .param("place", at / CHUNK)
                    .param("bytes", Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK)))
                    .update();
        }
    }

    /** A form of that account; of another's there is none. */
    Optional<Kept> find(UUID id, String username) {
        return jdbc.sql("select * from kept_form where id = :id and username = :username and kept_at > :since")
                .param("id", id)
                .param("username", username)
                .param("since", at(clock.instant().minus(patience)))
                .query((row, number) -> new Kept(
                        id,
                        row.getObject("kept_at", OffsetDateTime.class)
                                .toInstant()
                                .plus(patience),
                        new Sent(
                                row.getString("path"),
                                row.getString("page"),
                                read(row.getString("answers")),
                                papers(id, false))))
                .optional();
    }

    /** The papers of a form with their content, without those that were too large. */
    List<Paper> papers(UUID form) {
        return papers(form, true);
    }

    private List<Paper> papers(UUID form, boolean read) {
        return jdbc
                .sql("select * from kept_file where form_id = :form order by number")
                .param("form", form)
                .query()
                .listOfRows()
                .stream()
                .filter(row -> !read || !(Boolean) row.get("lost"))
                .map(row -> new Paper(
                        (String) row.get("field"),
                        (String) row.get("name"),
                        (String) row.get("media_type"),
                        (Boolean) row.get("lost")
                                ? null
                                : read ? content(form, ((Number) row.get("number")).intValue()) : new byte[0]))
                .toList();
    }

    private byte[] content(UUID form, int number) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        jdbc.sql("select bytes from kept_file_chunk where form_id = :form and number = :number order by place")
                .param("form", form)
                .param("number", number)
                .query((row, at) -> row.getBytes(1))
                .list()
                .forEach(content::writeBytes);
        return content.toByteArray();
    }

    /** The newest form that its owner has not come back to yet. */
    Optional<UUID> waiting(String username) {
        return jdbc.sql("select id from kept_form where username = :username and not shown and kept_at > :since"
                        + " order by kept_at desc, id limit 1")
                .param("username", username)
                .param("since", at(clock.instant().minus(patience)))
                .query(UUID.class)
                .optional();
    }

    /** The owner has come back to it: the login leads there no more by itself. */
    void shown(UUID id) {
        jdbc.sql("update kept_form set shown = true where id = :id")
                .param("id", id)
                .update();
    }

    /** Forgets a form of that account. */
    void drop(UUID id, String username) {
        jdbc.sql("delete from kept_form where id = :id and username = :username")
                .param("id", id)
                .param("username", username)
                .update();
    }

    /** Forgets what is too old. */
    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        jdbc.sql("delete from kept_form where kept_at <= :since")
                .param("since", at(clock.instant().minus(patience)))
                .update();
        jdbc.sql("delete from page_token where created_at <= :since")
                .param("since", at(clock.instant().minus(PAGES)))
                .update();
    }

    private static String write(Map<String, List<String>> answers) {
        try {
            return JSON.writeValueAsString(answers);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts can be written", impossible);
        }
    }

    private static Map<String, List<String>> read(String answers) {
        try {
            return JSON.readValue(answers, ANSWERS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A kept form cannot be read", broken);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
