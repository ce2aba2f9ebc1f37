package org.sterna.secretariat;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.duties.Duties;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;

/** All obligations. */
@Controller
class ObligationsController {

    private static final Duration WEEK = Duration.ofDays(7);

    /** Something to choose in a filter. */
    record Choice(String value, String label) {}

    private final Office office;
    private final Obligations obligations;
    private final Duties duties;
    private final Parties parties;
    private final ObligationLines lines;
    private final Stillness stillness;
    private final Wording wording;

    ObligationsController(
            Office office,
            Obligations obligations,
            Duties duties,
            Parties parties,
            ObligationLines lines,
            Stillness stillness,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.duties = duties;
        this.parties = parties;
        this.lines = lines;
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
        int shown = Pager.page(page);
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
}
