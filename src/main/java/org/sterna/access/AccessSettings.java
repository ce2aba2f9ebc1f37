package org.sterna.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the doors, {@code sterna.access.*}.
 *
 * @param attemptsPerAccount failed logins in a row for one user name from one address before the next has to wait; as
 *     many are given back within an hour
 * @param attemptsPerAccountAnywhere failed logins for one user name from all addresses together, likewise; somebody who
 *     logged in from an address before is not made to wait there by what others do elsewhere
 * @param attemptsPerAddress failed logins from one address, whatever the user names, likewise
 * @param largestCamundaRequest largest body that the bundled web applications' programming interface takes
 * @param keptForms how long a form is kept that was sent after the session had ended; an hour to 30 days
 */
@Validated
@ConfigurationProperties("sterna.access")
record AccessSettings(
        @DefaultValue("10") @Positive int attemptsPerAccount,
        @DefaultValue("60") @Positive int attemptsPerAccountAnywhere,
        @DefaultValue("100") @Positive int attemptsPerAddress,
        @DefaultValue("1MB") @NotNull DataSize largestCamundaRequest,

        @DefaultValue("P3D") @DurationMin(hours = 1) @DurationMax(days = 30)
        Duration keptForms) {}
