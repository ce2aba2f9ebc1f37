package org.sterna.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The pool of the application over an H2 database whose disk fills up and has space again. */
class ClosedDatabaseTests {

    @TempDir
    Path folder;

    private HikariDataSource pool;
    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private final List<Integer> acknowledged = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        FilePath.register(new FullDisk());
        StandardEnvironment settings = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .forEach(settings.getPropertySources()::addLast);
        HikariConfig config = Binder.get(settings)
                .bind("spring.datasource.hikari", Bindable.ofInstance(new HikariConfig()))
                .get();
        config.setJdbcUrl(settings.getRequiredProperty("spring.datasource.url")
                .replace("jdbc:h2:file:./data/sterna", "jdbc:h2:full:" + folder.resolve("sterna")));
        config.setUsername("sa");
        pool = new HikariDataSource(config);
        jdbc = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        jdbc.sql("create table paper (number integer primary key, content varchar)")
                .update();
    }

    @AfterEach
    void close() {
        FullDisk.full(false);
        pool.close();
    }

    /** Writes in a transaction; whether that was acknowledged. */
    private boolean write(int number) {
        try {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("insert into paper (number, content) values (:number, :content)")
                            .param("number", number)
                            .param("content", "x".repeat(3000))
                            .update());
            acknowledged.add(number);
            return true;
        } catch (DataAccessException | TransactionException refused) {
            assertThat(WriteFailures.cause(refused)).as("says why: %s", refused).isTrue();
            return false;
        }
    }

    private List<Integer> kept() {
        return jdbc.sql("select number from paper order by number")
                .query(Integer.class)
                .list();
    }

    @Test
    void goesOnWithoutARestartOnceThereIsSpaceAndKeepsAllThatWasAcknowledged() {
        for (int round = 0; round < 5; round++) {
            int first = 1000 * round;
            assertThat(IntStream.range(first, first + 20).filter(this::write)).hasSize(20);

            FullDisk.full(true);
            assertThat(IntStream.range(first + 20, first + 80).filter(this::write))
                    .isEmpty();
            FullDisk.full(false);

            // a connection that was just used is not tried before it is given
            IntStream.range(first + 80, first + 80 + pool.getMaximumPoolSize()).forEach(this::write);
            assertThat(IntStream.range(first + 200, first + 220).filter(this::write))
                    .hasSize(20);
            assertThat(kept()).isEqualTo(acknowledged);
        }
    }

    @Test
    void canBeReadWhileTheDiskIsFull() {
        write(1);
        FullDisk.full(true);
        for (int i = 2; i < 40; i++) {
            write(i);
        }
        assertThat(write(41)).isFalse();
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
            try {
                kept();
            } catch (DataAccessException closed) {
                // the connection is replaced
                assertThat(closed).hasRootCauseInstanceOf(Exception.class);
            }
        }

        assertThat(kept()).containsExactly(1);
    }

    @Test
    void isUnwellWhileNothingCanBeWritten() {
        write(1);
        FullDisk.full(true);
        for (int i = 2; i < 40; i++) {
            write(i);
        }

        assertThat(new WriteFailuresHealthIndicator().health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(WriteFailures.within(Duration.ofNanos(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"50000, HY000, true", "90098, 90098, true", "0, 53100, true", "23505, 23505, false"})
    void knowsFailuresOfWritingFromOthers(int code, String state, boolean expected) {
        assertThat(WriteFailures.cause(new IllegalStateException(new SQLException("refused", state, code))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "90098, 90098, MUST_EVICT",
        "50000, HY000, MUST_EVICT",
        "23505, 23505, CONTINUE_EVICT",
        "0, 53100, CONTINUE_EVICT",
    })
    void givesUpOnlyWhatLeadsNowhere(int code, String state, SQLExceptionOverride.Override expected) {
        assertThat(new ClosedDatabase().adjudicate(new SQLException("refused", state, code)))
                .isEqualTo(expected);
    }
}
