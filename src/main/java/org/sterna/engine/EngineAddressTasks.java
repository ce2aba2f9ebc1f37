package org.sterna.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the engine's tables: its own queries would show a reader nothing but what the reader may see. */
@Component
class EngineAddressTasks implements AddressTasks {

    /** Name of the variable with the address, which is all that such a task knows. */
    static final String EMAIL = "email";

    /** Name of the message that withdraws such a task, and that every open one waits for. */
    static final String MENDED = "address-mended";

    private final JdbcClient database;

    EngineAddressTasks(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<String, String> addresses(Collection<String> taskIds) {
        Map<String, String> addresses = new HashMap<>();
        if (!taskIds.isEmpty()) {
            database.sql("""
                            select t.id_, v.text_ from act_ru_task t
                            join act_ru_variable v on v.execution_id_ = t.proc_inst_id_ and v.name_ = :email
                            where t.id_ in (:ids) and t.task_def_key_ = :step
                            """)
                    .param("ids", taskIds)
                    .param("step", MEND_ADDRESS)
                    .param("email", EMAIL)
                    .query(row -> {
                        addresses.put(row.getString(1), row.getString(2));
                    });
        }
        return addresses;
    }

    /** The addresses that a task is open for. */
    List<String> waiting() {
        return database.sql("""
                        select v.text_ from act_ru_event_subscr s
                        join act_ru_variable v on v.execution_id_ = s.proc_inst_id_ and v.name_ = :email
                        where s.event_name_ = :mended
                        """)
                .param("email", EMAIL)
                .param("mended", MENDED)
                .query(String.class)
                .list();
    }
}
