package org.sterna.notices;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When many addresses that fail together are rather a fault of ours.
 *
 * @param most how many addresses may be marked as undeliverable within the time; more are marked only when the
 *     Secretariat says so. 0 to 1000; 0 asks about every one
 * @param within the time; a minute to seven days
 */
@ConfigurationProperties("sterna.notices.failures")
public record FailureSettings(
        @DefaultValue("5") int most, @DefaultValue("PT1H") Duration within) {

    /** @throws IllegalArgumentException with a sentence naming the property, if a value makes no sense */
    public FailureSettings {
        if (most < 0 || most > 1000) {
            throw new IllegalArgumentException("sterna.notices.failures.most must be 0 to 1000, but is " + most);
        }
        if (within.compareTo(Duration.ofMinutes(1)) < 0 || within.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "sterna.notices.failures.within must be PT1M to P7D, for example PT1H, but is " + within);
        }
    }
}
