package org.sterna.engine;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/**
 * Tells readers the names of tasks in their language, with the duty that they belong to; the engine knows one name
 * only, the diagram's. Works on what is read out to a user, after the command and its transaction are over.
 */
@Component
class TaskNames {

    private static final String ADDRESS_STEP = AddressTasks.CORRECT_ADDRESS + "." + AddressTasks.MEND_ADDRESS + ".name";

    private final Words words;
    private final Obligations obligations;
    private final AddressTasks addressTasks;

    TaskNames(Words words, Obligations obligations, AddressTasks addressTasks) {
        this.words = words;
        this.obligations = obligations;
        this.addressTasks = addressTasks;
    }

    CommandInterceptor interceptor(ProcessEngineConfigurationImpl engine) {
        return new Interceptor(engine);
    }

    private final class Interceptor extends CommandInterceptor {

        private final ProcessEngineConfigurationImpl engine;

        Interceptor(ProcessEngineConfigurationImpl engine) {
            this.engine = engine;
        }

        @Override
        public <T> T execute(Command<T> command) {
            T result = next.execute(command);
            Authentication user = engine.getIdentityService().getCurrentAuthentication();
            if (user != null && user.getUserId() != null && Context.getCommandContext() == null) {
                List<?> read = result instanceof List<?> several ? several : Collections.singletonList(result);
                translate(read.stream()
                        .filter(TaskEntity.class::isInstance)
                        .map(TaskEntity.class::cast)
                        .toList());
            }
            return result;
        }
    }

    private void translate(List<TaskEntity> tasks) {
        Map<String, OpenTask> open =
                obligations.findTasks(tasks.stream().map(TaskEntity::getId).toList());
        Locale reader = LocaleContextHolder.getLocale();
        tasks.stream()
                .filter(task -> open.containsKey(task.getId()))
                .forEach(task -> translate(task, open.get(task.getId()), reader));
        // without cascade: for the reader's eyes, not for the engine's tables
        Map<String, String> addresses = addressTasks.addresses(tasks.stream()
                .filter(task -> AddressTasks.MEND_ADDRESS.equals(task.getTaskDefinitionKey()))
                .map(TaskEntity::getId)
                .toList());
        tasks.stream()
                .filter(task -> addresses.containsKey(task.getId()))
                .forEach(task -> task.setNameWithoutCascade(
                        words.text(ADDRESS_STEP, reader) + " – " + addresses.get(task.getId())));
    }

    private void translate(TaskEntity task, OpenTask open, Locale reader) {
        String step = open.duty() + "." + open.step() + ".name";
        String title = open.duty() + ".title";
        if (words.has(step)) {
            String name = words.text(step, reader);
            // without cascade: for the reader's eyes, not for the engine's tables
            task.setNameWithoutCascade(words.has(title) ? name + " – " + words.text(title, reader) : name);
        }
    }
}
