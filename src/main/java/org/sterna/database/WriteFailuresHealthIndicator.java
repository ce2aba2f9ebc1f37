package org.sterna.database;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the database cannot be written, as on a full disk; up again a minute after the last failure. */
@Component
class WriteFailuresHealthIndicator implements HealthIndicator {

    private static final Duration LATELY = Duration.ofMinutes(1);

    @Override
    public Health health() {
        return WriteFailures.within(LATELY)
                ? Health.down().build()
                : Health.up().build();
    }
}
