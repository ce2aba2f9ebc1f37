package org.sterna.register;

import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Takes down the words of those who were in the register before it kept them. */
@Component("V181__Words_of_terms")
class V181__Words_of_terms extends BaseJavaMigration {

    @Override
    public void migrate(Context context) {
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        List<TermWords.Named> terms = database.sql("select id, name, email from term_of_office")
                .query((row, number) -> new TermWords.Named(
                        row.getObject("id", UUID.class), row.getString("name"), row.getString("email")))
                .list();
        TermWords.keep(database, terms);
    }
}
