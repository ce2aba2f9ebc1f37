package org.sterna.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.ListQueryParameterObject;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.util.BitMaskUtil;
import org.camunda.bpm.engine.query.NativeQuery;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The engine's reading and writing during one command, which can read several cases at once. The engine asks for the
 * executions, tasks, jobs and variables of each case by itself, one statement after the other; what was read before is
 * given to it once, and only until something is written.
 */
final class ReadAhead extends DbEntityManager {

    private static final String EXECUTIONS = "selectExecutionsByProcessInstanceId";
    private static final String TASKS = "selectTasksByExecutionId";
    private static final String JOBS = "selectJobsByExecutionId";
    private static final String VARIABLES = "selectVariablesByExecutionId";
    private static final String TASK_VARIABLES = "selectVariablesByTaskId";
    private static final String INCIDENTS = "selectIncidentsByConfiguration";

    /** By which value the engine asks where it asks by several. */
    private static final Map<String, String> VALUES =
            Map.of(VARIABLES, "executionId", TASK_VARIABLES, "taskId", INCIDENTS, "configuration");

    private final ProcessEngineConfigurationImpl engine;

    /** By the engine's name of the statement, and by the id that it asks for. */
    private final Map<String, Map<String, List<?>>> known = new HashMap<>();

    ReadAhead(ProcessEngineConfigurationImpl engine) {
        super(engine.getIdGenerator(), Context.getCommandContext().getSession(PersistenceSession.class));
        this.engine = engine;
    }

    /** The engine's own check, but that an entity is described only if it is refused, not whenever one is written. */
    @Override
    protected void validateId(DbEntity entity) {
        if (entity.getId() == null || entity.getId().equals(Authorization.ANY)) {
            super.validateId(entity);
        }
    }

    /** What reads and writes for that command. */
    static ReadAhead of(CommandContext command) {
        return (ReadAhead) command.getDbEntityManager();
    }

    /**
     * Reads those cases with all that runs in them, in a few statements however many they are. To be called before
     * anything in them is changed by the command.
     */
    void cases(Set<String> processInstanceIds) {
        if (processInstanceIds.isEmpty()) {
            return;
        }
        String[] ids = processInstanceIds.toArray(String[]::new);
        List<ExecutionEntity> executions = executions(processInstanceIds);
        List<TaskEntity> tasks = entities(
                TaskEntity.class,
                engine.getTaskService()
                        .createTaskQuery()
                        .processInstanceIdIn(ids)
                        .list());
        List<JobEntity> jobs = entities(
                JobEntity.class,
                engine.getManagementService()
                        .createJobQuery()
                        .processInstanceIds(processInstanceIds)
                        .list());
        List<VariableInstanceEntity> variables = entities(
                VariableInstanceEntity.class,
                engine.getRuntimeService()
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(ids)
                        .disableBinaryFetching()
                        .disableCustomObjectDeserialization()
                        .list());

        List<String> executionIds =
                executions.stream().map(ExecutionEntity::getId).toList();
        know(TASKS, executionIds, tasks, TaskEntity::getExecutionId);
        know(JOBS, executionIds, jobs, JobEntity::getExecutionId);
        know(
                VARIABLES,
                executionIds,
                variables,
                variable -> variable.getTaskId() == null ? variable.getExecutionId() : "");
        know(
                TASK_VARIABLES,
                tasks.stream().map(TaskEntity::getId).toList(),
                variables,
                variable -> variable.getTaskId() == null ? "" : variable.getTaskId());
        Set<String> sound = executions.stream()
                .filter(execution ->
                        !BitMaskUtil.isBitOn(execution.getCachedEntityStateRaw(), ExecutionEntity.INCIDENT_STATE_BIT))
                .map(ExecutionEntity::getId)
                .collect(Collectors.toSet());
        know(
                INCIDENTS,
                jobs.stream()
                        .filter(job -> sound.contains(job.getExecutionId()))
                        .map(JobEntity::getId)
                        .toList(),
                List.of(),
                incident -> "");
    }

    /** Reads no more of those cases than where they stand; else as {@link #cases}. */
    List<ExecutionEntity> executions(Set<String> processInstanceIds) {
        if (processInstanceIds.isEmpty()) {
            return List.of();
        }
        List<ExecutionEntity> executions = entities(
                ExecutionEntity.class,
                within(
                                engine.getRuntimeService().createNativeExecutionQuery(),
                                Execution.class,
                                "PROC_INST_ID_",
                                processInstanceIds)
                        .list());
        know(EXECUTIONS, processInstanceIds, executions, ExecutionEntity::getProcessInstanceId);
        return executions;
    }

    /** Tasks by their ids. */
    List<Task> tasks(Set<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : within(engine.getTaskService().createNativeTaskQuery(), Task.class, "ID_", ids)
                        .list();
    }

    /** Completed by the rows whose column has one of the values: the engine puts its own queries together slowly. */
    private <Q extends NativeQuery<Q, E>, E> Q within(Q query, Class<E> type, String column, Set<String> values) {
        List<String> names =
                IntStream.range(0, values.size()).mapToObj("value%d"::formatted).toList();
        Iterator<String> value = values.iterator();
        names.forEach(name -> query.parameter(name, value.next()));
        return query.sql("select * from %s where %s in (%s)"
                .formatted(
                        engine.getManagementService().getTableName(type),
                        column,
                        names.stream().map("#{%s}"::formatted).collect(Collectors.joining(", "))));
    }

    private static <T> List<T> entities(Class<T> type, List<?> found) {
        return found.stream().map(type::cast).toList();
    }

    /** Of some of the ids there may be none; that is known then. */
    private <T> void know(String statement, Collection<String> ids, List<T> found, Function<T, String> id) {
        Map<String, List<T>> byId = found.stream().collect(Collectors.groupingBy(id));
        Map<String, List<?>> answers = known.computeIfAbsent(statement, first -> new HashMap<>());
        ids.forEach(asked -> answers.put(asked, byId.getOrDefault(asked, List.of())));
    }

    @Override
    public List<?> selectListWithRawParameter(String statement, Object parameter, int firstResult, int maxResults) {
        List<?> answer = answer(statement, parameter);
        return answer == null
                ? super.selectListWithRawParameter(statement, parameter, firstResult, maxResults)
                // the engine adds to some of its lists
                : new ArrayList<>(answer);
    }

    private @Nullable List<?> answer(String statement, Object parameter) {
        Map<String, List<?>> answers = known.get(statement);
        if (answers == null || !(parameter instanceof ListQueryParameterObject asked)) {
            return null;
        }
        Object by = asked.getParameter();
        if (by instanceof Map<?, ?> values) {
            String name = VALUES.get(statement);
            return values.entrySet().stream().allMatch(value -> value.getKey().equals(name) || value.getValue() == null)
                    ? answers.remove(values.get(name))
                    : null;
        }
        return answers.remove(by);
    }

    @Override
    public void flush() {
        known.clear();
        super.flush();
    }
}
