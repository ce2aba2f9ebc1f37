package org.sterna.secretariat;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.database.RowLimit;
import org.sterna.register.NameWords;

/**
 * Finds people, obligations and papers by the beginnings of words, all by index; capital or small letters are the same,
 * and accents may be left out.
 */
@Component
class Search {

    /** Words that are looked for at once. */
    private static final int MOST_WORDS = 5;

    /** A word that so many papers have in their names is common. */
    private static final int COMMON = 3000;

    private final JdbcClient jdbc;

    Search(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody in the register. */
    record Person(
            String name,
            String email,
            String seatCode,
            @Nullable String partyCode,
            boolean inOffice) {}

    /** An obligation. */
    record Case(UUID id, String duty, String occasion, String partyCode) {}

    /** A paper, with the obligation it was sent for if that is known. */
    record Paper(
            UUID id,
            String name,
            String partyCode,
            @Nullable UUID obligationId) {}

    /** The words of what was typed. */
    static List<String> words(String typed) {
        return NameWords.of(typed).stream().limit(MOST_WORDS).toList();
    }

    /** Whether each word begins a word of the text. */
    static boolean fits(String text, List<String> words) {
        Set<String> all = NameWords.of(text);
        return words.stream().allMatch(word -> all.stream().anyMatch(one -> one.startsWith(word)));
    }

    /** People in whose name or address each word begins a word; those in office first. */
    List<Person> people(List<String> words, LocalDate today, int most) {
        if (words.isEmpty()) {
            return List.of();
        }
        return bind(
                        jdbc.sql("select t.name, t.email, t.seat_code, s.party_code,"
                                + " case when t.first_day <= :today and (t.last_day is null or t.last_day >= :today)"
                                + " then 1 else 0 end as in_office from term_of_office t"
                                + " join seat s on s.code = t.seat_code where t.id in ("
                                + found("select term_id from term_word", words)
                                + ") order by in_office desc, t.name, t.seat_code fetch first :most rows only"),
                        values(words))
                .param("today", today)
                .param("most", most)
                .query((row, number) -> new Person(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("seat_code"),
                        row.getString("party_code"),
                        row.getInt("in_office") == 1))
                .list();
    }

    /**
     * Obligations of those Parties, for those duties and occasions; open ones first, then the newest.
     *
     * @param occasions null for any
     */
    List<Case> cases(
            Collection<String> parties, Collection<String> duties, @Nullable Collection<String> occasions, int most) {
        if (parties.isEmpty() || duties.isEmpty() || occasions != null && occasions.isEmpty()) {
            return List.of();
        }
        Map<String, Object> values = new HashMap<>(Map.of("parties", parties, "duties", duties, "most", most));
        if (occasions != null) {
            values.put("occasions", occasions);
        }
        return bind(
                        jdbc.sql("select id, duty, occasion, party_code from obligation where party_code in (:parties)"
                                + " and duty in (:duties)"
                                + (occasions == null ? "" : " and occasion in (:occasions)")
                                + " order by case when closed_at is null then 0 else 1 end, opened_at desc, party_code,"
                                + " duty fetch first :most rows only"),
                        values)
                .query((row, number) -> new Case(
                        row.getObject("id", UUID.class),
                        row.getString("duty"),
                        row.getString("occasion"),
                        row.getString("party_code")))
                .list();
    }

    /**
     * Papers in whose name each word begins a word, the newest first; without those with which Parties answered duties
     * whose answers are national.
     *
     * @param national keys of these duties
     */
    List<Paper> papers(List<String> words, Collection<String> national, int most) {
        if (words.isEmpty()) {
            return List.of();
        }
        return bind(
                        jdbc.sql("select d.id, d.name, d.party_code, t.obligation_id from (select document_id from ("
                                + namedBy(words)
                                + ") every order by uploaded_at desc, document_id "
                                + RowLimit.firstAtLeast(national.isEmpty() ? most : 10L * most)
                                + ") newest"
                                + " join document d on d.id = newest.document_id"
                                + " left join obligation_task t on t.task_id = d.task_id"
                                + " left join obligation o on o.id = t.obligation_id"
                                + " where o.duty is null or o.duty not in (:national)"
                                + " or t.seat_code not like '%-' || o.party_code"
                                + " order by d.uploaded_at desc, d.id fetch first :most rows only"),
                        values(words))
                // no duty is called so; a list must not be empty
                .param("national", national.isEmpty() ? List.of("") : national)
                .param("most", most)
                .query((row, number) -> new Paper(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("party_code"),
                        row.getObject("obligation_id", UUID.class)))
                .list();
    }

    /**
     * Papers in whose name each word begins a word. Of a rare word they are looked through for the other words; of
     * common ones all papers are read, and those kept that each has.
     */
    private String namedBy(List<String> words) {
        String named = "select distinct document_id, uploaded_at from document_word";
        int rarest = words.size() == 1 ? -1 : rarest(words);
        return rarest < 0
                ? found(named, words)
                : named
                        + " named where word >= :from%d and word < :to%d".formatted(rarest, rarest)
                        + IntStream.range(0, words.size())
                                .filter(i -> i != rarest)
                                .mapToObj(
                                        (" and exists (select 1 from document_word also where also.document_id ="
                                                        + " named.document_id and also.word >= :from%1$d and also.word < :to%1$d)")
                                                ::formatted)
                                .collect(Collectors.joining());
    }

    /** Place of the word that the fewest papers have; -1 if all words are common. */
    private int rarest(List<String> words) {
        List<Integer> counts = bind(
                        jdbc.sql(IntStream.range(0, words.size())
                                .mapToObj(
                                        ("select %1$d as place, count(*) as papers from (select 1 as one from document_word"
                                                        + " where word >= :from%1$d and word < :to%1$d"
                                                        + " " + RowLimit.first(COMMON)
                                                        + ") some%1$d")::formatted)
                                .collect(Collectors.joining(
                                        " union all ", "select papers from (", ") counted order by place"))),
                        values(words))
                .query(Integer.class)
                .list();
        int fewest = Collections.min(counts);
        return fewest == COMMON ? -1 : counts.indexOf(fewest);
    }

    /** What is found by each of the words. */
    private static String found(String select, List<String> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> select + " where word >= :from" + i + " and word < :to" + i)
                .collect(Collectors.joining(" intersect "));
    }

    private static Map<String, Object> values(List<String> words) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            values.put("from" + i, NameWords.key(words.get(i)));
            values.put("to" + i, NameWords.behind(words.get(i)));
        }
        return values;
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Map<String, Object> values) {
        for (Map.Entry<String, Object> value : values.entrySet()) {
            statement = statement.param(value.getKey(), value.getValue());
        }
        return statement;
    }
}
