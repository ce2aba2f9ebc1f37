package org.sterna.secretariat;

import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.MailGate;
import org.sterna.notices.Notices;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Addresses;

/** The mail gate, addresses to correct, and what the Secretariat decides about a notice. */
@Controller
class DeliveriesController {

    private static final int LONGEST_REASON = 1000;

    /** How many notices of a kind are held. */
    record Kind(String label, long count) {}

    /** An address that mail does not reach. */
    record Line(
            String email,
            String name,
            String seat,
            @Nullable String party,
            String fault,
            String said,
            String since,
            boolean contradicted) {}

    private final Office office;
    private final MailGate gate;
    private final Notices notices;
    private final Deliveries deliveries;
    private final Correspondence correspondence;
    private final Addresses addresses;
    private final MailLines mailLines;
    private final FailureLines failures;
    private final Exports exports;
    private final Wording wording;

    DeliveriesController(
            Office office,
            MailGate gate,
            Notices notices,
            Deliveries deliveries,
            Correspondence correspondence,
            Addresses addresses,
            MailLines mailLines,
            FailureLines failures,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.gate = gate;
        this.notices = notices;
        this.deliveries = deliveries;
        this.correspondence = correspondence;
        this.addresses = addresses;
        this.mailLines = mailLines;
        this.failures = failures;
        this.exports = exports;
        this.wording = wording;
    }

    @GetMapping("/secretariat/notices/gate")
    String gate(Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(model, reader);
        model.addAttribute("errors", Map.of());
        return "secretariat/gate";
    }

    private void fill(Model model, Locale reader) {
        MailGate.Lever lever = gate.lever();
        Deliveries.Held held = deliveries.held();
        Correspondence.Mailbox mailbox = correspondence.mailbox();
        model.addAttribute("gate", gate.state());
        model.addAttribute("server", gate.serverConfigured());
        model.addAttribute("mailServer", mailLines.of(reader));
        model.addAttribute("restored", gate.restored());
        model.addAttribute("lever", lever);
        model.addAttribute("changedAt", lever.changedAt() == null ? null : wording.moment(lever.changedAt(), reader));
        model.addAttribute("held", held);
        model.addAttribute(
                "kinds",
                held.byKind().entrySet().stream()
                        .map(entry -> new Kind(
                                wording.textOr("notice.kind." + entry.getKey(), entry.getKey(), reader),
                                entry.getValue()))
                        .toList());
        model.addAttribute("mailbox", mailbox);
        model.addAttribute("readAt", mailbox.readAt() == null ? null : wording.moment(mailbox.readAt(), reader));
    }

    @PostMapping("/secretariat/notices/gate/shut")
    ModelAndView shut(
            @RequestParam(defaultValue = "") String why,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            fill(model, reader);
            model.addAttribute("why", why);
            model.addAttribute("errors", Map.of("why", wording.text("secretariat.gate.why.error", reader)));
            return new ModelAndView("secretariat/gate", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        gate.shut(member.username(), reason);
        return done("secretariat.gate.shut.done", reader, next);
    }

    @PostMapping("/secretariat/notices/gate/open")
    ModelAndView open(Principal principal, Locale reader, RedirectAttributes next) {
        gate.open(office.member(principal).username());
        return done("secretariat.gate.open.done", reader, next);
    }

    @PostMapping("/secretariat/notices/gate/confirm")
    ModelAndView confirm(Principal principal, Locale reader, RedirectAttributes next) {
        gate.confirm(office.member(principal).username());
        return done("secretariat.gate.confirm.done", reader, next);
    }

    @PostMapping("/secretariat/notices/gate/release")
    ModelAndView release(@RequestParam long newest, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        try {
            return done("secretariat.gate.released", reader, next, deliveries.releaseAll(newest, member.username()));
        } catch (IllegalStateException noServer) {
            next.addFlashAttribute("problem", wording.text("secretariat.notice.notreleased", reader));
            return new ModelAndView("redirect:/secretariat/notices/gate");
        }
    }

    @PostMapping("/secretariat/notices/gate/discard")
    ModelAndView discard(@RequestParam long newest, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return done("secretariat.gate.discarded", reader, next, deliveries.discardAll(newest, member.username()));
    }

    private ModelAndView done(String key, Locale reader, RedirectAttributes next, Object... arguments) {
        next.addFlashAttribute("done", wording.text(key, reader, arguments));
        return new ModelAndView("redirect:/secretariat/notices/gate");
    }

    @GetMapping("/secretariat/notices/addresses")
    String addresses(Principal principal, Locale reader, Model model) {
        office.member(principal);
        return addresses(model, Map.of(), reader);
    }

    private String addresses(Model model, Map<String, String> errors, Locale reader) {
        List<Addresses.Unusable> marked = addresses.unusable();
        Set<String> contradicted = failures.contradicted(marked);
        List<Line> lines = marked.stream()
                .map(unusable -> new Line(
                        unusable.email(),
                        unusable.holder().name(),
                        wording.seat(unusable.holder().seatCode(), reader),
                        party(unusable.holder().seatCode()),
                        wording.text("address.fault." + unusable.fault().code(), reader),
                        unusable.said(),
                        wording.moment(unusable.since(), reader),
                        contradicted.contains(Addresses.key(unusable.email()))))
                .toList();
        model.addAttribute("lines", lines);
        failures.fill(model, reader);
        model.addAttribute("errors", errors);
        return "secretariat/addresses";
    }

    @GetMapping("/secretariat/exports/addresses.{ending}")
    ResponseEntity<Resource> export(@PathVariable String ending, Principal principal, Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "addresses",
                        wording.text("secretariat.addresses.title", reader),
                        List.of(
                                "column.email",
                                "column.holder",
                                "secretariat.notice.seat",
                                "export.code",
                                "export.reason",
                                "export.server-said",
                                "export.since"),
                        addresses.unusable().stream()
                                .map(unusable -> cells(unusable, reader))
                                .toList(),
                        reader));
    }

    private List<@Nullable Object> cells(Addresses.Unusable unusable, Locale reader) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(unusable.email());
        cells.add(unusable.holder().name());
        cells.add(wording.seat(unusable.holder().seatCode(), reader));
        cells.add(party(unusable.holder().seatCode()));
        cells.add(wording.text("address.fault." + unusable.fault().code(), reader));
        cells.add(unusable.said());
        cells.add(Exports.inBonn(unusable.since()));
        return cells;
    }

    /** The Party's code in that of a seat; null if the seat is none of a Party. */
    static @Nullable String party(String seatCode) {
        int dash = seatCode.indexOf('-');
        String code = seatCode.substring(dash + 1);
        return dash > 0 && code.matches("[A-Z]{3}") ? code : null;
    }

    @PostMapping("/secretariat/notices/addresses/correct")
    ModelAndView correct(
            @RequestParam String before,
            @RequestParam(defaultValue = "") String after,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        try {
            addresses.correct(before, after, member.username());
        } catch (IllegalArgumentException refused) {
            String key = refused.getMessage().startsWith("after: ") ? "after" : "before";
            Map<String, String> errors = new LinkedHashMap<>();
            errors.put(key, wording.text("secretariat.addresses." + key + ".error", reader));
            model.addAttribute("before", before);
            model.addAttribute("after", after);
            return new ModelAndView(addresses(model, errors, reader), model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute("done", wording.text("secretariat.addresses.corrected", reader, after.strip()));
        return new ModelAndView("redirect:/secretariat/notices/addresses");
    }

    @PostMapping("/secretariat/notices/addresses/clear")
    String clear(@RequestParam String email, Principal principal, Locale reader, RedirectAttributes next) {
        office.member(principal);
        addresses.clear(email);
        next.addFlashAttribute("done", wording.text("secretariat.addresses.cleared", reader, email));
        return "redirect:/secretariat/notices/addresses";
    }

    @PostMapping("/secretariat/notices/{id}/discard")
    String discard(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return decided(id, () -> deliveries.discard(id, member.username()), "discarded", reader, next);
    }

    @PostMapping("/secretariat/notices/{id}/arrived")
    String arrived(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return decided(id, () -> deliveries.arrived(id, member.username()), "arrived", reader, next);
    }

    @PostMapping("/secretariat/notices/{id}/again")
    String again(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return decided(id, () -> deliveries.sendAgain(id, member.username()), "again", reader, next);
    }

    @PostMapping("/secretariat/notices/{id}/resend")
    String resend(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        return decided(id, () -> deliveries.resend(id, member.username()), "resent", reader, next);
    }

    @PostMapping("/secretariat/notices/{id}/bounce")
    String bounce(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "true") boolean hard,
            @RequestParam(defaultValue = "") String said,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        return decided(id, () -> correspondence.fileBounce(id, hard, said, member.username()), "bounced", reader, next);
    }

    /** Tells whether the decision came in time: whoever pressed the button saw an older state otherwise. */
    private String decided(UUID id, Runnable decision, String what, Locale reader, RedirectAttributes next) {
        notices.find(id).orElseThrow(NothingHere::new);
        try {
            decision.run();
            next.addFlashAttribute("done", wording.text("secretariat.notice." + what, reader));
        } catch (IllegalStateException tooLate) {
            next.addFlashAttribute("problem", wording.text("secretariat.notice.too-late", reader));
        }
        return "redirect:/secretariat/notices/" + id;
    }
}
