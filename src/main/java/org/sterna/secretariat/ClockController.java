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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.pages.Wording;
import org.sterna.time.TimeLapse;

/** Moves the clock of a demonstration; where the clock cannot be moved, there is no such page. */
@Controller
class ClockController {

    private final Office office;
    private final ObjectProvider<TimeLapse> timeLapse;
    private final Wording wording;

    ClockController(Office office, ObjectProvider<TimeLapse> timeLapse, Wording wording) {
        this.office = office;
        this.timeLapse = timeLapse;
        this.wording = wording;
    }

    @GetMapping("/secretariat/clock")
    String clock(
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        fill(lapse().progress(), reader, model);
        return part ? "secretariat/clock :: progress" : "secretariat/clock";
    }

    private void fill(TimeLapse.Progress progress, Locale reader, Model model) {
        model.addAttribute("now", wording.moment(progress.now(), reader));
        model.addAttribute("target", progress.target() == null ? null : wording.moment(progress.target(), reader));
    }

    @PostMapping("/secretariat/clock")
    ModelAndView advance(
            @RequestParam(defaultValue = "") String days,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        office.member(principal);
        TimeLapse lapse = lapse();
        String error = "secretariat.clock.days.error";
        Optional<Period> forward = period(days.strip());
        if (forward.isPresent()) {
            try {
                TimeLapse.Progress begun = lapse.start(forward.get());
                next.addFlashAttribute(
                        "done",
                        wording.text(
                                "secretariat.clock.done",
                                reader,
                                wording.moment(begun.running() ? begun.target() : begun.now(), reader)));
                return new ModelAndView("redirect:/secretariat/clock");
            } catch (IllegalArgumentException refused) {
                error = "secretariat.clock.refused";
            }
        }
        model.addAttribute("error", wording.text(error, reader));
        model.addAttribute("days", days);
        fill(lapse.progress(), reader, model);
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

    private TimeLapse lapse() {
        TimeLapse lapse = timeLapse.getIfAvailable();
        if (lapse == null) {
            throw new NothingHere();
        }
        return lapse;
    }
}
