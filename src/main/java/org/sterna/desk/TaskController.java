package org.sterna.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.documents.RejectedDocument;
import org.sterna.engine.Tasks;
import org.sterna.forms.Form;
import org.sterna.forms.FormRenderer;
import org.sterna.forms.InvalidSubmission;
import org.sterna.obligations.DoneTask;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.pages.CaseFile;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.sources.Opening;

/** Doing a step: read what is asked, save a draft, submit. */
@Controller
class TaskController {

    /** Somebody else's newer draft. */
    record Newer(String by, String at, List<CaseFile.Answer> answers) {}

    private final Sight sight;
    private final Obligations obligations;
    private final Drafts drafts;
    private final TaskHeads heads;
    private final Papers papers;
    private final Tasks tasks;
    private final StepForm stepForm;
    private final CaseFiles caseFiles;
    private final Wording wording;
    private final MessageSource messages;

    TaskController(
            Sight sight,
            Obligations obligations,
            Drafts drafts,
            TaskHeads heads,
            Papers papers,
            Tasks tasks,
            StepForm stepForm,
            CaseFiles caseFiles,
            Wording wording,
            MessageSource messages) {
        this.sight = sight;
        this.obligations = obligations;
        this.drafts = drafts;
        this.heads = heads;
        this.papers = papers;
        this.tasks = tasks;
        this.stepForm = stepForm;
        this.caseFiles = caseFiles;
        this.wording = wording;
        this.messages = messages;
    }

    @GetMapping("/desk/tasks/{taskId}")
    ModelAndView task(@PathVariable String taskId, Principal principal, CsrfToken csrf, Locale reader) {
        Account caller = sight.caller(principal);
        if (obligations.task(taskId).isEmpty()) {
            return over(sight.doneTask(taskId, caller), Map.of(), caller, reader);
        }
        OpenTask task = sight.task(taskId, caller);
        Obligation obligation = obligation(task);
        Optional<Drafts.Draft> draft = drafts.find(taskId);
        Opening opening = stepForm.opening(task, obligation, caller, reader);
        return page(
                task,
                obligation,
                opening,
                stepForm.values(opening, draft),
                draft.isEmpty()
                        ? StepForm.Found.NOTHING
                        : StepForm.Found.toMind(
                                tasks.warnings(taskId, caller.username(), stepForm.values(opening, draft), reader)),
                draft,
                HttpStatus.OK,
                caller,
                csrf,
                reader);
    }

    @PostMapping("/desk/tasks/{taskId}")
    ModelAndView act(
            @PathVariable String taskId,
            @RequestParam(defaultValue = "submit") String action,
            @RequestParam(defaultValue = "0") int draftVersion,
            HttpServletRequest request,
            Principal principal,
            CsrfToken csrf,
            Locale reader,
            RedirectAttributes next)
            throws IOException {
        Account caller = sight.caller(principal);
        if (obligations.task(taskId).isEmpty()) {
            DoneTask done = sight.doneTask(taskId, caller);
            Form unknown = new Form("", "", List.of(), List.of());
            return over(done, Typed.in(request, unknown).values(), caller, reader);
        }
        OpenTask task = sight.task(taskId, caller);
        Obligation obligation = obligation(task);
        Form form = stepForm.of(task);
        Typed typed = Typed.in(request, form);
        Map<String, Object> values = new LinkedHashMap<>(typed.values());
        StepForm.Found found =
                StepForm.Found.wrong(papers.keep(typed.files(), values, form, task, obligation, caller, reader));
        Optional<RowChange> change = RowChange.of(action, form);
        String changed = change.map(rows -> rows.apply(values)).orElse("");
        if ((action.equals("draft") || change.isPresent()) && found.nothingWrong()) {
            try {
                drafts.save(taskId, values, draftVersion, caller.username());
                next.addFlashAttribute("saved", change.isEmpty());
                return new ModelAndView("redirect:" + path("/desk/tasks/{id}", taskId) + changed);
            } catch (Drafts.Outdated outdated) {
                return conflict(
                        task,
                        obligation,
                        values,
                        StepForm.Found.NOTHING,
                        outdated.current(),
                        HttpStatus.CONFLICT,
                        caller,
                        csrf,
                        reader);
            }
        }
        if (found.nothingWrong()) {
            try {
                Submission sent =
                        tasks.submit(taskId, caller.username(), Typed.withWarningsRead(request, values), reader);
                return new ModelAndView("redirect:"
                        + UriComponentsBuilder.fromPath("/desk/obligations/{id}")
                                .queryParam("receipt", "{receipt}")
                                .encode()
                                .buildAndExpand(obligation.id(), sent.receipt())
                                .toUriString());
            } catch (InvalidSubmission invalid) {
                found = StepForm.Found.of(invalid);
            } catch (Tasks.NoSuchTask gone) {
                throw new NothingHere();
            } catch (Tasks.TaskAlreadyDone done) {
                return over(obligation, task, done.by(), done.at(), values, reader);
            }
        }
        try {
            Drafts.Draft kept = drafts.save(taskId, values, draftVersion, caller.username());
            return page(
                    task,
                    obligation,
                    stepForm.opening(task, obligation, caller, reader),
                    values,
                    found,
                    Optional.of(kept),
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    caller,
                    csrf,
                    reader);
        } catch (Drafts.Outdated outdated) {
            return conflict(
                    task,
                    obligation,
                    values,
                    found,
                    outdated.current(),
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    caller,
                    csrf,
                    reader);
        }
    }

    private static String path(String template, Object... variables) {
        return UriComponentsBuilder.fromPath(template)
                .encode()
                .buildAndExpand(variables)
                .toUriString();
    }

    private Obligation obligation(OpenTask task) {
        return obligations.find(task.obligationId()).orElseThrow(NothingHere::new);
    }

    /** Why a paper was not accepted, in the reader's language. */
    static String sentence(RejectedDocument refused, MessageSource messages, Locale reader) {
        return messages.getMessage(
                "document.rejected." + refused.reason().name().toLowerCase(Locale.ROOT), null, reader);
    }

    private ModelAndView conflict(
            OpenTask task,
            Obligation obligation,
            Map<String, Object> values,
            StepForm.Found found,
            Drafts.Draft current,
            HttpStatus status,
            Account caller,
            CsrfToken csrf,
            Locale reader) {
        ModelAndView page = page(
                task,
                obligation,
                stepForm.opening(task, obligation, caller, reader),
                values,
                found,
                Optional.of(current),
                status,
                caller,
                csrf,
                reader);
        page.addObject(
                "newer",
                new Newer(
                        wording.person(current.savedBy(), reader),
                        wording.moment(current.savedAt(), reader),
                        caseFiles.answers(Optional.of(stepForm.of(task)), current.values(), reader)));
        page.addObject("draft", null);
        return page;
    }

    private ModelAndView page(
            OpenTask task,
            Obligation obligation,
            Opening opening,
            Map<String, ?> values,
            StepForm.Found found,
            Optional<Drafts.Draft> draft,
            HttpStatus status,
            Account caller,
            CsrfToken csrf,
            Locale reader) {
        ModelAndView page = new ModelAndView("desk/task", status);
        page.addObject("head", heads.of(task, obligation, caller, reader));
        page.addObject("form", stepForm.render(task, opening, FormRenderer.Place.DESK, values, found, csrf, reader));
        page.addObject("wrong", !found.nothingWrong());
        page.addObject("draftVersion", draft.map(Drafts.Draft::version).orElse(0));
        page.addObject(
                "draft",
                draft.map(kept -> wording.text(
                                "desk.draft-by",
                                reader,
                                wording.person(kept.savedBy(), reader),
                                wording.moment(kept.savedAt(), reader)))
                        .orElse(null));
        return page;
    }

    private ModelAndView over(DoneTask done, Map<String, Object> typed, Account caller, Locale reader) {
        Obligation obligation = sight.obligation(done.obligationId(), caller);
        String by = done.doneBy() == null ? null : wording.person(done.doneBy(), reader);
        return over(
                obligation,
                wording.step(obligation.duty(), done.step(), reader),
                by,
                done.doneAt(),
                answers(Optional.empty(), typed, reader),
                reader);
    }

    private ModelAndView over(
            Obligation obligation,
            OpenTask task,
            @Nullable String by,
            Instant at,
            Map<String, Object> typed,
            Locale reader) {
        return over(
                obligation,
                wording.step(task.duty(), task.step(), reader),
                by,
                at,
                answers(Optional.of(stepForm.of(task)), typed, reader),
                reader);
    }

    private List<CaseFile.Answer> answers(Optional<Form> form, Map<String, Object> typed, Locale reader) {
        Map<String, Object> filled = new LinkedHashMap<>(typed);
        filled.values().removeIf(value -> value.toString().isBlank());
        return caseFiles.answers(form, filled, reader);
    }

    private boolean closed(UUID obligationId) {
        return obligations
                .find(obligationId)
                .filter(obligation -> obligation.state() == Obligation.State.LAPSED)
                .isPresent();
    }

    /** The step is over: says who did it, and shows what was typed, so that nothing is lost. */
    private ModelAndView over(
            Obligation obligation,
            String step,
            @Nullable String by,
            Instant at,
            List<CaseFile.Answer> typed,
            Locale reader) {
        ModelAndView page = new ModelAndView("desk/done", HttpStatus.CONFLICT);
        page.addObject("obligationId", obligation.id());
        page.addObject("duty", wording.duty(obligation.duty(), reader));
        page.addObject("party", wording.party(obligation.partyCode(), reader));
        page.addObject("step", step);
        page.addObject(
                "outcome",
                by == null
                        ? wording.text(
                                closed(obligation.id()) ? "desk.done.closed" : "desk.done.withdrawn",
                                reader,
                                wording.moment(at, reader))
                        : wording.text("desk.done.by", reader, by, wording.moment(at, reader)));
        page.addObject("typed", typed);
        return page;
    }
}
