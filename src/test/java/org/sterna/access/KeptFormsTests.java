package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import org.sterna.Databases;
import org.sterna.time.MovableClock;

/** What is kept of forms that came after the session's end, for whom, and for how long. */
class KeptFormsTests {

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(Databases.h2());
        }
    }

    @Nested
    class OnPostgres extends Contract {
        OnPostgres() {
            super(Databases.postgres());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {

        private final JdbcClient database;
        private final MovableClock clock =
                new MovableClock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), Duration.ZERO);
        private final KeptForms forms;

        Contract(DataSource source) {
            database = JdbcClient.create(source);
            forms = new KeptForms(
                    database, clock, new AccessSettings(10, 60, 100, DataSize.ofMegabytes(1), Duration.ofDays(3)));
        }

        @BeforeEach
        void twoAccounts() {
            database.sql("delete from account").update();
            List.of("che-nfp", "fra-nfp").forEach(username -> database.sql(
                            "insert into account (username, display_name, email, language, password_hash, created_at)"
                                    + " values (:username, 'Name', 'name@example.org', 'en', 'x', :at)")
                    .param("username", username)
                    .param("at", OffsetDateTime.now(clock))
                    .update());
        }

        @Test
        void knowsWhosePageATokenStoodOn() {
            String token = UUID.randomUUID().toString();

            forms.remember(token, "che-nfp");

            assertThat(forms.owner(token)).contains("che-nfp");
            assertThat(forms.owner(UUID.randomUUID().toString())).isEmpty();
            assertThat(database.sql("select token_hash from page_token")
                            .query(String.class)
                            .list())
                    .doesNotContain(token);
        }

        @Test
        void givesAFormBackAsItWasSent() {
            byte[] large = new byte[1_200_000];
            large[1_100_000] = 7;
            UUID id = forms.keep(
                    "che-nfp",
                    new KeptForms.Sent(
                            "/desk/tasks/1",
                            "/desk/tasks/1?lang=fr",
                            Map.of("text", List.of("ñ ’ \n two"), "ticked", List.of("a", "b")),
                            List.of(
                                    new KeptForms.Paper("letter.file", "lettre.pdf", "application/pdf", large),
                                    new KeptForms.Paper("other.file", "huge.pdf", "application/pdf", null))));

            KeptForms.Sent sent = forms.find(id, "che-nfp").orElseThrow().sent();
            assertThat(sent.path()).isEqualTo("/desk/tasks/1");
            assertThat(sent.page()).isEqualTo("/desk/tasks/1?lang=fr");
            assertThat(sent.answers())
                    .containsOnly(Map.entry("text", List.of("ñ ’ \n two")), Map.entry("ticked", List.of("a", "b")));
            assertThat(sent.papers())
                    .extracting(KeptForms.Paper::name, paper -> paper.content() == null)
                    .containsExactly(tuple("lettre.pdf", false), tuple("huge.pdf", true));
            assertThat(forms.papers(id)).singleElement().satisfies(paper -> assertThat(paper.content())
                    .isEqualTo(large));
        }

        @Test
        void showsNothingToAnotherAccount() {
            UUID id = keep("che-nfp");

            assertThat(forms.find(id, "fra-nfp")).isEmpty();
            assertThat(forms.waiting("fra-nfp")).isEmpty();
            forms.drop(id, "fra-nfp");
            assertThat(forms.find(id, "che-nfp")).isPresent();
        }

        @Test
        void leadsToAFormUntilItWasShown() {
            UUID id = keep("che-nfp");
            assertThat(forms.waiting("che-nfp")).contains(id);

            forms.shown(id);

            assertThat(forms.waiting("che-nfp")).isEmpty();
            assertThat(forms.find(id, "che-nfp")).isPresent();
        }

        @Test
        void forgetsAFormThatWasSent() {
            UUID id = keep("che-nfp");

            forms.drop(id, "che-nfp");

            assertThat(forms.find(id, "che-nfp")).isEmpty();
            assertThat(count("kept_file") + count("kept_file_chunk")).isZero();
        }

        @Test
        void forgetsAFormAfterThreeDays() {
            UUID id = keep("che-nfp");

            clock.advance(Duration.ofDays(3));

            assertThat(forms.find(id, "che-nfp")).isEmpty();
            assertThat(forms.waiting("che-nfp")).isEmpty();
            forms.forget();
            assertThat(count("kept_form")).isZero();
        }

        @Test
        void forgetsWhosePageATokenStoodOnAfterThirtyDays() {
            String token = UUID.randomUUID().toString();
            forms.remember(token, "che-nfp");

            clock.advance(Duration.ofDays(30));

            assertThat(forms.owner(token)).isEmpty();
            forms.forget();
            assertThat(count("page_token")).isZero();
        }

        @Test
        void keepsFiveFormsOfAnAccountAtMost() {
            keep("fra-nfp");
            UUID first = keep("che-nfp");
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(1));
                keep("che-nfp");
            }

            assertThat(forms.find(first, "che-nfp")).isEmpty();
            assertThat(count("kept_form")).isEqualTo(6);
        }

        private UUID keep(String username) {
            return forms.keep(
                    username,
                    new KeptForms.Sent(
                            "/desk/absence",
                            "/desk/absence",
                            Map.of("from", List.of("2026-04-01")),
                            List.of(new KeptForms.Paper("a", "a.pdf", null, new byte[] {1}))));
        }

        private int count(String table) {
            return database.sql("select count(*) from " + table)
                    .query(Integer.class)
                    .single();
        }
    }
}
