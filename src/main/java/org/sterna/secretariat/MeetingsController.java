package org.sterna.secretariat;

import java.security.Principal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.sterna.calendar.InvalidMeeting;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.calendar.WorkingDays;
import org.sterna.campaigns.InvalidMove;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;

/** The meetings that deadlines hang on, and what was notified for them. */
@Controller
class MeetingsController {

    private static final Set<Obligation.State> OPEN =
            Set.of(Obligation.State.OPENING, Obligation.State.WITH_PARTY, Obligation.State.WITH_SECRETARIAT);

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A date that was published, or stands in. */
    record Published(String subject, String day, String basis) {}

    /** A meeting in the list. */
    record Line(
            String code,
            String kind,
            @Nullable String instrument,
            boolean lacksInstrument,
            @Nullable String place,
            String when,
            @Nullable String until,
            Wording.@Nullable Tag provisional,
            List<Published> notified) {}

    /** A meeting as typed; what was not typed is empty. */
    record Typed(
            String code,
            String kind,
            String instrument,
            String place,
            String country,
            String opening,
            String closing,
            String zone,
            boolean provisional,
            String reference) {

        static Typed of(Map<String, String> form) {
            return new Typed(
                    strip(form, "code"),
                    strip(form, "kind"),
                    strip(form, "instrument"),
                    strip(form, "place"),
                    strip(form, "country").toUpperCase(Locale.ROOT),
                    strip(form, "opening"),
                    strip(form, "closing"),
                    strip(form, "zone"),
                    form.containsKey("provisional"),
                    strip(form, "reference"));
        }

        /** As the form sends it. */
        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("kind", kind);
            fields.put("instrument", instrument);
            fields.put("place", place);
            fields.put("country", country);
            fields.put("opening", opening);
            fields.put("closing", closing);
            fields.put("zone", zone);
            fields.put("reference", reference);
            if (provisional) {
                fields.put("provisional", "true");
            }
            return fields;
        }

        private static String strip(Map<String, String> form, String field) {
            return form.getOrDefault(field, "").strip();
        }

        static Typed of(Meeting meeting) {
            return new Typed(
                    meeting.code(),
                    meeting.kind().code(),
                    Objects.toString(meeting.instrument(), ""),
                    Objects.toString(meeting.place(), ""),
                    Objects.toString(meeting.country(), ""),
                    meeting.opening() == null ? "" : meeting.opening().text(),
                    Objects.toString(meeting.closing(), ""),
                    meeting.zone().getId(),
                    meeting.provisional(),
                    "");
        }
    }

    private final Office office;
    private final Meetings meetings;
    private final WorkingDays workingDays;
    private final Instruments instruments;
    private final Obligations obligations;
    private final Parties parties;
    private final MeetingDays days;
    private final MoveLines moveLines;
    private final Exports exports;
    private final Wording wording;

    MeetingsController(
            Office office,
            Meetings meetings,
            WorkingDays workingDays,
            Instruments instruments,
            Obligations obligations,
            Parties parties,
            MeetingDays days,
            MoveLines moveLines,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.meetings = meetings;
        this.workingDays = workingDays;
        this.instruments = instruments;
        this.obligations = obligations;
        this.parties = parties;
        this.days = days;
        this.moveLines = moveLines;
        this.exports = exports;
        this.wording = wording;
    }

    @GetMapping("/secretariat/meetings")
    String list(Principal principal, Locale reader, Model model) {
        office.member(principal);
        fillList(model, new Typed("", "", "", "", "", "", "", "Europe/Berlin", false, ""), Map.of(), reader);
        return "secretariat/meetings";
    }

    @GetMapping("/secretariat/exports/meetings.{ending}")
    ResponseEntity<Resource> export(@PathVariable String ending, Principal principal, Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "meetings",
                        wording.text("secretariat.meetings.title", reader),
                        List.of(
                                "secretariat.meeting.code",
                                "secretariat.meeting.kind",
                                "secretariat.meeting.instrument",
                                "secretariat.meeting.place",
                                "secretariat.meeting.opening",
                                "secretariat.meeting.closing",
                                "secretariat.meeting.zone",
                                "export.provisional",
                                "secretariat.meeting.notified"),
                        rows(reader),
                        reader));
    }

    private List<List<@Nullable Object>> rows(Locale reader) {
        List<Meeting> all = meetings.all();
        Map<String, List<NotifiedDate>> notified =
                meetings.notified(all.stream().map(Meeting::code).toList());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        all.forEach(meeting -> {
            Meeting.Span opening = meeting.opening();
            List<@Nullable Object> row = new ArrayList<>();
            row.add(meeting.code());
            row.add(kind(meeting.kind(), reader));
            row.add(meeting.instrument());
            row.add(place(meeting, reader));
            row.add(
                    opening == null || opening.precision() != Meeting.Precision.DAY
                            ? days.opening(opening, reader)
                            : opening.first());
            row.add(meeting.closing());
            row.add(meeting.zone().getId());
            row.add(meeting.provisional() ? wording.text("deadline.provisional", reader) : null);
            row.add(notified.getOrDefault(meeting.code(), List.of()).stream()
                    .map(date -> published(date, reader))
                    .map(date -> date.subject() + " · " + date.day() + " (" + date.basis() + ")")
                    .collect(Collectors.joining("; ")));
            rows.add(row);
        });
        return rows;
    }

    @PostMapping("/secretariat/meetings")
    ModelAndView add(
            @RequestParam Map<String, String> form,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        office.member(principal);
        Typed typed = Typed.of(form);
        try {
            meetings.add(read(typed, typed.code(), reader));
        } catch (InvalidMeeting refused) {
            fillList(model, typed, Map.of(refused.field(), refused.getMessage()), reader);
            return new ModelAndView("secretariat/meetings", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute("done", wording.text("secretariat.meeting.added", reader, typed.code()));
        return new ModelAndView("redirect:/secretariat/meetings");
    }

    @GetMapping("/secretariat/meetings/{code}")
    String show(@PathVariable String code, Principal principal, Locale reader, Model model) {
        office.member(principal);
        Meeting meeting = meetings.find(code).orElseThrow(NothingHere::new);
        fillForm(model, meeting, Typed.of(meeting), Map.of(), reader);
        return "secretariat/meeting";
    }

    /** New dates with which deadlines of open cases move are shown with these before they are made. */
    @PostMapping("/secretariat/meetings/{code}")
    ModelAndView change(
            @PathVariable String code,
            @RequestParam Map<String, String> form,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Meeting before = meetings.find(code).orElseThrow(NothingHere::new);
        Typed typed = Typed.of(form);
        try {
            Meeting after = read(typed, code, reader);
            if (movesDeadlines(before, after)) {
                ModelAndView shown = move(before, typed, after, form.get("seen"), member, reader, model);
                if (shown != null) {
                    return shown;
                }
            } else {
                meetings.change(after);
            }
        } catch (InvalidMeeting refused) {
            return again(before, typed, refused.field(), refused.getMessage(), reader, model);
        } catch (InvalidMove refused) {
            return again(before, typed, refused.field(), refused.getMessage(), reader, model);
        }
        next.addFlashAttribute("done", wording.text("secretariat.meeting.changed", reader, code));
        return new ModelAndView("redirect:/secretariat/meetings");
    }

    private ModelAndView again(Meeting before, Typed typed, String field, String error, Locale reader, Model model) {
        fillForm(model, before, typed, Map.of(field, error), reader);
        return new ModelAndView("secretariat/meeting", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    /** Null if no deadline moves and the change is made. */
    private @Nullable ModelAndView move(
            Meeting before,
            Typed typed,
            Meeting after,
            @Nullable String seen,
            Account member,
            Locale reader,
            Model model) {
        MeetingMoves.Change change = new MeetingMoves.MeetingChange(after, given(typed.reference()));
        List<MoveLines.Fact> facts = List.of(
                moveLines.fact("secretariat.move.before", whole(before, reader), reader),
                moveLines.fact("secretariat.move.after", whole(after, reader), reader));
        return moveLines.act(
                change,
                seen,
                member,
                new MoveLines.Act(
                        wording.text("secretariat.move.title", reader, before.code()),
                        "/secretariat/meetings/" + before.code(),
                        facts,
                        typed.fields()),
                reader,
                model);
    }

    private String whole(Meeting meeting, Locale reader) {
        return days.whole(meeting.opening(), meeting.closing(), meeting.provisional(), reader);
    }

    /** Place and country move no deadline; all else may. */
    private static boolean movesDeadlines(Meeting before, Meeting after) {
        return before.kind() != after.kind()
                || before.provisional() != after.provisional()
                || !before.zone().equals(after.zone())
                || !Objects.equals(before.opening(), after.opening())
                || !Objects.equals(before.closing(), after.closing());
    }

    private long hanging(Meeting meeting) {
        return obligations
                .list(new Obligations.Filter(null, null, meeting.code(), OPEN, false), 0, 1)
                .total();
    }

    private Meeting read(Typed typed, String code, Locale reader) {
        Meeting.Kind kind = Meeting.Kind.of(typed.kind())
                .orElseThrow(() -> new InvalidMeeting("kind", wording.text("secretariat.meeting.kind.error", reader)));
        Meeting.Span opening = null;
        if (!typed.opening().isEmpty()) {
            opening = Meeting.Span.parse(typed.opening())
                    .orElseThrow(() ->
                            new InvalidMeeting("opening", wording.text("secretariat.meeting.opening.error", reader)));
        }
        LocalDate closing = null;
        if (!typed.closing().isEmpty()) {
            try {
                closing = LocalDate.parse(typed.closing());
            } catch (DateTimeParseException notADay) {
                throw new InvalidMeeting("closing", wording.text("secretariat.meeting.closing.error", reader));
            }
        }
        ZoneId zone = meetings.zone(typed.zone());
        return new Meeting(
                code,
                kind,
                given(typed.instrument()),
                given(typed.place()),
                given(typed.country()),
                opening,
                closing,
                zone,
                typed.provisional());
    }

    private static @Nullable String given(String typed) {
        return typed.isEmpty() ? null : typed;
    }

    private void fillList(Model model, Typed typed, Map<String, String> errors, Locale reader) {
        List<Meeting> all = meetings.all();
        Map<String, List<NotifiedDate>> notified =
                meetings.notified(all.stream().map(Meeting::code).toList());
        model.addAttribute(
                "lines",
                all.stream()
                        .map(one -> line(one, notified.getOrDefault(one.code(), List.of()), reader))
                        .toList());
        model.addAttribute(
                "withoutInstrument",
                all.stream().filter(Meeting::lacksInstrument).map(Meeting::code).toList());
        model.addAttribute(
                "withoutHolidays",
                parties.all().stream()
                        .filter(party -> !workingDays.hasHolidays(party.code()))
                        .map(party -> party.name(reader))
                        .toList());
        fillFields(model, typed, errors, reader);
    }

    private void fillForm(Model model, Meeting meeting, Typed typed, Map<String, String> errors, Locale reader) {
        model.addAttribute("line", line(meeting, List.of(), reader));
        model.addAttribute("hanging", hanging(meeting));
        model.addAttribute("moves", moveLines.latest(meeting.code(), reader));
        fillFields(model, typed, errors, reader);
    }

    private void fillFields(Model model, Typed typed, Map<String, String> errors, Locale reader) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "kinds",
                Arrays.stream(Meeting.Kind.values())
                        .map(kind -> new Choice(kind.code(), kind(kind, reader)))
                        .toList());
        model.addAttribute(
                "instruments",
                instruments.all().stream()
                        .map(one -> new Choice(
                                one.code(),
                                one.code().equals(one.name()) ? one.code() : one.code() + " – " + one.name()))
                        .toList());
    }

    private Line line(Meeting meeting, List<NotifiedDate> notified, Locale reader) {
        return new Line(
                meeting.code(),
                kind(meeting.kind(), reader),
                meeting.instrument(),
                meeting.lacksInstrument(),
                place(meeting, reader),
                days.opening(meeting.opening(), reader),
                days.until(meeting.opening(), meeting.closing(), reader),
                meeting.provisional()
                        ? new Wording.Tag("provisional", "?", wording.text("secretariat.meeting.provisional", reader))
                        : null,
                notified.stream().map(date -> published(date, reader)).toList());
    }

    private String kind(Meeting.Kind kind, Locale reader) {
        return wording.text("secretariat.meeting.kind." + kind.code(), reader);
    }

    private @Nullable String place(Meeting meeting, Locale reader) {
        String country = meeting.country() == null ? null : wording.party(meeting.country(), reader);
        if (meeting.place() == null || country == null) {
            return meeting.place() == null ? country : meeting.place();
        }
        return meeting.place() + ", " + country;
    }

    private Published published(NotifiedDate date, Locale reader) {
        String basis = date.basis() == NotifiedDate.Basis.SOURCED && date.reference() != null
                ? date.reference()
                : wording.text("secretariat.meeting.basis." + date.basis().code(), reader);
        return new Published(moveLines.subject(date.subject(), reader), wording.day(date.on(), reader), basis);
    }
}
