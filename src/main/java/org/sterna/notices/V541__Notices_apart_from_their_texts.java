package org.sterna.notices;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Has PostgreSQL keep the long texts of new notices apart from what changes while they are sent: it writes a row anew
 * with every change, and would copy the texts each time. H2 needs no telling.
 */
@Component("V541__Notices_apart_from_their_texts")
class V541__Notices_apart_from_their_texts extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter table notice set (toast_tuple_target = 128, fillfactor = 85)");
            }
        }
    }
}
