package org.sterna.secretariat;

import java.security.Principal;
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

    /** Something to choose in a filter. */
    record Choice(String value, String label) {}

    private final Office office;
    private final Obligations obligations;
    private final Duties duties;
    private final Parties parties;
    private final ObligationLines lines;
    private final Wording wording;

    ObligationsController(
            Office office,
            Obligations obligations,
            Duties duties,
            Parties parties,
            ObligationLines lines,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.duties = duties;
        this.parties = parties;
        this.lines = lines;
        this.wording = wording;
    }

    @GetMapping("/secretariat/obligations")
    String list(
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "0") int page,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        int shown = Math.max(0, page);
        Obligations.Page<Obligation> found = lines.fill(
                model, new Obligations.Filter(given(duty), given(party), null, states(state), overdue), shown, reader);
        model.addAttribute("duty", duty);
        model.addAttribute("party", party);
        model.addAttribute("state", state);
        model.addAttribute("overdue", overdue);
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
                .queryParamIfPresent("overdue", overdue ? Optional.of(true) : Optional.empty());
        model.addAttribute("pager", Pager.of(shown, found.items().size(), found.total(), address));
        return "secretariat/obligations";
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
