package org.sterna.secretariat;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.engine.Cases;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.CaseFile;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Parties;

/** All obligations, and the Secretariat's acts on one. */
@Controller
class ObligationsController {

    /** Shortest reason that says something; the same bound as in {@link Cases#excuse}. */
    private static final int REASON = 10;

    private static final int LONGEST_REASON = 1000;

    private static final Duration WEEK = Duration.ofDays(7);

    /** Something to choose in a filter. */
    record Choice(String value, String label) {}

    private final Office office;
    private final Obligations obligations;
    private final Duties duties;
    private final Parties parties;
    private final Cases cases;
    private final CaseFiles caseFiles;
    private final ObligationLines lines;
    private final ReplyLines replies;
    private final Stillness stillness;
    private final Wording wording;

    ObligationsController(
            Office office,
            Obligations obligations,
            Duties duties,
            Parties parties,
            Cases cases,
            CaseFiles caseFiles,
            ObligationLines lines,
            ReplyLines replies,
            Stillness stillness,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.duties = duties;
        this.parties = parties;
        this.cases = cases;
        this.caseFiles = caseFiles;
        this.lines = lines;
        this.replies = replies;
        this.stillness = stillness;
        this.wording = wording;
    }

    @GetMapping("/secretariat/obligations")
    String list(
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "false") boolean due,
            @RequestParam(defaultValue = "false") boolean stuck,
            @RequestParam(defaultValue = "0") int page,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        int shown = Math.max(0, page);
        Obligations.Page<Obligation> found = lines.fill(
                model,
                filter(
                        duty,
                        party,
                        state,
                        occasion,
                        overdue,
                        due ? wording.now() : null,
                        stuck ? stillness.now() : null),
                shown,
                reader);
        model.addAttribute("duty", duty);
        model.addAttribute("party", party);
        model.addAttribute("state", state);
        model.addAttribute("occasion", occasion);
        model.addAttribute("overdue", overdue);
        model.addAttribute("due", due);
        model.addAttribute("stuck", stuck);
        model.addAttribute(
                "duties",
                duties.all().stream()
                        .map(one -> new Choice(one.key(), wording.duty(one.key(), reader)))
                        .toList());
        model.addAttribute(
                "parties",
                parties.all().stream()
                        .map(one -> new Choice(one.code(), one.name(reader)))
                        .sorted((one, other) ->
                                java.text.Collator.getInstance(reader).compare(one.label(), other.label()))
                        .toList());
        model.addAttribute(
                "states",
                Arrays.stream(Obligation.State.values())
                        .map(one -> new Choice(one.code(), wording.text("state." + one.code(), reader)))
                        .toList());
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/secretariat/obligations")
                .queryParamIfPresent("duty", Optional.ofNullable(given(duty)))
                .queryParamIfPresent("party", Optional.ofNullable(given(party)))
                .queryParamIfPresent("state", Optional.ofNullable(given(state)))
                .queryParamIfPresent("occasion", Optional.ofNullable(given(occasion)))
                .queryParamIfPresent("overdue", overdue ? Optional.of(true) : Optional.empty())
                .queryParamIfPresent("due", due ? Optional.of(true) : Optional.empty())
                .queryParamIfPresent("stuck", stuck ? Optional.of(true) : Optional.empty());
        model.addAttribute("pager", Pager.of(shown, found.items().size(), found.total(), address));
        model.addAttribute("query", address.build().encode().getQuery());
        return "secretariat/obligations";
    }

    /**
     * What the address asks for.
     *
     * @param dueFrom null unless only what is due within a week of then is asked for
     * @param stuck null unless only what is stuck is asked for
     */
    static Obligations.Filter filter(
            String duty,
            String party,
            String state,
            String occasion,
            boolean overdue,
            @Nullable Instant dueFrom,
            Obligations.@Nullable Stuck stuck) {
        return new Obligations.Filter(
                given(duty),
                given(party),
                given(occasion),
                states(state),
                overdue,
                dueFrom == null ? null : dueFrom.plus(WEEK),
                stuck);
    }

    private static @Nullable String given(String parameter) {
        return parameter.isBlank() ? null : parameter.strip();
    }

    private static Set<Obligation.State> states(String code) {
        if (code.equals("open")) {
            return Set.of(Obligation.State.OPENING, Obligation.State.WITH_PARTY, Obligation.State.WITH_SECRETARIAT);
        }
        return Arrays.stream(Obligation.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }

    @GetMapping("/secretariat/obligations/{id}")
    String show(@PathVariable UUID id, Principal principal, Locale reader, Model model) {
        Account member = office.member(principal);
        fill(model, obligation(id), member, Map.of(), reader);
        return "secretariat/obligation";
    }

    private Obligation obligation(UUID id) {
        return obligations.find(id).orElseThrow(NothingHere::new);
    }

    private void fill(Model model, Obligation obligation, Account member, Map<String, String> errors, Locale reader) {
        CaseFile file = caseFiles.of(obligation, member, reader);
        model.addAttribute("file", file);
        model.addAttribute(
                "brokenAt", obligations.firstBrokenEvent(obligation.id()).orElse(null));
        model.addAttribute("events", file.history().size());
        model.addAttribute("replies", replies.of(obligation.id(), reader));
        model.addAttribute("errors", errors);
    }

    @PostMapping("/secretariat/obligations/{id}/deadline")
    ModelAndView move(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Obligation obligation = obligation(id);
        Map<String, String> errors = new LinkedHashMap<>();
        Optional<LocalDate> day = day(on);
        if (day.isEmpty()) {
            errors.put("on", wording.text("secretariat.move.on.error", reader));
        } else if (day.get().isBefore(wording.today(obligation.deadline().zone()))) {
            errors.put("on", wording.text("secretariat.move.past.error", reader));
        } else if (day.get().equals(obligation.deadline().on())) {
            errors.put("on", wording.text("secretariat.move.same.error", reader));
        }
        if (!saysSomething(reason)) {
            errors.put("reason", wording.text("secretariat.reason.error", reader));
        }
        if (errors.isEmpty()) {
            try {
                cases.moveDeadline(
                        id,
                        obligation.deadline().movedTo(day.orElseThrow(), Deadline.Origin.EXTENSION, reason.strip()),
                        member.username());
                next.addFlashAttribute(
                        "done", wording.text("secretariat.move.done", reader, wording.day(day.get(), reader)));
                return new ModelAndView("redirect:/secretariat/obligations/" + id);
            } catch (IllegalArgumentException refused) {
                errors.put("on", wording.text("secretariat.act.refused", reader));
            }
        }
        model.addAttribute("on", on);
        model.addAttribute("reason", reason);
        fill(model, obligation(id), member, errors, reader);
        return new ModelAndView("secretariat/obligation", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @PostMapping("/secretariat/obligations/{id}/excuse")
    ModelAndView excuse(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String excuse,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        obligation(id);
        Map<String, String> errors = new LinkedHashMap<>();
        if (!saysSomething(excuse)) {
            errors.put("excuse", wording.text("secretariat.reason.error", reader));
        } else {
            try {
                cases.excuse(id, excuse.strip(), member.username());
                next.addFlashAttribute("done", wording.text("secretariat.excuse.done", reader));
                return new ModelAndView("redirect:/secretariat/obligations/" + id);
            } catch (IllegalArgumentException refused) {
                errors.put("excuse", wording.text("secretariat.act.refused", reader));
            }
        }
        model.addAttribute("excuse", excuse);
        fill(model, obligation(id), member, errors, reader);
        return new ModelAndView("secretariat/obligation", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private static boolean saysSomething(String reason) {
        int length = reason.strip().length();
        return length >= REASON && length <= LONGEST_REASON;
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed.strip()));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }
}
