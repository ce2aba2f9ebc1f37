package org.sterna.documents;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Takes down the words of the documents that were kept before their words were. */
@Component("V281__Words_of_documents")
class V281__Words_of_documents extends BaseJavaMigration {

    private static final int AT_ONCE = 100;

    @Override
    public void migrate(Context context) {
        JdbcTemplate reading = new JdbcTemplate(new SingleConnectionDataSource(context.getConnection(), true));
        reading.setFetchSize(AT_ONCE);
        JdbcClient writing = JdbcClient.create(reading);
        List<DocumentWords.Named> some = new ArrayList<>();
        RowCallbackHandler each = row -> {
            some.add(new DocumentWords.Named(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getObject("uploaded_at", OffsetDateTime.class)));
            if (some.size() == AT_ONCE) {
                DocumentWords.keep(writing, some);
                some.clear();
            }
        };
        reading.query("select id, name, uploaded_at from document", each);
        DocumentWords.keep(writing, some);
    }
}
