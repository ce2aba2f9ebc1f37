package org.sterna.desk;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.CaseFile;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Holder;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** What is to do, what the Party owes, and the record of each obligation. */
@Controller
class DeskController {

    /** A Party's obligations fit on one page: at most one open case per duty and occasion. */
    private static final int MOST = 500;

    /** A seat whose work reaches the caller; the note says in whose place, null in the caller's own. */
    record SeatLine(String name, @Nullable String note) {}

    /** A task to do. */
    record TaskLine(
            String taskId,
            String duty,
            String step,
            String party,
            Wording.@Nullable Due due,
            @Nullable String draft) {}

    /** An obligation of the Party. */
    record OwedLine(
            UUID id,
            String duty,
            String occasion,
            Wording.Tag state,
            Wording.Due due,
            boolean open,
            @Nullable String nextAct) {}

    private final Sight sight;
    private final Obligations obligations;
    private final Drafts drafts;
    private final Seats seats;
    private final CaseFiles caseFiles;
    private final Wording wording;

    DeskController(
            Sight sight, Obligations obligations, Drafts drafts, Seats seats, CaseFiles caseFiles, Wording wording) {
        this.sight = sight;
        this.obligations = obligations;
        this.drafts = drafts;
        this.seats = seats;
        this.caseFiles = caseFiles;
        this.wording = wording;
    }

    @GetMapping("/desk")
    String desk(Principal principal, Locale reader, Model model) {
        Account caller = sight.caller(principal);
        String party = caller.partyCode();
        model.addAttribute("name", caller.displayName());
        model.addAttribute("party", party == null ? null : wording.party(party, reader));
        List<String> reached = caller.seats().stream().sorted().toList();
        model.addAttribute(
                "seats",
                reached.stream()
                        .filter(seat -> own(seat, caller) || inOffice(seat).isPresent())
                        .map(seat -> seatLine(seat, caller, reader))
                        .toList());
        model.addAttribute(
                "vacant",
                reached.stream()
                        .filter(seat -> !own(seat, caller) && inOffice(seat).isEmpty())
                        .map(seat -> wording.seat(seat, reader))
                        .toList());
        model.addAttribute(
                "tasks",
                obligations.tasksOf(caller.seats()).stream()
                        .flatMap(task -> taskLine(task, reader).stream())
                        .toList());
        List<OwedLine> owed = party == null
                ? List.of()
                : obligations.list(Obligations.Filter.ofParty(party), 0, MOST).items().stream()
                        .map(obligation -> owedLine(obligation, reader))
                        .toList();
        model.addAttribute("owed", owed.stream().filter(OwedLine::open).toList());
        model.addAttribute("ended", owed.stream().filter(line -> !line.open()).toList());
        model.addAttribute("mayBeAbsent", party != null && own(Seat.code(SeatRole.NFP, party), caller));
        return "desk/desk";
    }

    private boolean own(String seat, Account caller) {
        return seat.equals(SeatRole.SECRETARIAT.code())
                || seats.terms(seat).stream().anyMatch(term -> caller.username().equals(term.username()) && runs(term));
    }

    private Optional<Holder> inOffice(String seat) {
        return seats.terms(seat).stream().filter(this::runs).findFirst();
    }

    private boolean runs(Holder term) {
        return !term.from().isAfter(wording.today())
                && (term.to() == null || !term.to().isBefore(wording.today()));
    }

    private SeatLine seatLine(String seat, Account caller, Locale reader) {
        return new SeatLine(
                wording.seat(seat, reader),
                own(seat, caller)
                        ? null
                        : inOffice(seat)
                                .map(holder -> wording.text("desk.seat.acting", reader, holder.name()))
                                .orElse(null));
    }

    private Optional<TaskLine> taskLine(OpenTask task, Locale reader) {
        return obligations
                .find(task.obligationId())
                .map(obligation -> new TaskLine(
                        task.taskId(),
                        wording.duty(obligation.duty(), reader),
                        wording.step(task.duty(), task.step(), reader),
                        wording.party(obligation.partyCode(), reader),
                        wording.due(task, obligation, reader).orElse(null),
                        drafts.find(task.taskId())
                                .map(draft -> wording.text(
                                        "desk.draft-by",
                                        reader,
                                        wording.person(draft.savedBy(), reader),
                                        wording.moment(draft.savedAt(), reader)))
                                .orElse(null)));
    }

    private OwedLine owedLine(Obligation obligation, Locale reader) {
        return new OwedLine(
                obligation.id(),
                wording.duty(obligation.duty(), reader),
                obligation.occasion(),
                wording.state(obligation, reader),
                wording.due(obligation, reader),
                obligation.state().open(),
                obligation.state().open() ? wording.nextAct(obligation, reader) : null);
    }

    @GetMapping("/desk/obligations/{id}")
    String obligation(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String receipt,
            Principal principal,
            Locale reader,
            Model model) {
        Account caller = sight.caller(principal);
        CaseFile file = caseFiles.of(sight.obligation(id, caller), caller, reader);
        model.addAttribute("file", file);
        model.addAttribute(
                "receipt",
                file.submissions().stream()
                        .filter(sent -> sent.receipt().equals(receipt))
                        .findFirst()
                        .orElse(null));
        return "desk/obligation";
    }

    /** Where notices lead: to what waits for the reader, which after a return is another task than before. */
    @GetMapping("/desk/obligations/{id}/task")
    String task(@PathVariable UUID id, Principal principal) {
        Account caller = sight.caller(principal);
        Obligation obligation = sight.obligation(id, caller);
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> caller.seats().contains(task.seatCode()))
                .findFirst()
                .map(task -> "redirect:/desk/tasks/" + task.taskId())
                .orElse("redirect:/desk/obligations/" + obligation.id());
    }
}
