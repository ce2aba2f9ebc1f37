package org.sterna.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.sterna.sources.CaseVariables;

/** Reads variables by the engine's own means, also while it completes the task. */
@Component
class EngineVariables implements CaseVariables {

    /** The engine is there later than what stands before its commands. */
    private final ObjectProvider<ProcessEngine> engine;

    EngineVariables(ObjectProvider<ProcessEngine> engine) {
        this.engine = engine;
    }

    @Override
    public Map<String, Object> find(String taskId, Set<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration();
        return configuration.getCommandExecutorTxRequired().execute(new ReadVariables(taskId, names));
    }

    /** The variables of a task's instance; values of other than simple types are passed over unread. */
    private record ReadVariables(String taskId, Set<String> names) implements Command<Map<String, Object>> {

        @Override
        public Map<String, Object> execute(CommandContext context) {
            TaskEntity task = context.getTaskManager().findTaskById(taskId);
            return task == null ? Map.of() : context.runWithoutAuthorization(() -> read(task, context));
        }

        private Map<String, Object> read(TaskEntity task, CommandContext context) {
            Map<String, Object> found = new HashMap<>();
            for (VariableInstance variable : context.getProcessEngineConfiguration()
                    .getRuntimeService()
                    .createVariableInstanceQuery()
                    .processInstanceIdIn(task.getProcessInstanceId())
                    .variableNameIn(names.toArray(String[]::new))
                    .disableBinaryFetching()
                    .disableCustomObjectDeserialization()
                    .list()) {
                Object value = variable.getValue();
                boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
                if (simple && variable.getExecutionId().equals(task.getProcessInstanceId())) {
                    found.put(variable.getName(), value);
                }
            }
            return found;
        }
    }
}
