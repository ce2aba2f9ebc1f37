package org.sterna.engine;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.GetIdentityLinksForTaskCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.SeatRole;

/**
 * The second wall, inside the engine: deny by default. While a user is authenticated with the engine, the outermost
 * command must be one that Tasklist needs; some are refused at every depth, and no query may carry an expression but
 * those of the ready filters. Closes what no setting of 7.24.0 closes: expressions in {@code or()} queries
 * (CVE-2026-109432), attachments and comments without any check, completion by an unknown BPMN error.
 *
 * <p>Commands that run inside others, among them those of diagrams and listeners, pass the outermost check of their
 * caller; commands of jobs and of the application itself run without an authenticated user.
 */
@Component
class CommandGate {

    private static final Logger LOG = LoggerFactory.getLogger(CommandGate.class);

    /** What the pages of Tasklist ask for on behalf of somebody who works there. */
    static final Set<String> OF_TASKLIST = Set.of(
            "TaskQueryImpl",
            "FilterQueryImpl",
            "GetFilterCmd",
            "ExecuteFilterListPageCmd",
            "ExecuteFilterCountCmd",
            "GetTaskFormCmd",
            "GetTaskFormVariablesCmd",
            "GetIdentityLinksForTaskCmd",
            "SubmitTaskFormCmd",
            "ProcessDefinitionQueryImpl",
            "CreateUserQueryCmd",
            "CreateGroupQueryCmd",
            "Users",
            "Groups",
            "IsIdentityServiceReadOnlyCmd",
            "AuthorizationCheckCmd");

    /** Those of them that name a task, with the field that does; the task must wait for one of the caller's seats. */
    private static final Map<Class<?>, String> OF_A_TASK = Map.of(
            GetTaskFormCmd.class, "taskId",
            GetTaskFormVariablesCmd.class, "resourceId",
            GetIdentityLinksForTaskCmd.class, "taskId",
            SubmitTaskFormCmd.class, "taskId");

    /** What nobody may run while logged in, administrators included. */
    static final Set<String> OF_NOBODY = Set.of(
            "CreateAttachmentCmd",
            "SaveAttachmentCmd",
            "DeleteAttachmentCmd",
            "GetAttachmentCmd",
            "GetAttachmentContentCmd",
            "GetTaskAttachmentCmd",
            "GetTaskAttachmentContentCmd",
            "GetTaskAttachmentsCmd",
            "GetProcessInstanceAttachmentsCmd",
            "AddCommentCmd",
            "UpdateCommentCmd",
            "DeleteTaskCommentCmd",
            "DeleteProcessInstanceCommentCmd",
            "GetTaskCommentCmd",
            "GetTaskCommentsCmd",
            "GetProcessInstanceCommentsCmd",
            "HandleTaskBpmnErrorCmd",
            "HandleTaskEscalationCmd",
            "CreateUserCmd",
            "SaveUserCmd",
            "CreateGroupCmd",
            "SaveGroupCmd",
            "DeployCmd",
            "CreateFilterCmd",
            "SaveFilterCmd");

    /** The expressions of the ready filters; any other is refused. */
    static final Set<String> PINNED_EXPRESSIONS =
            Set.of(ReadyFilters.MY_SEATS, ReadyFilters.NOW, ReadyFilters.IN_THIRTY_DAYS);

    private final Obligations obligations;
    private final Duties duties;
    private final AddressTasks addressTasks;
    private final MessageSource messages;

    CommandGate(Obligations obligations, Duties duties, AddressTasks addressTasks, MessageSource messages) {
        this.obligations = obligations;
        this.duties = duties;
        this.addressTasks = addressTasks;
        this.messages = messages;
    }

    /** The interceptor that stands in front of that engine's commands. */
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
            Authentication user = engine.getIdentityService().getCurrentAuthentication();
            if (user != null && user.getUserId() != null) {
                check(command, user, Context.getCommandContext() == null);
            }
            return next.execute(command);
        }
    }

    private void check(Command<?> command, Authentication user, boolean outermost) {
        String name = command.getClass().getSimpleName();
        if (OF_NOBODY.contains(name)) {
            refuse(name, user);
        }
        if (outermost && !OF_TASKLIST.contains(name) && !administrator(user)) {
            refuse(name, user);
        }
        if (outermost && OF_A_TASK.containsKey(command.getClass()) && !administrator(user)) {
            checkTask(command, user);
        }
        if (outermost) {
            LOG.debug("Passes the command {} of {}", name, user.getUserId());
        }
        if (command instanceof AbstractQuery<?, ?> query) {
            checkExpressions(query);
        } else if (command instanceof AbstractExecuteFilterCmd) {
            if (value(command, "extendingQuery") instanceof AbstractQuery<?, ?> query) {
                checkExpressions(query);
            }
        }
    }

    /** A foreign task, one that is done and one that never was are refused alike. */
    private void checkTask(Command<?> command, Authentication user) {
        Object taskId = value(command, OF_A_TASK.get(command.getClass()));
        List<String> seats = user.getGroupIds();
        boolean waits = taskId != null
                && seats != null
                && (obligations
                                .task(taskId.toString())
                                .filter(task -> seats.contains(task.seatCode()))
                                .filter(task -> !seats.contains(SeatRole.SECRETARIAT.code()) || !national(task))
                                .isPresent()
                        || seats.contains(SeatRole.SECRETARIAT.code())
                                && addressTasks.address(taskId.toString()).isPresent());
        if (!waits) {
            throw new AuthorizationException(
                    messages.getMessage("tasklist.no-such-task", null, LocaleContextHolder.getLocale()));
        }
    }

    /** Whether what the step is answered with stays within the Party: it falls to the Secretariat with no seat. */
    private boolean national(OpenTask task) {
        return obligations
                .find(task.obligationId())
                .filter(owed -> owed.ofParty(task.seatCode()))
                .flatMap(owed -> duties.find(owed.duty()))
                .filter(Duty::national)
                .isPresent();
    }

    private static @Nullable Object value(Object of, String field) {
        Field found = ReflectionUtils.findField(of.getClass(), field);
        ReflectionUtils.makeAccessible(found);
        return ReflectionUtils.getField(found, of);
    }

    private static boolean administrator(Authentication user) {
        List<String> groups = user.getGroupIds();
        return groups != null && groups.contains(RegisterIdentity.ADMINISTRATORS);
    }

    private static void checkExpressions(AbstractQuery<?, ?> query) {
        query.getExpressions().values().forEach(expression -> {
            if (!PINNED_EXPRESSIONS.contains(expression)) {
                LOG.warn("Refused a query with an expression");
                throw new BadUserRequestException("Expressions are not allowed in queries.");
            }
        });
        // or() queries keep their parts in a list that the engine's own check of expressions does not look into
        Field parts = ReflectionUtils.findField(query.getClass(), "queries");
        if (parts != null) {
            ReflectionUtils.makeAccessible(parts);
            if (ReflectionUtils.getField(parts, query) instanceof Collection<?> all) {
                all.stream()
                        .filter(part -> part != query && part instanceof AbstractQuery<?, ?>)
                        .forEach(part -> checkExpressions((AbstractQuery<?, ?>) part));
            }
        }
    }

    private static void refuse(String command, Authentication user) {
        LOG.warn("Refused the command {} to {}", command, user.getUserId());
        throw new AuthorizationException("This is not available here.");
    }
}
