package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice;
import org.sterna.notices.Rehearsal;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** What will be sent in the next 30 days, to whom and in which language, with each text; and any template on trial. */
@Controller
class RehearsalController {

    private static final Duration AHEAD = Duration.ofDays(30);

    /** The HTML text, shut off from everything: no scripts, no requests, no forms. */
    private static final String SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A notice to come. */
    record Line(
            String day,
            String iso,
            String title,
            UUID obligationId,
            String milestone,
            String kind,
            boolean copy,
            String recipient,
            String email,
            String seat,
            String language,
            @Nullable String way) {}

    private final Office office;
    private final Rehearsal rehearsal;
    private final Duties duties;
    private final Parties parties;
    private final Exports exports;
    private final Wording wording;

    RehearsalController(
            Office office, Rehearsal rehearsal, Duties duties, Parties parties, Exports exports, Wording wording) {
        this.office = office;
        this.rehearsal = rehearsal;
        this.duties = duties;
        this.parties = parties;
        this.exports = exports;
        this.wording = wording;
    }

    @GetMapping("/secretariat/rehearsal")
    String list(
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "") String party,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        List<Rehearsal.Line> all = ahead(party);
        int shown = Math.max(0, page);
        List<Line> lines = all.stream()
                .skip((long) shown * Pager.SIZE)
                .limit(Pager.SIZE)
                .map(line -> line(line, reader))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("total", all.size());
        model.addAttribute(
                "pager",
                Pager.of(
                        shown,
                        lines.size(),
                        all.size(),
                        UriComponentsBuilder.fromPath("/secretariat/rehearsal").queryParam("party", party)));
        model.addAttribute("party", party);
        model.addAttribute("parties", parties(reader));
        model.addAttribute(
                "query",
                UriComponentsBuilder.newInstance()
                        .queryParam("party", party)
                        .encode()
                        .build()
                        .getQuery());
        return "secretariat/rehearsal";
    }

    private List<Rehearsal.Line> ahead(String party) {
        return rehearsal.until(wording.now().plus(AHEAD)).stream()
                .filter(line -> party.isEmpty() || line.tells(party))
                .toList();
    }

    @GetMapping("/secretariat/exports/rehearsal.{ending}")
    ResponseEntity<Resource> export(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String party,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "rehearsal",
                        wording.text("rehearsal.title", reader),
                        List.of(
                                "column.at",
                                "export.code",
                                "column.party",
                                "column.duty",
                                "column.occasion",
                                "column.kind",
                                "export.copy",
                                "column.recipient",
                                "column.email",
                                "secretariat.notice.seat",
                                "column.language",
                                "export.way"),
                        ahead(party).stream().map(line -> cells(line, reader)).toList(),
                        reader));
    }

    private List<@Nullable Object> cells(Rehearsal.Line line, Locale reader) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(LocalDate.ofInstant(line.at(), Party.BONN));
        cells.add(line.others().isEmpty() ? line.partyCode() : null);
        cells.add(party(line, reader));
        cells.add(wording.duty(line.duty(), reader));
        cells.add(wording.occasion(line.occasion()));
        cells.add(wording.text("notice.kind." + line.kind(), reader));
        cells.add(line.copy() ? wording.text("export.yes", reader) : null);
        cells.add(line.recipient());
        cells.add(line.email());
        cells.add(wording.seat(line.seatCode(), reader));
        cells.add(wording.text("language." + line.language().getLanguage(), reader));
        cells.add(way(line, reader));
        return cells;
    }

    /** The Party, or how many are on the list. */
    private String party(Rehearsal.Line line, Locale reader) {
        return line.others().isEmpty()
                ? wording.party(line.partyCode(), reader)
                : wording.text("rehearsal.parties", reader, line.others().size() + 1);
    }

    /** How it comes, in words; null where it is a mail of its own. */
    private @Nullable String way(Rehearsal.Line line, Locale reader) {
        return line.way() == Rehearsal.Way.SINGLE
                ? null
                : wording.text("rehearsal.way." + line.way().name().toLowerCase(Locale.ROOT), reader);
    }

    private List<Choice> parties(Locale reader) {
        return parties.all().stream()
                .map(one -> new Choice(one.code(), one.name(reader)))
                .sorted(Comparator.comparing(Choice::label, Collator.getInstance(reader)))
                .toList();
    }

    private Line line(Rehearsal.Line line, Locale reader) {
        LocalDate day = LocalDate.ofInstant(line.at(), Party.BONN);
        return new Line(
                wording.day(day, reader),
                day.toString(),
                wording.duty(line.duty(), reader) + " · " + party(line, reader) + " · "
                        + wording.occasion(line.occasion()),
                line.obligationId(),
                line.milestone(),
                wording.text("notice.kind." + line.kind(), reader),
                line.copy(),
                line.recipient(),
                line.email(),
                wording.seat(line.seatCode(), reader),
                wording.text("language." + line.language().getLanguage(), reader),
                way(line, reader));
    }

    @GetMapping("/secretariat/rehearsal/text")
    String text(
            @RequestParam UUID obligation,
            @RequestParam String milestone,
            @RequestParam String to,
            Principal principal,
            Model model) {
        office.member(principal);
        Rehearsal.Text text = rehearsal.text(obligation, milestone, to).orElseThrow(NothingHere::new);
        model.addAttribute("text", text);
        model.addAttribute("to", to);
        model.addAttribute(
                "html",
                UriComponentsBuilder.fromPath("/secretariat/rehearsal/html")
                        .queryParam("obligation", "{obligation}")
                        .queryParam("milestone", "{milestone}")
                        .queryParam("to", "{to}")
                        .encode()
                        .buildAndExpand(obligation, milestone, to)
                        .toUriString());
        return "secretariat/rehearsed";
    }

    @GetMapping("/secretariat/rehearsal/html")
    ResponseEntity<String> html(
            @RequestParam UUID obligation,
            @RequestParam String milestone,
            @RequestParam String to,
            Principal principal) {
        office.member(principal);
        return html(rehearsal.text(obligation, milestone, to).orElseThrow(NothingHere::new));
    }

    private static ResponseEntity<String> html(Rehearsal.Text text) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", SANDBOX)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(text.html());
    }

    /** Any template with any Party. */
    @GetMapping("/secretariat/rehearsal/preview")
    String preview(
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String language,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        List<Duty> all = duties.all();
        String chosen = all.stream()
                .map(Duty::key)
                .filter(duty::equals)
                .findFirst()
                .orElse(all.get(0).key());
        List<Choice> kinds = rehearsal.kinds(chosen).stream()
                .map(one -> new Choice(one, wording.textOr("notice.kind." + one, one, reader)))
                .toList();
        String shown = kinds.stream()
                .map(Choice::value)
                .filter(kind::equals)
                .findFirst()
                .orElse("reminder");
        model.addAttribute(
                "duties",
                all.stream()
                        .map(one -> new Choice(one.key(), wording.duty(one.key(), reader)))
                        .toList());
        model.addAttribute("kinds", kinds);
        model.addAttribute("parties", parties(reader));
        model.addAttribute("duty", chosen);
        model.addAttribute("kind", shown);
        model.addAttribute("party", party);
        model.addAttribute("language", language(language) == null ? "" : language);
        model.addAttribute("own", member.email());
        if (parties.find(party).isPresent()) {
            model.addAttribute("text", rehearsal.preview(chosen, shown, party, language(language)));
            model.addAttribute(
                    "html",
                    UriComponentsBuilder.fromPath("/secretariat/rehearsal/preview/html")
                            .queryParam("duty", chosen)
                            .queryParam("kind", shown)
                            .queryParam("party", party)
                            .queryParam("language", language(language) == null ? "" : language)
                            .encode()
                            .build()
                            .toUriString());
        }
        return "secretariat/template-preview";
    }

    @GetMapping("/secretariat/rehearsal/preview/html")
    ResponseEntity<String> previewHtml(
            @RequestParam String duty,
            @RequestParam String kind,
            @RequestParam String party,
            @RequestParam(defaultValue = "") String language,
            Principal principal) {
        office.member(principal);
        try {
            return html(rehearsal.preview(duty, kind, party, language(language)));
        } catch (IllegalArgumentException unknown) {
            throw new NothingHere();
        }
    }

    /** A test to the caller alone. */
    @PostMapping("/secretariat/rehearsal/test")
    String test(
            @RequestParam String duty,
            @RequestParam String kind,
            @RequestParam String party,
            @RequestParam(defaultValue = "") String language,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Notice sent;
        try {
            sent = rehearsal.sendTest(duty, kind, party, language(language), member);
        } catch (IllegalArgumentException unknown) {
            throw new NothingHere();
        }
        next.addFlashAttribute("done", wording.text("rehearsal.test.done", reader, member.email()));
        return "redirect:/secretariat/notices/" + sent.id();
    }

    private static @Nullable Locale language(String code) {
        return List.of("en", "fr", "es").contains(code) ? Locale.forLanguageTag(code) : null;
    }
}
