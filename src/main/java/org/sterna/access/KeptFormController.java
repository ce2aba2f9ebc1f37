package org.sterna.access;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The way back to a form that was sent after the session had ended. */
@Controller
class KeptFormController {

    /** An answer that is shown to be copied. */
    record Answer(String name, List<String> values) {}

    private static final Pattern ADDRESS = Pattern.compile(
            "^/kept/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:[/?]|$)",
            Pattern.CASE_INSENSITIVE);

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

    /** The form that a page leads to, if a way to a kept form begins there. */
    static Optional<UUID> id(String page) {
        Matcher address = ADDRESS.matcher(page);
        return address.find() ? Optional.of(UUID.fromString(address.group(1))) : Optional.empty();
    }

    /** To the page of the form; for whoever it was not kept for, there is none. */
    @GetMapping("/kept/{id}")
    String form(@PathVariable UUID id, Principal principal) {
        Optional<KeptForms.Kept> kept = find(id, principal);
        kept.ifPresent(found -> forms.getObject().shown(found.id()));
        return kept.map(found -> pages.getObject().of(id, found.sent()).stream()
                        .findFirst()
                        .orElse(copy(id)))
                .map("redirect:"::concat)
                .orElseThrow(KeptFormController::nothing);
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
                .orElseThrow(KeptFormController::nothing);
    }

    private static ResponseStatusException nothing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private Optional<KeptForms.Kept> find(UUID id, Principal principal) {
        return forms.getObject().find(id, principal.getName());
    }
}
