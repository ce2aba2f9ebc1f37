package org.sterna.secretariat;

import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.campaigns.InvalidMove;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Entering and changing dates that a notification names. */
@Controller
class NotifiedDatesController {

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A date as typed; what was not typed is empty. */
    record Typed(String subject, String occasion, String on, String reference, String notifiedOn) {

        static Typed of(Map<String, String> form) {
            return new Typed(
                    strip(form, "subject"),
                    strip(form, "occasion"),
                    strip(form, "on"),
                    strip(form, "reference"),
                    strip(form, "notifiedOn"));
        }

        private static String strip(Map<String, String> form, String field) {
            return form.getOrDefault(field, "").strip();
        }

        /** As the form sends it. */
        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("subject", subject);
            fields.put("occasion", occasion);
            fields.put("on", on);
            fields.put("reference", reference);
            fields.put("notifiedOn", notifiedOn);
            return fields;
        }
    }

    private final Office office;
    private final Meetings meetings;
    private final Duties duties;
    private final MoveLines moveLines;
    private final Wording wording;

    NotifiedDatesController(Office office, Meetings meetings, Duties duties, MoveLines moveLines, Wording wording) {
        this.office = office;
        this.meetings = meetings;
        this.duties = duties;
        this.moveLines = moveLines;
        this.wording = wording;
    }

    @GetMapping("/secretariat/notified-dates")
    String form(@RequestParam(defaultValue = "") String occasion, Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(model, new Typed("", occasion, "", "", ""), Map.of(), reader);
        return "secretariat/notified-date";
    }

    /** A date with which deadlines of open cases move is shown with these before it counts. */
    @PostMapping("/secretariat/notified-dates")
    ModelAndView enter(
            @RequestParam Map<String, String> form,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Typed typed = Typed.of(form);
        try {
            NotifiedDate date = new NotifiedDate(
                    typed.subject(),
                    typed.occasion(),
                    day(typed.on(), "on", reader),
                    typed.reference(),
                    day(typed.notifiedOn(), "notifiedOn", reader),
                    NotifiedDate.Basis.SOURCED);
            ModelAndView shown = moveLines.act(
                    new MeetingMoves.Notification(date),
                    form.get("seen"),
                    member,
                    new MoveLines.Act(
                            wording.text("secretariat.notified.check", reader, typed.occasion()),
                            "/secretariat/notified-dates",
                            facts(date, reader),
                            typed.fields()),
                    reader,
                    model);
            if (shown != null) {
                return shown;
            }
        } catch (InvalidMove refused) {
            fill(model, typed, Map.of(refused.field(), refused.getMessage()), reader);
            return new ModelAndView("secretariat/notified-date", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute("done", wording.text("secretariat.notified.done", reader, typed.occasion()));
        return new ModelAndView("redirect:/secretariat/meetings");
    }

    private LocalDate day(String typed, String field, Locale reader) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException notADay) {
            throw new InvalidMove(field, wording.text("secretariat.notified." + field + ".error", reader));
        }
    }

    private List<MoveLines.Fact> facts(NotifiedDate date, Locale reader) {
        Optional<NotifiedDate> before = meetings.notified(date.occasion()).stream()
                .filter(one -> one.subject().equals(date.subject()) && one.basis() == NotifiedDate.Basis.SOURCED)
                .findFirst();
        List<MoveLines.Fact> facts = new ArrayList<>();
        facts.add(moveLines.fact("secretariat.notified.subject", moveLines.subject(date.subject(), reader), reader));
        before.ifPresent(
                one -> facts.add(moveLines.fact("secretariat.notified.before", wording.day(one.on(), reader), reader)));
        facts.add(moveLines.fact("secretariat.notified.on", wording.day(date.on(), reader), reader));
        return facts;
    }

    private void fill(Model model, Typed typed, Map<String, String> errors, Locale reader) {
        List<Choice> subjects = new ArrayList<>();
        for (Duty duty : duties.all()) {
            subjects.add(choice(duty.key(), reader));
            duty.further().forEach(further -> subjects.add(choice(duty.subject(further.name()), reader)));
        }
        MeetingMoves.KINDS_OF_DOCUMENT.stream()
                .filter(kind -> duties.find(kind).isEmpty())
                .forEach(kind -> subjects.add(choice(kind, reader)));
        model.addAttribute("subjects", subjects);
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
    }

    private Choice choice(String subject, Locale reader) {
        return new Choice(subject, moveLines.subject(subject, reader));
    }
}
