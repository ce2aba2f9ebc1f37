package org.sterna.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.CampaignCases;
import org.sterna.duties.Duties;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** Lazy towards the engine, whose vocabulary speaks of campaigns. */
@Component
class EngineCampaignCases implements CampaignCases {

    /** The word with which a diagram sends its first notice: to whom, and perhaps who gets a copy. */
    private static final Pattern ANNOUNCES = Pattern.compile(
            "\\$\\{\\s*sendNotice\\.of\\(\\s*execution\\s*,\\s*'opened'\\s*,\\s*'([^']*)'(?:\\s*,\\s*'([^']*)')?\\s*\\)\\s*}");

    /** More than an occasion has cases. */
    private static final int MOST = 1000;

    /** How often an act is tried again after somebody asked for it. */
    private static final int RETRIES = 3;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final Obligations obligations;
    private final Duties duties;
    private final Cases cases;

    EngineCampaignCases(
            @Lazy RepositoryService repository,
            @Lazy RuntimeService runtime,
            @Lazy ManagementService management,
            Obligations obligations,
            Duties duties,
            @Lazy Cases cases) {
        this.repository = repository;
        this.runtime = runtime;
        this.management = management;
        this.obligations = obligations;
        this.duties = duties;
        this.cases = cases;
    }

    @Override
    public Announcement announcement(String duty) {
        ProcessDefinition diagram = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(duty)
                .latestVersion()
                .singleResult();
        return repository.getBpmnModelInstance(diagram.getId()).getModelElementsByType(ServiceTask.class).stream()
                .map(ServiceTask::getCamundaExpression)
                .filter(expression -> expression != null)
                .map(ANNOUNCES::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(said -> new Announcement(roles(said.group(1)), roles(said.group(2))))
                .orElseGet(() -> new Announcement(List.of(duties.get(duty).holder()), List.of()));
    }

    private static List<String> roles(@Nullable String separatedByCommas) {
        return separatedByCommas == null
                ? List.of()
                : Arrays.stream(separatedByCommas.split(","))
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .toList();
    }

    @Override
    public List<Failure> failures(String duty, String occasion) {
        Map<Job, String> failed = failed(duty, occasion);
        if (failed.isEmpty()) {
            return List.of();
        }
        Set<String> notStarted = obligations
                .list(new Obligations.Filter(duty, null, occasion, Set.of(Obligation.State.OPENING), false), 0, 500)
                .items()
                .stream()
                .map(Obligation::partyCode)
                .collect(Collectors.toSet());
        return failed.entrySet().stream()
                .map(job -> failure(job.getKey(), job.getValue(), notStarted))
                .sorted(Comparator.comparing(Failure::partyCode))
                .toList();
    }

    private static Failure failure(Job job, String party, Set<String> notStarted) {
        return new Failure(
                party,
                notStarted.contains(party),
                job.getRetries() == 0,
                job.getRetries() == 0 || job.getDuedate() == null
                        ? null
                        : job.getDuedate().toInstant(),
                job.getExceptionMessage());
    }

    @Override
    public Set<UUID> stopped() {
        List<Job> failed = management.createJobQuery().noRetriesLeft().listPage(0, MOST);
        Set<String> cases = failed.stream()
                .map(Job::getProcessInstanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<UUID> stopped = new HashSet<>();
        failed.forEach(job -> stopped.addAll(StartCases.starts(job)));
        if (!cases.isEmpty()) {
            stopped.addAll(obligations
                    .ids(runtime.createProcessInstanceQuery().processInstanceIds(cases).listPage(0, MOST).stream()
                            .map(ProcessInstance::getBusinessKey)
                            .toList())
                    .values());
        }
        return stopped;
    }

    @Override
    public int retry(String duty, String occasion, Collection<String> partyCodes) {
        Map<Job, String> failed = failed(duty, occasion);
        failed.values().retainAll(Set.copyOf(partyCodes));
        for (Job job : failed.keySet()) {
            management.setJobRetries(job.getId(), RETRIES);
            // no date: at once
            management.setJobDuedate(job.getId(), null);
        }
        return failed.size();
    }

    /** The occasion's running cases with their Parties. */
    private Map<String, String> parties(String duty, String occasion) {
        String prefix = duty + "/" + occasion + "/";
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(duty)
                .processInstanceBusinessKeyLike(prefix + "%")
                .listPage(0, MOST)
                .stream()
                .collect(Collectors.toMap(ProcessInstance::getId, running -> running.getBusinessKey()
                        .substring(prefix.length())));
    }

    /** Jobs of the occasion that failed, with the Party that each is of. */
    private Map<Job, String> failed(String duty, String occasion) {
        Map<Job, String> failed = new LinkedHashMap<>();
        Map<String, String> parties = parties(duty, occasion);
        if (!parties.isEmpty()) {
            management
                    .createJobQuery()
                    .processInstanceIds(parties.keySet())
                    .withException()
                    .listPage(0, MOST)
                    .forEach(job -> failed.put(job, parties.get(job.getProcessInstanceId())));
        }
        // where not even the case could be created, there is only the job that was to do it
        management.createJobQuery().messages().withException().listPage(0, MOST).forEach(job -> StartCases.startsOnly(
                        job, duty, occasion)
                .ifPresent(party -> failed.put(job, party)));
        return failed;
    }

    @Override
    public void excuse(UUID obligationId, String reason, String username) {
        cases.excuse(obligationId, reason, username);
    }
}
