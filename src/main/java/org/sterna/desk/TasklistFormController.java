package org.sterna.desk;

import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.sterna.engine.AddressTasks;
import org.sterna.forms.FormRenderer;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
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
    private final AddressTasks addresses;
    private final Wording wording;

    TasklistFormController(
            Sight sight,
            Obligations obligations,
            Drafts drafts,
            StepForm stepForm,
            TaskHeads heads,
            AddressTasks addresses,
            Wording wording) {
        this.sight = sight;
        this.obligations = obligations;
        this.drafts = drafts;
        this.stepForm = stepForm;
        this.heads = heads;
        this.addresses = addresses;
        this.wording = wording;
    }

    @GetMapping(path = "/forms/tasks/{taskId}", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String form(@PathVariable String taskId, Principal principal, CsrfToken csrf, Locale reader, Model model) {
        Account caller = sight.caller(principal);
        Optional<String> address = caller.secretariat() ? addresses.address(taskId) : Optional.empty();
        if (address.isPresent()) {
            model.addAttribute("address", address.get());
            model.addAttribute(
                    "intro",
                    wording.intro(AddressTasks.CORRECT_ADDRESS, AddressTasks.MEND_ADDRESS, false, reader)
                            .orElseThrow());
            model.addAttribute("form", stepForm.renderAddress(csrf, reader));
            return "desk/tasklist-address";
        }
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
                        StepForm.Found.NOTHING,
                        csrf,
                        reader));
        return "desk/tasklist-form";
    }
}
