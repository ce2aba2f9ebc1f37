package org.sterna.desk;

import java.security.Principal;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.notices.PartyLists;
import org.sterna.obligations.Obligation;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.SeatRole;

/**
 * How the Parties stand that a seat stands for: a region's for its representative. Names and states, nothing else, and
 * only for what the ladder has told the seat of.
 */
@Controller
class PartiesController {

    /** A Party and where its duty stands. */
    record Line(String party, Wording.Tag state) {}

    private final Sight sight;
    private final PartyLists lists;
    private final Wording wording;

    PartiesController(Sight sight, PartyLists lists, Wording wording) {
        this.sight = sight;
        this.lists = lists;
        this.wording = wording;
    }

    @GetMapping("/desk/parties")
    String parties(
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "false") boolean missing,
            Principal principal,
            Locale reader,
            Model model) {
        Account caller = sight.caller(principal);
        PartyLists.Standing standing = lists.told(duty, occasion, caller.seats());
        if (standing.obligations().isEmpty()) {
            throw new NothingHere();
        }
        List<Line> all = lines(standing.obligations(), reader);
        List<Line> waiting = lines(
                standing.obligations().stream()
                        .filter(PartiesController::missing)
                        .toList(),
                reader);
        model.addAttribute("lines", missing ? waiting : all);
        model.addAttribute("missing", missing);
        model.addAttribute("numberOfAll", all.size());
        model.addAttribute("numberMissing", waiting.size());
        model.addAttribute("title", wording.duty(duty, reader) + ", " + wording.occasion(occasion));
        model.addAttribute(
                "page",
                wording.duty(duty, reader) + ", " + wording.occasion(occasion)
                        + (missing ? " – " + wording.text("desk.parties.missing", reader, waiting.size()) : ""));
        model.addAttribute("scope", scope(standing.seatCode(), reader));
        model.addAttribute(
                "figures",
                wording.text(
                        "desk.parties.figures",
                        reader,
                        standing.obligations().stream()
                                .filter(one -> switch (one.state()) {
                                    case WITH_SECRETARIAT, DISCHARGED, NIL_RETURN -> true;
                                    default -> false;
                                })
                                .count(),
                        all.size(),
                        waiting.size(),
                        standing.obligations().stream()
                                .filter(one -> one.state() == Obligation.State.LAPSED)
                                .count()));
        model.addAttribute("hrefAll", href(duty, occasion, false));
        model.addAttribute("hrefMissing", href(duty, occasion, true));
        return "desk/parties";
    }

    private static String href(String duty, String occasion, boolean missing) {
        return UriComponentsBuilder.fromPath("/desk/parties")
                .queryParam("duty", "{duty}")
                .queryParam("occasion", "{occasion}")
                .queryParam("missing", missing)
                .encode()
                .buildAndExpand(duty, occasion)
                .toUriString();
    }

    private static boolean missing(Obligation obligation) {
        return obligation.state() == Obligation.State.WITH_PARTY || obligation.state() == Obligation.State.OPENING;
    }

    private List<Line> lines(List<Obligation> obligations, Locale reader) {
        return obligations.stream()
                .map(one -> new Line(wording.party(one.partyCode(), reader), wording.state(one, reader)))
                .sorted(Comparator.comparing(Line::party, Collator.getInstance(reader)))
                .toList();
    }

    private String scope(String seatCode, Locale reader) {
        return SeatRole.ofSeat(seatCode).filter(SeatRole.REP::equals).isPresent()
                ? wording.text("region." + seatCode.substring(seatCode.indexOf('-') + 1), reader)
                : wording.text("desk.parties.all-parties", reader);
    }
}
