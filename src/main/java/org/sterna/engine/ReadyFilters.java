package org.sterna.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.register.SeatRole;

/**
 * Tasklist's filters in each language and the few grants that there are: Tasklist for those who hold seats, the filters
 * of their language, everything for administrators. There is no filter without a seat in it, for its count would visit
 * every task.
 */
@Component
class ReadyFilters implements InitializingBean {

    static final String MY_SEATS = "${currentUserGroups()}";
    static final String NOW = "${now()}";
    static final String IN_THIRTY_DAYS = "${dateTime().plusDays(30)}";

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH, new Locale("es"));

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    ReadyFilters(ProcessEngine engine, MessageSource messages, PlatformTransactionManager transactions) {
        this.filters = engine.getFilterService();
        this.tasks = engine.getTaskService();
        this.authorizations = engine.getAuthorizationService();
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void afterPropertiesSet() {
        Map<String, Filter> present = filters.createFilterQuery().list().stream()
                .collect(Collectors.toMap(Filter::getName, filter -> filter, (one, other) -> one));
        for (Locale language : LANGUAGES) {
            String readers = RegisterIdentity.readers(language);
            int priority = 0;
            for (Map.Entry<String, TaskQuery> ready : queries().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                String name =
                        messages.getMessage("tasklist.filter." + ready.getKey().substring(2), null, language);
                Filter filter = present.get(name);
                if (filter == null) {
                    filter = filters.newTaskFilter(name);
                    filter.setQuery(ready.getValue());
                    filter.setProperties(properties(priority, language));
                    Filter fresh = filter;
                    once(() -> filters.saveFilter(fresh));
                }
                if (filter.getId() != null) {
                    grant(readers, Resources.FILTER, filter.getId(), Permissions.READ);
                }
                priority++;
            }
        }
        grant(RegisterIdentity.PARTY_USERS, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(SeatRole.SECRETARIAT.code(), Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        for (Resource resource : Resources.values()) {
            grant(RegisterIdentity.ADMINISTRATORS, resource, Authorization.ANY, Permissions.ALL);
        }
    }

    // the digit in front keeps their order
    private Map<String, TaskQuery> queries() {
        return Map.of(
                "1.my-duties", mine(),
                "2.overdue", mine().dueBeforeExpression(NOW),
                "3.due-in-30-days", mine().dueAfterExpression(NOW).dueBeforeExpression(IN_THIRTY_DAYS));
    }

    private TaskQuery mine() {
        return tasks.createTaskQuery().taskCandidateGroupInExpression(MY_SEATS).includeAssignedTasks();
    }

    private Map<String, Object> properties(int priority, Locale language) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("priority", priority);
        properties.put("color", "#0b4f6c");
        properties.put("refresh", true);
        properties.put("description", messages.getMessage("tasklist.filter.description", null, language));
        return properties;
    }

    private void grant(String group, Resource resource, String id, Permission permission) {
        boolean granted = authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(group)
                        .resourceType(resource)
                        .resourceId(id)
                        .count()
                > 0;
        if (!granted) {
            Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setGroupId(group);
            grant.setResource(resource);
            grant.setResourceId(id);
            grant.addPermission(permission);
            once(() -> authorizations.saveAuthorization(grant));
        }
    }

    // another node may do the same at the same moment; the unique index then leaves one
    private void once(Runnable write) {
        try {
            transaction.executeWithoutResult(status -> write.run());
        } catch (DuplicateKeyException | org.camunda.bpm.engine.ProcessEngineException writtenMeanwhile) {
            org.slf4j.LoggerFactory.getLogger(ReadyFilters.class).debug("Already there", writtenMeanwhile);
        }
    }
}
