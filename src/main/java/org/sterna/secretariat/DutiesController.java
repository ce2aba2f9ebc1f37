package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** A duty: how the Parties answer, this time and before. */
@Controller
class DutiesController {

    /** Rounds that are compared. */
    static final int ROUNDS = 10;

    /** A duty in the list. */
    record Entry(
            String key,
            String code,
            String title,
            String group,
            String kind,
            @Nullable String occasion,
            @Nullable String answered,
            @Nullable Rate rate) {}

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** A week of the drawing, in words. */
    record Bar(Spread.Week week, String when) {}

    /** A round beside others. */
    record Round(
            String occasion,
            String label,
            boolean current,
            int asked,
            int answered,
            int percent,
            int sameDay,
            int onTime,
            int excused,
            int lapsed,
            @Nullable String median) {}

    /** A Party. */
    record Line(
            UUID id,
            String party,
            String code,
            String region,
            Wording.Tag state,
            Wording.Due due,
            boolean open,
            boolean late,
            @Nullable String answered,
            @Nullable String distance,
            @Nullable String next) {}

    private final Office office;
    private final Duties duties;
    private final Standings standings;
    private final Obligations obligations;
    private final Parties parties;
    private final Exports exports;
    private final Wording wording;

    DutiesController(
            Office office,
            Duties duties,
            Standings standings,
            Obligations obligations,
            Parties parties,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.duties = duties;
        this.standings = standings;
        this.obligations = obligations;
        this.parties = parties;
        this.exports = exports;
        this.wording = wording;
    }

    @GetMapping("/secretariat/duties")
    String list(@RequestParam(defaultValue = "") String group, Principal principal, Locale reader, Model model) {
        office.member(principal);
        model.addAttribute("entries", entries(group, reader));
        model.addAttribute("group", group);
        model.addAttribute(
                "groups",
                Arrays.stream(Duty.Group.values())
                        .map(one -> new Choice(one.code(), wording.text("duty.group." + one.code(), reader)))
                        .toList());
        model.addAttribute("query", group.isEmpty() ? "" : "group=" + UriUtils.encodeQueryParam(group, "UTF-8"));
        return "secretariat/duties";
    }

    /** @param group code of the group of duties; empty for all, and nothing fits what is no group */
    private List<Entry> entries(String group, Locale reader) {
        Map<String, List<Standings.Answer>> newest =
                standings.answers(1).stream().collect(Collectors.groupingBy(Standings.Answer::duty));
        return duties.all().stream()
                .filter(duty -> group.isEmpty() || duty.group().code().equals(group))
                .map(duty -> entry(duty, newest.getOrDefault(duty.key(), List.of()), reader))
                .toList();
    }

    @GetMapping("/secretariat/exports/duties.{ending}")
    ResponseEntity<Resource> export(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String group,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "duties",
                        wording.text("duty.list", reader),
                        List.of(
                                "duty.code",
                                "column.duty",
                                "duty.group",
                                "duty.kind",
                                "column.occasion",
                                "overview.answered",
                                "export.asked"),
                        entries(group, reader).stream()
                                .map(DutiesController::cells)
                                .toList(),
                        reader));
    }

    private static List<@Nullable Object> cells(Entry entry) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(entry.code());
        cells.add(entry.title());
        cells.add(entry.group());
        cells.add(entry.kind());
        cells.add(entry.occasion());
        cells.add(entry.rate() == null ? null : entry.rate().answered());
        cells.add(entry.rate() == null ? null : entry.rate().asked());
        return cells;
    }

    private Entry entry(Duty duty, List<Standings.Answer> newest, Locale reader) {
        List<Standings.Answer> asked =
                newest.stream().filter(Standings.Answer::asked).toList();
        Rate rate = newest.isEmpty()
                ? null
                : new Rate(asked.size(), Spread.days(asked).size(), null);
        return new Entry(
                duty.key(),
                duty.code(),
                wording.duty(duty.key(), reader),
                wording.text("duty.group." + duty.group().code(), reader),
                wording.text("duty.kind." + duty.kind().name().toLowerCase(Locale.ROOT), reader),
                newest.isEmpty() ? null : wording.occasion(newest.get(0).occasion()),
                rate == null ? null : wording.text("overview.of", reader, rate.answered(), rate.asked()),
                rate);
    }

    @GetMapping("/secretariat/duties/{key}")
    String show(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String occasion,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Duty duty = duties.find(key).orElseThrow(NothingHere::new);
        Map<String, List<Standings.Answer>> rounds = standings.answers(key, ROUNDS).stream()
                .sorted(Comparator.comparing(Standings.Answer::place))
                .collect(Collectors.groupingBy(Standings.Answer::occasion, LinkedHashMap::new, Collectors.toList()));
        String chosen = rounds.containsKey(occasion)
                ? occasion
                : rounds.keySet().stream().findFirst().orElse(null);
        model.addAttribute("key", key);
        model.addAttribute("code", duty.code());
        model.addAttribute("title", wording.duty(key, reader));
        model.addAttribute("summary", wording.summary(key, reader).orElse(null));
        model.addAttribute("occasion", chosen);
        model.addAttribute("occasionName", chosen == null ? null : wording.occasion(chosen));
        model.addAttribute(
                "occasions",
                rounds.keySet().stream()
                        .map(code -> new Choice(code, wording.occasion(code)))
                        .toList());
        List<Standings.Answer> answers = chosen == null ? List.of() : rounds.get(chosen);
        Spread spread = Spread.of(
                Spread.days(answers.stream().filter(Standings.Answer::asked).toList()));
        model.addAttribute("spread", spread);
        model.addAttribute(
                "bars",
                spread == null
                        ? List.of()
                        : spread.weeks().stream()
                                .map(week -> new Bar(week, when(week, reader)))
                                .toList());
        model.addAttribute("rounds", rounds(rounds, chosen, reader));
        model.addAttribute("lines", lines(key, chosen, answers, reader));
        return "secretariat/duty";
    }

    private String when(Spread.Week week, Locale reader) {
        if (week.first() == null) {
            return wording.text("duty.week.earlier", reader, -week.last());
        }
        if (week.last() == null) {
            return wording.text("duty.week.later", reader, week.first());
        }
        return week.late()
                ? wording.text("duty.week.after", reader, week.first(), week.last())
                : wording.text("duty.week.before", reader, -week.first(), -week.last());
    }

    private List<Round> rounds(Map<String, List<Standings.Answer>> rounds, @Nullable String chosen, Locale reader) {
        if (chosen == null) {
            return List.of();
        }
        long left = left(rounds.get(chosen));
        return rounds.entrySet().stream()
                .map(entry -> round(entry.getKey(), entry.getValue(), chosen, left, reader))
                .toList();
    }

    /** How many days it is to the deadline that most of the round have; negative after it. */
    private long left(List<Standings.Answer> round) {
        Map<LocalDate, Long> deadlines =
                round.stream().collect(Collectors.groupingBy(Standings.Answer::dueOn, Collectors.counting()));
        return ChronoUnit.DAYS.between(
                wording.today(),
                deadlines.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey());
    }

    private Round round(String occasion, List<Standings.Answer> answers, String chosen, long left, Locale reader) {
        List<Standings.Answer> asked =
                answers.stream().filter(Standings.Answer::asked).toList();
        List<Long> days = Spread.days(asked);
        Long median = Spread.median(days);
        return new Round(
                occasion,
                wording.occasion(occasion),
                occasion.equals(chosen),
                asked.size(),
                days.size(),
                new Rate(asked.size(), days.size(), null).percent(),
                (int) days.stream().filter(day -> day <= -left).count(),
                (int) days.stream().filter(day -> day <= 0).count(),
                answers.size() - asked.size(),
                (int) answers.stream()
                        .filter(answer -> answer.state() == Obligation.State.LAPSED)
                        .count(),
                median == null ? null : distance(median, reader));
    }

    /** For example {@code 12 days before}. */
    private String distance(long days, Locale reader) {
        return days == 0
                ? wording.text("duty.on-the-day", reader)
                : wording.text(days < 0 ? "duty.before" : "duty.after", reader, Math.abs(days));
    }

    private List<Line> lines(String key, @Nullable String occasion, List<Standings.Answer> answers, Locale reader) {
        if (occasion == null) {
            return List.of();
        }
        Map<UUID, Standings.Answer> answered =
                answers.stream().collect(Collectors.toMap(Standings.Answer::id, answer -> answer));
        Map<String, Party> byCode = parties.all().stream().collect(Collectors.toMap(Party::code, party -> party));
        return obligations.of(occasion, List.of(key)).stream()
                .map(obligation ->
                        line(obligation, byCode.get(obligation.partyCode()), answered.get(obligation.id()), reader))
                .sorted(Comparator.comparing(Line::party, Collator.getInstance(reader)))
                .toList();
    }

    private Line line(Obligation obligation, @Nullable Party party, Standings.@Nullable Answer answer, Locale reader) {
        LocalDate on = answer == null ? null : answer.answeredOn();
        return new Line(
                obligation.id(),
                wording.party(obligation.partyCode(), reader),
                obligation.partyCode(),
                party == null ? "" : wording.text("region." + party.region().code(), reader),
                wording.state(obligation, reader),
                wording.due(obligation, reader),
                obligation.state().open(),
                obligation.late(),
                on == null ? null : wording.day(on, reader),
                on == null
                        ? null
                        : distance(ChronoUnit.DAYS.between(obligation.deadline().on(), on), reader),
                wording.nextActTo(obligation, reader));
    }
}
