package org.sterna.time;

import java.time.Duration;
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

    private int write(String statement, Duration offset) {
        return database.sql(statement)
                .param("seconds", offset.getSeconds())
                .param("nanos", offset.getNano())
                .update();
    }
}
