package org.sterna.secretariat;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.notices.Correspondence;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Files with a case what a Party answered by mail or telephone. */
@Controller
class RepliesController {

    private static final int LONGEST_NAME = 400;

    private final Office office;
    private final Obligations obligations;
    private final Correspondence correspondence;
    private final Wording wording;

    RepliesController(Office office, Obligations obligations, Correspondence correspondence, Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.correspondence = correspondence;
        this.wording = wording;
    }

    @GetMapping("/secretariat/obligations/{id}/reply")
    String form(@PathVariable UUID id, Principal principal, Locale reader, Model model) {
        office.member(principal);
        return form(id, Map.of(), reader, model);
    }

    private String form(UUID id, Map<String, String> errors, Locale reader, Model model) {
        Obligation obligation = obligations.find(id).orElseThrow(NothingHere::new);
        model.addAttribute("id", id);
        model.addAttribute(
                "about",
                wording.party(obligation.partyCode(), reader) + " – " + wording.duty(obligation.duty(), reader));
        model.addAttribute("longest", Correspondence.LONGEST_TEXT);
        model.addAttribute("errors", errors);
        return "secretariat/reply";
    }

    @PostMapping("/secretariat/obligations/{id}/reply")
    ModelAndView file(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String text,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Map<String, String> errors = new LinkedHashMap<>();
        if (from.isBlank() || from.strip().length() > LONGEST_NAME) {
            errors.put("from", wording.text("secretariat.reply.from.error", reader));
        }
        if (subject.strip().length() > LONGEST_NAME) {
            errors.put("subject", wording.text("secretariat.reply.subject.error", reader));
        }
        if (text.isBlank() || text.strip().length() > Correspondence.LONGEST_TEXT) {
            errors.put("text", wording.text("secretariat.reply.text.error", reader));
        }
        if (!errors.isEmpty()) {
            model.addAttribute("from", from);
            model.addAttribute("subject", subject);
            model.addAttribute("text", text);
            return new ModelAndView(form(id, errors, reader, model), model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        obligations.find(id).orElseThrow(NothingHere::new);
        correspondence.fileReply(id, from, subject, text, member.username());
        next.addFlashAttribute("done", wording.text("secretariat.reply.done", reader));
        return new ModelAndView("redirect:/secretariat/obligations/" + id);
    }
}
