package org.sterna.pages;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.forms.Form;
import org.sterna.notices.Closings;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Accounts;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.register.SeatRole;

/** Says what the ledger and the register hold in the reader's words: English, French or Spanish. */
@Component
public class Wording {

    /**
     * A status: always a sign, a colour and a text, never the colour alone.
     *
     * @param code names the colour in the stylesheet, for example {@code with-party}
     * @param sign one character, hidden from screen readers
     * @param label the text
     */
    public record Tag(String code, String sign, String label) {}

    /**
     * By when something is due.
     *
     * @param iso the day as ISO date, for machines
     * @param day the day in words
     * @param distance how far it is from today, in words
     * @param overdue whether it is past and still waited for
     * @param provisional whether it may still move because what it hangs on has no firm date
     */
    public record Due(String iso, String day, String distance, boolean overdue, boolean provisional) {}

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    /** An occasion that is the code of a meeting, for example {@code cop15}. */
    private static final Pattern CODE = Pattern.compile("[a-z]+\\d+");

    private final MessageSource messages;
    private final Words words;
    private final Duties duties;
    private final KnownParties parties;
    private final Accounts accounts;
    private final ReadersClock readersClock;
    private final Clock clock;

    Wording(
            MessageSource messages,
            Words words,
            Duties duties,
            KnownParties parties,
            Accounts accounts,
            ReadersClock readersClock,
            Clock clock) {
        this.messages = messages;
        this.words = words;
        this.duties = duties;
        this.parties = parties;
        this.accounts = accounts;
        this.readersClock = readersClock;
        this.clock = clock;
    }

    /** A text of the pages' own bundles. */
    public String text(String key, Locale reader, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, reader);
    }

    /** A text of the pages' own bundles, or another where there is none with that key. */
    public String textOr(String key, String other, Locale reader) {
        String found = messages.getMessage(key, null, other, reader);
        return found == null ? other : found;
    }

    /** The duty's title; its key where it has none. */
    public String duty(String duty, Locale reader) {
        return ofDuty(duty + ".title", reader).orElse(duty);
    }

    /** The name of a step of a duty or of a shared diagram; its key where it has none. */
    public String step(String process, String step, Locale reader) {
        return ofDuty(process + "." + step + ".name", reader).orElse(step);
    }

    /** What one of the duty's deadlines beside the main one is called; its name where nothing says so. */
    public String deadline(String duty, String name, Locale reader) {
        return ofDuty(duty + ".deadline." + name, reader).orElse(name);
    }

    /** What the button says that sends the answers of a step; the common word where the duty has none of its own. */
    public String submit(String process, String step, Locale reader) {
        return ofDuty(process + "." + step + ".submit", reader).orElseGet(() -> text("button.submit", reader));
    }

    /**
     * The introduction of a step.
     *
     * @param over whether the day by which the step is due has passed: a duty may say then what can still be done
     */
    public Optional<String> intro(String process, String step, boolean over, Locale reader) {
        String key = process + "." + step + ".intro";
        return over ? ofDuty(key + "-over", reader).or(() -> ofDuty(key, reader)) : ofDuty(key, reader);
    }

    /** The duty's summary. */
    public Optional<String> summary(String duty, Locale reader) {
        return ofDuty(duty + ".summary", reader);
    }

    /** The subject line of one of the duty's own texts of notices, with dots for what only a notice knows. */
    public String subject(String duty, String text, Locale reader) {
        return ofDuty(duty + ".notice." + text + ".subject", reader, duty(duty, reader), "…", "…")
                .orElse(text);
    }

    /** A text from the duties' bundles. */
    Optional<String> ofDuty(String key, Locale reader, Object... arguments) {
        return words.has(key) ? Optional.of(words.text(key, reader, arguments)) : Optional.empty();
    }

    /** A sentence about a cell of a list, with the row and the field that it is about. */
    public String inRow(Form form, Form.Cell cell, String sentence, Locale reader) {
        return words.text(
                "common.cell",
                reader,
                rowHeading(form, cell.list(), cell.row() + 1, reader),
                words.text(cell.field().label(), reader),
                sentence);
    }

    /** The heading of a list's row: the duty's own wording, or else “Row 1”. */
    String rowHeading(Form form, Form.Field list, int number, Locale reader) {
        String own = form.rowHeading(list);
        return words.text(words.has(own) ? own : "common.row", reader, number);
    }

    /** An occasion as it is spoken of: {@code COP15} for {@code cop15}; dates stay as they are. */
    public String occasion(String occasion) {
        return CODE.matcher(occasion).matches() ? occasion.toUpperCase(Locale.ROOT) : occasion;
    }

    /** The Party's name; its code where it is unknown. */
    public String party(String code, Locale reader) {
        return parties.find(code).map(party -> party.name(reader)).orElse(code);
    }

    /** The Party's region; empty where the Party is unknown. */
    public Optional<Region> region(String partyCode) {
        return parties.find(partyCode).map(Party::region);
    }

    /** The seat with its Party or region, for example {@code National Focal Point · Switzerland}. */
    public String seat(String seatCode, Locale reader) {
        String role = seatCode.contains("-") ? seatCode.substring(0, seatCode.indexOf('-')) : seatCode;
        String of = seatCode.contains("-") ? seatCode.substring(seatCode.indexOf('-') + 1) : "";
        String name = text("seat." + role, reader);
        if (of.isEmpty()) {
            return name;
        }
        return name + " · " + (role.equals(SeatRole.REP.code()) ? text("region." + of, reader) : party(of, reader));
    }

    /** The office alone, for example {@code National Focal Point}. */
    public String role(String seatCode, Locale reader) {
        return text("seat." + seatCode.split("-", 2)[0], reader);
    }

    /** How the account is shown to others; the user name where it is gone, the application's for automatic acts. */
    public String person(String username, Locale reader) {
        return people(Set.of(username), reader).get(username);
    }

    /**
     * How several accounts are shown to others, as {@link #person} shows one; asks the register once.
     *
     * @return by user name, each of those given
     */
    public Map<String, String> people(Collection<String> usernames, Locale reader) {
        Set<String> asked = new HashSet<>(usernames);
        boolean automatic = asked.remove(LedgerEvent.SYSTEM);
        Map<String, String> names = accounts.names(asked);
        Map<String, String> shown = new HashMap<>();
        asked.forEach(username -> shown.put(username, names.getOrDefault(username, username)));
        if (automatic) {
            shown.put(LedgerEvent.SYSTEM, text("person.sterna", reader));
        }
        return shown;
    }

    /** For example {@code 24 December 2026}. */
    public String day(LocalDate day, Locale reader) {
        return Days.day(day, reader);
    }

    /** For example {@code December 2026}. */
    public String month(YearMonth month, Locale reader) {
        return Days.month(month, reader);
    }

    /** For example {@code 24 Dec 2026}; without the year if it is this one. */
    public String shortDay(LocalDate day, Locale reader) {
        return Days.shortDay(day, day.getYear() != todayOfReader().getYear(), reader);
    }

    /** For example {@code 24 December 2026, 14:03 CET}; the zone is the Secretariat's. */
    public String moment(Instant moment, Locale reader) {
        return Days.moment(moment, reader);
    }

    /** The present moment. */
    public Instant now() {
        return clock.instant();
    }

    /** Today in that zone. */
    public LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** Today at the Secretariat, for its own pages; what Parties read and type is judged by {@link #todayOfReader}. */
    public LocalDate today() {
        return today(Days.BONN);
    }

    /** Today for whoever is logged in: where the Party is for its people, at the Secretariat for everybody else. */
    public LocalDate todayOfReader() {
        return today(readersClock.zone());
    }

    /** Whether the Party has to act, the deadline is past, and the duty is not voluntary. */
    public boolean overdue(Obligation obligation) {
        return obligation.overdue(clock.instant()) && binds(obligation.deadlineName(), obligation);
    }

    /** Where the obligation stands. */
    public Tag state(Obligation obligation, Locale reader) {
        return overdue(obligation)
                ? new Tag("overdue", "!", text("state.overdue", reader))
                : state(obligation.state(), reader);
    }

    /** A state. */
    public Tag state(Obligation.State state, Locale reader) {
        String sign =
                switch (state) {
                    case OPENING -> "○";
                    case WITH_PARTY -> "●";
                    case WITH_SECRETARIAT -> "◆";
                    case DISCHARGED, NIL_RETURN -> "✓";
                    case EXCUSED -> "–";
                    case LAPSED -> "×";
                };
        return new Tag(state.code(), sign, text("state." + state.code(), reader));
    }

    /** That the answer came late, in the duty's own words where it says what that means; null if it did not. */
    public @Nullable Tag late(Obligation obligation, Locale reader) {
        return obligation.late()
                ? new Tag(
                        "late",
                        "!",
                        ofDuty(obligation.duty() + ".late", reader).orElseGet(() -> text("file.late", reader)))
                : null;
    }

    /** By when the Party has to act. */
    public Due due(Obligation obligation, Locale reader) {
        Deadline deadline = obligation.deadline();
        return due(deadline.on(), deadline.at(), deadline, overdue(obligation), reader);
    }

    /**
     * By when a task is due.
     *
     * @param obligation as the task's own deadline has it
     */
    public Optional<Due> due(OpenTask task, Obligation obligation, Locale reader) {
        Deadline deadline = obligation.deadline();
        return Optional.ofNullable(task.dueAt())
                .map(at -> due(
                        LocalDate.ofInstant(at, deadline.zone()),
                        at,
                        deadline,
                        clock.instant().isAfter(at) && binds(task.deadlineName(), obligation),
                        reader));
    }

    /** Whether to miss that deadline is to be overdue: not in voluntary duties, nor where it is an interim one. */
    private boolean binds(@Nullable String name, Obligation obligation) {
        return duties.find(obligation.duty())
                .filter(duty ->
                        duty.voluntary() || name != null && !duty.binding(name).equals(name))
                .isEmpty();
    }

    /** @param end the moment when the day ends in the deadline's zone */
    private Due due(LocalDate day, Instant end, Deadline deadline, boolean overdue, Locale reader) {
        ZoneId zone = readersClock.zone();
        LocalDate today = today(zone);
        boolean passed = clock.instant().isAfter(end);
        long days = ChronoUnit.DAYS.between(today, day);
        boolean elsewhere = passed ? days > 0 : days < 0;
        if (elsewhere) {
            // the day is over for the reader and not in the deadline's zone, or the other way round
            days = ChronoUnit.DAYS.between(today, LocalDate.ofInstant(end, zone));
        }
        String distance;
        if (overdue && days < 0) {
            distance = text("relative.overdue", reader, -days);
        } else if (days == 0 && elsewhere && !passed) {
            distance = text("relative.today-until", reader, MINUTE.format(end.atZone(zone)));
        } else if (days == 0) {
            distance = text("relative.today", reader);
        } else if (days == 1) {
            distance = text("relative.tomorrow", reader);
        } else if (days == -1) {
            distance = text("relative.yesterday", reader);
        } else {
            distance = days > 0 ? text("relative.in", reader, days) : text("relative.ago", reader, -days);
        }
        return new Due(day.toString(), Days.day(day, reader), distance, overdue, deadline.provisional());
    }

    /** What set the deadline, for example {@code Rule: opened+30D}. */
    public String origin(Deadline deadline, Locale reader) {
        String origin = "deadline.origin." + deadline.origin().name().toLowerCase(Locale.ROOT);
        String reference = deadline.reference();
        if (reference == null || reference.isBlank() || deadline.origin() == Deadline.Origin.RULE) {
            return text(origin, reader);
        }
        return text(origin, reader) + " (" + reference + ")";
    }

    /** Whether the deadline is a default that nobody has notified. */
    public boolean assumed(Obligation obligation) {
        return obligation.deadline().origin() == Deadline.Origin.RULE
                && duties.find(obligation.duty())
                        .filter(duty -> duty.further(obligation.deadlineName())
                                .map(Duty.Further::assumed)
                                .orElse(duty.assumed()))
                        .isPresent();
    }

    /**
     * What happens by itself next and to whom, for example {@code Reminder 2 on 4 Mar to the alternate}; null if nothing
     * is planned.
     */
    public @Nullable String nextActTo(Obligation obligation, Locale reader) {
        Obligation.NextAct act = obligation.nextAct();
        return act == null
                ? null
                : act(obligation.duty(), act, obligation.deadline().zone(), reader);
    }

    /** What happens by itself and to whom, for example {@code Reminder 2 on 4 Mar to the alternate}. */
    public String act(String duty, Obligation.NextAct act, ZoneId zone, Locale reader) {
        String day = shortDay(LocalDate.ofInstant(act.at(), zone), reader);
        if (act.rung().equals(Closings.CLOSING)) {
            return text("act.to.closing", reader, day);
        }
        String name = Rung.deadlineName(act.rung()).orElse(Duty.DUE);
        List<Rung> ladder = duties.find(duty).map(found -> found.ladder(name)).orElse(List.of());
        return ladder.stream()
                .filter(rung -> rung.of(name, Duty.DUE).equals(act.rung()))
                .findFirst()
                .map(rung -> text(
                        "act.to." + rung.kind().name().toLowerCase(Locale.ROOT),
                        reader,
                        1
                                + ladder.stream()
                                        .takeWhile(other -> other != rung)
                                        .filter(other -> other.kind() == rung.kind())
                                        .count(),
                        day,
                        to(rung.to(), reader)))
                .orElseGet(() -> text("act.other", reader, day));
    }

    /** The seats that something goes to, for example {@code the focal point, the alternate and the ministry}. */
    private String to(List<String> roles, Locale reader) {
        List<String> names =
                roles.stream().map(role -> text("act.role." + role, reader)).toList();
        return names.size() < 2
                ? String.join("", names)
                : text(
                        "act.roles",
                        reader,
                        String.join(", ", names.subList(0, names.size() - 1)),
                        names.get(names.size() - 1));
    }

    /** What happens by itself next, for example {@code Reminder on 4 March 2027}; null if nothing is planned. */
    public @Nullable String nextAct(Obligation obligation, Locale reader) {
        Obligation.NextAct act = obligation.nextAct();
        if (act == null) {
            return null;
        }
        if (act.rung().equals(Closings.CLOSING)) {
            return text(
                    "act.closing",
                    reader,
                    Days.day(LocalDate.ofInstant(act.at(), obligation.deadline().zone()), reader));
        }
        String kind = duties.find(obligation.duty()).stream()
                .flatMap(duty -> {
                    String name = Rung.deadlineName(act.rung()).orElse(Duty.DUE);
                    return duty.ladder(name).stream()
                            .filter(rung -> rung.of(name, Duty.DUE).equals(act.rung()));
                })
                .map(Rung::kind)
                .findFirst()
                .or(() -> Rung.kind(act.rung()))
                .map(found -> found.name().toLowerCase(Locale.ROOT))
                .orElse("other");
        return text(
                "act." + kind,
                reader,
                Days.day(LocalDate.ofInstant(act.at(), obligation.deadline().zone()), reader));
    }
}
