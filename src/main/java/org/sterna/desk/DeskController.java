package org.sterna.desk;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.calendar.Deadline;
import org.sterna.notices.NoticePreferences;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.CaseFile;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.National;
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

    /**
     * Putting reminders off.
     *
     * @param until the day until which they are; null if they are not
     * @param first the first day to choose, as ISO date
     * @param last the last one
     * @param latest the last one in words
     */
    record Snooze(@Nullable String until, String first, String last, String latest) {}

    private final Sight sight;
    private final Obligations obligations;
    private final Drafts drafts;
    private final Seats seats;
    private final NoticePreferences preferences;
    private final CaseFiles caseFiles;
    private final National national;
    private final Wording wording;

    DeskController(
            Sight sight,
            Obligations obligations,
            Drafts drafts,
            Seats seats,
            NoticePreferences preferences,
            CaseFiles caseFiles,
            National national,
            Wording wording) {
        this.sight = sight;
        this.obligations = obligations;
        this.drafts = drafts;
        this.seats = seats;
        this.preferences = preferences;
        this.caseFiles = caseFiles;
        this.national = national;
        this.wording = wording;
    }

    @GetMapping("/desk")
    String desk(Principal principal, Locale reader, Model model) {
        Account caller = sight.caller(principal);
        String party = caller.partyCode();
        model.addAttribute("name", caller.displayName());
        model.addAttribute("party", party == null ? null : wording.party(party, reader));
        List<String> reached = caller.seats().stream().sorted().toList();
        Map<String, List<Holder>> inOffice = seats.inOffice(reached);
        Set<String> own =
                reached.stream().filter(seat -> own(seat, inOffice, caller)).collect(Collectors.toSet());
        model.addAttribute(
                "seats",
                reached.stream()
                        .filter(seat -> own.contains(seat) || inOffice.containsKey(seat))
                        .map(seat -> seatLine(seat, own.contains(seat), inOffice, reader))
                        .toList());
        model.addAttribute(
                "vacant",
                reached.stream()
                        .filter(seat -> !own.contains(seat) && !inOffice.containsKey(seat))
                        .map(seat -> wording.seat(seat, reader))
                        .toList());
        model.addAttribute("tasks", taskLines(obligations.tasksOf(caller.seats()), caller, reader));
        List<OwedLine> owed = party == null
                ? List.of()
                : obligations.list(Obligations.Filter.ofParty(party), 0, MOST).items().stream()
                        .map(obligation -> owedLine(obligation, reader))
                        .toList();
        model.addAttribute("owed", owed.stream().filter(OwedLine::open).toList());
        model.addAttribute("ended", owed.stream().filter(line -> !line.open()).toList());
        model.addAttribute("mayBeAbsent", party != null && own.contains(Seat.code(SeatRole.NFP, party)));
        return "desk/desk";
    }

    private static boolean own(String seat, Map<String, List<Holder>> inOffice, Account caller) {
        return seat.equals(SeatRole.SECRETARIAT.code())
                || inOffice.getOrDefault(seat, List.of()).stream()
                        .anyMatch(holder -> caller.username().equals(holder.username()));
    }

    private SeatLine seatLine(String seat, boolean own, Map<String, List<Holder>> inOffice, Locale reader) {
        return new SeatLine(
                wording.seat(seat, reader),
                own
                        ? null
                        : wording.text(
                                Seats.recordedByFocalPoint(seat) ? "desk.seat.recording" : "desk.seat.acting",
                                reader,
                                inOffice.get(seat).get(0).name()));
    }

    private List<TaskLine> taskLines(List<OpenTask> open, Account caller, Locale reader) {
        Map<UUID, Obligation> owed = obligations
                .findAll(open.stream().map(OpenTask::obligationId).toList())
                .stream()
                .collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        Map<UUID, Map<String, Deadline>> deadlines = obligations.deadlines(open.stream()
                .filter(task ->
                        owed.containsKey(task.obligationId()) && task.dueByAnother(owed.get(task.obligationId())))
                .map(OpenTask::obligationId)
                .collect(Collectors.toSet()));
        Map<String, Drafts.Draft> saved =
                drafts.findAll(open.stream().map(OpenTask::taskId).toList());
        Map<String, String> people = wording.people(
                saved.values().stream().map(Drafts.Draft::savedBy).toList(), reader);
        return open.stream()
                .filter(task -> owed.containsKey(task.obligationId()))
                .filter(task -> !national.hides(task, owed.get(task.obligationId()), caller))
                .map(task -> {
                    Obligation obligation = owed.get(task.obligationId());
                    Drafts.Draft draft = saved.get(task.taskId());
                    return new TaskLine(
                            task.taskId(),
                            wording.duty(obligation.duty(), reader),
                            wording.step(task.duty(), task.step(), reader),
                            wording.party(obligation.partyCode(), reader),
                            wording.due(
                                            task,
                                            task.by(obligation, deadlines.getOrDefault(obligation.id(), Map.of())),
                                            reader)
                                    .orElse(null),
                            draft == null
                                    ? null
                                    : wording.text(
                                            "desk.draft-by",
                                            reader,
                                            people.get(draft.savedBy()),
                                            wording.moment(draft.savedAt(), reader)));
                })
                .toList();
    }

    private OwedLine owedLine(Obligation obligation, Locale reader) {
        return new OwedLine(
                obligation.id(),
                wording.duty(obligation.duty(), reader),
                wording.occasion(obligation.occasion()),
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
        Obligation owed = sight.obligation(id, caller);
        CaseFile file = caseFiles.of(owed, caller, reader);
        model.addAttribute("file", file);
        model.addAttribute("snooze", snooze(owed, caller, reader));
        model.addAttribute(
                "receipt",
                file.submissions().stream()
                        .filter(sent -> sent.receipt().equals(receipt))
                        .findFirst()
                        .orElse(null));
        return "desk/obligation";
    }

    /** Reminders can be put off by the Party's people while there is time. */
    private @Nullable Snooze snooze(Obligation owed, Account caller, Locale reader) {
        LocalDate tomorrow = wording.todayOfReader().plusDays(1);
        LocalDate last = owed.deadline().on();
        if (caller.partyCode() == null || owed.state() != Obligation.State.WITH_PARTY || tomorrow.isAfter(last)) {
            return null;
        }
        return new Snooze(
                preferences
                        .snoozed(owed.id(), caller.username())
                        .map(until -> wording.day(until, reader))
                        .orElse(null),
                tomorrow.toString(),
                last.toString(),
                wording.day(last, reader));
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
