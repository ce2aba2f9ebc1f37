package org.sterna.secretariat;

import java.net.URI;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.pages.Wording;
import org.sterna.register.Instruments;
import org.sterna.register.Region;

/** Every Party beside every duty: where each obligation stands and what happens by itself next. */
@Controller
class MatrixController {

    /** Something to choose. */
    record Choice(String value, String label) {}

    private final Office office;
    private final MatrixLines lines;
    private final Standings standings;
    private final Instruments instruments;
    private final Wording wording;

    MatrixController(Office office, MatrixLines lines, Standings standings, Instruments instruments, Wording wording) {
        this.office = office;
        this.lines = lines;
        this.standings = standings;
        this.instruments = instruments;
        this.wording = wording;
    }

    @GetMapping(MatrixLines.ADDRESS)
    String show(@ModelAttribute("choice") Matrix.Choice choice, Principal principal, Locale reader, Model model) {
        office.member(principal);
        model.addAttribute("matrix", lines.of(choice, reader));
        model.addAttribute(
                "query", URI.create(choice.address(MatrixLines.ADDRESS)).getRawQuery());
        model.addAttribute(
                "title",
                choice.occasion().isEmpty()
                        ? wording.text("matrix.title", reader)
                        : wording.text("matrix.title.of", reader, wording.occasion(choice.occasion())));
        model.addAttribute(
                "lead",
                choice.occasion().isEmpty()
                        ? wording.text("matrix.lead.now", reader)
                        : wording.text("matrix.lead.occasion", reader, wording.occasion(choice.occasion())));
        model.addAttribute(
                "occasions",
                standings.occasions().stream()
                        .map(code -> new Choice(code, wording.occasion(code)))
                        .toList());
        model.addAttribute("regions", choices(Stream.of(Region.values()).map(Region::code), "region.", reader));
        model.addAttribute(
                "instruments",
                instruments.all().stream()
                        .map(one -> new Choice(one.code(), one.code()))
                        .toList());
        model.addAttribute("languages", choices(Stream.of("en", "fr", "es"), "language.", reader));
        model.addAttribute(
                "groups", choices(Arrays.stream(Duty.Group.values()).map(Duty.Group::code), "duty.group.", reader));
        model.addAttribute(
                "seats", choices(Stream.of("confirmed", "provisional", "vacant"), "secretariat.holder.", reader));
        model.addAttribute("states", states(reader));
        model.addAttribute(
                "legend",
                Stream.concat(
                                Stream.of(new Wording.Tag("overdue", "!", wording.text("state.overdue", reader))),
                                Arrays.stream(Obligation.State.values()).map(state -> wording.state(state, reader)))
                        .toList());
        return "secretariat/matrix";
    }

    private List<Choice> states(Locale reader) {
        return Stream.concat(
                        Stream.of(
                                new Choice("open", wording.text("filter.open", reader)),
                                new Choice("overdue", wording.text("state.overdue", reader)),
                                new Choice("due", wording.text("matrix.due", reader)),
                                new Choice("stuck", wording.text("matrix.stuck", reader))),
                        Arrays.stream(Obligation.State.values())
                                .map(state -> new Choice(state.code(), wording.text("state." + state.code(), reader))))
                .toList();
    }

    private List<Choice> choices(Stream<String> codes, String prefix, Locale reader) {
        return codes.map(code -> new Choice(code, wording.text(prefix + code, reader)))
                .toList();
    }
}
