package org.sterna.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.RejectedDocument;
import org.sterna.engine.Tasks;
import org.sterna.forms.Form;
import org.sterna.forms.FormRenderer;
import org.sterna.forms.InvalidSubmission;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.pages.National;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.sources.Opening;

/**
 * The Secretariat does a Party's step with what came by letter. The Party's own draft is neither shown nor touched, so
 * nothing is kept here between two pages but papers.
 */
@Controller
class BehalfController {

    /** The file that came. */
    static final String LETTER = Tasks.LETTER;

    /** Id of the file, where an earlier try has kept it. */
    static final String KEPT = "behalf-kept";

    /** The day it came. */
    static final String ON = "behalf-on";

    /** What stands above the Party's form. */
    record Received(
            String on, @Nullable UUID kept, @Nullable String name) {}

    private final Sight sight;
    private final Obligations obligations;
    private final Documents documents;
    private final Tasks tasks;
    private final StepForm stepForm;
    private final Papers papers;
    private final National national;
    private final Wording wording;
    private final MessageSource messages;

    BehalfController(
            Sight sight,
            Obligations obligations,
            Documents documents,
            Tasks tasks,
            StepForm stepForm,
            Papers papers,
            National national,
            Wording wording,
            MessageSource messages) {
        this.sight = sight;
        this.obligations = obligations;
        this.documents = documents;
        this.tasks = tasks;
        this.stepForm = stepForm;
        this.papers = papers;
        this.national = national;
        this.wording = wording;
        this.messages = messages;
    }

    @GetMapping("/secretariat/obligations/{id}/behalf/{taskId}")
    ModelAndView form(
            @PathVariable UUID id, @PathVariable String taskId, Principal principal, CsrfToken csrf, Locale reader) {
        Account member = member(principal);
        Obligation obligation = obligations.find(id).orElseThrow(NothingHere::new);
        Optional<OpenTask> task = task(taskId, obligation, member);
        if (task.isEmpty()) {
            return new ModelAndView("redirect:/secretariat/obligations/" + id);
        }
        Opening opening = stepForm.openingOnBehalf(task.get(), obligation, reader);
        return page(
                task.get(),
                obligation,
                opening,
                opening.values(),
                StepForm.Found.NOTHING,
                Map.of(),
                new Received(wording.todayOfReader().toString(), null, null),
                HttpStatus.OK,
                csrf,
                reader);
    }

    private Account member(Principal principal) {
        Account caller = sight.caller(principal);
        if (!caller.secretariat()) {
            throw new NothingHere();
        }
        return caller;
    }

    /** A step of that case that waits for the Party; empty once it is done, or where its answers stay within the Party. */
    private Optional<OpenTask> task(String taskId, Obligation obligation, Account member) {
        return obligations
                .task(taskId)
                .filter(task -> !national.hides(task, obligation, member))
                .filter(task -> task.obligationId().equals(obligation.id()))
                .filter(task -> obligation.ofParty(task.seatCode()));
    }

    @PostMapping("/secretariat/obligations/{id}/behalf/{taskId}")
    ModelAndView enter(
            @PathVariable UUID id,
            @PathVariable String taskId,
            @RequestParam(defaultValue = "submit") String action,
            @RequestParam(name = ON, defaultValue = "") String on,
            @RequestParam(name = KEPT, defaultValue = "") String kept,
            @RequestParam(name = LETTER, required = false) @Nullable MultipartFile file,
            HttpServletRequest request,
            Principal principal,
            CsrfToken csrf,
            Locale reader,
            RedirectAttributes next)
            throws IOException {
        Account member = member(principal);
        Obligation obligation = obligations.find(id).orElseThrow(NothingHere::new);
        OpenTask task = task(taskId, obligation, member).orElse(null);
        if (task == null) {
            return new ModelAndView("redirect:/secretariat/obligations/" + id);
        }
        Form form = stepForm.of(task);
        Typed typed = Typed.in(request, form);
        Map<String, Object> values = new LinkedHashMap<>(typed.values());
        StepForm.Found found =
                StepForm.Found.wrong(papers.keep(typed.files(), values, form, task, obligation, member, reader));
        Map<String, String> errors = new LinkedHashMap<>();
        Optional<Document> letter = letter(file, kept, task, obligation, member, errors, reader);
        LocalDate day = day(on, errors, reader);
        Received received = new Received(
                on,
                letter.map(Document::id).orElse(null),
                letter.map(Document::name).orElse(null));
        Optional<RowChange> change = RowChange.of(action, form);
        if (change.isPresent()) {
            change.get().apply(values);
            return again(
                    task, obligation, values, StepForm.Found.NOTHING, Map.of(), received, HttpStatus.OK, csrf, reader);
        }
        if (letter.isEmpty()) {
            errors.putIfAbsent(LETTER, wording.text("behalf.letter.error", reader));
        }
        if (found.nothingWrong() && errors.isEmpty() && day != null) {
            try {
                Submission sent = tasks.enter(
                        taskId,
                        member.username(),
                        Typed.withWarningsRead(request, values),
                        new Tasks.Received(letter.orElseThrow().id(), day),
                        reader);
                next.addFlashAttribute("done", wording.text("behalf.done", reader, sent.receipt()));
                return new ModelAndView("redirect:/secretariat/obligations/" + id);
            } catch (InvalidSubmission invalid) {
                found = StepForm.Found.of(invalid);
            } catch (Tasks.TaskAlreadyDone | Tasks.NoSuchTask gone) {
                return new ModelAndView("redirect:/secretariat/obligations/" + id);
            }
        }
        return again(task, obligation, values, found, errors, received, HttpStatus.UNPROCESSABLE_ENTITY, csrf, reader);
    }

    /** The paper that came: the one chosen now, or the one kept by an earlier try. */
    private Optional<Document> letter(
            @Nullable MultipartFile file,
            String kept,
            OpenTask task,
            Obligation obligation,
            Account member,
            Map<String, String> errors,
            Locale reader)
            throws IOException {
        if (file != null && !file.isEmpty()) {
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                Document letter =
                        documents.keep(obligation.partyCode(), task.taskId(), LETTER, name, content, member.username());
                if (letter.readable()) {
                    return Optional.of(letter);
                }
                errors.put(LETTER, wording.text("paper.withheld", reader));
            } catch (RejectedDocument refused) {
                errors.put(
                        LETTER,
                        wording.text("behalf.letter", reader) + ": "
                                + TaskController.sentence(refused, messages, reader));
            }
        }
        return Typed.id(kept)
                .flatMap(documents::find)
                .filter(letter ->
                        letter.taskId().equals(task.taskId()) && letter.slot().equals(LETTER) && letter.readable());
    }

    private @Nullable LocalDate day(String on, Map<String, String> errors, Locale reader) {
        try {
            LocalDate day = LocalDate.parse(on.strip());
            if (!day.isAfter(wording.todayOfReader())) {
                return day;
            }
        } catch (DateTimeParseException notADay) {
            // told below
        }
        errors.put(ON, wording.text("behalf.on.error", reader));
        return null;
    }

    private ModelAndView again(
            OpenTask task,
            Obligation obligation,
            Map<String, ?> values,
            StepForm.Found found,
            Map<String, String> errors,
            Received received,
            HttpStatus status,
            CsrfToken csrf,
            Locale reader) {
        return page(
                task,
                obligation,
                stepForm.openingOnBehalf(task, obligation, reader),
                values,
                found,
                errors,
                received,
                status,
                csrf,
                reader);
    }

    private ModelAndView page(
            OpenTask task,
            Obligation obligation,
            Opening opening,
            Map<String, ?> values,
            StepForm.Found found,
            Map<String, String> errors,
            Received received,
            HttpStatus status,
            CsrfToken csrf,
            Locale reader) {
        ModelAndView page = new ModelAndView("desk/behalf", status);
        page.addObject("obligationId", obligation.id());
        page.addObject("duty", wording.duty(obligation.duty(), reader));
        page.addObject("party", wording.party(obligation.partyCode(), reader));
        page.addObject("step", wording.step(task.duty(), task.step(), reader));
        page.addObject(
                "intro", wording.intro(task.duty(), task.step(), false, reader).orElse(null));
        page.addObject("received", received);
        page.addObject("errors", errors);
        page.addObject("wrong", !found.nothingWrong() || !errors.isEmpty());
        page.addObject("form", stepForm.render(task, opening, FormRenderer.Place.DESK, values, found, csrf, reader));
        return page;
    }
}
