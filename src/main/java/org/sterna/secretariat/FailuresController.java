package org.sterna.secretariat;

import java.security.Principal;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.notices.DeliveryFailures;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** What the Secretariat decides about addresses that failed at once or fail repeatedly. */
@Controller
class FailuresController {

    private static final String LIST = "redirect:/secretariat/notices/addresses";

    private final Office office;
    private final DeliveryFailures failures;
    private final Wording wording;

    FailuresController(Office office, DeliveryFailures failures, Wording wording) {
        this.office = office;
        this.failures = failures;
        this.wording = wording;
    }

    @PostMapping("/secretariat/notices/addresses/failures/mark")
    String markAll(@RequestParam long newest, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return done("secretariat.failures.marked-all", failures.mark(newest, member.username()), reader, next);
    }

    @PostMapping("/secretariat/notices/addresses/failures/forget")
    String forget(
            @RequestParam long newest,
            @RequestParam(defaultValue = "false") boolean again,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        return done("secretariat.failures.forgotten", failures.forget(newest, again, member.username()), reader, next);
    }

    @PostMapping("/secretariat/notices/addresses/repeated/mark")
    String mark(@RequestParam String email, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        failures.mark(email, member.username());
        return done("secretariat.failures.marked", email, reader, next);
    }

    @PostMapping("/secretariat/notices/addresses/repeated/dismiss")
    String dismiss(@RequestParam String email, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        failures.dismiss(email, member.username());
        return done("secretariat.failures.dismissed", email, reader, next);
    }

    private String done(String key, Object about, Locale reader, RedirectAttributes next) {
        next.addFlashAttribute("done", wording.text(key, reader, about));
        return LIST;
    }
}
