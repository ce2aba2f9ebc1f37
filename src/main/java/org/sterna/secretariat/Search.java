package org.sterna.secretariat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds people, obligations and papers by the beginnings of words; capital or small letters are the same. Obligations
 * are found by index, people and papers by reading their names.
 */
@Component
class Search {

    /** Words that are looked for at once. */
    private static final int MOST_WORDS = 5;

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

    /** The words of what was typed, in small letters. */
    static List<String> words(String typed) {
        return Arrays.stream(typed.toLowerCase(Locale.ROOT).replace("\0", "").split("[\\s,;/]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
    }

    /** Whether each word begins a word of the text. */
    static boolean fits(String text, List<String> words) {
        String small = " " + text.toLowerCase(Locale.ROOT).replaceAll("[\\s,;/·’'()-]+", " ");
        return words.stream().allMatch(word -> small.contains(" " + word.replaceAll("[’'()-]+", " ")));
    }

    /** People in whose name or address each word begins a word; those in office first. */
    List<Person> people(List<String> words, java.time.LocalDate today, int most) {
        Conditions like = new Conditions("lower(t.name)", "lower(t.email)", words);
        return bind(
                        jdbc.sql("select t.name, t.email, t.seat_code, s.party_code,"
                                + " case when t.first_day <= :today and (t.last_day is null or t.last_day >= :today)"
                                + " then 1 else 0 end as in_office from term_of_office t"
                                + " join seat s on s.code = t.seat_code where " + like.sql()
                                + " order by in_office desc, t.name, t.seat_code fetch first :most rows only"),
                        like.values())
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

    /** Papers in whose name each word begins a word; the newest first. */
    List<Paper> papers(List<String> words, int most) {
        Conditions like = new Conditions("lower(d.name)", "lower(d.name)", words);
        return bind(
                        jdbc.sql("select d.id, d.name, d.party_code, t.obligation_id from document d"
                                + " left join obligation_task t on t.task_id = d.task_id where " + like.sql()
                                + " order by d.uploaded_at desc, d.id fetch first :most rows only"),
                        like.values())
                .param("most", most)
                .query((row, number) -> new Paper(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("party_code"),
                        row.getObject("obligation_id", UUID.class)))
                .list();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Map<String, Object> values) {
        for (Map.Entry<String, Object> value : values.entrySet()) {
            statement = statement.param(value.getKey(), value.getValue());
        }
        return statement;
    }

    /** That each word begins a word of one column or the other begins with it. */
    private static final class Conditions {

        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        Conditions(String column, String other, List<String> words) {
            for (int i = 0; i < words.size(); i++) {
                String literal = words.get(i).replaceAll("([!%_])", "!$1");
                conditions.add(
                        "(%1$s like :w%3$d escape '!' or %1$s like :v%3$d escape '!' or %1$s like :u%3$d escape '!'"
                                        .formatted(column, other, i)
                                + " or %s like :w%d escape '!')".formatted(other, i));
                values.put("w" + i, literal + "%");
                values.put("v" + i, "% " + literal + "%");
                values.put("u" + i, "%-" + literal + "%");
            }
        }

        String sql() {
            return String.join(" and ", conditions);
        }

        Map<String, Object> values() {
            return values;
        }
    }
}
