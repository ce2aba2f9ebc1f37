package org.sterna.register;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcAccountLetters implements AccountLetters {

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_REPLY = 1000;
    private static final Duration PATIENCE = Duration.ofDays(3);

    /** Most links to one account within {@link #WHILE}, whoever asks for them. */
    private static final int MOST_RESETS = 3;

    private static final Duration WHILE = Duration.ofHours(1);

    /** An address may serve several accounts, for example of an office. */
    private static final int MOST_OF_ONE_ADDRESS = 5;

    private final JdbcClient database;
    private final Accounts accounts;
    private final AccountJournal journal;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    JdbcAccountLetters(JdbcClient database, Accounts accounts, AccountJournal journal, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    /** How a link’s secret is kept. */
    static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a letter to the address that the account has now into the queue. Takes part in the caller’s transaction. */
    void write(String username, Kind kind) {
        database.sql("select display_name, email, language from account where username = :username")
                .param("username", username)
                .query(row -> {
                    write(
                            username,
                            kind,
                            row.getString("display_name"),
                            row.getString("email"),
                            row.getString("language"));
                });
    }

    private void write(String username, Kind kind, String recipient, String email, String language) {
        database.sql("""
                        insert into account_letter (id, username, kind, recipient, email, language, written_at, state,
                            next_attempt_at)
                        values (:id, :username, :kind, :recipient, :email, :language, :now, 'QUEUED', :now)
                        """)
                .param("id", UUID.randomUUID())
                .param("username", username)
                .param("kind", kind.name())
                .param("recipient", recipient)
                .param("email", email)
                .param("language", language)
                .param("now", now())
                .update();
    }

    /** Makes the links of the account worthless that were sent so far. */
    void withdrawLinks(String username) {
        database.sql("update account_link set expires_at = :now where username = :username and expires_at > :now")
                .param("username", username)
                .param("now", now())
                .update();
    }

    @Override
    @Transactional
    public List<Letter> take(int most, Duration lease) {
        lookUp(most);
        List<Letter> taken = new ArrayList<>();
        for (Letter letter : due(most)) {
            boolean mine = database.sql("""
                                    update account_letter set attempts = attempts + 1, next_attempt_at = :next
                                    where id = :id and state = 'QUEUED' and attempts = :attempts
                                    """)
                            .param("id", letter.id())
                            .param("attempts", letter.attempts() - 1)
                            .param("next", now().plus(lease))
                            .update()
                    == 1;
            if (mine) {
                taken.add(letter);
            }
        }
        return taken;
    }

    private List<Letter> due(int most) {
        return database.sql("""
                        select l.* from account_letter l join account a on a.username = l.username
                        where l.state = 'QUEUED' and l.next_attempt_at <= :now and (a.enabled or l.kind not in (:links))
                        order by l.next_attempt_at, l.id fetch first :most rows only
                        """)
                .param("now", now())
                .param("links", List.of(Kind.INVITATION.name(), Kind.RESET.name()))
                .param("most", most)
                .query(JdbcAccountLetters::letter)
                .list();
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(
                row.getObject("id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getString("username"),
                row.getString("recipient"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts") + 1);
    }

    /** Who forgot a password: the one thing that an answer to a stranger must not depend on, so it is done here. */
    private void lookUp(int most) {
        record Request(UUID id, String typed) {}
        List<Request> requests = database.sql(
                        "select id, typed from password_request order by asked_at, id fetch first :most rows only")
                .param("most", most)
                .query(Request.class)
                .list();
        for (Request request : requests) {
            boolean mine = database.sql("delete from password_request where id = :id")
                            .param("id", request.id())
                            .update()
                    == 1;
            if (mine) {
                meant(request.typed()).forEach(this::resend);
            }
        }
    }

    private List<String> meant(String typed) {
        return database.sql("""
                        select username from account
                        where enabled and (username = :typed or lower(trim(email)) = :typed)
                        order by username fetch first :most rows only
                        """)
                .param("typed", Addresses.key(typed))
                .param("most", MOST_OF_ONE_ADDRESS)
                .query(String.class)
                .list();
    }

    private void resend(String username) {
        int lately = database.sql(
                        "select count(*) from account_letter where username = :username and kind = :kind and written_at > :since")
                .param("username", username)
                .param("kind", Kind.RESET.name())
                .param("since", now().minus(WHILE))
                .query(Integer.class)
                .single();
        Optional<Account> known = accounts.find(username).filter(Account::hasAccess);
        if (lately < MOST_RESETS && known.isPresent()) {
            write(username, Kind.RESET);
            journal.note(username, AccountAdministration.Happening.RESET_ASKED, null, null);
        }
    }

    @Override
    @Transactional
    public String secret(Letter letter) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.sql("""
                        insert into account_link (secret_hash, username, made_at, expires_at)
                        values (:hash, :username, :now, :until)
                        """)
                .param("hash", hash(secret))
                .param("username", letter.username())
                .param("now", now())
                .param("until", now().plus(letter.kind().validity()))
                .update();
        return secret;
    }

    @Override
    public void sent(UUID id, String reply) {
        database.sql("update account_letter set state = 'SENT', sent_at = :now, server_reply = :reply where id = :id")
                .param("id", id)
                .param("now", now())
                .param("reply", shortened(reply))
                .update();
    }

    @Override
    public void notSent(Letter letter, Duration wait, String reply) {
        boolean tooOld = letter.writtenAt().plus(PATIENCE).isBefore(clock.instant());
        database.sql(
                        "update account_letter set state = :state, next_attempt_at = :next, server_reply = :reply where id = :id")
                .param("id", letter.id())
                .param("state", tooOld ? "FAILED" : "QUEUED")
                .param("next", now().plus(wait))
                .param("reply", shortened(reply))
                .update();
    }

    private static String shortened(String reply) {
        return reply.length() <= LONGEST_REPLY ? reply : reply.substring(0, LONGEST_REPLY);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
