package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Reachability;
import org.sterna.register.Region;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** Who sits where, and on what ground. */
@Controller
class RegisterController {

    /** The roles shown in the list; a Party's page shows all that were ever held. */
    static final List<SeatRole> LISTED = List.of(SeatRole.NFP, SeatRole.ALT, SeatRole.MIN);

    /** A region to choose. */
    record Choice(String code, String label, boolean current) {}

    /** Who is in a seat. */
    record Sitting(@Nullable String name, Wording.Tag status) {}

    /** A Party in the list. */
    record Line(String code, String name, String region, String language, List<Sitting> seats) {}

    private final Office office;
    private final Parties parties;
    private final Seats seats;
    private final Reachability reachability;
    private final Wording wording;

    RegisterController(Office office, Parties parties, Seats seats, Reachability reachability, Wording wording) {
        this.office = office;
        this.parties = parties;
        this.seats = seats;
        this.reachability = reachability;
        this.wording = wording;
    }

    @GetMapping("/secretariat/register")
    String list(
            @RequestParam(defaultValue = "") String region,
            @RequestParam(defaultValue = "false") boolean unreachable,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Optional<Region> chosen = Arrays.stream(Region.values())
                .filter(one -> one.code().equals(region))
                .findFirst();
        Collator order = Collator.getInstance(reader);
        List<Party> listed = parties.all().stream()
                .filter(party -> chosen.isEmpty() || party.region() == chosen.get())
                .filter(reached(unreachable))
                .toList();
        Map<String, List<Holder>> inOffice = seats.inOffice(listed.stream()
                .flatMap(party -> LISTED.stream().map(role -> Seat.code(role, party.code())))
                .toList());
        List<Line> lines = listed.stream()
                .map(party -> line(party, inOffice, reader))
                .sorted(Comparator.comparing(Line::name, order))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "roles",
                LISTED.stream()
                        .map(role -> wording.text("seat." + role.code(), reader))
                        .toList());
        model.addAttribute(
                "regions",
                Arrays.stream(Region.values())
                        .map(one -> new Choice(
                                one.code(),
                                wording.text("region." + one.code(), reader),
                                chosen.filter(one::equals).isPresent()))
                        .toList());
        model.addAttribute("region", chosen.map(Region::code).orElse(null));
        model.addAttribute("unreachable", unreachable);
        return "secretariat/register";
    }

    private Predicate<Party> reached(boolean unreachable) {
        if (!unreachable) {
            return party -> true;
        }
        Set<String> codes = reachability.unreachable().keySet();
        return party -> codes.contains(party.code());
    }

    private Line line(Party party, Map<String, List<Holder>> inOffice, Locale reader) {
        return new Line(
                party.code(),
                party.name(reader),
                wording.text("region." + party.region().code(), reader),
                wording.text("language." + party.language().getLanguage(), reader),
                LISTED.stream()
                        .map(role -> sitting(People.first(inOffice.get(Seat.code(role, party.code()))), reader))
                        .toList());
    }

    private Sitting sitting(Optional<Holder> holder, Locale reader) {
        return new Sitting(holder.map(Holder::name).orElse(null), People.status(holder, wording, reader));
    }
}
