package org.sterna.obligations;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcDrafts implements Drafts {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcDrafts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Draft> find(String taskId) {
        return jdbc.sql("select * from draft where task_id = :task")
                .param("task", taskId)
                .query(Rows::draft)
                .optional();
    }

    @Override
    public Map<String, Draft> findAll(Collection<String> taskIds) {
        return taskIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from draft where task_id in (:tasks)")
                        .param("tasks", Set.copyOf(taskIds))
                        .query(Rows::draft)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Draft::taskId, draft -> draft));
    }

    @Override
    public Draft save(String taskId, Map<String, Object> values, int seen, String username) {
        Draft draft = new Draft(
                taskId, Map.copyOf(values), seen + 1, username, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (!written(draft, seen)) {
            throw new Outdated(find(taskId).orElse(draft));
        }
        return draft;
    }

    private boolean written(Draft draft, int seen) {
        String sql = seen == 0
                ? "insert into draft (task_id, answers, version, saved_by, saved_at)"
                        + " values (:task, :answers, :version, :by, :at)"
                : "update draft set answers = :answers, version = :version, saved_by = :by, saved_at = :at"
                        + " where task_id = :task and version = :seen";
        try {
            return jdbc.sql(sql)
                            .param("task", draft.taskId())
                            .param("answers", Answers.write(draft.values()))
                            .param("version", draft.version())
                            .param("by", draft.savedBy())
                            .param("at", Rows.sql(draft.savedAt()))
                            .param("seen", seen)
                            .update()
                    == 1;
        } catch (DuplicateKeyException savedMeanwhile) {
            return false;
        }
    }
}
