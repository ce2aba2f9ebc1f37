package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.only;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/** How Tasklist's lists get the names of tasks. */
class TaskNamesTests {

    private final Words words = mock(Words.class);
    private final Obligations obligations = mock(Obligations.class);
    private final ProcessEngineConfigurationImpl engine = mock(ProcessEngineConfigurationImpl.class);
    private final CommandInterceptor names = new TaskNames(words, obligations, asked -> Map.of()).interceptor(engine);

    @BeforeEach
    void somebodyReads() {
        IdentityService identity = mock(IdentityService.class);
        given(engine.getIdentityService()).willReturn(identity);
        given(identity.getCurrentAuthentication()).willReturn(new Authentication("che-nfp", List.of()));
        given(words.has("some-duty.some-step.name")).willReturn(true);
        given(words.text(anyString(), any())).willReturn("Do it");
        names.setNext(new CommandInterceptor() {
            @Override
            public <T> T execute(Command<T> command) {
                return command.execute(null);
            }
        });
    }

    @Test
    void asksTheLedgerOnceForAllTasksOfAList() {
        given(obligations.findTasks(List.of("t-1", "t-2", "t-3")))
                .willReturn(Map.of("t-1", open("t-1"), "t-3", open("t-3")));
        List<TaskEntity> list = List.of(read("t-1"), read("t-2"), read("t-3"));

        assertThat(names.<List<TaskEntity>>execute(context -> list))
                .extracting(TaskEntity::getName)
                .containsExactly("Do it", "as in the diagram", "Do it");
        then(obligations).should(only()).findTasks(any());
    }

    private static TaskEntity read(String id) {
        TaskEntity task = new TaskEntity(id);
        task.setNameWithoutCascade("as in the diagram");
        return task;
    }

    private static OpenTask open(String id) {
        return new OpenTask(
                id,
                UUID.randomUUID(),
                "some-duty",
                "some-step",
                "nfp-CHE",
                Instant.parse("2026-11-24T10:00:00Z"),
                null);
    }
}
