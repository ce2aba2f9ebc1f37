package org.sterna.secretariat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Amounts;
import org.sterna.pages.National;
import org.sterna.pages.Pdfs;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Reachability;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;
import org.sterna.register.Standing;

/** One Party: what it owes and owed, who sits in its seats, what it paid and sent; on a page and as a file to print. */
@Controller
class PartyController {

    /** Years shown before the current one, unless more are asked for. */
    private static final int YEARS = 5;

    /** The first year of the Convention. */
    private static final int FIRST_YEAR = 1983;

    /** Documents shown on the page, and in the file. */
    private static final int DOCUMENTS = 25;

    private static final int DOCUMENTS_IN_FILE = 2000;

    /** Open obligations shown on the page, of which a list shows all. */
    private static final int OPEN = 50;

    /** Years of contributions shown on the page. */
    private static final int CONTRIBUTIONS = 5;

    /** Zones of places; those named otherwise are only old names of the same. */
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.matches(
                    "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/-]+"))
            .collect(Collectors.toCollection(TreeSet::new));

    /** The same, written once: they are some four hundred. */
    private static final String ZONE_OPTIONS = ZONES.stream()
            .map(zone -> "<option value=\"" + zone + "\"></option>")
            .collect(Collectors.joining("\n"));

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

    /**
     * A duty with what was owed in each of the years shown.
     *
     * @param cells as they stand in the table, one for each year
     */
    record Row(String duty, String cells) {}

    /** An obligation, for page and file. */
    record Owed(
            UUID id,
            String duty,
            String occasion,
            Wording.Tag state,
            Wording.Due due,
            String origin,
            boolean late,
            @Nullable String closed,
            int events,
            String head) {}

    /** A year's contribution. */
    record Paid(int year, String assessed, String paid, String balance, Wording.Tag state) {}

    /** A document. */
    record Paper(
            UUID id,
            String name,
            String type,
            String at,
            String by,
            String sha256,
            boolean readable,
            boolean scanned) {}

    private final Office office;
    private final Parties parties;
    private final Seats seats;
    private final Reachability reachability;
    private final Obligations obligations;
    private final Contributions contributions;
    private final Documents documents;
    private final Pdfs pdfs;
    private final National national;
    private final Wording wording;

    PartyController(
            Office office,
            Parties parties,
            Seats seats,
            Reachability reachability,
            Obligations obligations,
            Contributions contributions,
            Documents documents,
            Pdfs pdfs,
            National national,
            Wording wording) {
        this.office = office;
        this.parties = parties;
        this.seats = seats;
        this.reachability = reachability;
        this.obligations = obligations;
        this.contributions = contributions;
        this.documents = documents;
        this.pdfs = pdfs;
        this.national = national;
        this.wording = wording;
    }

    @GetMapping("/secretariat/register/{code}")
    String show(
            @PathVariable String code,
            @RequestParam(defaultValue = "0") int from,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        int thisYear = wording.today().getYear();
        int first = from < FIRST_YEAR || from > thisYear ? thisYear - YEARS : from;
        model.addAllAttributes(tell(code, DOCUMENTS, CONTRIBUTIONS, member, reader));
        List<Obligations.Recorded> recorded = recorded(code, first);
        List<Obligations.Recorded> open = recorded.stream()
                .filter(one -> one.obligation().state().open())
                // the moment of each is computed once, not at every comparison
                .map(one -> Map.entry(one.obligation().deadline().at(), one))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        model.addAttribute("openCount", open.size());
        model.addAttribute("openShown", Math.min(open.size(), OPEN));
        model.addAttribute("open", open(open, reader));
        overTime(recorded, model, reader);
        model.addAttribute("first", first);
        model.addAttribute("earlier", first - 10 < FIRST_YEAR ? FIRST_YEAR : first - 10);
        model.addAttribute("hasEarlier", first > FIRST_YEAR);
        if (!model.containsAttribute("zone")) {
            model.addAttribute(
                    "zone",
                    parties.find(code).orElseThrow(NothingHere::new).zone().getId());
        }
        model.addAttribute("zones", ZONE_OPTIONS);
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

    /** The Party's whole file, to print or keep: with the hashes of its papers and of each chain of events. */
    @GetMapping("/secretariat/register/{code}/file.pdf")
    void file(@PathVariable String code, Principal principal, Locale reader, HttpServletResponse response)
            throws IOException {
        Account member = office.member(principal);
        String by = member.displayName();
        Map<String, Object> told = tell(code, DOCUMENTS_IN_FILE, Integer.MAX_VALUE, member, reader);
        told.put(
                "owed",
                recorded(code, FIRST_YEAR).stream()
                        .map(one -> owed(one, reader))
                        .toList());
        told.put("printed", wording.text("party.file.printed", reader, wording.moment(wording.now(), reader), by));
        response.setContentType(MediaType.APPLICATION_PDF_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("sterna-" + told.get("code") + "-" + wording.today() + ".pdf")
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        pdfs.write("pdf/party", told, reader, response.getOutputStream());
    }

    private List<Obligations.Recorded> recorded(String code, int firstYear) {
        return obligations.since(code, LocalDate.of(firstYear, 1, 1));
    }

    private Map<String, Object> tell(String code, int papers, int yearsOfMoney, Account member, Locale reader) {
        Party party = parties.find(code).orElseThrow(NothingHere::new);
        Map<String, Object> told = new HashMap<>();
        told.put("party", party.name(reader));
        told.put("code", party.code());
        told.put("region", wording.text("region." + party.region().code(), reader));
        told.put("language", wording.text("language." + party.language().getLanguage(), reader));
        told.put("reach", reach(reachability.of(party.code()), reader));
        told.put("seats", seats(party, reader));
        Standing standing = contributions.standing(party.code());
        told.put("moneyKnown", standing.known());
        told.put("moneyAssumed", standing.assumed());
        told.put(
                "balance",
                standing.invoiced()
                        ? Amounts.money(standing.balance(), "EUR", reader)
                        : wording.text("secretariat.contributions.no-invoice", reader));
        told.put("arrears", Amounts.money(standing.arrears(), "EUR", reader));
        told.put("yearsInArrears", standing.yearsInArrears());
        told.put("rightsLost", standing.rightsLost());
        told.put(
                "money",
                contributions.years(party.code()).stream()
                        .limit(yearsOfMoney)
                        .map(year -> paid(year, reader))
                        .toList());
        List<Document> kept = documents.newestOf(party.code(), papers + 1);
        List<Document> shown = national.shown(kept, member);
        Map<String, String> people =
                wording.people(shown.stream().map(Document::uploadedBy).toList(), reader);
        told.put(
                "papers",
                shown.stream()
                        .limit(papers)
                        .map(one -> paper(one, people, reader))
                        .toList());
        told.put("morePapers", kept.size() > papers);
        if (shown.size() < kept.size()) {
            told.put("papersWithheld", national.sentence(reader));
        }
        return told;
    }

    private Wording.Tag reach(Reachability.Reach reach, Locale reader) {
        boolean reached = reach == Reachability.Reach.REACHABLE;
        return new Wording.Tag(
                reached ? "confirmed" : "overdue",
                reached ? "✓" : "!",
                wording.text("party.reach." + reach.code(), reader));
    }

    private List<SeatCard> seats(Party party, Locale reader) {
        List<SeatRole> roles =
                Arrays.stream(SeatRole.values()).filter(SeatRole::ofParty).toList();
        Map<String, List<Holder>> inOffice = seats.inOffice(
                roles.stream().map(role -> Seat.code(role, party.code())).toList());
        return roles.stream()
                .flatMap(role -> card(role, party, inOffice, reader).stream())
                .toList();
    }

    private Optional<SeatCard> card(SeatRole role, Party party, Map<String, List<Holder>> inOffice, Locale reader) {
        String seat = Seat.code(role, party.code());
        List<Holder> terms = seats.terms(seat);
        if (terms.isEmpty() && !RegisterController.LISTED.contains(role)) {
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

    private Owed owed(Obligations.Recorded recorded, Locale reader) {
        Obligation obligation = recorded.obligation();
        return new Owed(
                obligation.id(),
                wording.duty(obligation.duty(), reader),
                wording.occasion(obligation.occasion()),
                wording.state(obligation, reader),
                wording.due(obligation, reader),
                wording.origin(obligation.deadline(), reader),
                obligation.late(),
                obligation.closedAt() == null ? null : wording.moment(obligation.closedAt(), reader),
                recorded.events(),
                recorded.head());
    }

    /** The open ones, the first due first, as they stand in the table. */
    private String open(List<Obligations.Recorded> open, Locale reader) {
        String occasion = column("occasion", reader);
        String state = column("state", reader);
        String deadline = column("deadline", reader);
        String provisional = wording.text("deadline.provisional", reader);
        StringBuilder rows = new StringBuilder();
        open.stream().limit(OPEN).map(one -> owed(one, reader)).forEach(one -> rows.append(
                        "<tr><th scope=\"row\"><a href=\"/secretariat/obligations/")
                .append(one.id())
                .append("\">")
                .append(Markup.text(one.duty()))
                .append("</a></th>")
                .append(occasion)
                .append("<span>")
                .append(Markup.text(one.occasion()))
                .append("</span></td>")
                .append(state)
                .append(Markup.tag(one.state()))
                .append("</td>")
                .append(deadline)
                .append("<div>")
                .append(Markup.due(one.due(), provisional))
                .append("<span class=\"hint\">")
                .append(Markup.text(one.origin()))
                .append("</span></div></td></tr>\n"));
        return rows.toString();
    }

    /** How a cell of the column begins. */
    private String column(String name, Locale reader) {
        return "<td data-label=\"" + Markup.text(wording.text("column." + name, reader)) + "\">";
    }

    /** Years side by side, a row for each duty. */
    private void overTime(List<Obligations.Recorded> recorded, Model model, Locale reader) {
        List<Obligation> owed =
                recorded.stream().map(Obligations.Recorded::obligation).toList();
        List<Integer> years =
                owed.stream().map(PartyController::year).distinct().sorted().toList();
        Map<String, Map<Integer, List<Obligation>>> byDuty = owed.stream()
                .collect(Collectors.groupingBy(
                        Obligation::duty, LinkedHashMap::new, Collectors.groupingBy(PartyController::year)));
        Marks marks = new Marks(reader);
        List<Row> rows = new ArrayList<>();
        byDuty.forEach((duty, byYear) -> {
            StringBuilder cells = new StringBuilder();
            for (Integer year : years) {
                cells.append("<td>");
                byYear.getOrDefault(year, List.of()).forEach(one -> marks.write(one, cells));
                cells.append("</td>");
            }
            rows.add(new Row(wording.duty(duty, reader), cells.toString()));
        });
        model.addAttribute("years", years);
        model.addAttribute("rows", rows);
    }

    private static int year(Obligation obligation) {
        return obligation.deadline().on().getYear();
    }

    /** What several obligations say alike. */
    private record Mark(String state, String occasion, boolean late) {}

    /** Writes obligations as they stand in the table; a template would take longer over a thousand than all else. */
    private final class Marks {

        private final Locale reader;
        private final String late;
        private final Map<Mark, String> written = new HashMap<>();

        Marks(Locale reader) {
            this.reader = reader;
            this.late = Markup.text(wording.text("party.late", reader));
        }

        void write(Obligation one, StringBuilder markup) {
            String state = wording.overdue(one) ? "overdue" : one.state().code();
            markup.append("<a class=\"owed\" href=\"/secretariat/obligations/")
                    .append(one.id())
                    .append(written.computeIfAbsent(
                            new Mark(state, one.occasion(), one.late()), mark -> afterLink(one)));
        }

        private String afterLink(Obligation one) {
            Wording.Tag tag = wording.state(one, reader);
            return "\">"
                    + Markup.tag(new Wording.Tag(tag.code(), tag.sign(), wording.occasion(one.occasion())))
                    + " <span class=\"what\">" + Markup.text(tag.label()) + (one.late() ? ", " + late : "")
                    + "</span></a>";
        }
    }

    private Paid paid(Contribution year, Locale reader) {
        boolean settled = year.balance().signum() == 0;
        boolean invoiced = year.invoiceNo() != null;
        return new Paid(
                year.year(),
                Amounts.euro(year.assessed(), reader),
                Amounts.euro(year.paid(), reader),
                Amounts.euro(year.balance(), reader),
                !invoiced
                        ? new Wording.Tag(
                                "provisional", "○", wording.text("secretariat.contributions.not-invoiced", reader))
                        : new Wording.Tag(
                                settled ? "confirmed" : "late",
                                settled ? "✓" : "●",
                                wording.text(settled ? "party.money.settled" : "party.money.unpaid", reader)));
    }

    private Paper paper(Document document, Map<String, String> people, Locale reader) {
        return new Paper(
                document.id(),
                document.name(),
                document.mediaType()
                        .substring(document.mediaType().indexOf('/') + 1)
                        .toUpperCase(Locale.ROOT),
                wording.moment(document.uploadedAt(), reader),
                people.getOrDefault(document.uploadedBy(), document.uploadedBy()),
                document.sha256(),
                document.readable(),
                document.status() != Document.Status.NOT_SCANNED);
    }
}
