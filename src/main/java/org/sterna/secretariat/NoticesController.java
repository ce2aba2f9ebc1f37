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
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.notices.PartyLists;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.National;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Everything that was written, and what the mail gate holds back. */
@Controller
class NoticesController {

    /** A notice in the list. */
    record Line(
            UUID id,
            String subject,
            String kind,
            String recipient,
            String email,
            String seat,
            boolean copy,
            Wording.Tag state,
            @Nullable String reason,
            String at) {}

    /** A state with how many notices are in it. */
    record Choice(String code, String label, String count, boolean current) {}

    /** A Party on a list, with its case. */
    record Listed(UUID obligationId, String party) {}

    /** Headers of a notice, in words. */
    record Row(String label, String value) {}

    private final Office office;
    private final Notices notices;
    private final Deliveries deliveries;
    private final Correspondence correspondence;
    private final PartyLists lists;
    private final Obligations obligations;
    private final CaseFiles caseFiles;
    private final Exports exports;
    private final National national;
    private final MailLines mailLines;
    private final Wording wording;

    NoticesController(
            Office office,
            Notices notices,
            Deliveries deliveries,
            Correspondence correspondence,
            PartyLists lists,
            Obligations obligations,
            CaseFiles caseFiles,
            Exports exports,
            National national,
            MailLines mailLines,
            Wording wording) {
        this.office = office;
        this.notices = notices;
        this.deliveries = deliveries;
        this.correspondence = correspondence;
        this.lists = lists;
        this.obligations = obligations;
        this.caseFiles = caseFiles;
        this.exports = exports;
        this.national = national;
        this.mailLines = mailLines;
        this.wording = wording;
    }

    @GetMapping("/secretariat/notices")
    String list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "0") int page,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Optional<Notice.State> chosen = state(state);
        int shown = Pager.page(page);
        Obligations.Page<Notice> found = notices.list(chosen.orElse(null), shown, Pager.SIZE);
        model.addAttribute(
                "lines",
                found.items().stream().map(notice -> line(notice, reader)).toList());
        Map<Notice.State, Long> counts = notices.counts();
        model.addAttribute(
                "states",
                Arrays.stream(Notice.State.values())
                        .map(one -> new Choice(
                                one.code(),
                                wording.text("notice.state." + one.code(), reader),
                                Pager.count(counts.getOrDefault(one, 0L), reader),
                                chosen.filter(one::equals).isPresent()))
                        .toList());
        model.addAttribute(
                "all",
                Pager.count(counts.values().stream().mapToLong(Long::longValue).sum(), reader));
        model.addAttribute("state", chosen.map(Notice.State::code).orElse(null));
        model.addAttribute("query", chosen.map(one -> "state=" + one.code()).orElse(""));
        model.addAttribute("gate", notices.gate());
        model.addAttribute("mailServer", mailLines.of(reader));
        model.addAttribute(
                "pager",
                Pager.of(
                        shown,
                        found.items().size(),
                        found.total(),
                        UriComponentsBuilder.fromPath("/secretariat/notices")
                                .queryParamIfPresent("state", chosen.map(Notice.State::code))));
        return "secretariat/notices";
    }

    private static Optional<Notice.State> state(String code) {
        return Arrays.stream(Notice.State.values())
                .filter(one -> one.code().equals(code))
                .findFirst();
    }

    /** All of them, the newest first; without their texts. */
    @GetMapping("/secretariat/exports/notices.{ending}")
    ResponseEntity<Resource> export(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String state,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "notices",
                        wording.text("secretariat.notices.title", reader),
                        List.of(
                                "column.subject",
                                "column.kind",
                                "column.recipient",
                                "column.email",
                                "secretariat.notice.seat",
                                "column.language",
                                "export.copy",
                                "column.state",
                                "export.reason",
                                "export.issued",
                                "export.sent",
                                "secretariat.notice.attempts",
                                "secretariat.notice.messageid"),
                        wanted -> notices.each(state(state).orElse(null), notice -> wanted.test(cells(notice, reader))),
                        reader));
    }

    private List<@Nullable Object> cells(Notice notice, Locale reader) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(notice.subject());
        cells.add(kind(notice, reader));
        cells.add(notice.recipient());
        cells.add(notice.email());
        cells.add(wording.seat(notice.seatCode(), reader));
        cells.add(wording.text("language." + notice.language().getLanguage(), reader));
        cells.add(notice.copy() ? wording.text("export.yes", reader) : null);
        cells.add(caseFiles.noticeState(notice.state(), reader).label());
        cells.add(reason(notice.reason(), reader));
        cells.add(Exports.inBonn(notice.createdAt()));
        cells.add(Exports.inBonn(notice.sentAt()));
        cells.add(notice.attempts());
        cells.add(notice.messageId());
        return cells;
    }

    private Line line(Notice notice, Locale reader) {
        return new Line(
                notice.id(),
                notice.subject(),
                kind(notice, reader),
                notice.recipient(),
                notice.email(),
                wording.seat(notice.seatCode(), reader),
                notice.copy(),
                caseFiles.noticeState(notice.state(), reader),
                // why the gate holds notices back stands above the list
                notice.state() == Notice.State.HELD ? null : reason(notice.reason(), reader),
                wording.moment(notice.sentAt() == null ? notice.createdAt() : notice.sentAt(), reader));
    }

    /** Duties may have kinds of their own, which are shown by their key. */
    private String kind(Notice notice, Locale reader) {
        return wording.textOr("notice.kind." + notice.kind(), notice.kind(), reader);
    }

    @GetMapping("/secretariat/notices/{id}")
    String show(@PathVariable UUID id, Principal principal, Locale reader, Model model) {
        Account member = office.member(principal);
        Notice notice = notices.find(id).orElseThrow(NothingHere::new);
        model.addAttribute("notice", notice);
        model.addAttribute("withheld", national.hides(notice, member) ? national.sentence(reader) : null);
        model.addAttribute("state", caseFiles.noticeState(notice.state(), reader));
        model.addAttribute("gate", notices.gate());
        model.addAttribute("mailServer", mailLines.of(reader));
        List<Obligation> listed = obligations.findAll(lists.about(notice));
        model.addAttribute(
                "about",
                obligations
                        .find(notice.obligationId())
                        .map(obligation -> wording.duty(obligation.duty(), reader) + " · "
                                + (listed.isEmpty()
                                        ? wording.party(obligation.partyCode(), reader)
                                        : wording.occasion(obligation.occasion())))
                        .orElse(null));
        model.addAttribute(
                "listed",
                listed.stream()
                        .map(one -> new Listed(one.id(), wording.party(one.partyCode(), reader)))
                        .sorted(Comparator.comparing(Listed::party, Collator.getInstance(reader)))
                        .toList());
        model.addAttribute(
                "rows",
                List.of(
                        row("to", notice.recipient() + " <" + notice.email() + ">", reader),
                        row("seat", wording.seat(notice.seatCode(), reader), reader),
                        row("kind", kind(notice, reader), reader),
                        row("milestone", notice.milestone(), reader),
                        row(
                                "language",
                                wording.text("language." + notice.language().getLanguage(), reader),
                                reader),
                        row("created", wording.moment(notice.createdAt(), reader), reader),
                        row(
                                "sent",
                                notice.sentAt() == null
                                        ? wording.text("secretariat.notice.notsent", reader)
                                        : wording.moment(notice.sentAt(), reader),
                                reader),
                        row("attempts", Integer.toString(notice.attempts()), reader),
                        row("messageid", notice.messageId(), reader)));
        model.addAttribute("reason", reason(notice.reason(), reader));
        Deliveries.Trail trail = deliveries.trail(id);
        model.addAttribute("trail", trail);
        model.addAttribute(
                "decided",
                trail.decidedBy() == null || trail.decidedAt() == null
                        ? null
                        : wording.text(
                                "secretariat.notice.decided",
                                reader,
                                trail.decidedBy(),
                                wording.moment(trail.decidedAt(), reader)));
        model.addAttribute(
                "bounces",
                correspondence.bounces(id).stream()
                        .map(bounce -> row(
                                bounce.recipient() == null
                                        ? "bounce." + bounce.verdict().code()
                                        : "bounce.another",
                                wording.moment(bounce.receivedAt(), reader) + " – "
                                        + (bounce.recipient() == null ? "" : bounce.recipient() + ": ") + bounce.said(),
                                reader))
                        .toList());
        return "secretariat/notice";
    }

    private @Nullable String reason(@Nullable String reason, Locale reader) {
        return reason == null ? null : wording.textOr(reason, reason, reader);
    }

    private Row row(String name, String value, Locale reader) {
        return new Row(wording.text("secretariat.notice." + name, reader), value);
    }

    /** The HTML text as it was sent, shut off from everything: no scripts, no requests, no forms. */
    @GetMapping(path = "/secretariat/notices/{id}/html")
    ResponseEntity<String> html(@PathVariable UUID id, Principal principal) {
        Account member = office.member(principal);
        Notice notice =
                notices.find(id).filter(one -> !national.hides(one, member)).orElseThrow(NothingHere::new);
        return ResponseEntity.ok()
                .header(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(notice.html());
    }

    @PostMapping("/secretariat/notices/{id}/release")
    String release(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        String username = office.member(principal).username();
        notices.find(id).orElseThrow(NothingHere::new);
        try {
            notices.release(id, username);
            next.addFlashAttribute("done", wording.text("secretariat.notice.released", reader));
        } catch (IllegalStateException refused) {
            next.addFlashAttribute("problem", wording.text("secretariat.notice.notreleased", reader));
        }
        return "redirect:/secretariat/notices/" + id;
    }
}
