package org.sterna.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerEventJobHandler.TimerJobConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.TimerStartEventSubprocessJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.springframework.stereotype.Component;

/**
 * Fires the clock of a case. Stands in for the engine's own handler, which sets a repeating timer anew even when firing
 * it failed, by the cycle that it had before: a clock that failed once would next be looked at in ten years. Here the
 * next moment is set in the transaction that acts on this one, or not at all.
 */
@Component
class ReminderClock implements JobHandler<TimerJobConfiguration> {

    static final String TYPE = TimerStartEventSubprocessJobHandler.TYPE;

    /** By the job definition, which never changes; the engine would read it anew in every transaction. */
    private static final Map<String, String> ACTIVITIES = new ConcurrentHashMap<>();

    private final TimerStartEventSubprocessJobHandler engines = new TimerStartEventSubprocessJobHandler();

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public TimerJobConfiguration newConfiguration(String canonical) {
        return engines.newConfiguration(canonical);
    }

    @Override
    public void execute(
            TimerJobConfiguration configuration, ExecutionEntity execution, CommandContext command, String tenantId) {
        if (command.getCurrentJob() instanceof TimerEntity timer && timer.getRepeat() != null) {
            declarationOf(timer).createTimerInstance(execution);
        }
        engines.execute(configuration, execution, command, tenantId);
    }

    /** What the diagram says of a timer of a running case. */
    static TimerDeclarationImpl declarationOf(TimerEntity timer) {
        if (timer.getJobDefinitionId() != null) {
            timer.setActivityId(ACTIVITIES.computeIfAbsent(timer.getJobDefinitionId(), read -> timer.getActivityId()));
        }
        ActivityImpl event = timer.getExecution().getProcessDefinition().findActivity(timer.getActivityId());
        return TimerDeclarationImpl.getDeclarationsForScope(event.getEventScope())
                .get(timer.getActivityId());
    }

    @Override
    public void onDelete(TimerJobConfiguration configuration, JobEntity job) {
        // nothing is kept for it elsewhere
    }
}
