package org.sterna.desk;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.sterna.forms.FormRenderer;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;
import org.sterna.sources.Opening;

/** The same forms for Tasklist, which embeds them. */
@Controller
class TasklistFormController {

    private final Sight sight;
    private final Obligations obligations;
    private final Drafts drafts;
    private final StepForm stepForm;
    private final TaskHeads heads;

    TasklistFormController(Sight sight, Obligations obligations, Drafts drafts, StepForm stepForm, TaskHeads heads) {
        this.sight = sight;
        this.obligations = obligations;
        this.drafts = drafts;
        this.stepForm = stepForm;
        this.heads = heads;
    }

    @GetMapping(path = "/forms/tasks/{taskId}", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String form(@PathVariable String taskId, Principal principal, CsrfToken csrf, Locale reader, Model model) {
        Account caller = sight.caller(principal);
        OpenTask task = sight.task(taskId, caller);
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow(NothingHere::new);
        model.addAttribute("head", heads.of(task, obligation, caller, reader));
        Opening opening = stepForm.opening(task, obligation, caller, reader);
        model.addAttribute(
                "form",
                stepForm.render(
                        task,
                        opening,
                        FormRenderer.Place.TASKLIST,
                        stepForm.values(opening, drafts.find(taskId)),
                        List.of(),
                        csrf,
                        reader));
        return "desk/tasklist-form";
    }
}
