package org.sterna.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessInstanceWithVariablesImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.sterna.notices.Notices;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;

/**
 * Starts the cases of some obligations in one transaction, each up to its first steps. If one of them fails none is
 * started; the next attempt gives each a job of its own, so that the failure is one Party's and stops nobody else. What
 * fails alone too is only created, and the job with which its diagram begins then fails where Cockpit shows it.
 */
@Component
class StartCases implements JobHandler<StartCases.Batch> {

    /** How many start in one transaction: enough to share its cost, few enough to show progress and to be spread. */
    static final int AT_ONCE = 50;

    private static final String TYPE = "start-cases";

    private final ProcessEngineConfigurationImpl engine;
    private final Ledger ledger;
    private final Notices notices;
    private final LoadedSteps loaded;

    /** Lazy towards the engine, whose handler it is. */
    StartCases(@Lazy ProcessEngineConfigurationImpl engine, Ledger ledger, Notices notices, LoadedSteps loaded) {
        this.engine = engine;
        this.ledger = ledger;
        this.notices = notices;
        this.loaded = loaded;
    }

    /**
     * Obligations of one duty for one occasion.
     *
     * @param parties who owes it, by the obligation's id
     */
    record Batch(String duty, String occasion, Map<UUID, String> parties) implements JobHandlerConfiguration {

        @Override
        public String toCanonicalString() {
            return duty + "/" + occasion + "/"
                    + parties.entrySet().stream()
                            .map(owed -> owed.getValue() + "=" + owed.getKey())
                            .collect(Collectors.joining(","));
        }

        static Batch parse(String canonical) {
            String[] parts = canonical.split("/", 3);
            Map<UUID, String> parties = new LinkedHashMap<>();
            Arrays.stream(parts[2].split(","))
                    .map(owed -> owed.split("=", 2))
                    .forEach(owed -> parties.put(UUID.fromString(owed[1]), owed[0]));
            return new Batch(parts[0], parts[1], parties);
        }

        /** The part of it that those obligations are. */
        Batch of(List<UUID> some) {
            Map<UUID, String> theirs = new LinkedHashMap<>(parties);
            theirs.keySet().retainAll(some);
            return new Batch(duty, occasion, theirs);
        }

        String businessKey(UUID obligationId) {
            return duty + "/" + occasion + "/" + parties.get(obligationId);
        }
    }

    /** Has the cases of the obligations started soon, by whichever node is free; in the running command. */
    void soon(List<Obligation> obligations) {
        Obligation first = obligations.get(0);
        // a duty without its diagram is known at once, not when nobody looks
        diagram(first.duty());
        for (int from = 0; from < obligations.size(); from += AT_ONCE) {
            Map<UUID, String> parties = new LinkedHashMap<>();
            obligations
                    .subList(from, Math.min(from + AT_ONCE, obligations.size()))
                    .forEach(obligation -> parties.put(obligation.id(), obligation.partyCode()));
            send(new Batch(first.duty(), first.occasion(), parties));
        }
    }

    private static void send(Batch batch) {
        MessageEntity job = new MessageEntity();
        job.setJobHandlerType(TYPE);
        job.setJobHandlerConfiguration(batch);
        // exclusive ones that belong to no case yet would wait for each other in one thread
        job.setExclusive(false);
        job.setDuedate(ClockUtil.getCurrentTime());
        Context.getCommandContext().getJobManager().send(job);
    }

    /** The Party whose case alone the job is to start, if it is such a job for that duty and occasion. */
    static Optional<String> startsOnly(Job job, String duty, String occasion) {
        if (!(job instanceof JobEntity entity) || !TYPE.equals(entity.getJobHandlerType())) {
            return Optional.empty();
        }
        Batch batch = Batch.parse(entity.getJobHandlerConfigurationRaw());
        return batch.duty().equals(duty)
                        && batch.occasion().equals(occasion)
                        && batch.parties().size() == 1
                ? batch.parties().values().stream().findFirst()
                : Optional.empty();
    }

    /** The obligations whose cases the job is to start; none if it is another job. */
    static Set<UUID> starts(Job job) {
        return job instanceof JobEntity entity && TYPE.equals(entity.getJobHandlerType())
                ? Batch.parse(entity.getJobHandlerConfigurationRaw()).parties().keySet()
                : Set.of();
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public Batch newConfiguration(String canonical) {
        return Batch.parse(canonical);
    }

    @Override
    public void execute(
            Batch batch, @Nullable ExecutionEntity none, CommandContext command, @Nullable String tenantId) {
        // what ended while it waited to be started, for example by an exemption, needs no case
        List<UUID> waiting = ledger.lock(batch.parties().keySet()).stream()
                .filter(obligation -> obligation.state() == Obligation.State.OPENING)
                .map(Obligation::id)
                .toList();
        boolean failedBefore = failedBefore(command);
        if (failedBefore && batch.parties().size() > 1) {
            waiting.forEach(id -> send(batch.of(List.of(id))));
            return;
        }
        String diagram = diagram(batch.duty());
        if (failedBefore) {
            waiting.forEach(id -> create(diagram, batch, id));
            return;
        }
        // the ledger says who opened them; no user did what the engine's log of users' acts would repeat for each
        Together together = Together.starting(
                waiting,
                () -> command.executeWithOperationLogPrevented(within -> {
                    waiting.forEach(id -> begin(create(diagram, batch, id)));
                    return null;
                }));
        notices.issue(together.requests());
        ledger.started(together.starts());
        loaded.cameUp(together.starts().stream()
                .flatMap(start -> start.tasks().stream())
                .toList());
    }

    /** Id of the newest diagram of the duty. */
    private String diagram(String duty) {
        return engine.getDeploymentCache()
                .findDeployedLatestProcessDefinitionByKey(duty)
                .getId();
    }

    private boolean failedBefore(CommandContext command) {
        JobEntity job = command.getCurrentJob();
        return job != null && job.getRetries() < engine.getDefaultNumberOfRetries();
    }

    private ExecutionEntity create(String diagram, Batch batch, UUID obligationId) {
        return ((ProcessInstanceWithVariablesImpl) engine.getRuntimeService()
                        .createProcessInstanceById(diagram)
                        .businessKey(batch.businessKey(obligationId))
                        .setVariables(PartyTenant.of(batch.parties().get(obligationId)))
                        .execute())
                .getExecutionEntity();
    }

    /** Does the job with which a diagram begins, before it is ever written. */
    private void begin(ExecutionEntity created) {
        for (JobEntity job : List.copyOf(created.getJobs())) {
            if (job instanceof MessageEntity) {
                engine.getCommandExecutorTxRequired().execute(command -> {
                    engine.getJobHandlers()
                            .get(job.getJobHandlerType())
                            .execute(job.getJobHandlerConfiguration(), created, command, created.getTenantId());
                    created.removeJob(job);
                    command.getDbEntityManager().delete(job);
                    return null;
                });
            }
        }
    }

    @Override
    public void onDelete(Batch batch, JobEntity job) {
        // nothing is kept for it elsewhere
    }
}
