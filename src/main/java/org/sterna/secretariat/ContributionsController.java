package org.sterna.secretariat;

import java.math.BigDecimal;
import java.security.Principal;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
import org.sterna.pages.Amounts;
import org.sterna.pages.Wording;
import org.sterna.register.Basis;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.RegisterChange;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

/** What the Parties were assessed, paid and owe, and what follows from it. */
@Controller
class ContributionsController {

    /** Which Parties to list. */
    private enum Show {
        ALL(standing -> true),
        ARREARS(standing -> standing.yearsInArrears() > 0),
        RIGHTS_LOST(Standing::rightsLost);

        private final Predicate<Standing> fits;

        Show(Predicate<Standing> fits) {
            this.fits = fits;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** All, where there is no such choice. */
        static Show of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst()
                    .orElse(ALL);
        }
    }

    /** Something to choose. */
    record Choice(String code, String label, boolean current) {}

    /** Amounts in euro, in words. */
    record Sums(String assessed, String paid, String balance, String arrears) {}

    /** A Party in the list. */
    record Line(
            String code, String name, @Nullable String share, Sums sums, Wording.Tag consequence, boolean assumed) {}

    /** A year of a Party. */
    record Year(
            int year,
            @Nullable String invoiceNo,
            String assessed,
            String paid,
            String balance,
            Wording.Tag state,
            @Nullable String basis,
            String source,
            List<Payment> payments,
            List<Dispute> disputes) {}

    /** A payment as told, and what was found. */
    record Payment(
            String amount,
            @Nullable String rate,
            String on,
            String reference,
            @Nullable UUID proof,
            Wording.Tag match,
            @Nullable String received,
            @Nullable String by,
            @Nullable String at) {}

    /** What the Party disputes. */
    record Dispute(
            String reason,
            String at,
            @Nullable String answer,
            @Nullable String answeredAt) {}

    /** A figure that another one replaced. */
    record Replaced(
            String subject,
            String what,
            String before,
            String after,
            String reason,
            String source,
            String by,
            String at) {}

    /** An instrument that the Party belongs to. */
    record Membership(
            String instrument, String from, @Nullable String basis) {}

    private final Office office;
    private final Parties parties;
    private final Contributions contributions;
    private final Scale scale;
    private final Instruments instruments;
    private final Exports exports;
    private final Wording wording;

    ContributionsController(
            Office office,
            Parties parties,
            Contributions contributions,
            Scale scale,
            Instruments instruments,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.parties = parties;
        this.contributions = contributions;
        this.scale = scale;
        this.instruments = instruments;
        this.exports = exports;
        this.wording = wording;
    }

    @GetMapping("/secretariat/contributions")
    String list(@RequestParam(defaultValue = "") String show, Principal principal, Locale reader, Model model) {
        office.member(principal);
        Show chosen = Show.of(show);
        List<Party> all = parties.all();
        Map<String, Standing> standings =
                contributions.standings(all.stream().map(Party::code).toList());
        Map<String, Scale.Share> shares = scale.all();
        List<Party> listed = listed(all, standings, chosen, reader);
        model.addAttribute(
                "lines",
                listed.stream()
                        .map(party -> line(party, standings.get(party.code()), shares.get(party.code()), reader))
                        .toList());
        List<Standing> shown =
                listed.stream().map(party -> standings.get(party.code())).toList();
        model.addAttribute(
                "total",
                new Sums(
                        sum(shown, Standing::assessed, reader),
                        sum(shown, Standing::paid, reader),
                        sum(shown, Standing::balance, reader),
                        sum(shown, Standing::arrears, reader)));
        String over = over(shown);
        model.addAttribute("over", over == null ? "–" : over);
        model.addAttribute(
                "choices",
                Stream.of(Show.values())
                        .map(one -> new Choice(
                                one.code(),
                                wording.text("secretariat.contributions.show." + one.code(), reader),
                                one == chosen))
                        .toList());
        model.addAttribute("query", chosen == Show.ALL ? "" : "show=" + chosen.code());
        model.addAttribute("assumed", shown.stream().anyMatch(Standing::assumed));
        standings.values().stream()
                .findFirst()
                .ifPresent(any -> model.addAttribute("year", String.valueOf(any.year())));
        return "secretariat/contributions";
    }

    private static List<Party> listed(List<Party> all, Map<String, Standing> standings, Show chosen, Locale reader) {
        return all.stream()
                .filter(party -> chosen.fits.test(standings.get(party.code())))
                .sorted(Comparator.comparing(party -> party.name(reader), Collator.getInstance(reader)))
                .toList();
    }

    @GetMapping("/secretariat/exports/contributions.{ending}")
    ResponseEntity<Resource> export(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String show,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(ending, reader, format -> {
            List<Party> all = parties.all();
            Map<String, Standing> standings =
                    contributions.standings(all.stream().map(Party::code).toList());
            Map<String, Scale.Share> shares = scale.all();
            return exports.sheet(
                    "contributions",
                    wording.text("secretariat.contributions.title", reader),
                    List.of(
                            "export.code",
                            "column.party",
                            "secretariat.contributions.share",
                            "secretariat.contribution.year",
                            "secretariat.contributions.assessed-all",
                            "secretariat.contributions.paid-all",
                            "secretariat.contribution.unpaid",
                            "secretariat.contributions.arrears",
                            "export.years-in-arrears",
                            "secretariat.contributions.consequence",
                            "export.assumed"),
                    listed(all, standings, Show.of(show), reader).stream()
                            .map(party -> cells(party, standings.get(party.code()), shares.get(party.code()), reader))
                            .toList(),
                    reader);
        });
    }

    /** Amounts as numbers; none where no year was ever entered. */
    private List<@Nullable Object> cells(Party party, Standing standing, Scale.@Nullable Share share, Locale reader) {
        boolean known = standing.known();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(party.code());
        cells.add(party.name(reader));
        cells.add(share == null ? null : share.percent());
        cells.add(known ? standing.year() : null);
        cells.add(known ? standing.assessed() : null);
        cells.add(known ? standing.paid() : null);
        cells.add(standing.invoiced() ? standing.balance() : null);
        cells.add(known ? standing.arrears() : null);
        cells.add(known ? standing.yearsInArrears() : null);
        cells.add(consequence(standing, reader).label());
        cells.add(standing.assumed() ? wording.text("export.yes", reader) : null);
        return cells;
    }

    private static String sum(List<Standing> standings, Function<Standing, BigDecimal> amount, Locale reader) {
        return Amounts.euro(standings.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add), reader);
    }

    private Line line(Party party, Standing standing, Scale.@Nullable Share share, Locale reader) {
        return new Line(
                party.code(),
                party.name(reader),
                share == null ? null : Amounts.percent(share.percent(), reader),
                new Sums(
                        Amounts.euro(standing.assessed(), reader),
                        Amounts.euro(standing.paid(), reader),
                        standing.invoiced()
                                ? Amounts.euro(standing.balance(), reader)
                                : wording.text("secretariat.contributions.no-invoice", reader),
                        Amounts.euro(standing.arrears(), reader)),
                consequence(standing, reader),
                standing.assumed());
    }

    private Wording.Tag consequence(Standing standing, Locale reader) {
        if (!standing.known()) {
            return new Wording.Tag("provisional", "?", wording.text("secretariat.contributions.unknown", reader));
        }
        List<Integer> before = standing.notInvoiced();
        if (standing.yearsInArrears() == 0 && !before.isEmpty()) {
            // nothing is owed of what was invoiced, which says nothing of the other years
            return new Wording.Tag(
                    "provisional",
                    "○",
                    wording.text("secretariat.contributions.not-invoiced-years", reader, years(before)));
        }
        if (standing.yearsInArrears() == 0) {
            return new Wording.Tag("confirmed", "✓", wording.text("secretariat.contributions.none-in-arrears", reader));
        }
        String years = wording.text("secretariat.contributions.years", reader, standing.yearsInArrears());
        return standing.rightsLost()
                ? new Wording.Tag("overdue", "!", wording.text("secretariat.contributions.rights-lost", reader, years))
                : new Wording.Tag("late", "●", years);
    }

    /** Years in words, those that follow one another as from the first to the last: 2026, 2028–2030. */
    private static String years(List<Integer> years) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < years.size(); ) {
            int to = from;
            while (to + 1 < years.size() && years.get(to + 1) == years.get(to) + 1) {
                to++;
            }
            parts.add(from == to ? String.valueOf(years.get(from)) : years.get(from) + "–" + years.get(to));
            from = to + 1;
        }
        return String.join(", ", parts);
    }

    /** The years that sums are about. */
    private static @Nullable String over(List<Standing> standings) {
        IntSummaryStatistics years = standings.stream()
                .flatMap(one -> Stream.of(one.firstYear(), one.lastYear()))
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .summaryStatistics();
        return years.getCount() == 0
                ? null
                : years.getMin() == years.getMax()
                        ? String.valueOf(years.getMin())
                        : years.getMin() + "–" + years.getMax();
    }

    @GetMapping("/secretariat/contributions/{code}")
    String show(@PathVariable String code, Principal principal, Locale reader, Model model) {
        office.member(principal);
        Party party = parties.find(code).orElseThrow(NothingHere::new);
        Standing standing = contributions.standing(party.code());
        List<Contribution> years = contributions.years(party.code());
        Map<String, String> people = wording.people(
                years.stream()
                        .flatMap(year -> year.payments().stream())
                        .flatMap(payment -> Optional.ofNullable(payment.match()).stream())
                        .map(Contribution.Match::by)
                        .toList(),
                reader);
        Optional<Scale.Share> share = scale.of(party.code());
        model.addAttribute("party", party.name(reader));
        model.addAttribute("code", party.code());
        model.addAttribute("line", line(party, standing, share.orElse(null), reader));
        model.addAttribute("year", String.valueOf(standing.year()));
        model.addAttribute("invoiced", standing.invoiced());
        model.addAttribute("limit", standing.limit());
        model.addAttribute("lost", standing.rightsLost());
        model.addAttribute("restoring", Amounts.euro(standing.restoring(), reader));
        model.addAttribute(
                "shareFrom", share.map(one -> String.valueOf(one.fromYear())).orElse(null));
        model.addAttribute("shareSource", share.map(Scale.Share::source).orElse(null));
        model.addAttribute(
                "shareBasis", share.map(one -> basis(one.basis(), reader)).orElse(null));
        model.addAttribute("union", scale.europeanUnion(party.code()));
        model.addAttribute("strong", scale.strongEconomy(party.code()));
        model.addAttribute(
                "years",
                years.stream().map(year -> year(year, standing, people, reader)).toList());
        List<RegisterChange> changes = contributions.changes(party.code());
        Map<String, String> deciders =
                wording.people(changes.stream().map(RegisterChange::by).toList(), reader);
        model.addAttribute(
                "changes",
                changes.stream()
                        .map(one -> new Replaced(
                                one.subject(),
                                wording.text("secretariat.contribution.field." + one.field(), reader),
                                one.before(),
                                one.after(),
                                one.reason(),
                                one.source(),
                                deciders.getOrDefault(one.by(), one.by()),
                                wording.moment(one.at(), reader)))
                        .toList());
        model.addAttribute(
                "memberships",
                instruments.of(party.code()).stream()
                        .map(one -> new Membership(
                                one.instrumentCode(), wording.day(one.from(), reader), basis(one.basis(), reader)))
                        .toList());
        return "secretariat/contribution";
    }

    /** How sure a figure is, in words; null where it is from its source. */
    private @Nullable String basis(Basis basis, Locale reader) {
        return basis == Basis.SOURCED ? null : wording.text("secretariat.contributions.basis." + basis.code(), reader);
    }

    private Year year(Contribution year, Standing standing, Map<String, String> people, Locale reader) {
        return new Year(
                year.year(),
                year.invoiceNo(),
                Amounts.euro(year.assessed(), reader),
                Amounts.euro(year.paid(), reader),
                Amounts.euro(year.balance(), reader),
                state(year, standing, reader),
                basis(year.basis(), reader),
                year.source(),
                year.payments().stream()
                        .map(payment -> payment(payment, people, reader))
                        .toList(),
                year.disputes().stream()
                        .map(dispute -> new Dispute(
                                dispute.reason(),
                                wording.moment(dispute.raisedAt(), reader),
                                dispute.answer(),
                                dispute.answeredAt() == null ? null : wording.moment(dispute.answeredAt(), reader)))
                        .toList());
    }

    private Wording.Tag state(Contribution year, Standing standing, Locale reader) {
        if (year.invoiceNo() == null) {
            return new Wording.Tag("provisional", "○", wording.text("secretariat.contributions.not-invoiced", reader));
        }
        if (year.balance().signum() == 0) {
            return year.inAdvance().signum() == 0
                    ? new Wording.Tag("confirmed", "✓", wording.text("secretariat.contributions.settled", reader))
                    : new Wording.Tag(
                            "confirmed",
                            "✓",
                            wording.text(
                                    "secretariat.contributions.in-advance",
                                    reader,
                                    Amounts.euro(year.inAdvance(), reader)));
        }
        return year.year() < standing.year()
                ? new Wording.Tag("overdue", "!", wording.text("secretariat.contributions.in-arrears", reader))
                : new Wording.Tag("with-party", "●", wording.text("secretariat.contributions.to-pay", reader));
    }

    private Payment payment(Contribution.Payment payment, Map<String, String> people, Locale reader) {
        Contribution.Match match = payment.match();
        Wording.Tag tag;
        if (match == null) {
            tag = new Wording.Tag("provisional", "○", wording.text("secretariat.contributions.unmatched", reader));
        } else if (match.received().signum() == 0) {
            tag = new Wording.Tag("overdue", "×", wording.text("secretariat.contributions.not-found", reader));
        } else {
            tag = new Wording.Tag("confirmed", "✓", wording.text("secretariat.contributions.matched", reader));
        }
        return new Payment(
                Amounts.money(payment.amount(), payment.currency().name(), reader),
                payment.exchangeRate() == null ? null : Amounts.rate(payment.exchangeRate(), reader),
                wording.day(payment.paidOn(), reader),
                payment.reference(),
                payment.document(),
                tag,
                match == null || match.received().signum() == 0 ? null : Amounts.money(match.received(), "EUR", reader),
                match == null ? null : people.get(match.by()),
                match == null ? null : wording.moment(match.at(), reader));
    }
}
