package org.sterna.secretariat;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.pages.Wording;
import org.sterna.time.TimeMachine;

/** Moves the clock of a demonstration; where the clock cannot be moved, there is no such page. */
@Controller
class ClockController {

    private final Office office;
    private final ObjectProvider<TimeMachine> timeMachine;
    private final Wording wording;

    ClockController(Office office, ObjectProvider<TimeMachine> timeMachine, Wording wording) {
        this.office = office;
        this.timeMachine = timeMachine;
        this.wording = wording;
    }

    @GetMapping("/secretariat/clock")
    String clock(Principal principal, Locale reader, Model model) {
        office.member(principal);
        model.addAttribute("now", wording.moment(machine().now(), reader));
        return "secretariat/clock";
    }

    @PostMapping("/secretariat/clock")
    ModelAndView advance(
            @RequestParam(defaultValue = "") String days,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        office.member(principal);
        TimeMachine machine = machine();
        String error = "secretariat.clock.days.error";
        Optional<Period> forward = period(days.strip());
        if (forward.isPresent()) {
            try {
                machine.advance(forward.get());
                next.addFlashAttribute(
                        "done", wording.text("secretariat.clock.done", reader, wording.moment(machine.now(), reader)));
                return new ModelAndView("redirect:/secretariat/clock");
            } catch (IllegalArgumentException refused) {
                error = "secretariat.clock.refused";
            }
        }
        model.addAttribute("error", wording.text(error, reader));
        model.addAttribute("days", days);
        model.addAttribute("now", wording.moment(machine.now(), reader));
        return new ModelAndView("secretariat/clock", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    /** A number of days, or a period such as {@code P1M}. */
    private static Optional<Period> period(String typed) {
        try {
            Period period = typed.startsWith("P") ? Period.parse(typed) : Period.ofDays(Integer.parseInt(typed));
            return Optional.of(period).filter(found -> !found.isZero() && !found.isNegative());
        } catch (NumberFormatException | DateTimeException neither) {
            return Optional.empty();
        }
    }

    private TimeMachine machine() {
        TimeMachine machine = timeMachine.getIfAvailable();
        if (machine == null) {
            throw new NothingHere();
        }
        return machine;
    }
}
