package org.sterna.secretariat;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.calendar.Deadline;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.engine.Cases;
import org.sterna.engine.Drawings;
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

/** One case: what is known of it, its diagram, and the Secretariat's acts on it. */
@Controller
class CaseController {

    /**
     * A place on the way of the case.
     *
     * @param language language of the name where it is not the reader's; null where it is
     * @param state {@code done}, {@code open}, {@code withdrawn} or {@code stuck}
     */
    record Place(String name, @Nullable String language, String kind, String state, String since) {}

    /** Something to choose in a form. */
    record Choice(String value, String label) {}

    /** What a step waits for: whose it is, and who that is today. */
    record Waiting(String taskId, String step, String seat, List<String> holders, boolean ofSecretariat) {}

    /** Papers that together have no more bytes than this are checked whenever the page is opened. */
    private static final long CHECKED_EACH_TIME = 4_000_000;

    /**
     * What was checked for this page: the chain of the case's events, and its papers' content.
     *
     * @param events how many events the chain has
     * @param brokenAt the first event that does not fit; null if all do
     * @param papers how many papers are listed
     * @param papersChecked whether their content was read and compared
     * @param damaged names of those whose content is not what was received
     */
    record Check(int events, @Nullable Integer brokenAt, int papers, boolean papersChecked, List<String> damaged) {

        /** Whether all that was checked is as it was. */
        public boolean sound() {
            return brokenAt == null && damaged.isEmpty();
        }
    }

    private final Office office;
    private final Obligations obligations;
    private final Documents documents;
    private final Duties duties;
    private final Seats seats;
    private final Cases cases;
    private final Drawings drawings;
    private final CaseFiles caseFiles;
    private final ReplyLines replies;
    private final Wording wording;

    CaseController(
            Office office,
            Obligations obligations,
            Documents documents,
            Duties duties,
            Seats seats,
            Cases cases,
            Drawings drawings,
            CaseFiles caseFiles,
            ReplyLines replies,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.documents = documents;
        this.duties = duties;
        this.seats = seats;
        this.cases = cases;
        this.drawings = drawings;
        this.caseFiles = caseFiles;
        this.replies = replies;
        this.wording = wording;
    }

    /**
     * @param seen the head of the chain that the asking page shows; nothing is answered while it is still the head
     * @param check {@code papers} to have the papers' content checked however large it is
     */
    @GetMapping("/secretariat/obligations/{id}")
    @Nullable
    String show(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String check,
            Principal principal,
            Locale reader,
            Model model,
            HttpServletResponse response) {
        Account member = office.member(principal);
        if (!seen.isEmpty() && obligations.head(id).filter(seen::equals).isPresent()) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return null;
        }
        fill(model, obligation(id), member, Map.of(), check.equals("papers"), reader);
        return "secretariat/obligation";
    }

    /** The diagram that the page draws. */
    @GetMapping("/secretariat/obligations/{id}/diagram")
    ResponseEntity<String> diagram(@PathVariable UUID id, Principal principal, Locale reader) {
        office.member(principal);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(drawings.diagram(obligation(id).id(), reader).orElseThrow(NothingHere::new));
    }

    private Obligation obligation(UUID id) {
        return obligations.find(id).orElseThrow(NothingHere::new);
    }

    /** @param allPapers whether the papers' content is checked however large it is */
    private Check check(CaseFile file, boolean allPapers) {
        List<CaseFile.Paper> papers = file.papers();
        boolean checked =
                allPapers || papers.stream().mapToLong(CaseFile.Paper::size).sum() <= CHECKED_EACH_TIME;
        List<String> damaged = checked && !papers.isEmpty()
                ? documents.check(papers.stream().map(CaseFile.Paper::id).toList()).stream()
                        .map(Document::name)
                        .sorted()
                        .toList()
                : List.of();
        return new Check(
                file.history().size(),
                obligations.firstBrokenEvent(file.obligation().id()).orElse(null),
                papers.size(),
                checked,
                damaged);
    }

    private void fill(
            Model model,
            Obligation obligation,
            Account member,
            Map<String, String> errors,
            boolean allPapers,
            Locale reader) {
        CaseFile file = caseFiles.of(obligation, member, reader);
        model.addAttribute("file", file);
        model.addAttribute("occasion", wording.occasion(obligation.occasion()));
        model.addAttribute("head", obligations.head(obligation.id()).orElse(""));
        model.addAttribute("versions", file.withheld() == null ? Versions.of(file.submissions()) : List.of());
        model.addAttribute("check", check(file, allPapers));
        model.addAttribute("replies", replies.of(obligation.id(), reader));
        model.addAttribute("errors", errors);
        drawings.way(obligation.id(), reader).ifPresent(way -> {
            model.addAttribute(
                    "way",
                    way.visits().stream().map(visit -> place(visit, reader)).toList());
            model.addAttribute("walked", String.join(" ", way.done()));
            model.addAttribute("here", String.join(" ", way.here()));
            model.addAttribute("stuck", String.join(" ", way.stuck()));
            model.addAttribute("flows", String.join(" ", way.flows()));
        });
        List<Waiting> waiting = waiting(obligation, reader);
        model.addAttribute("waiting", waiting);
        model.addAttribute("withParty", waiting.stream().anyMatch(one -> !one.ofSecretariat()));
        List<Choice> resumable = new ArrayList<>(cases.resumable(obligation.id()).stream()
                .map(step -> new Choice(step, wording.step(obligation.duty(), step, reader)))
                .toList());
        if (!obligation.state().open()) {
            resumable.add(new Choice(Cases.BEGINNING, wording.text("case.reopen.beginning", reader)));
        }
        model.addAttribute("resumable", resumable);
        if (obligation.state().open()) {
            model.addAttribute("roles", roles(obligation, reader));
            model.addAttribute("correctBy", correctBy(obligation));
        } else {
            model.addAttribute(
                    "correctBy", wording.today(obligation.deadline().zone()).plusDays(30));
        }
    }

    private Place place(Drawings.Visit visit, Locale reader) {
        String state =
                visit.stuck() ? "stuck" : visit.withdrawn() ? "withdrawn" : visit.until() == null ? "open" : "done";
        return new Place(
                visit.name(),
                visit.translated() ? null : "en",
                wording.text("case.kind." + visit.kind().name().toLowerCase(Locale.ROOT), reader),
                state,
                wording.moment(visit.since(), reader));
    }

    private List<Waiting> waiting(Obligation obligation, Locale reader) {
        List<OpenTask> tasks = obligation.state().open() ? obligations.tasks(obligation.id()) : List.of();
        Map<String, List<Holder>> holders = tasks.isEmpty()
                ? Map.of()
                : seats.reachedByEach(tasks.stream().map(OpenTask::seatCode).toList());
        return tasks.stream()
                .map(task -> new Waiting(
                        task.taskId(),
                        wording.step(task.duty(), task.step(), reader),
                        wording.seat(task.seatCode(), reader),
                        holders.getOrDefault(task.seatCode(), List.of()).stream()
                                .map(Holder::name)
                                .distinct()
                                .toList(),
                        !obligation.ofParty(task.seatCode())))
                .toList();
    }

    /** Seats of the Party that are held, to give a step to. */
    private List<Choice> roles(Obligation obligation, Locale reader) {
        Map<String, SeatRole> seatsOfParty = Arrays.stream(SeatRole.values())
                .filter(SeatRole::ofParty)
                .collect(Collectors.toMap(
                        role -> Seat.code(role, obligation.partyCode()),
                        role -> role,
                        (one, other) -> one,
                        LinkedHashMap::new));
        Set<String> held = seats.inOffice(seatsOfParty.keySet()).keySet();
        return seatsOfParty.entrySet().stream()
                .filter(seat -> held.contains(seat.getKey()))
                .map(seat -> new Choice(
                        seat.getValue().code(),
                        wording.text("seat." + seat.getValue().code(), reader)))
                .toList();
    }

    /** The day to propose for a correction: the duty's days from today, unless the deadline is later. */
    private LocalDate correctBy(Obligation obligation) {
        LocalDate proposed = wording.today(obligation.deadline().zone())
                .plusDays(duties.find(obligation.duty())
                        .map(duty -> duty.correction())
                        .orElse(0));
        LocalDate now = obligation.deadline().on();
        return proposed.isAfter(now) ? proposed : now;
    }

    /** An act tried; fields by their ids. */
    private final class Act {

        private final UUID id;
        private final Account member;
        private final Locale reader;
        private final Model model;
        private final RedirectAttributes next;
        private final Map<String, String> errors = new LinkedHashMap<>();

        Act(UUID id, Principal principal, Locale reader, Model model, RedirectAttributes next) {
            this.id = id;
            this.member = office.member(principal);
            this.reader = reader;
            this.model = model;
            this.next = next;
        }

        String reason(String field, String typed) {
            model.addAttribute(field, typed);
            int length = typed.strip().length();
            if (length < Cases.SHORTEST_REASON || length > Cases.LONGEST_REASON) {
                errors.put(field, wording.text("secretariat.reason.error", reader));
            }
            return typed.strip();
        }

        @Nullable
        LocalDate day(String field, String typed, boolean required, String label) {
            model.addAttribute(field, typed);
            if (typed.isBlank() && !required) {
                return null;
            }
            try {
                return LocalDate.parse(typed.strip());
            } catch (DateTimeParseException notADay) {
                errors.put(field, wording.text("case.day.error", reader, wording.text(label, reader)));
                return null;
            }
        }

        /**
         * Does it, unless something is wrong already.
         *
         * @param field id of the field beside which a refusal is told
         * @param act gives the sentence that tells that it is done
         */
        ModelAndView then(String field, java.util.function.Supplier<String> act) {
            if (errors.isEmpty()) {
                try {
                    next.addFlashAttribute("done", act.get());
                    return new ModelAndView("redirect:/secretariat/obligations/" + id);
                } catch (IllegalArgumentException refused) {
                    errors.put(field, Objects.requireNonNullElse(refused.getMessage(), ""));
                }
            }
            fill(model, obligation(id), member, errors, false, reader);
            return new ModelAndView("secretariat/obligation", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
    }

    @PostMapping("/secretariat/obligations/{id}/deadline")
    ModelAndView move(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        Obligation obligation = obligation(id);
        Optional<LocalDate> day = Optional.ofNullable(act.day("on", on, true, "secretariat.move.on"));
        if (day.isPresent()
                && day.get().isBefore(wording.today(obligation.deadline().zone()))) {
            act.errors.put("on", wording.text("secretariat.move.past.error", reader));
        } else if (day.isPresent() && day.get().equals(obligation.deadline().on())) {
            act.errors.put("on", wording.text("secretariat.move.same.error", reader));
        }
        String why = act.reason("reason", reason);
        return act.then("on", () -> {
            cases.moveDeadline(
                    id,
                    obligation.deadline().movedTo(day.orElseThrow(), Deadline.Origin.EXTENSION, why),
                    act.member.username());
            return wording.text("secretariat.move.done", reader, wording.day(day.orElseThrow(), reader));
        });
    }

    @PostMapping("/secretariat/obligations/{id}/excuse")
    ModelAndView excuse(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String excuse,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        String why = act.reason("excuse", excuse);
        return act.then("excuse", () -> {
            cases.excuse(id, why, act.member.username());
            return wording.text("secretariat.excuse.done", reader);
        });
    }

    @PostMapping("/secretariat/obligations/{id}/close")
    ModelAndView close(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String close,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        String why = act.reason("close", close);
        return act.then("close", () -> {
            cases.closeAsNotDelivered(id, why, act.member.username());
            return wording.text("secretariat.close.done", reader);
        });
    }

    @PostMapping("/secretariat/obligations/{id}/send-back")
    ModelAndView sendBack(
            @PathVariable UUID id,
            @RequestParam(name = "step", defaultValue = "") String step,
            @RequestParam(name = "by", defaultValue = "") String by,
            @RequestParam(name = "why", defaultValue = "") String why,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        model.addAttribute("step", step);
        LocalDate day = act.day("by", by, false, "case.by");
        String reason = act.reason("why", why);
        return act.then("step", () -> {
            cases.sendBack(id, step, day, reason, act.member.username());
            return wording.text("case.send-back.done", reader);
        });
    }

    @PostMapping("/secretariat/obligations/{id}/reopen")
    ModelAndView reopen(
            @PathVariable UUID id,
            @RequestParam(name = "step", defaultValue = "") String step,
            @RequestParam(name = "by", defaultValue = "") String by,
            @RequestParam(name = "why", defaultValue = "") String why,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        model.addAttribute("step", step);
        LocalDate day = act.day("by", by, true, "case.by");
        String reason = act.reason("why", why);
        return act.then("step", () -> {
            cases.reopen(id, step, Objects.requireNonNull(day), reason, act.member.username());
            return wording.text("case.reopen.done", reader);
        });
    }

    @PostMapping("/secretariat/obligations/{id}/remind")
    ModelAndView remind(
            @PathVariable UUID id, Principal principal, Locale reader, Model model, RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        return act.then("remind", () -> {
            int written = cases.remind(id, act.member.username());
            return wording.text("case.remind.done", reader, written);
        });
    }

    @PostMapping("/secretariat/obligations/{id}/reassign")
    ModelAndView reassign(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(name = "because", defaultValue = "") String because,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        model.addAttribute("role", role);
        String reason = act.reason("because", because);
        return act.then("role", () -> {
            int changed = cases.reassign(id, role, reason, act.member.username());
            return wording.text("case.reassign.done", reader, changed, wording.text("seat." + role, reader));
        });
    }

    @PostMapping("/secretariat/obligations/{id}/notes")
    ModelAndView note(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Act act = new Act(id, principal, reader, model, next);
        obligation(id);
        model.addAttribute("note", note);
        return act.then("note", () -> {
            cases.note(id, note, act.member.username());
            return wording.text("case.note.done", reader);
        });
    }
}
