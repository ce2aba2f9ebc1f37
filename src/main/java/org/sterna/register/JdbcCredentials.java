package org.sterna.register;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.register.AccountAdministration.Happening;

@Component
class JdbcCredentials implements Credentials {

    private static final int LONGEST_TYPED = 254;

    /** So that nobody fills the database; the door lets by far fewer through from one address. */
    private static final int MOST_REQUESTS = 1000;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Passwords passwords;
    private final JdbcAccountLetters letters;
    private final AccountJournal journal;
    private final Clock clock;

    JdbcCredentials(
            JdbcClient database,
            Accounts accounts,
            Passwords passwords,
            JdbcAccountLetters letters,
            AccountJournal journal,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.letters = letters;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void forgotten(String typed) {
        String asked = typed.strip();
        int waiting = database.sql("select count(*) from password_request")
                .query(Integer.class)
                .single();
        if (waiting < MOST_REQUESTS && !asked.isEmpty() && asked.length() <= LONGEST_TYPED) {
            database.sql("insert into password_request (id, typed, asked_at) values (:id, :typed, :now)")
                    .param("id", UUID.randomUUID())
                    .param("typed", asked)
                    .param("now", now())
                    .update();
        }
    }

    @Override
    public Optional<String> meantBy(String secret) {
        return database.sql("""
                        select l.username from account_link l join account a on a.username = l.username
                        where l.secret_hash = :hash and l.used_at is null and l.expires_at > :now and a.enabled
                        """)
                .param("hash", JdbcAccountLetters.hash(secret))
                .param("now", now())
                .query(String.class)
                .optional();
    }

    @Override
    @Transactional
    public Optional<String> set(String secret, String password) {
        Optional<String> meant = meantBy(secret);
        if (meant.isEmpty()) {
            return meant;
        }
        String username = meant.get();
        String hash = passwords.hash(password);
        boolean first =
                database.sql("update account_link set used_at = :now where secret_hash = :hash and used_at is null")
                                .param("hash", JdbcAccountLetters.hash(secret))
                                .param("now", now())
                                .update()
                        == 1;
        if (!first) {
            return Optional.empty();
        }
        boolean had = hasPassword(username);
        keep(username, hash);
        journal.note(username, Happening.PASSWORD_SET, username, null);
        if (had) {
            letters.write(username, AccountLetters.Kind.PASSWORD_CHANGED);
        }
        return meant;
    }

    @Override
    @Transactional
    public boolean change(String username, String present, String fresh) {
        if (!accounts.passwordMatches(username, present)) {
            return false;
        }
        keep(username, passwords.hash(fresh));
        journal.note(username, Happening.PASSWORD_CHANGED, username, null);
        letters.write(username, AccountLetters.Kind.PASSWORD_CHANGED);
        return true;
    }

    private boolean hasPassword(String username) {
        return database.sql("select count(*) from account where username = :username and password_hash is not null")
                        .param("username", username)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private void keep(String username, String hash) {
        database.sql("""
                        update account set password_hash = :hash, sessions_ended = sessions_ended + 1
                        where username = :username
                        """).param("username", username).param("hash", hash).update();
        letters.withdrawLinks(username);
    }

    @Override
    @Transactional
    public void endSessions(String username) {
        database.sql("update account set sessions_ended = sessions_ended + 1 where username = :username")
                .param("username", username)
                .update();
        journal.note(username, Happening.SESSIONS_ENDED, username, null);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
