package org.sterna.secretariat;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the page of operations watches.
 *
 * @param backupMarker file that the backup job touches after each backup that succeeded; null if there is none
 * @param backupAge how old the last backup may be before the page warns
 */
@ConfigurationProperties("sterna.operations")
record OperationsSettings(
        @Nullable Path backupMarker, @DefaultValue("26h") Duration backupAge) {}
