package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.RandomLedger;
import org.sterna.register.NameWords;

/** What is found by the beginnings of words. */
class SearchTests {

    private static final Map<String, DataSource> DATABASES =
            Map.of("H2", Databases.h2(), "PostgreSQL", Databases.postgres());

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private JdbcClient jdbc;
    private Search search;

    private List<RandomLedger.Row> on(String database) {
        jdbc = JdbcClient.create(DATABASES.get(database));
        search = new Search(jdbc);
        for (String table : List.of("document_word", "document", "term_word", "term_of_office", "seat")) {
            jdbc.sql("delete from " + table).update();
        }
        return RandomLedger.fill(DATABASES.get(database), 7);
    }

    @ParameterizedTest
    @CsvSource({
        "swi, true",
        "SWI, true",
        "rep swi, true",
        "land, false",
        "swi xyz, false",
        "'', true",
        "SUIZA, false",
    })
    void eachWordBeginsAWord(String typed, boolean fits) {
        assertThat(Search.fits("CHE Switzerland (Report)", Search.words(typed))).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void findsPeopleInOfficeFirst(String database) {
        on(database);
        jdbc.sql("insert into seat (code, role, party_code) values ('nfp-CHE', 'NFP', 'CHE')")
                .update();
        person("Anna Muster-Keller", "anna@example.org", "2025-01-01", null);
        person("Anna Müller", "former@example.org", "2020-01-01", "2024-12-31");
        person("Joanna Other", "jo_anna@example.org", "2025-01-01", null);

        assertThat(search.people(Search.words("anna"), TODAY, 10))
                .extracting(Search.Person::name)
                .containsExactly("Anna Muster-Keller", "Joanna Other", "Anna Müller");
        assertThat(search.people(Search.words("kel ann"), TODAY, 10))
                .extracting(Search.Person::name, Search.Person::inOffice)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Anna Muster-Keller", true));
        assertThat(search.people(Search.words("former@"), TODAY, 10))
                .extracting(Search.Person::inOffice)
                .containsExactly(false);
        // neither is a sign for any letter
        assertThat(search.people(Search.words("%"), TODAY, 10)).isEmpty();
        assertThat(search.people(Search.words("a_na"), TODAY, 10)).isEmpty();
        // accents may be written or left out
        assertThat(search.people(Search.words("muller"), TODAY, 10))
                .isEqualTo(search.people(Search.words("MÜLLER"), TODAY, 10));
        assertThat(search.people(Search.words("muller"), TODAY, 10))
                .extracting(Search.Person::name)
                .containsExactly("Anna Müller");
    }

    private void person(String name, String email, String from, String to) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into term_of_office (id, seat_code, name, email, language, first_day, last_day, confirmed)"
                        + " values (:id, 'nfp-CHE', :name, :email, 'en', :from, :to, false)")
                .param("id", id)
                .param("name", name)
                .param("email", email)
                .param("from", LocalDate.parse(from))
                .param("to", to == null ? null : LocalDate.parse(to), java.sql.Types.DATE)
                .update();
        for (String word : NameWords.of(name + " " + email)) {
            jdbc.sql("insert into term_word (word, term_id) values (:word, :id)")
                    .param("word", NameWords.key(word))
                    .param("id", id)
                    .update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void findsObligationsOpenOnesFirst(String database) {
        List<Obligation> all =
                on(database).stream().map(RandomLedger.Row::obligation).toList();

        List<Search.Case> found = search.cases(Set.of("CHE", "FRA"), Set.of("first-duty"), null, 500);

        assertThat(found)
                .extracting(Search.Case::id)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(one -> Set.of("CHE", "FRA").contains(one.partyCode())
                                && one.duty().equals("first-duty"))
                        .map(Obligation::id)
                        .toList());
        assertThat(found.stream()
                        .map(one -> all.stream()
                                .filter(other -> other.id().equals(one.id()))
                                .anyMatch(other -> !other.state().open()))
                        .toList())
                .isSorted();
        assertThat(search.cases(Set.of("CHE"), Set.of("first-duty"), Set.of("round-1"), 500))
                .allMatch(one -> one.occasion().equals("round-1"));
        assertThat(search.cases(Set.of("CHE"), Set.of("first-duty"), Set.of(), 500))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void findsPapersByTheirNames(String database) {
        on(database);
        UUID id = paper("Lettre de nomination.pdf", "2026-01-01");
        UUID newer = paper("Léttres.pdf", "2026-02-01");

        assertThat(search.papers(Search.words("nomin lett"), List.of(), 10))
                .containsExactly(new Search.Paper(id, "Lettre de nomination.pdf", "CHE", null));
        assertThat(search.papers(Search.words("ettre"), List.of(), 10)).isEmpty();
        assertThat(search.papers(Search.words("let"), List.of(), 10))
                .extracting(Search.Paper::id)
                .containsExactly(newer, id);
        assertThat(search.papers(Search.words("let"), List.of(), 1))
                .extracting(Search.Paper::id)
                .containsExactly(newer);
    }

    /** Two common words, and one that few papers have beside one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void findsPapersByCommonWordsAsByRareOnes(String database) {
        on(database);
        List<UUID> common = papers("Alpha beta.pdf", 3100);
        List<UUID> rare = papers("Alpha gamma.pdf", 5);

        assertThat(found("bet alp")).containsExactlyInAnyOrderElementsOf(common);
        assertThat(found("alp gam")).containsExactlyInAnyOrderElementsOf(rare);
        assertThat(found("gam alp pdf")).containsExactlyInAnyOrderElementsOf(rare);
        assertThat(found("gam bet")).isEmpty();
        assertThat(found("gam delta")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void findsAsManyAsAreAskedForWhateverWasAskedForBefore(String database) {
        List<RandomLedger.Row> rows = on(database);
        List<UUID> papers = papers("Delta epsilon.pdf", 700).stream()
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        long cases = rows.stream()
                .filter(row -> row.obligation().partyCode().equals("CHE"))
                .count();
        Set<String> duties = Set.copyOf(RandomLedger.DUTIES);

        for (int most : List.of(8, 3, 100, 65, 700, 50, 1)) {
            assertThat(search.papers(Search.words("del"), List.of(), most))
                    .as("the newest %d", most)
                    .extracting(Search.Paper::id)
                    .isEqualTo(papers.subList(0, most));
            assertThat(search.papers(Search.words("eps del"), List.of("quiet-duty"), most))
                    .extracting(Search.Paper::id)
                    .isEqualTo(papers.subList(0, most));
            assertThat(search.cases(Set.of("CHE"), duties, null, most)).hasSize((int) Math.min(most, cases));
        }
    }

    private List<UUID> found(String typed) {
        return search.papers(Search.words(typed), List.of(), 5000).stream()
                .map(Search.Paper::id)
                .toList();
    }

    /** So many papers of one name, put in by few statements. */
    private List<UUID> papers(String name, int many) {
        UUID first = paper(name, "2026-01-01");
        List<UUID> all = new ArrayList<>(List.of(first));
        while (all.size() < many) {
            List<UUID> more = Stream.generate(UUID::randomUUID)
                    .limit(Math.min(500, many - all.size()))
                    .toList();
            String ids = more.stream()
                    .map("select cast('%s' as uuid) as id"::formatted)
                    .collect(Collectors.joining(" union all "));
            jdbc.sql("insert into document (id, party_code, task_id, slot, name, media_type, size_in_bytes, sha256,"
                            + " uploaded_by, uploaded_at) select more.id, party_code, task_id, slot, name, media_type,"
                            + " size_in_bytes, sha256, uploaded_by, uploaded_at from document, (" + ids
                            + ") more where document.id = :first")
                    .param("first", first)
                    .update();
            jdbc.sql("insert into document_word (word, uploaded_at, document_id) select word, uploaded_at, more.id"
                            + " from document_word, (" + ids + ") more where document_id = :first")
                    .param("first", first)
                    .update();
            all.addAll(more);
        }
        return all;
    }

    private UUID paper(String name, String day) {
        UUID id = UUID.randomUUID();
        OffsetDateTime at = LocalDate.parse(day).atStartOfDay().atOffset(ZoneOffset.UTC);
        jdbc.sql("insert into document (id, party_code, task_id, slot, name, media_type, size_in_bytes, sha256,"
                        + " uploaded_by, uploaded_at) values (:id, 'CHE', 'task', 'letter', :name,"
                        + " 'application/pdf', 1, 'x', 'che-nfp', :at)")
                .param("id", id)
                .param("name", name)
                .param("at", at)
                .update();
        for (String word : NameWords.of(name)) {
            jdbc.sql("insert into document_word (word, uploaded_at, document_id) values (:word, :at, :id)")
                    .param("word", NameWords.key(word))
                    .param("at", at)
                    .param("id", id)
                    .update();
        }
        return id;
    }
}
