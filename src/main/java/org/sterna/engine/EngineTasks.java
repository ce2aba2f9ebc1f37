package org.sterna.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.forms.Warning;
import org.sterna.obligations.DoneTask;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.register.Today;
import org.sterna.sources.Sources;

@Component
class EngineTasks implements Tasks {

    private static final int ATTEMPTS = 3;

    private final FormService forms;
    private final IdentityService identity;
    private final Obligations obligations;
    private final Accounts accounts;
    private final Duties duties;
    private final Parties parties;
    private final Documents documents;
    private final Forms catalogue;
    private final Sources sources;
    private final OnBehalf behalf;
    private final SubmissionGate gate;
    private final FromFile fromFile;
    private final Today today;

    EngineTasks(
            FormService forms,
            IdentityService identity,
            Obligations obligations,
            Accounts accounts,
            Duties duties,
            Parties parties,
            Documents documents,
            Forms catalogue,
            Sources sources,
            OnBehalf behalf,
            SubmissionGate gate,
            FromFile fromFile,
            Today today) {
        this.forms = forms;
        this.identity = identity;
        this.obligations = obligations;
        this.accounts = accounts;
        this.duties = duties;
        this.parties = parties;
        this.documents = documents;
        this.catalogue = catalogue;
        this.sources = sources;
        this.behalf = behalf;
        this.gate = gate;
        this.fromFile = fromFile;
        this.today = today;
    }

    @Override
    public Submission submit(String taskId, String username, Map<String, ?> values, Locale reader) {
        Account account = accounts.find(username).orElseThrow(NoSuchTask::new);
        OpenTask task = obligations.task(taskId).orElseThrow(() -> over(taskId, account));
        if (!account.seats().contains(task.seatCode())) {
            throw new NoSuchTask();
        }
        return filed(
                task,
                account,
                RegisterIdentity.groupsOf(account),
                RegisterIdentity.tenantsOf(account, parties),
                values,
                reader);
    }

    @Override
    public List<Warning> warnings(String taskId, String username, Map<String, ?> values, Locale reader) {
        Account account = accounts.find(username).orElseThrow(NoSuchTask::new);
        OpenTask task = obligations
                .task(taskId)
                .filter(open -> account.seats().contains(open.seatCode()))
                .orElseThrow(NoSuchTask::new);
        return gate.warnings(task, values, username, reader);
    }

    @Override
    public Submission enter(String taskId, String username, Map<String, ?> values, Received from, Locale reader) {
        Account account = accounts.find(username).filter(Account::secretariat).orElseThrow(NoSuchTask::new);
        OpenTask task = obligations.task(taskId).orElseThrow(() -> over(taskId, account));
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow(NoSuchTask::new);
        if (!obligation.ofParty(task.seatCode())
                || duties.find(obligation.duty()).filter(Duty::national).isPresent()) {
            throw new NoSuchTask();
        }
        boolean known = documents
                .find(from.letter())
                .filter(letter -> letter.taskId().equals(taskId)
                        && letter.slot().equals(LETTER)
                        && letter.partyCode().equals(obligation.partyCode())
                        && letter.readable())
                .isPresent();
        if (!known || from.on().isAfter(today.ofSecretariat())) {
            throw new IllegalArgumentException("Not entered from a paper of this task, or from one of tomorrow");
        }
        // for the one command, the account works where the seat would
        return behalf.entering(
                taskId,
                from,
                () -> filed(task, account, List.of(task.seatCode()), List.of(obligation.partyCode()), values, reader));
    }

    @Override
    public Submission complete(String taskId, String username, String file, Locale reader) {
        Account account = accounts.find(username).filter(Account::secretariat).orElseThrow(NoSuchTask::new);
        OpenTask task = obligations.task(taskId).orElseThrow(() -> over(taskId, account));
        if (!account.seats().contains(task.seatCode())) {
            throw new NoSuchTask();
        }
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow(NoSuchTask::new);
        Map<String, Object> values =
                new HashMap<>(sources.opening(task, obligation, account, reader).values());
        catalogue.find(task.duty(), task.step()).ifPresent(form -> form.fields().stream()
                .filter(Form.Field::readonly)
                .forEach(field -> values.remove(field.key())));
        return fromFile.completing(
                taskId,
                file,
                () -> filed(
                        task,
                        account,
                        RegisterIdentity.groupsOf(account),
                        RegisterIdentity.tenantsOf(account, parties),
                        values,
                        reader));
    }

    private Submission filed(
            OpenTask task,
            Account account,
            List<String> groups,
            List<String> tenants,
            Map<String, ?> values,
            Locale reader) {
        String taskId = task.taskId();
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocale(reader);
        identity.setAuthentication(account.username(), groups, tenants);
        try {
            file(taskId, values);
        } catch (RefusedSubmission refused) {
            throw refused.reason();
        } catch (DuplicateKeyException | OptimisticLockingException | NullValueException somebodyWasFaster) {
            throw over(taskId, account);
        } catch (AuthorizationException lostTheSeatMeanwhile) {
            throw new NoSuchTask();
        } finally {
            identity.clearAuthentication();
            LocaleContextHolder.setLocaleContext(before);
        }
        return obligations.submissions(task.obligationId()).stream()
                .filter(submission -> submission.taskId().equals(taskId))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Files anew what only failed because something else in the case changed at the same moment: a co-holder claimed
     * the task, or the reminder clock went on. What failed has left no trace.
     */
    private void file(String taskId, Map<String, ?> values) {
        for (int attempt = 1; ; attempt++) {
            try {
                Map<String, Object> sent = new HashMap<>(values);
                sent.putIfAbsent(FormGate.WARNINGS_READ, FormGate.ANY_WARNING);
                forms.submitTaskForm(taskId, sent);
                return;
            } catch (OptimisticLockingException changedMeanwhile) {
                if (attempt == ATTEMPTS || obligations.task(taskId).isEmpty()) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    /** What to say of a task that is not open: who did it, to those who could have; nothing to anybody else. */
    private RuntimeException over(String taskId, Account account) {
        DoneTask done = obligations.doneTask(taskId).orElseThrow(NoSuchTask::new);
        Obligation obligation = obligations.find(done.obligationId()).orElseThrow(NoSuchTask::new);
        if (!account.secretariat() && !obligation.partyCode().equals(account.partyCode())) {
            return new NoSuchTask();
        }
        String by = done.doneBy() == null
                ? null
                : accounts.find(done.doneBy()).map(Account::displayName).orElse(done.doneBy());
        return new TaskAlreadyDone(
                by, done.doneAt(), done.doneBy() == null && obligation.state() == Obligation.State.LAPSED);
    }
}
