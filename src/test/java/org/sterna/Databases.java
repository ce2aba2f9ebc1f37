package org.sterna;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Databases for tests: every call gives a fresh one of its own, with all migrations applied. PostgreSQL is started once
 * for all tests of a JVM and ends with it.
 */
public final class Databases {

    private Databases() {}

    /**
     * A fresh, migrated H2 database in memory. Its connections are kept and remember the statements that they have run,
     * as the application's do: what a statement answers when it is run again is then seen by every test.
     */
    public static DataSource h2() {
        HikariDataSource database =
                pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256", "sa");
        migrate(database);
        return database;
    }

    /** A fresh, migrated PostgreSQL database, with connections that are kept likewise. */
    public static DataSource postgres() {
        return pool(Postgres.create("template_sterna"), "postgres");
    }

    private static HikariDataSource pool(String url, String user) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setMaximumPoolSize(20);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return new HikariDataSource(pool);
    }

    /** The JDBC address of a fresh, empty PostgreSQL database for user {@code postgres} without password. */
    public static String emptyPostgresUrl() {
        return Postgres.create("template0");
    }

    /** The JDBC address of a PostgreSQL database that is kept in the folder, empty at first; for the same user. */
    public static String keptPostgresUrl(Path folder) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh H2 database in memory with the migrations up to that version only. */
    public static DataSource h2Until(String version) {
        DataSource database =
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
        return database;
    }

    /** Applies the migrations that a database lacks. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** The one server; its template is migrated once and copied for every test. */
    private static final class Postgres {

        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
                admin(server).execute("create database template_sterna");
                migrate(new DriverManagerDataSource(server.getJdbcUrl("postgres", "template_sterna"), "postgres", ""));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JdbcTemplate admin(EmbeddedPostgres server) {
            return new JdbcTemplate(server.getPostgresDatabase());
        }

        static synchronized String create(String template) {
            String name = "test_" + UUID.randomUUID().toString().replace("-", "");
            admin(SERVER).execute("create database " + name + " template " + template);
            return SERVER.getJdbcUrl("postgres", name);
        }
    }
}
