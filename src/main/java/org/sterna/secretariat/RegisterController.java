package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
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
    record Sitting(@Nullable String name, @Nullable String email, Wording.Tag status) {}

    /** A Party in the list. */
    record Line(String code, String name, String region, String language, String zone, List<Sitting> seats) {}

    private final Office office;
    private final Parties parties;
    private final Seats seats;
    private final Reachability reachability;
    private final Exports exports;
    private final Wording wording;

    RegisterController(
            Office office, Parties parties, Seats seats, Reachability reachability, Exports exports, Wording wording) {
        this.office = office;
        this.parties = parties;
        this.seats = seats;
        this.reachability = reachability;
        this.exports = exports;
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
        Optional<Region> chosen = region(region);
        model.addAttribute("lines", lines(chosen, unreachable, reader));
        model.addAttribute("roles", roles(reader));
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
        model.addAttribute(
                "query",
                UriComponentsBuilder.newInstance()
                        .queryParamIfPresent("region", chosen.map(Region::code))
                        .queryParamIfPresent("unreachable", unreachable ? Optional.of(true) : Optional.empty())
                        .encode()
                        .build()
                        .getQuery());
        return "secretariat/register";
    }

    @GetMapping("/secretariat/exports/register.{ending}")
    ResponseEntity<Resource> export(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String region,
            @RequestParam(defaultValue = "false") boolean unreachable,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(ending, reader, format -> {
            List<String> headers = new ArrayList<>(Stream.of(
                            "export.code", "column.party", "column.region", "column.language", "secretariat.party.zone")
                    .map(key -> wording.text(key, reader))
                    .toList());
            roles(reader).forEach(role -> {
                headers.add(role);
                headers.add(role + " – " + wording.text("column.email", reader));
                headers.add(role + " – " + wording.text("column.state", reader));
            });
            return new Sheet(
                    "register",
                    wording.text("secretariat.register.title", reader),
                    exports.asOf(reader),
                    headers,
                    lines(region(region), unreachable, reader).stream()
                            .map(RegisterController::cells)
                            .toList());
        });
    }

    private static List<@Nullable Object> cells(Line line) {
        List<@Nullable Object> cells =
                new ArrayList<>(List.of(line.code(), line.name(), line.region(), line.language(), line.zone()));
        line.seats().forEach(sitting -> {
            cells.add(sitting.name());
            cells.add(sitting.email());
            cells.add(sitting.status().label());
        });
        return cells;
    }

    private static Optional<Region> region(String code) {
        return Arrays.stream(Region.values())
                .filter(one -> one.code().equals(code))
                .findFirst();
    }

    private List<String> roles(Locale reader) {
        return LISTED.stream()
                .map(role -> wording.text("seat." + role.code(), reader))
                .toList();
    }

    private List<Line> lines(Optional<Region> region, boolean unreachable, Locale reader) {
        List<Party> listed = parties.all().stream()
                .filter(party -> region.isEmpty() || party.region() == region.get())
                .filter(reached(unreachable))
                .toList();
        Map<String, List<Holder>> inOffice = seats.inOffice(listed.stream()
                .flatMap(party -> LISTED.stream().map(role -> Seat.code(role, party.code())))
                .toList());
        return listed.stream()
                .map(party -> line(party, inOffice, reader))
                .sorted(Comparator.comparing(Line::name, Collator.getInstance(reader)))
                .toList();
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
                party.zone().getId(),
                LISTED.stream()
                        .map(role -> sitting(People.first(inOffice.get(Seat.code(role, party.code()))), reader))
                        .toList());
    }

    private Sitting sitting(Optional<Holder> holder, Locale reader) {
        return new Sitting(
                holder.map(Holder::name).orElse(null),
                holder.map(Holder::email).orElse(null),
                People.status(holder, wording, reader));
    }
}
