package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.campaigns.BulkActs;
import org.sterna.engine.Cases;
import org.sterna.notices.Closings;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Holder;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** The same act on a selection: choose, see what will happen, confirm, watch. */
@Controller
class BulkController {

    /** Most that can be chosen from at once: more than a duty has Parties. */
    private static final int SHOWN = 500;

    private static final int LATEST = 10;

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** An obligation to choose, and whether it is chosen. */
    record Candidate(
            UUID id, String party, String duty, String occasion, Wording.Tag state, Wording.Due due, boolean chosen) {}

    /** What will happen to one, or why nothing will. */
    record Foreseen(UUID id, String party, String duty, String occasion, boolean happens, String what) {}

    /** What came of one. */
    record Result(
            UUID id,
            String party,
            String duty,
            String occasion,
            Wording.Tag state,
            @Nullable String told) {}

    /** An act in the list of the latest. */
    record Latest(UUID id, String title, String by, String at, int workedOff, int total, boolean running) {}

    private final Office office;
    private final Obligations obligations;
    private final Seats seats;
    private final BulkActs bulk;
    private final Closings closings;
    private final Wording wording;

    BulkController(
            Office office, Obligations obligations, Seats seats, BulkActs bulk, Closings closings, Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.seats = seats;
        this.bulk = bulk;
        this.closings = closings;
        this.wording = wording;
    }

    @GetMapping("/secretariat/bulk")
    String choose(
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "false") boolean overdue,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Obligations.Page<Obligation> found = obligations.list(
                new Obligations.Filter(
                        given(duty),
                        given(party),
                        given(occasion),
                        Set.of(
                                Obligation.State.OPENING,
                                Obligation.State.WITH_PARTY,
                                Obligation.State.WITH_SECRETARIAT),
                        overdue),
                0,
                SHOWN);
        offer(model, found.items(), Set.of(), reader);
        model.addAttribute("total", found.total());
        model.addAttribute("more", found.total() >= Obligations.MOST_COUNTED);
        model.addAttribute("shown", found.items().size());
        model.addAttribute("kind", BulkActs.Kind.REMIND.code());
        return "secretariat/bulk";
    }

    private static @Nullable String given(String parameter) {
        return parameter.isBlank() ? null : parameter.strip();
    }

    private void offer(Model model, Collection<Obligation> found, Set<UUID> left, Locale reader) {
        Collator order = Collator.getInstance(reader);
        model.addAttribute(
                "candidates",
                found.stream()
                        .map(one -> new Candidate(
                                one.id(),
                                wording.party(one.partyCode(), reader),
                                wording.duty(one.duty(), reader),
                                wording.occasion(one.occasion()),
                                wording.state(one, reader),
                                wording.due(one, reader),
                                !left.contains(one.id())))
                        .sorted(Comparator.comparing(Candidate::party, order).thenComparing(Candidate::duty, order))
                        .toList());
        model.addAttribute(
                "kinds",
                Arrays.stream(BulkActs.Kind.values())
                        .filter(BulkActs.Kind::chosen)
                        .map(kind -> new Choice(kind.code(), wording.text("bulk.kind." + kind.code(), reader)))
                        .toList());
        model.addAttribute(
                "roles",
                Arrays.stream(SeatRole.values())
                        .filter(SeatRole::ofParty)
                        .map(role -> new Choice(role.code(), wording.text("seat." + role.code(), reader)))
                        .toList());
        model.addAttribute(
                "latest",
                bulk.latest(LATEST).stream()
                        .map(one -> new Latest(
                                one.act().id(),
                                title(one.act(), reader),
                                wording.person(one.act().by(), reader),
                                wording.moment(one.startedAt(), reader),
                                one.workedOff(),
                                one.total(),
                                one.running()))
                        .toList());
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
    }

    private String title(BulkActs.Act act, Locale reader) {
        return switch (act.kind()) {
            case REMIND, EXCUSE, CLOSE -> wording.text("bulk.kind." + act.kind().code(), reader);
            case EXTEND ->
                wording.text("bulk.title.extend", reader, act.until() == null ? "" : wording.day(act.until(), reader));
            case COMPLETE -> wording.text("bulk.title.complete", reader, act.reason());
            case REASSIGN -> wording.text("bulk.title.reassign", reader, wording.text("seat." + act.role(), reader));
        };
    }

    /** What was typed, checked. */
    private record Asked(BulkActs.@Nullable Act act, Map<String, String> errors) {}

    private Asked asked(
            UUID id,
            String kind,
            String until,
            String role,
            String reason,
            List<UUID> chosen,
            Account member,
            Locale reader) {
        Map<String, String> errors = new LinkedHashMap<>();
        Optional<BulkActs.Kind> known = Arrays.stream(BulkActs.Kind.values())
                .filter(one -> one.chosen() && one.code().equals(kind))
                .findFirst();
        if (known.isEmpty()) {
            errors.put("kind", wording.text("bulk.kind.error", reader));
        }
        LocalDate day = null;
        if (known.filter(BulkActs.Kind.EXTEND::equals).isPresent()) {
            day = day(until).orElse(null);
            if (day == null) {
                errors.put("until", wording.text("case.day.error", reader, wording.text("bulk.until", reader)));
            } else if (day.isBefore(wording.today())) {
                errors.put("until", wording.text("secretariat.move.past.error", reader));
            }
        }
        boolean reassign = known.filter(BulkActs.Kind.REASSIGN::equals).isPresent();
        if (reassign && SeatRole.of(role).filter(SeatRole::ofParty).isEmpty()) {
            errors.put("role", wording.text("bulk.role.error", reader));
        }
        String why = known.filter(BulkActs.Kind.REMIND::equals).isPresent() ? "" : reason.strip();
        if (known.isPresent()
                && known.get() != BulkActs.Kind.REMIND
                && (why.length() < Cases.SHORTEST_REASON || why.length() > Cases.LONGEST_REASON)) {
            errors.put("reason", wording.text("secretariat.reason.error", reader));
        }
        if (chosen.isEmpty() || chosen.size() > BulkActs.MOST) {
            errors.put("chosen", wording.text("bulk.chosen.error", reader));
        }
        return new Asked(
                errors.isEmpty()
                        ? new BulkActs.Act(
                                id, known.orElseThrow(), day, reassign ? role : null, why, member.username(), reader)
                        : null,
                errors);
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed.strip()));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }

    @PostMapping("/secretariat/bulk/check")
    ModelAndView check(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") List<UUID> chosen,
            @RequestParam(defaultValue = "") List<UUID> offered,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        Asked asked = asked(UUID.randomUUID(), kind, until, role, reason, chosen, member, reader);
        model.addAttribute("kind", kind);
        model.addAttribute("until", until);
        model.addAttribute("role", role);
        model.addAttribute("reason", reason);
        BulkActs.Act act = asked.act();
        if (act == null) {
            model.addAttribute("errors", asked.errors());
            List<Obligation> again =
                    obligations.findAll(offered.stream().limit(SHOWN).toList());
            offer(
                    model,
                    again,
                    again.stream()
                            .map(Obligation::id)
                            .filter(id -> !chosen.contains(id))
                            .collect(Collectors.toSet()),
                    reader);
            model.addAttribute("total", (long) again.size());
            model.addAttribute("shown", again.size());
            return new ModelAndView("secretariat/bulk", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        List<Foreseen> foreseen = foresee(act, obligations.findAll(chosen), reader);
        model.addAttribute("act", act.id());
        model.addAttribute("action", title(act, reader));
        model.addAttribute("foreseen", foreseen);
        model.addAttribute(
                "happens", foreseen.stream().filter(Foreseen::happens).count());
        model.addAttribute(
                "stays", foreseen.stream().filter(one -> !one.happens()).count());
        return new ModelAndView("secretariat/bulk-check", model.asMap());
    }

    /** Told as things stand now; what changes until it is done is refused then. */
    private List<Foreseen> foresee(BulkActs.Act act, List<Obligation> chosen, Locale reader) {
        Map<UUID, List<OpenTask>> tasks =
                obligations.tasks(chosen.stream().map(Obligation::id).toList());
        Map<UUID, List<OpenTask>> ofParty = chosen.stream()
                .collect(Collectors.toMap(Obligation::id, one -> tasks.getOrDefault(one.id(), List.of()).stream()
                        .filter(task -> one.ofParty(task.seatCode()))
                        .toList()));
        Set<String> asked = chosen.stream()
                .flatMap(one -> act.role() == null
                        ? ofParty.get(one.id()).stream().map(OpenTask::seatCode)
                        : Stream.of(Seat.code(SeatRole.of(act.role()).orElseThrow(), one.partyCode())))
                .collect(Collectors.toSet());
        Map<String, List<Holder>> reached = asked.isEmpty() ? Map.of() : seats.reachedByEach(asked);
        Collator order = Collator.getInstance(reader);
        return chosen.stream()
                .map(one -> foresee(act, one, ofParty.get(one.id()), reached, reader))
                .sorted(Comparator.comparing(Foreseen::happens).thenComparing(Foreseen::party, order))
                .toList();
    }

    private Foreseen foresee(
            BulkActs.Act act,
            Obligation one,
            List<OpenTask> waiting,
            Map<String, List<Holder>> reached,
            Locale reader) {
        if (!one.state().open()) {
            return foreseen(one, false, wording.text("case.not-open", reader), reader);
        }
        return switch (act.kind()) {
            case COMPLETE -> throw new IllegalArgumentException("Asked for by loading a file, not by hand");
            case EXCUSE -> foreseen(one, true, wording.text("bulk.foreseen.excuse", reader), reader);
            case CLOSE ->
                one.state() == Obligation.State.WITH_SECRETARIAT
                        ? foreseen(one, false, wording.text("case.to-be-reviewed", reader), reader)
                        : foreseen(one, true, wording.text("bulk.foreseen.close", reader), reader);
            case EXTEND -> {
                LocalDate until = Objects.requireNonNull(act.until());
                Optional<LocalDate> last = closings.lastDay(one).filter(until::isAfter);
                if (last.isPresent()) {
                    yield foreseen(
                            one,
                            false,
                            wording.text("case.after-closing", reader, wording.day(last.get(), reader)),
                            reader);
                }
                yield until.isAfter(one.deadline().on())
                        ? foreseen(
                                one,
                                true,
                                wording.text(
                                        "bulk.foreseen.extend",
                                        reader,
                                        wording.day(one.deadline().on(), reader),
                                        wording.day(until, reader)),
                                reader)
                        : foreseen(one, false, wording.text("case.not-later", reader), reader);
            }
            case REMIND ->
                waiting.isEmpty()
                        ? foreseen(one, false, wording.text("case.not-with-party", reader), reader)
                        : foreseen(
                                one,
                                true,
                                wording.text(
                                        "bulk.foreseen.remind",
                                        reader,
                                        names(
                                                waiting.stream()
                                                        .map(OpenTask::seatCode)
                                                        .toList(),
                                                reached)),
                                reader);
            case REASSIGN -> {
                String seat = Seat.code(SeatRole.of(act.role()).orElseThrow(), one.partyCode());
                if (waiting.isEmpty()) {
                    yield foreseen(one, false, wording.text("case.not-with-party", reader), reader);
                }
                if (waiting.stream().allMatch(task -> task.seatCode().equals(seat))) {
                    yield foreseen(one, false, wording.text("case.there-already", reader), reader);
                }
                yield reached.getOrDefault(seat, List.of()).isEmpty()
                        ? foreseen(one, false, wording.text("case.seat-reaches-nobody", reader), reader)
                        : foreseen(
                                one,
                                true,
                                wording.text("bulk.foreseen.reassign", reader, names(List.of(seat), reached)),
                                reader);
            }
        };
    }

    private static String names(Collection<String> seatCodes, Map<String, List<Holder>> reached) {
        return seatCodes.stream()
                .flatMap(seat -> reached.getOrDefault(seat, List.of()).stream())
                .map(Holder::name)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Foreseen foreseen(Obligation one, boolean happens, String what, Locale reader) {
        return new Foreseen(
                one.id(),
                wording.party(one.partyCode(), reader),
                wording.duty(one.duty(), reader),
                wording.occasion(one.occasion()),
                happens,
                what);
    }

    @PostMapping("/secretariat/bulk")
    ModelAndView start(
            @RequestParam UUID act,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") List<UUID> chosen,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        Asked asked = asked(act, kind, until, role, reason, chosen, member, reader);
        if (asked.act() == null) {
            return check(kind, until, role, reason, chosen, chosen, principal, reader, model);
        }
        bulk.start(asked.act(), chosen);
        return new ModelAndView("redirect:/secretariat/bulk/" + act);
    }

    @GetMapping("/secretariat/bulk/{id}")
    String progress(@PathVariable UUID id, Principal principal, Locale reader, Model model) {
        office.member(principal);
        BulkActs.Progress progress = bulk.progress(id).orElseThrow(NothingHere::new);
        List<BulkActs.Item> items = bulk.items(id);
        Map<UUID, Obligation> found =
                obligations
                        .findAll(items.stream().map(BulkActs.Item::obligationId).toList())
                        .stream()
                        .collect(Collectors.toMap(Obligation::id, one -> one));
        model.addAttribute("id", id);
        model.addAttribute("title", title(progress.act(), reader));
        model.addAttribute(
                "reason", progress.act().kind().chosen() ? progress.act().reason() : "");
        model.addAttribute("by", wording.person(progress.act().by(), reader));
        model.addAttribute("at", wording.moment(progress.startedAt(), reader));
        model.addAttribute("progress", progress);
        model.addAttribute(
                "results",
                items.stream()
                        .filter(item -> found.containsKey(item.obligationId()))
                        .map(item -> result(item, found.get(item.obligationId()), reader))
                        .toList());
        return "secretariat/bulk-progress";
    }

    private Result result(BulkActs.Item item, Obligation one, Locale reader) {
        String sign =
                switch (item.state()) {
                    case DONE -> "✓";
                    case WAITING -> "…";
                    case REFUSED -> "–";
                    case FAILED -> "!";
                };
        String style =
                switch (item.state()) {
                    case DONE -> "confirmed";
                    case WAITING -> "notice-queued";
                    case REFUSED -> "late";
                    case FAILED -> "overdue";
                };
        return new Result(
                one.id(),
                wording.party(one.partyCode(), reader),
                wording.duty(one.duty(), reader),
                wording.occasion(one.occasion()),
                new Wording.Tag(
                        style, sign, wording.text("bulk.state." + item.state().code(), reader)),
                item.told());
    }

    @PostMapping("/secretariat/bulk/{id}/retry")
    String retry(@PathVariable UUID id, Principal principal) {
        office.member(principal);
        bulk.progress(id).orElseThrow(NothingHere::new);
        bulk.retry(id);
        return "redirect:/secretariat/bulk/" + id;
    }
}
