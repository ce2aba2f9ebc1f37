package org.sterna.time;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the movable clock's lead over the system's is kept. */
class ClockOffset {

    private final JdbcClient database;

    ClockOffset(JdbcClient database) {
        this.database = database;
    }

    Duration kept() {
        return database.sql("select seconds_ahead, nanos_ahead from movable_clock where id = 1")
                .query((row, number) -> Duration.ofSeconds(row.getLong("seconds_ahead"), row.getInt("nanos_ahead")))
                .optional()
                .orElse(Duration.ZERO);
    }

    void keep(Duration offset) {
        int updated =
                write("update movable_clock set seconds_ahead = :seconds, nanos_ahead = :nanos where id = 1", offset);
        if (updated == 0) {
            write("insert into movable_clock (id, seconds_ahead, nanos_ahead) values (1, :seconds, :nanos)", offset);
        }
    }

    /** Where the clock is on its way to. */
    Optional<Instant> heading() {
        return database.sql("select heading_for from movable_clock where id = 1 and heading_for is not null")
                .query((row, number) ->
                        row.getObject("heading_for", OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Keeps where the clock is on its way to; null once it is there. */
    void headFor(@Nullable Instant target) {
        OffsetDateTime at = target == null ? null : target.atOffset(ZoneOffset.UTC);
        int updated = database.sql("update movable_clock set heading_for = :at where id = 1")
                .param("at", at, Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        if (updated == 0 && target != null) {
            keep(Duration.ZERO);
            headFor(target);
        }
    }

    private int write(String statement, Duration offset) {
        return database.sql(statement)
                .param("seconds", offset.getSeconds())
                .param("nanos", offset.getNano())
                .update();
    }
}
