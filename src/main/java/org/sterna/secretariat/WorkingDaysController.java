package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.calendar.InvalidCorrection;
import org.sterna.calendar.WorkingDays;
import org.sterna.calendar.WorkingDays.Correction;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;

/** Which days are off in a country, and what the Secretariat knows better than the holiday data. */
@Controller
class WorkingDaysController {

    private static final String ADDRESS = "/secretariat/working-days";

    private static final Pattern YEAR = Pattern.compile("(?:19|20|21)\\d{2}");

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A correction in the list. */
    record Line(String country, String name, String on, String day, Wording.Tag kind, String note) {}

    /** A correction as typed; what was not typed is empty. */
    record Typed(String country, String on, String kind, String note) {}

    private final Office office;
    private final WorkingDays workingDays;
    private final Parties parties;
    private final Wording wording;

    WorkingDaysController(Office office, WorkingDays workingDays, Parties parties, Wording wording) {
        this.office = office;
        this.workingDays = workingDays;
        this.parties = parties;
        this.wording = wording;
    }

    @GetMapping({ADDRESS, ADDRESS + "/forget"})
    String show(
            @RequestParam(defaultValue = WorkingDays.SECRETARIAT) String country,
            @RequestParam(defaultValue = "") String year,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        fill(model, country, year, new Typed(country, "", Correction.Kind.ADDED.code(), ""), Map.of(), reader);
        return "secretariat/working-days";
    }

    @PostMapping(ADDRESS)
    ModelAndView correct(
            @RequestParam(defaultValue = "") String country,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        office.member(principal);
        Typed typed = new Typed(country.strip(), on.strip(), kind, note.strip());
        try {
            workingDays.correct(new Correction(
                    typed.country(),
                    day(typed.on(), reader),
                    Correction.Kind.of(typed.kind())
                            .orElseThrow(() -> new InvalidCorrection(
                                    "kind", wording.text("secretariat.correction.kind.error", reader))),
                    typed.note()));
        } catch (InvalidCorrection refused) {
            fill(model, typed.country(), "", typed, Map.of(refused.field(), refused.getMessage()), reader);
            return new ModelAndView("secretariat/working-days", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute(
                "done", wording.text("secretariat.correction.done", reader, name(typed.country(), reader)));
        return to(typed.country(), typed.on(), next);
    }

    @PostMapping(ADDRESS + "/forget")
    ModelAndView forget(
            @RequestParam String country,
            @RequestParam(defaultValue = "") String on,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        office.member(principal);
        LocalDate day;
        try {
            day = day(on, reader);
        } catch (InvalidCorrection notADay) {
            throw new NothingHere();
        }
        if (workingDays.forget(country, day)) {
            next.addFlashAttribute(
                    "done", wording.text("secretariat.correction.forgotten", reader, name(country, reader)));
        }
        return to(country, on, next);
    }

    /** To the days of that year. */
    private static ModelAndView to(String country, String on, RedirectAttributes next) {
        next.addAttribute("country", country).addAttribute("year", on.substring(0, 4));
        return new ModelAndView("redirect:" + ADDRESS);
    }

    private LocalDate day(String typed, Locale reader) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeParseException notADay) {
            throw new InvalidCorrection("on", wording.text("secretariat.correction.on.error", reader));
        }
    }

    private void fill(
            Model model, String country, String year, Typed typed, Map<String, String> errors, Locale reader) {
        List<Choice> countries = new ArrayList<>();
        parties.all().forEach(party -> countries.add(new Choice(party.code(), party.name(reader))));
        countries.sort(Comparator.comparing(Choice::label, Collator.getInstance(reader)));
        countries.add(0, new Choice(WorkingDays.SECRETARIAT, name(WorkingDays.SECRETARIAT, reader)));
        boolean known = countries.stream().anyMatch(one -> one.value().equals(country));
        String asked = known ? country : WorkingDays.SECRETARIAT;
        int shown = YEAR.matcher(year).matches()
                ? Integer.parseInt(year)
                : wording.today().getYear();
        model.addAttribute("countries", countries);
        model.addAttribute("country", asked);
        model.addAttribute("year", shown);
        model.addAttribute("heading", wording.text("secretariat.holidays.of", reader, name(asked, reader), shown));
        model.addAttribute("data", workingDays.hasHolidays(asked));
        model.addAttribute(
                "holidays",
                workingDays.holidays(asked, shown).stream()
                        .map(day -> new Choice(day.toString(), weekday(day, reader)))
                        .toList());
        model.addAttribute(
                "corrections",
                workingDays.corrections().stream().map(one -> line(one, reader)).toList());
        model.addAttribute(
                "kinds",
                Arrays.stream(Correction.Kind.values())
                        .map(kind -> new Choice(
                                kind.code(), wording.text("secretariat.correction.kind." + kind.code(), reader)))
                        .toList());
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
    }

    private String weekday(LocalDate day, Locale reader) {
        return wording.text(
                "secretariat.holidays.day",
                reader,
                wording.day(day, reader),
                day.getDayOfWeek().getDisplayName(TextStyle.FULL_STANDALONE, reader));
    }

    private Line line(Correction correction, Locale reader) {
        String kind = correction.kind().code();
        return new Line(
                correction.country(),
                name(correction.country(), reader),
                correction.on().toString(),
                weekday(correction.on(), reader),
                new Wording.Tag(
                        kind,
                        correction.kind() == Correction.Kind.ADDED ? "+" : "–",
                        wording.text("secretariat.correction.kind." + kind, reader)),
                correction.note());
    }

    private String name(String country, Locale reader) {
        return country.equals(WorkingDays.SECRETARIAT)
                ? wording.text("secretariat.working-days.secretariat", reader)
                : wording.party(country, reader);
    }
}
