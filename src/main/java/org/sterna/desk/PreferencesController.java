package org.sterna.desk;

import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.notices.InvalidSnooze;
import org.sterna.notices.NoticePreferences;
import org.sterna.obligations.Obligation;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** How a Party's people wish to be told, as far as that is theirs to choose. */
@Controller
class PreferencesController {

    private final Sight sight;
    private final NoticePreferences preferences;
    private final Wording wording;

    PreferencesController(Sight sight, NoticePreferences preferences, Wording wording) {
        this.sight = sight;
        this.preferences = preferences;
        this.wording = wording;
    }

    @GetMapping("/desk/notices")
    String form(Principal principal, Model model) {
        Account caller = ofParty(principal);
        model.addAttribute("digest", preferences.digest(caller.username()));
        model.addAttribute("email", caller.email());
        return "desk/preferences";
    }

    @PostMapping("/desk/notices")
    String choose(
            @RequestParam(defaultValue = "single") String mails,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account caller = ofParty(principal);
        boolean digest = mails.equals("digest");
        preferences.setDigest(caller.username(), digest);
        next.addFlashAttribute(
                "done", wording.text(digest ? "desk.preferences.done.digest" : "desk.preferences.done.single", reader));
        return "redirect:/desk";
    }

    /** Only for those who do a Party's work; the Secretariat reads of many Parties and gets every mail. */
    private Account ofParty(Principal principal) {
        Account caller = sight.caller(principal);
        if (caller.partyCode() == null) {
            throw new NothingHere();
        }
        return caller;
    }

    /** Puts the reminders of one obligation off, for the caller alone. */
    @PostMapping("/desk/obligations/{id}/snooze")
    String snooze(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String until,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account caller = ofParty(principal);
        Obligation obligation = sight.obligation(id, caller);
        try {
            LocalDate day = LocalDate.parse(until.strip());
            preferences.snooze(obligation.id(), caller.username(), day);
            next.addFlashAttribute("done", wording.text("desk.snooze.done", reader, wording.day(day, reader)));
        } catch (DateTimeParseException notADay) {
            next.addFlashAttribute("snoozeProblem", wording.text("desk.snooze.day.error", reader));
        } catch (InvalidSnooze refused) {
            next.addFlashAttribute("snoozeProblem", wording.text(refused.key(), reader));
        }
        return "redirect:/desk/obligations/" + obligation.id();
    }

    @PostMapping("/desk/obligations/{id}/wake")
    String wake(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        Account caller = ofParty(principal);
        Obligation obligation = sight.obligation(id, caller);
        preferences.wake(obligation.id(), caller.username());
        next.addFlashAttribute("done", wording.text("desk.snooze.woken", reader));
        return "redirect:/desk/obligations/" + obligation.id();
    }
}
