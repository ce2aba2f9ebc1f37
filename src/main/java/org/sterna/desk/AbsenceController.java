package org.sterna.desk;

import java.security.Principal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Appointments;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** A focal point tells when the alternate has to act. */
@Controller
class AbsenceController {

    private final Sight sight;
    private final Seats seats;
    private final Appointments appointments;
    private final Wording wording;

    AbsenceController(Sight sight, Seats seats, Appointments appointments, Wording wording) {
        this.sight = sight;
        this.seats = seats;
        this.appointments = appointments;
        this.wording = wording;
    }

    @GetMapping("/desk/absence")
    String form(Principal principal, Locale reader, Model model) {
        fill(model, seat(principal), "", "", Map.of(), reader);
        return "desk/absence";
    }

    @PostMapping("/desk/absence")
    ModelAndView register(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        String seat = seat(principal);
        Map<String, String> errors = new LinkedHashMap<>();
        Optional<LocalDate> first = day(from);
        Optional<LocalDate> last = day(to);
        if (first.isEmpty()) {
            errors.put("from", wording.text("desk.absence.from.error", reader));
        }
        if (last.isEmpty()) {
            errors.put("to", wording.text("desk.absence.to.error", reader));
        } else if (first.isPresent() && last.get().isBefore(first.get())) {
            errors.put("to", wording.text("desk.absence.order.error", reader));
        } else if (last.get().isBefore(wording.todayOfReader())) {
            errors.put("to", wording.text("desk.absence.past.error", reader));
        }
        if (errors.isEmpty()) {
            try {
                appointments.absent(seat, first.orElseThrow(), last.orElseThrow());
                next.addFlashAttribute(
                        "done",
                        wording.text(
                                "desk.absence.done",
                                reader,
                                wording.day(first.get(), reader),
                                wording.day(last.get(), reader)));
                return new ModelAndView("redirect:/desk");
            } catch (IllegalArgumentException refused) {
                errors.put("to", wording.text("desk.absence.refused", reader));
            }
        }
        fill(model, seat, from, to, errors, reader);
        return new ModelAndView("desk/absence", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private void fill(Model model, String seat, String from, String to, Map<String, String> errors, Locale reader) {
        model.addAttribute("seat", wording.seat(seat, reader));
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("errors", errors);
    }

    /** The caller's own focal point's seat; an alternate who acts in it cannot send its holder away. */
    private String seat(Principal principal) {
        Account caller = sight.caller(principal);
        if (caller.partyCode() == null) {
            throw new NothingHere();
        }
        String seat = Seat.code(SeatRole.NFP, caller.partyCode());
        // terms of office begin and end with days in UTC, as the register counts them
        LocalDate today = wording.today(ZoneOffset.UTC);
        boolean own = seats.terms(seat).stream()
                .anyMatch(term -> caller.username().equals(term.username())
                        && !term.from().isAfter(today)
                        && (term.to() == null || !term.to().isBefore(today)));
        if (!own) {
            throw new NothingHere();
        }
        return seat;
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed.strip()));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }
}
