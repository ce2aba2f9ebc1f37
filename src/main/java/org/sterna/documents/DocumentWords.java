package org.sterna.documents;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.register.NameWords;

/** Keeps the words by which documents are found. */
final class DocumentWords {

    private DocumentWords() {}

    /** A document whose words are not kept yet. */
    record Named(UUID id, String name, OffsetDateTime uploadedAt) {}

    static void keep(JdbcClient database, List<Named> documents) {
        List<Object> values = new ArrayList<>();
        for (Named document : documents) {
            for (String word : NameWords.of(document.name())) {
                values.addAll(List.of(NameWords.key(word), document.uploadedAt(), document.id()));
            }
        }
        if (!values.isEmpty()) {
            database.sql("insert into document_word (word, uploaded_at, document_id) values "
                            + String.join(", ", Collections.nCopies(values.size() / 3, "(?, ?, ?)")))
                    .params(values)
                    .update();
        }
    }
}
