package org.sterna.register;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the words by which people are found. */
final class TermWords {

    private static final int AT_ONCE = 100;

    private TermWords() {}

    /** A term of office as it is now. */
    record Named(UUID id, String name, String email) {}

    /** Keeps the words of those terms, in place of those they had. */
    static void keep(JdbcClient database, List<Named> terms) {
        for (int from = 0; from < terms.size(); from += AT_ONCE) {
            List<Named> some = terms.subList(from, Math.min(from + AT_ONCE, terms.size()));
            database.sql("delete from term_word where term_id in (:ids)")
                    .param("ids", some.stream().map(Named::id).toList())
                    .update();
            List<Object> values = new ArrayList<>();
            for (Named term : some) {
                for (String word : NameWords.of(term.name() + " " + term.email())) {
                    values.add(NameWords.key(word));
                    values.add(term.id());
                }
            }
            if (!values.isEmpty()) {
                database.sql("insert into term_word (word, term_id) values "
                                + String.join(", ", Collections.nCopies(values.size() / 2, "(?, ?)")))
                        .params(values)
                        .update();
            }
        }
    }
}
