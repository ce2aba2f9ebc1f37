package org.sterna.engine;

import java.lang.reflect.Field;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Warning;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Holder;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;
import org.sterna.register.Today;
import org.sterna.sources.Sources;

/**
 * Stands before every completion of a step, whatever the door: checks the answers, files them in the ledger, and lets
 * only those through to the engine that the diagram decides by. What a Party's seat sends gets a receipt, once the case
 * has gone on. Runs inside the engine's transaction.
 */
@Component
class SubmissionGate {

    /** The step of the shared escalation in which the Secretariat decides. */
    private static final String DECIDE_ESCALATION = "decide-escalation";

    private final Obligations obligations;
    private final Ledger ledger;
    private final Forms forms;
    private final FormGate gate;
    private final Documents documents;
    private final Seats seats;
    private final Sources sources;
    private final OnBehalf behalf;
    private final FromFile fromFile;
    private final AddressTasks addressTasks;
    private final Undelivered undelivered;
    private final SendNoticeWord notices;
    private final Today today;

    SubmissionGate(
            Obligations obligations,
            Ledger ledger,
            Forms forms,
            FormGate gate,
            Documents documents,
            Seats seats,
            Sources sources,
            OnBehalf behalf,
            FromFile fromFile,
            AddressTasks addressTasks,
            Undelivered undelivered,
            SendNoticeWord notices,
            Today today) {
        this.obligations = obligations;
        this.ledger = ledger;
        this.forms = forms;
        this.gate = gate;
        this.documents = documents;
        this.seats = seats;
        this.sources = sources;
        this.behalf = behalf;
        this.fromFile = fromFile;
        this.addressTasks = addressTasks;
        this.undelivered = undelivered;
        this.notices = notices;
        this.today = today;
    }

    CommandInterceptor interceptor() {
        return new Interceptor();
    }

    private final class Interceptor extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            Passed passed = Passed.NOTHING;
            if (command instanceof SubmitTaskFormCmd) {
                passed = pass(command, SubmitTaskFormCmd.class, "properties");
            } else if (command instanceof CompleteTaskCmd || command instanceof ResolveTaskCmd) {
                passed = pass(command, CompleteTaskCmd.class, "variables");
            }
            if (passed.settled()) {
                return null;
            }
            try {
                T result = next.execute(command);
                if (passed.ofParty() != null) {
                    // after the diagram, whose own receipt says more
                    notices.receipt(
                            passed.ofParty().submission(), passed.ofParty().seats());
                }
                return result;
            } catch (ProcessEngineException failure) {
                throw refusal(failure);
            }
        }
    }

    /**
     * What became of the answers.
     *
     * @param settled whether they have settled the case, so that there is nothing left for the command
     * @param ofParty what a Party's seat has sent; null for anything else
     */
    private record Passed(boolean settled, @Nullable Filed ofParty) {

        private static final Passed NOTHING = new Passed(false, null);
    }

    /** What a word refused is refused as the answers of a form are; the engine wraps what an expression throws. */
    private static ProcessEngineException refusal(ProcessEngineException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedSubmission refused) {
                return refused;
            }
        }
        return failure;
    }

    private Passed pass(Command<?> command, Class<?> type, String answersField) {
        Field taskField = field(type, "taskId");
        Field answers = field(type, answersField);
        Object taskId = ReflectionUtils.getField(taskField, command);
        @SuppressWarnings("unchecked")
        Map<String, Object> raw = (Map<String, Object>) ReflectionUtils.getField(answers, command);
        OpenTask task =
                taskId == null ? null : obligations.task((String) taskId).orElse(null);
        if (task == null
                && taskId != null
                && addressTasks.address((String) taskId).isPresent()) {
            ReflectionUtils.setField(answers, command, checkAddress((String) taskId, raw == null ? Map.of() : raw));
            return Passed.NOTHING;
        }
        if (task == null) {
            // not a step of a duty, or over: the command itself says so, and takes no answers along
            ReflectionUtils.setField(answers, command, Variables.createVariables());
            return Passed.NOTHING;
        }
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow();
        Filed filed = file(task, obligation, raw == null ? Map.of() : raw);
        ReflectionUtils.setField(answers, command, filed.variables());
        return new Passed(
                closed(task, obligation, filed.variables()), obligation.ofParty(task.seatCode()) ? filed : null);
    }

    /** Closes a case by that decision where its diagram is older than this end, and would go on waiting. */
    private boolean closed(OpenTask task, Obligation obligation, VariableMap answers) {
        if (!task.step().equals(DECIDE_ESCALATION) || !LedgerListeners.CLOSE.equals(answers.get("decision"))) {
            return false;
        }
        if (undelivered.ownEnd(obligation)) {
            return false;
        }
        String user = Context.getCommandContext().getAuthenticatedUserId();
        undelivered.close(
                obligation,
                user == null ? LedgerEvent.SYSTEM : user,
                Map.of("reason", String.valueOf(answers.get("reason"))));
        return true;
    }

    /** Answers about an address, which are of no obligation and stay with the engine. */
    private VariableMap checkAddress(String taskId, Map<String, Object> raw) {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        if (user != null
                && seats.reachedBy(SeatRole.SECRETARIAT.code()).stream()
                        .noneMatch(holder -> user.equals(holder.username()))) {
            throw new AuthorizationException("The task " + taskId + " is another seat's.");
        }
        Form form = forms.find(AddressTasks.CORRECT_ADDRESS, AddressTasks.MEND_ADDRESS)
                .orElseThrow();
        LocalDate day = today.ofSecretariat();
        try {
            return variables(
                    form,
                    gate.check(
                            form,
                            untyped(raw),
                            new FormGate.Circumstances(
                                    LocaleContextHolder.getLocale(), day, day, (id, slot) -> Optional.empty())));
        } catch (InvalidSubmission refused) {
            throw new RefusedSubmission(refused);
        }
    }

    /**
     * Answers in the ledger.
     *
     * @param seats the seat that they were sent for, and the one in which whoever sent them sits
     * @param variables what of them goes on to the engine
     */
    private record Filed(Submission submission, Set<String> seats, VariableMap variables) {}

    private Filed file(OpenTask task, Obligation obligation, Map<String, Object> raw) {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        List<Holder> reached = seats.reachedBy(task.seatCode());
        // administration is no seat: whoever may complete any task in the engine does not answer for a Party
        Optional<Tasks.Received> entered = behalf.of(task.taskId());
        if (user != null && entered.isEmpty() && reached.stream().noneMatch(holder -> user.equals(holder.username()))) {
            throw new AuthorizationException("The task " + task.taskId() + " is another seat's.");
        }
        Form form = forms.find(task.duty(), task.step())
                .orElseThrow(() -> new IllegalStateException("No form for " + task.duty() + "/" + task.step()));
        FormGate.Checked checked;
        Map<String, Object> answers = untyped(raw);
        Object read = answers.remove(FormGate.WARNINGS_READ);
        try {
            checked = gate.check(
                    form,
                    answers,
                    circumstances(
                            task, obligation, entered.isPresent() ? null : user, LocaleContextHolder.getLocale()));
        } catch (InvalidSubmission refused) {
            throw new RefusedSubmission(refused);
        }
        String marks = Warning.marks(checked.warnings());
        // nobody is there to read them where the step is completed from a file
        Optional<Map<String, String>> loaded = fromFile.details(task.taskId());
        if (!marks.isEmpty()
                && user != null
                && loaded.isEmpty()
                && !FormGate.ANY_WARNING.equals(read)
                && !marks.equals(read)) {
            throw new RefusedSubmission(new InvalidSubmission(List.of(), checked.warnings()));
        }
        Map<String, String> details =
                new HashMap<>(entered.map(OnBehalf::details).or(() -> loaded).orElse(Map.of()));
        if (!marks.isEmpty()) {
            details.put(LedgerEvent.WARNINGS, marks);
        }
        String submitter = user == null ? LedgerEvent.SYSTEM : user;
        boolean acting = reached.stream()
                .filter(holder -> holder.seatCode().equals(task.seatCode()))
                .noneMatch(holder -> submitter.equals(holder.username()));
        Submission submission = ledger.submit(task, checked.values(), submitter, acting, details);
        Set<String> of = new LinkedHashSet<>(Set.of(task.seatCode()));
        reached.stream()
                .filter(holder -> submitter.equals(holder.username()))
                .map(Holder::seatCode)
                .forEach(of::add);
        return new Filed(submission, of, variables(form, checked));
    }

    private static VariableMap variables(Form form, FormGate.Checked checked) {
        VariableMap variables = Variables.createVariables();
        form.fields().stream().filter(Form.Field::variable).forEach(field -> {
            Object value = checked.values().get(field.key());
            // every declared variable is set, so that no condition meets a value of the round before
            variables.put(field.key(), value instanceof Temporal ? value.toString() : value);
        });
        return variables;
    }

    /** What the rules that only warn say of answers which are not sent yet. */
    List<Warning> warnings(OpenTask task, Map<String, ?> values, String user, Locale reader) {
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow();
        return forms.find(task.duty(), task.step())
                .filter(form -> form.rules().stream().anyMatch(Form.Rule::warning))
                .map(form -> gate.warnings(form, values, circumstances(task, obligation, user, reader)))
                .orElse(List.of());
    }

    private FormGate.Circumstances circumstances(
            OpenTask task, Obligation obligation, @Nullable String user, Locale reader) {
        return new FormGate.Circumstances(
                reader,
                today.ofSeat(task.seatCode()),
                due(task, obligation),
                (id, slot) -> documents
                        .find(id)
                        .filter(document -> mayAttach(document, task, obligation, slot))
                        .map(Document::name),
                sources.known(task, obligation, user, reader));
    }

    /** The day by which the step is due, which rules know as {@code deadline}. */
    private static LocalDate due(OpenTask task, Obligation obligation) {
        return task.deadlineName() == null || task.dueAt() == null
                ? obligation.deadline().on()
                : LocalDate.ofInstant(task.dueAt(), obligation.deadline().zone());
    }

    /** Papers of the same Party's same slot: uploaded for this task, or already sent in an earlier round of the step. */
    private boolean mayAttach(Document document, OpenTask task, Obligation obligation, String slot) {
        return document.readable()
                && document.slot().equals(slot)
                && document.partyCode().equals(obligation.partyCode())
                && (document.taskId().equals(task.taskId())
                        || obligations.submissions(obligation.id()).stream()
                                .anyMatch(earlier -> earlier.step().equals(task.step())
                                        && holds(
                                                earlier.values(),
                                                slot,
                                                document.id().toString())));
    }

    /** Whether the answers name the paper in that slot, {@code <list>.<field>} for any row of a list. */
    private static boolean holds(Map<String, Object> answers, String slot, String paper) {
        String[] path = slot.split("\\.", 2);
        Object answer = answers.get(path[0]);
        return path.length == 1
                ? paper.equals(answer)
                : answer instanceof List<?> rows
                        && rows.stream()
                                .anyMatch(row -> row instanceof Map<?, ?> cells && paper.equals(cells.get(path[1])));
    }

    private static Map<String, Object> untyped(Map<String, Object> raw) {
        Map<String, Object> values = new HashMap<>();
        if (raw instanceof VariableMap typed) {
            typed.keySet().forEach(name -> values.put(name, plain(typed, name)));
        } else {
            values.putAll(raw);
        }
        return values;
    }

    // files and serialised objects stay what they are, so that the check refuses them as a wrong type
    private static @Nullable Object plain(VariableMap typed, String name) {
        TypedValue value = typed.getValueTyped(name);
        return value == null || value.getType() == null || value.getType().isPrimitiveValueType()
                ? typed.get(name)
                : value;
    }

    private static Field field(Class<?> type, String name) {
        Field field = ReflectionUtils.findField(type, name);
        if (field == null) {
            throw new IllegalStateException("The engine's " + type.getSimpleName() + " has no field " + name);
        }
        ReflectionUtils.makeAccessible(field);
        return field;
    }
}
