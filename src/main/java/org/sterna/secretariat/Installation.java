package org.sterna.secretariat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** What is installed here: database, last backup, versions. */
@Component
@EnableConfigurationProperties(OperationsSettings.class)
class Installation {

    /**
     * The database.
     *
     * @param product name and version
     * @param schema version of the newest migration
     * @param migratedAt when it was applied
     * @param millis how long it took to answer, in milliseconds
     * @param busy connections in use; null if unknown
     * @param most connections there may be; null if unknown
     */
    record Database(
            String product,
            String schema,
            @Nullable Instant migratedAt,
            long millis,
            @Nullable Integer busy,
            @Nullable Integer most) {}

    /**
     * The last backup.
     *
     * @param watched whether a marker is set
     * @param at when the backup job touched it last; null if it never did
     * @param old whether that is too long ago
     */
    record Backup(boolean watched, @Nullable Instant at, boolean old) {}

    private static final String UNKNOWN = "–";

    private final ObjectProvider<DataSource> sources;
    private final OperationsSettings settings;
    private final Clock clock;

    Installation(ObjectProvider<DataSource> sources, OperationsSettings settings, Clock clock) {
        this.sources = sources;
        this.settings = settings;
        this.clock = clock;
    }

    Database database() {
        record Migration(String version, @Nullable Instant at) {}
        DataSource source = sources.getIfAvailable();
        if (source == null) {
            return new Database(UNKNOWN, UNKNOWN, null, 0, null, null);
        }
        long begin = System.nanoTime();
        Migration newest = JdbcClient.create(source)
                .sql("select \"version\", \"installed_on\" from \"flyway_schema_history\""
                        + " where \"version\" is not null order by \"installed_rank\" desc fetch first 1 row only")
                .query((row, number) -> new Migration(
                        row.getString(1),
                        Optional.ofNullable(row.getObject(2, LocalDateTime.class))
                                .map(at -> at.toInstant(ZoneOffset.UTC))
                                .orElse(null)))
                .optional()
                .orElse(new Migration(UNKNOWN, null));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        HikariDataSource pool = pool(source);
        return new Database(
                product(source),
                newest.version(),
                newest.at(),
                millis,
                pool == null ? null : pool.getHikariPoolMXBean().getActiveConnections(),
                pool == null ? null : pool.getMaximumPoolSize());
    }

    private static @Nullable HikariDataSource pool(DataSource source) {
        try {
            HikariDataSource pool =
                    source.isWrapperFor(HikariDataSource.class) ? source.unwrap(HikariDataSource.class) : null;
            return pool == null || pool.getHikariPoolMXBean() == null ? null : pool;
        } catch (SQLException notOne) {
            return null;
        }
    }

    private static String product(DataSource source) {
        try {
            return JdbcUtils.extractDatabaseMetaData(
                    source, data -> data.getDatabaseProductName() + " " + data.getDatabaseProductVersion());
        } catch (MetaDataAccessException unknown) {
            return UNKNOWN;
        }
    }

    Backup backup() {
        Path marker = settings.backupMarker();
        if (marker == null) {
            return new Backup(false, null, true);
        }
        try {
            Instant at = Files.getLastModifiedTime(marker).toInstant();
            return new Backup(true, at, at.plus(settings.backupAge()).isBefore(clock.instant()));
        } catch (IOException never) {
            return new Backup(true, null, true);
        }
    }

    /** Version of this application; null where it was not built as an archive. */
    @Nullable
    String version() {
        return Installation.class.getPackage().getImplementationVersion();
    }

    String java() {
        return Runtime.version().toString();
    }

    String springBoot() {
        return SpringBootVersion.getVersion();
    }
}
