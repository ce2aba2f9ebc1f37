package org.sterna.access;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The way back to a form that was sent after the session had ended. */
@Controller
class KeptFormController {

    /** An answer that is shown to be copied. */
    record Answer(String name, List<String> values) {}

    private final ObjectProvider<KeptForms> forms;
    private final ObjectProvider<FormPages> pages;

    KeptFormController(ObjectProvider<KeptForms> forms, ObjectProvider<FormPages> pages) {
        this.forms = forms;
        this.pages = pages;
    }

    /** Where the way to a kept form begins. */
    static String address(UUID id) {
        return "/kept/" + id;
    }

    /** Where its answers are shown to be copied, if its page is no more. */
    static String copy(UUID id) {
        return address(id) + "/answers";
    }

    /** To the page of the form; whoever it was not kept for comes to the own start page. */
    @GetMapping("/kept/{id}")
    String form(@PathVariable UUID id, Principal principal) {
        Optional<KeptForms.Kept> kept = find(id, principal);
        kept.ifPresent(found -> forms.getObject().shown(found.id()));
        return kept.map(found -> pages.getObject().of(id, found.sent()).stream()
                        .findFirst()
                        .orElse(copy(id)))
                .map("redirect:"::concat)
                .orElse("redirect:/");
    }

    @GetMapping("/kept/{id}/answers")
    String answers(@PathVariable UUID id, Principal principal, Model model) {
        return find(id, principal)
                .map(found -> {
                    model.addAttribute(
                            "answers",
                            found.sent().answers().entrySet().stream()
                                    .filter(answer -> answer.getValue().stream().anyMatch(text -> !text.isBlank()))
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(answer -> new Answer(answer.getKey(), answer.getValue()))
                                    .toList());
                    model.addAttribute(
                            "papers",
                            found.sent().papers().stream()
                                    .map(KeptForms.Paper::name)
                                    .toList());
                    return "access/kept";
                })
                .orElse("redirect:/");
    }

    private Optional<KeptForms.Kept> find(UUID id, Principal principal) {
        return forms.getObject().find(id, principal.getName());
    }
}
