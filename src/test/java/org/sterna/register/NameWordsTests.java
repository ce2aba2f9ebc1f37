package org.sterna.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;

/** How names become words, and that those of older rows are taken down. */
class NameWordsTests {

    private static final Map<String, DataSource> DATABASES =
            Map.of("H2", Databases.h2(), "PostgreSQL", Databases.postgres());

    @ParameterizedTest
    @CsvSource({
        "Anna MÜLLER-Keller, anna muller keller",
        "Côte d’Ivoire, cote d ivoire",
        "Søren Łukasz Weiß, soren lukasz weiss",
        "che-nfp@example.org, che nfp example org",
        "Иван Петров, иван петров",
        "to be or not to be, to be or not",
        "§ % _, ''",
    })
    void areFoldedAndDifferent(String text, String words) {
        assertThat(String.join(" ", NameWords.of(text))).isEqualTo(words);
    }

    @Test
    void sortBetweenTheirBeginningAndWhatIsBehindIt() {
        for (String word : List.of("swi", "switzerland", "swi\uffff")) {
            assertThat(Arrays.compareUnsigned(NameWords.key(word), NameWords.key("swi")))
                    .isNotNegative();
            assertThat(Arrays.compareUnsigned(NameWords.key(word), NameWords.behind("swi")))
                    .isNegative();
        }
        for (String word : List.of("sw", "swh", "swj")) {
            assertThat(Arrays.compareUnsigned(NameWords.key(word), NameWords.key("swi")) >= 0
                            && Arrays.compareUnsigned(NameWords.key(word), NameWords.behind("swi")) < 0)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void ofOlderTermsAreTakenDown(String database) throws Exception {
        DataSource source = DATABASES.get(database);
        JdbcClient jdbc = JdbcClient.create(source);
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into seat (code, role) values ('secretariat', 'SECRETARIAT')")
                .update();
        jdbc.sql("insert into term_of_office (id, seat_code, name, email, language, first_day, confirmed)"
                        + " values (:id, 'secretariat', 'Zoë Älter', 'zoe@example.org', 'en', date '2020-01-01', true)")
                .param("id", id)
                .update();

        try (Connection connection = source.getConnection()) {
            new V181__Words_of_terms().migrate(new Migrating(connection));
        }

        assertThat(jdbc.sql("select word from term_word where term_id = :id")
                        .param("id", id)
                        .query(byte[].class)
                        .list())
                .containsExactlyInAnyOrder(
                        NameWords.key("zoe"), NameWords.key("alter"), NameWords.key("example"), NameWords.key("org"));
    }

    private record Migrating(Connection connection) implements Context {

        @Override
        public Configuration getConfiguration() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection getConnection() {
            return connection;
        }
    }
}
