package org.sterna.register;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what was replaced in the register, so that no figure is lost. */
@Component
class RegisterChanges {

    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_SOURCE = 500;

    private final JdbcClient database;
    private final Clock clock;

    RegisterChanges(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes one value; in the caller's transaction. */
    void note(
            String field,
            String party,
            String subject,
            String before,
            String after,
            String source,
            String reason,
            String username) {
        database.sql("insert into register_change (id, field, party_code, subject, before_value, after_value, source,"
                        + " reason, changed_at, changed_by) values (:id, :field, :party, :subject, :before, :after,"
                        + " :source, :reason, :at, :by)")
                .param("id", UUID.randomUUID())
                .param("field", field)
                .param("party", party)
                .param("subject", subject)
                .param("before", cut(before, LONGEST_VALUE))
                .param("after", cut(after, LONGEST_VALUE))
                .param("source", cut(source, LONGEST_SOURCE))
                .param("reason", reason.strip())
                .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("by", username)
                .update();
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }

    /** What was replaced for a Party, the newest first. */
    List<RegisterChange> of(String party) {
        return database.sql("select * from register_change where party_code = :party"
                        + " order by changed_at desc, subject desc, field, id")
                .param("party", party)
                .query((row, number) -> new RegisterChange(
                        row.getString("field"),
                        party,
                        row.getString("subject"),
                        row.getString("before_value"),
                        row.getString("after_value"),
                        row.getString("source"),
                        row.getString("reason"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                        row.getString("changed_by")))
                .list();
    }
}
