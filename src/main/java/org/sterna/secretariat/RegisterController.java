package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.obligations.Obligations;
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
    private static final List<SeatRole> LISTED = List.of(SeatRole.NFP, SeatRole.ALT, SeatRole.MIN);

    /** Zones of places; those named otherwise are only old names of the same. */
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.matches(
                    "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/-]+"))
            .collect(Collectors.toCollection(TreeSet::new));

    /** A region to choose. */
    record Choice(String code, String label, boolean current) {}

    /** Who is in a seat. */
    record Sitting(@Nullable String name, Wording.Tag status) {}

    /** A Party in the list. */
    record Line(String code, String name, String region, String language, List<Sitting> seats) {}

    /** A seat with its terms. */
    record SeatCard(String name, String code, Wording.Tag status, List<Term> terms) {}

    /** A term of office. */
    record Term(
            String name,
            String email,
            @Nullable String username,
            String language,
            String from,
            @Nullable String to,
            boolean inOffice,
            Wording.Tag status,
            @Nullable UUID evidence) {}

    private final Office office;
    private final Parties parties;
    private final Seats seats;
    private final Reachability reachability;
    private final ObligationLines obligationLines;
    private final Wording wording;

    RegisterController(
            Office office,
            Parties parties,
            Seats seats,
            Reachability reachability,
            ObligationLines obligationLines,
            Wording wording) {
        this.office = office;
        this.parties = parties;
        this.seats = seats;
        this.reachability = reachability;
        this.obligationLines = obligationLines;
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

    @GetMapping("/secretariat/register/{code}")
    String show(@PathVariable String code, Principal principal, Locale reader, Model model) {
        office.member(principal);
        Party party = parties.find(code).orElseThrow(NothingHere::new);
        model.addAttribute("party", party.name(reader));
        model.addAttribute("code", party.code());
        model.addAttribute("region", wording.text("region." + party.region().code(), reader));
        if (!model.containsAttribute("zone")) {
            model.addAttribute("zone", party.zone().getId());
        }
        model.addAttribute("zones", ZONES);
        model.addAttribute(
                "language", wording.text("language." + party.language().getLanguage(), reader));
        List<SeatRole> roles =
                Arrays.stream(SeatRole.values()).filter(SeatRole::ofParty).toList();
        Map<String, List<Holder>> inOffice = seats.inOffice(
                roles.stream().map(role -> Seat.code(role, party.code())).toList());
        model.addAttribute(
                "seats",
                roles.stream()
                        .flatMap(role -> card(role, party, inOffice, reader).stream())
                        .toList());
        obligationLines.fill(model, Obligations.Filter.ofParty(party.code()), 0, reader);
        return "secretariat/party";
    }

    /** Corrects the zone in which the Party reads the clock. */
    @PostMapping("/secretariat/register/{code}/zone")
    String zone(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String zone,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        office.member(principal);
        Party party = parties.find(code).orElseThrow(NothingHere::new);
        if (ZONES.contains(zone.strip())) {
            parties.setZone(party.code(), ZoneId.of(zone.strip()));
            next.addFlashAttribute("done", wording.text("secretariat.party.zone.done", reader));
        } else {
            next.addFlashAttribute("zone", zone);
            next.addFlashAttribute("zoneProblem", wording.text("secretariat.party.zone.error", reader));
        }
        return "redirect:/secretariat/register/" + party.code();
    }

    private Optional<SeatCard> card(SeatRole role, Party party, Map<String, List<Holder>> inOffice, Locale reader) {
        String seat = Seat.code(role, party.code());
        List<Holder> terms = seats.terms(seat);
        if (terms.isEmpty() && !LISTED.contains(role)) {
            return Optional.empty();
        }
        Optional<Holder> now = People.first(inOffice.get(seat));
        return Optional.of(new SeatCard(
                wording.text("seat." + role.code(), reader),
                seat,
                People.status(now, wording, reader),
                terms.stream()
                        .map(term -> new Term(
                                term.name(),
                                term.email(),
                                term.username(),
                                wording.text("language." + term.language().getLanguage(), reader),
                                wording.day(term.from(), reader),
                                term.to() == null ? null : wording.day(term.to(), reader),
                                now.filter(term::equals).isPresent(),
                                People.status(Optional.of(term), wording, reader),
                                term.evidence()))
                        .toList()));
    }
}
