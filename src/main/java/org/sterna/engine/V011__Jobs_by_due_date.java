package org.sterna.engine;

import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** Every open case has a timer: who looks for what is due must not have to read them all. */
@Component("V011__Jobs_by_due_date")
class V011__Jobs_by_due_date extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("create index act_ru_job_due on act_ru_job (duedate_)");
        }
    }
}
