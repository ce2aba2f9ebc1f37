package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.InvalidLadder;
import org.sterna.notices.Ladders;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;
import org.sterna.register.SeatRole;

/** Which reminders and escalations go out when and to whom, where the Secretariat wants other ones than the duty's. */
@Controller
class LaddersController {

    /** Rows left empty for further rungs; more come with each save. */
    private static final int SPARE = 3;

    private static final int LONGEST_OCCASION = 64;

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A ladder set by the Secretariat, in the list. */
    record Line(
            String duty,
            String scope,
            List<String> rungs,
            String setBy,
            String subject,
            @Nullable String occasion,
            @Nullable String party) {}

    /** A rung as it is in the form. */
    record Row(
            int number,
            String kind,
            String days,
            String unit,
            String side,
            String to,
            String copies,
            boolean decide,
            String text) {

        boolean empty() {
            return days.isBlank() && to.isBlank() && copies.isBlank();
        }

        Ladders.Line line() {
            return new Ladders.Line(
                    kind,
                    (side.equals("before") ? "-" : "") + "P" + days.strip() + (unit.equals("months") ? "M" : "D"),
                    to,
                    copies,
                    decide,
                    text);
        }
    }

    private final Office office;
    private final Ladders ladders;
    private final Duties duties;
    private final Parties parties;
    private final Wording wording;

    LaddersController(Office office, Ladders ladders, Duties duties, Parties parties, Wording wording) {
        this.office = office;
        this.ladders = ladders;
        this.duties = duties;
        this.parties = parties;
        this.wording = wording;
    }

    @GetMapping("/secretariat/ladders")
    String list(Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(model, reader);
        return "secretariat/ladders";
    }

    private void fill(Model model, Locale reader) {
        List<Ladders.Own> all = ladders.all();
        Map<String, String> people =
                wording.people(all.stream().map(Ladders.Own::setBy).toList(), reader);
        model.addAttribute(
                "lines",
                all.stream()
                        .map(own -> new Line(
                                title(own.scope(), reader),
                                scope(own.scope(), reader),
                                own.rungs().stream()
                                        .map(rung -> told(own.scope().duty(), rung, reader))
                                        .toList(),
                                people.get(own.setBy()) + " · " + wording.moment(own.setAt(), reader),
                                subject(own.scope()),
                                own.scope().occasion(),
                                own.scope().partyCode()))
                        .toList());
        model.addAttribute(
                "subjects",
                duties.all().stream()
                        .flatMap(duty -> Stream.concat(
                                        Stream.of(Duty.DUE),
                                        duty.further().stream().map(Duty.Further::name))
                                .map(name -> new Choice(duty.subject(name), title(duty.key(), name, reader))))
                        .toList());
        model.addAttribute(
                "parties",
                parties.all().stream()
                        .map(party -> new Choice(party.code(), party.name(reader)))
                        .sorted(Comparator.comparing(Choice::label, Collator.getInstance(reader)))
                        .toList());
    }

    private String title(Ladders.Scope scope, Locale reader) {
        return title(scope.duty(), scope.deadline(), reader);
    }

    private String title(String duty, String deadline, Locale reader) {
        String title = wording.duty(duty, reader);
        return deadline.equals(Duty.DUE) ? title : title + " – " + wording.deadline(duty, deadline, reader);
    }

    private String scope(Ladders.Scope scope, Locale reader) {
        return scope.partyCode() == null
                ? wording.occasion(scope.occasion())
                : wording.party(scope.partyCode(), reader);
    }

    private static String subject(Ladders.Scope scope) {
        return scope.deadline().equals(Duty.DUE) ? scope.duty() : scope.duty() + "." + scope.deadline();
    }

    /** For example “14 days before: reminder to National Focal Point”. */
    private String told(String duty, Rung rung, Locale reader) {
        String when = rung.offset().isZero()
                ? wording.text("ladder.on-the-day", reader)
                : wording.text(
                        "ladder." + (rung.offset().toTotalMonths() != 0 ? "months" : "days") + "."
                                + (negative(rung.offset()) ? "before" : "after"),
                        reader,
                        Math.abs(
                                rung.offset().toTotalMonths() != 0
                                        ? rung.offset().toTotalMonths()
                                        : rung.offset().getDays()));
        String told = wording.text(
                "ladder.rung",
                reader,
                when,
                wording.text("notice.kind." + rung.kind().code(), reader),
                roles(rung.to(), reader));
        return (rung.copies().isEmpty()
                        ? told
                        : told + " " + wording.text("ladder.copies-to", reader, roles(rung.copies(), reader)))
                + (rung.text() == null || !ladders.texts(duty).contains(rung.text())
                        ? ""
                        : " · " + text(duty, rung.text(), reader))
                + (rung.decide() ? " · " + wording.text("ladder.decide", reader) : "");
    }

    /** A text by its kind and its subject line. */
    private String text(String duty, String text, Locale reader) {
        return wording.text("notice.kind." + text.substring(0, text.indexOf('-')), reader) + " · "
                + wording.subject(duty, text, reader);
    }

    private static boolean negative(Period offset) {
        return offset.toTotalMonths() * 31 + offset.getDays() < 0;
    }

    private String roles(List<String> roles, Locale reader) {
        return String.join(
                ", ", roles.stream().map(role -> wording.role(role, reader)).toList());
    }

    /** The ladder that counts now, to be changed. */
    @GetMapping("/secretariat/ladders/edit")
    ModelAndView edit(
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "") String party,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Map<String, String> errors = scopeErrors(subject, occasion, party, reader);
        if (!errors.isEmpty()) {
            fill(model, reader);
            model.addAttribute("errors", errors);
            model.addAttribute("subject", subject);
            model.addAttribute("occasion", occasion);
            model.addAttribute("party", party);
            return new ModelAndView("secretariat/ladders", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        Ladders.Scope scope = scope(subject, occasion, party);
        List<Rung> rungs = ladders.find(scope)
                .map(Ladders.Own::rungs)
                .orElseGet(() -> ladders.usual(scope.duty(), scope.deadline()));
        List<Row> rows = new ArrayList<>();
        for (Rung rung : rungs) {
            long months = rung.offset().toTotalMonths();
            rows.add(new Row(
                    rows.size(),
                    rung.kind().code(),
                    Long.toString(Math.abs(months != 0 ? months : rung.offset().getDays())),
                    months != 0 ? "months" : "days",
                    negative(rung.offset()) || rung.kind() == Rung.Kind.REMINDER ? "before" : "after",
                    String.join(", ", rung.to()),
                    String.join(", ", rung.copies()),
                    rung.decide(),
                    rung.text() == null ? "" : rung.text()));
        }
        return form(model, scope, rows, Map.of(), reader, HttpStatus.OK);
    }

    private Map<String, String> scopeErrors(String subject, String occasion, String party, Locale reader) {
        Map<String, String> errors = new LinkedHashMap<>();
        String duty = subject.split("\\.", 2)[0];
        String deadline = subject.contains(".") ? subject.substring(subject.indexOf('.') + 1) : Duty.DUE;
        if (duties.find(duty)
                .filter(found ->
                        deadline.equals(Duty.DUE) || found.further(deadline).isPresent())
                .isEmpty()) {
            errors.put("subject", wording.text("secretariat.ladders.subject.error", reader));
        }
        if (occasion.isBlank() == party.isBlank() || occasion.strip().length() > LONGEST_OCCASION) {
            errors.put("occasion", wording.text("secretariat.ladders.scope.error", reader));
        } else if (!party.isBlank() && parties.find(party).isEmpty()) {
            errors.put("party", wording.text("secretariat.ladders.party.error", reader));
        }
        return errors;
    }

    private static Ladders.Scope scope(String subject, String occasion, String party) {
        return new Ladders.Scope(
                subject.split("\\.", 2)[0],
                subject.contains(".") ? subject.substring(subject.indexOf('.') + 1) : Duty.DUE,
                occasion.isBlank() ? null : occasion.strip(),
                party.isBlank() ? null : party);
    }

    private ModelAndView form(
            Model model,
            Ladders.Scope scope,
            List<Row> rows,
            Map<String, String> errors,
            Locale reader,
            HttpStatus status) {
        List<Row> shown = new ArrayList<>(rows);
        for (int i = 0; i < SPARE; i++) {
            shown.add(new Row(shown.size(), "reminder", "", "days", "before", "", "", false, ""));
        }
        model.addAttribute("rows", shown);
        model.addAttribute("title", title(scope, reader));
        model.addAttribute("scope", scope(scope, reader));
        model.addAttribute("subject", subject(scope));
        model.addAttribute("occasion", scope.occasion() == null ? "" : scope.occasion());
        model.addAttribute("party", scope.partyCode() == null ? "" : scope.partyCode());
        model.addAttribute("errors", errors);
        model.addAttribute("own", ladders.find(scope).isPresent());
        model.addAttribute(
                "kinds",
                Arrays.stream(Rung.Kind.values())
                        .map(Rung.Kind::code)
                        .map(kind -> new Choice(kind, wording.text("notice.kind." + kind, reader)))
                        .toList());
        model.addAttribute(
                "texts",
                ladders.texts(scope.duty()).stream()
                        .map(text -> new Choice(text, text(scope.duty(), text, reader)))
                        .toList());
        model.addAttribute(
                "roles",
                Arrays.stream(SeatRole.values())
                        .map(role -> new Choice(role.code(), wording.text("seat." + role.code(), reader)))
                        .toList());
        return new ModelAndView("secretariat/ladder", model.asMap(), status);
    }

    @PostMapping("/secretariat/ladders/edit")
    ModelAndView set(
            @RequestParam Map<String, String> typed,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        String username = office.member(principal).username();
        String subject = typed.getOrDefault("subject", "");
        String occasion = typed.getOrDefault("occasion", "");
        String party = typed.getOrDefault("party", "");
        if (!scopeErrors(subject, occasion, party, reader).isEmpty()) {
            return edit(subject, occasion, party, principal, reader, model);
        }
        Ladders.Scope scope = scope(subject, occasion, party);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; typed.containsKey("kind-" + i) && i < 100; i++) {
            Row row = new Row(
                    rows.size(),
                    typed.get("kind-" + i),
                    typed.getOrDefault("days-" + i, ""),
                    typed.getOrDefault("unit-" + i, "days"),
                    typed.getOrDefault("side-" + i, "before"),
                    typed.getOrDefault("to-" + i, ""),
                    typed.getOrDefault("copies-" + i, ""),
                    typed.containsKey("decide-" + i),
                    typed.getOrDefault("text-" + i, ""));
            if (!row.empty()) {
                rows.add(row);
            }
        }
        try {
            ladders.set(scope, rows.stream().map(Row::line).toList(), username);
        } catch (InvalidLadder invalid) {
            Map<String, String> errors = new LinkedHashMap<>();
            for (InvalidLadder.Fault fault : invalid.faults()) {
                errors.putIfAbsent(
                        field(fault) + "-" + fault.line(), wording.text(fault.key(), reader, fault.argument()));
            }
            return form(model, scope, rows, errors, reader, HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute(
                "done", wording.text("secretariat.ladders.done", reader, title(scope, reader), scope(scope, reader)));
        return new ModelAndView("redirect:/secretariat/ladders");
    }

    private static String field(InvalidLadder.Fault fault) {
        return fault.field().equals("offset") ? "days" : fault.field();
    }

    @PostMapping("/secretariat/ladders/clear")
    String clear(
            @RequestParam String subject,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "") String party,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        String username = office.member(principal).username();
        if (!scopeErrors(subject, occasion, party, reader).isEmpty()) {
            throw new NothingHere();
        }
        Ladders.Scope scope = scope(subject, occasion, party);
        ladders.clear(scope, username);
        next.addFlashAttribute(
                "done",
                wording.text("secretariat.ladders.cleared", reader, title(scope, reader), scope(scope, reader)));
        return "redirect:/secretariat/ladders";
    }
}
