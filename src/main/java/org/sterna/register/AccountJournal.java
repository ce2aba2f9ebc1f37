package org.sterna.register;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.register.AccountAdministration.Event;
import org.sterna.register.AccountAdministration.Happening;

/** Notes what is done to accounts; what is noted is never changed. */
@Component
class AccountJournal {

    private static final int LONGEST = 600;

    private final JdbcClient database;
    private final Clock clock;

    AccountJournal(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Notes it in the caller’s transaction.
     *
     * @param actor user name of who did it; null for nobody in person
     */
    void note(String username, Happening happening, @Nullable String actor, @Nullable String detail) {
        database.sql("""
                        insert into account_event (username, kind, actor, happened_at, detail)
                        values (:username, :kind, :actor, :now, :detail)
                        """)
                .param("username", username)
                .param("kind", happening.name())
                .param("actor", actor)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("detail", detail == null || detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST))
                .update();
    }

    /** What was done to the account, the newest first. */
    List<Event> of(String username) {
        return database.sql("""
                        select kind, actor, happened_at, detail from account_event
                        where username = :username order by number desc
                        """)
                .param("username", username)
                .query((row, number) -> new Event(
                        Happening.valueOf(row.getString("kind")),
                        row.getString("actor"),
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        row.getString("detail")))
                .list();
    }
}
