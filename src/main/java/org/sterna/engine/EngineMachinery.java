package org.sterna.engine;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class EngineMachinery implements Machinery {

    /** How often an act is tried again after somebody asked for it. */
    private static final int RETRIES = 3;

    private final ManagementService management;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final ElementNames names;

    EngineMachinery(
            ManagementService management, RuntimeService runtime, RepositoryService repository, ElementNames names) {
        this.management = management;
        this.runtime = runtime;
        this.repository = repository;
        this.names = names;
    }

    @Override
    public List<Fault> faults(int most, Locale reader) {
        List<Job> failed = management
                .createJobQuery()
                .withException()
                .orderByJobRetries()
                .asc()
                .orderByJobDuedate()
                .asc()
                .listPage(0, most);
        if (failed.isEmpty()) {
            return List.of();
        }
        Set<String> caseIds = failed.stream()
                .map(Job::getProcessInstanceId)
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        Map<String, String> keys = caseIds.isEmpty()
                ? Map.of()
                : runtime.createProcessInstanceQuery().processInstanceIds(caseIds).list().stream()
                        .filter(running -> running.getBusinessKey() != null)
                        .collect(Collectors.toMap(ProcessInstance::getId, ProcessInstance::getBusinessKey));
        return failed.stream().map(job -> fault(job, keys, reader)).toList();
    }

    private Fault fault(Job job, Map<String, String> keys, Locale reader) {
        ElementNames.Name act = job.getFailedActivityId() == null || job.getProcessDefinitionId() == null
                ? new ElementNames.Name("", true)
                : names.of(
                        repository.getBpmnModelInstance(job.getProcessDefinitionId()),
                        job.getFailedActivityId(),
                        job.getProcessDefinitionKey(),
                        reader);
        boolean stopped = job.getRetries() == 0;
        return new Fault(
                job.getId(),
                job.getProcessInstanceId() == null ? null : keys.get(job.getProcessInstanceId()),
                act.text(),
                act.translated(),
                stopped,
                stopped || job.getDuedate() == null ? null : job.getDuedate().toInstant(),
                job.getExceptionMessage());
    }

    @Override
    public long stopped() {
        return runtime.createIncidentQuery().incidentType(Incident.FAILED_JOB_HANDLER_TYPE).list().stream()
                // an incident is repeated for every case that called the one it is of
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
                .count();
    }

    @Override
    @Transactional
    public int retry(Collection<String> ids) {
        int tried = 0;
        for (String id : Set.copyOf(ids)) {
            Job job = management.createJobQuery().jobId(id).withException().singleResult();
            if (job != null) {
                try {
                    management.setJobRetries(id, RETRIES);
                    // no date: at once
                    management.setJobDuedate(id, null);
                    tried++;
                } catch (NullValueException doneMeanwhile) {
                    // which is all that was wanted
                }
            }
        }
        return tried;
    }

    @Override
    public String version() {
        // the engine's own constant is a code name
        String version = ProcessEngine.class.getPackage().getImplementationVersion();
        return version == null ? ProcessEngine.VERSION : version;
    }
}
