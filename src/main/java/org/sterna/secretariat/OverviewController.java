package org.sterna.secretariat;

import java.security.Principal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
import org.sterna.campaigns.Occasions;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.DeliveryFailures;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Addresses;
import org.sterna.register.Reachability;
import org.sterna.register.SeatRole;

/** The Secretariat's first page: what this week asks of it, how the Parties answer, what happens next. */
@Controller
class OverviewController {

    private static final int TASKS = 8;

    /** Newest campaigns that are looked at for those in progress. */
    private static final int CAMPAIGNS = 12;

    private static final int MILESTONES = 10;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration AHEAD = Duration.ofDays(14);

    /** A number that leads to its list. */
    record Tile(String label, String number, String href, boolean alarm) {}

    /** A task of the Secretariat. */
    record TaskLine(
            String taskId,
            String step,
            String duty,
            String occasion,
            String party,
            String since,
            Wording.@Nullable Due due) {}

    /** A campaign and how far it is, its parts in hundredths. */
    record Progress(UUID id, String title, String occasion, int endedWidth, int waitsWidth, String said) {}

    /** How many answered, beside the round before. */
    record RateLine(
            String name,
            @Nullable String note,
            String href,
            int percent,
            String counts,
            @Nullable String before,
            @Nullable String difference) {}

    /** What happens by itself. */
    record Milestone(String act, String duty, String occasion, int parties) {}

    private final Office office;
    private final Obligations obligations;
    private final Standings standings;
    private final Stillness stillness;
    private final Reachability reachability;
    private final Duties duties;
    private final Notices notices;
    private final Addresses addresses;
    private final MailLines mailLines;
    private final DeliveryFailures failures;
    private final Occasions occasions;
    private final Wording wording;

    OverviewController(
            Office office,
            Obligations obligations,
            Standings standings,
            Stillness stillness,
            Reachability reachability,
            Duties duties,
            Notices notices,
            Addresses addresses,
            MailLines mailLines,
            DeliveryFailures failures,
            Occasions occasions,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.standings = standings;
        this.stillness = stillness;
        this.reachability = reachability;
        this.duties = duties;
        this.notices = notices;
        this.addresses = addresses;
        this.mailLines = mailLines;
        this.failures = failures;
        this.occasions = occasions;
        this.wording = wording;
    }

    @GetMapping("/secretariat")
    String overview(Principal principal, Locale reader, Model model) {
        Account member = office.member(principal);
        Instant now = wording.now();
        model.addAttribute("today", wording.day(wording.today(), reader));
        model.addAttribute("until", wording.day(wording.today().plusDays(WEEK.toDays()), reader));
        model.addAttribute("gate", notices.gate());
        model.addAttribute("mailServer", mailLines.of(reader));
        model.addAttribute("doubted", failures.waiting());
        model.addAttribute("toCorrect", addresses.unusable().size());
        model.addAttribute("missed", occasions.missed().size());
        model.addAttribute("tiles", tiles(now, reader));
        fillTasks(model, member, reader);
        model.addAttribute(
                "campaigns",
                standings.campaigns(CAMPAIGNS).stream()
                        .map(one -> progress(one, reader))
                        .toList());
        List<Standings.Answer> answers = standings.answers(2);
        model.addAttribute("byDuty", byDuty(answers, reader));
        model.addAttribute("byRegion", byRegion(answers, reader));
        model.addAttribute(
                "milestones",
                standings.milestones(now, now.plus(AHEAD), MILESTONES).stream()
                        .map(one -> milestone(one, reader))
                        .toList());
        return "secretariat/overview";
    }

    private List<Tile> tiles(Instant now, Locale reader) {
        String list = "/secretariat/obligations?";
        return List.of(
                tile("due", filter(Set.of(), false, now.plus(WEEK), null), list + "due=true", false, reader),
                tile("overdue", filter(Set.of(), true, null, null), list + "overdue=true", true, reader),
                tile(
                        "waiting",
                        filter(Set.of(Obligation.State.WITH_SECRETARIAT), false, null, null),
                        list + "state=with-secretariat",
                        false,
                        reader),
                tile(
                        "unreachable",
                        reachability.unreachable().size(),
                        "/secretariat/register?unreachable=true",
                        true,
                        reader),
                tile("stuck", filter(Set.of(), false, null, stillness.now()), list + "stuck=true", true, reader));
    }

    private static Obligations.Filter filter(
            Set<Obligation.State> states, boolean overdue, @Nullable Instant until, Obligations.@Nullable Stuck stuck) {
        return new Obligations.Filter(null, null, null, states, overdue, until, stuck);
    }

    private Tile tile(String code, Obligations.Filter filter, String href, boolean alarming, Locale reader) {
        return tile(code, obligations.count(filter), href, alarming, reader);
    }

    private Tile tile(String code, long number, String href, boolean alarming, Locale reader) {
        return new Tile(
                wording.text("overview.tile." + code, reader),
                NumberFormat.getIntegerInstance(reader).format(number),
                href,
                alarming && number > 0);
    }

    private void fillTasks(Model model, Account member, Locale reader) {
        List<OpenTask> open = obligations.firstTasksOf(SeatRole.SECRETARIAT.code(), TASKS);
        Map<UUID, Obligation> owed = obligations
                .findAll(open.stream().map(OpenTask::obligationId).toList())
                .stream()
                .collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        model.addAttribute(
                "tasks",
                open.stream()
                        .filter(task -> owed.containsKey(task.obligationId()))
                        .map(task -> line(task, owed.get(task.obligationId()), reader))
                        .toList());
        // as on the desk, which does not show national steps of Parties to the Secretariat
        Map<Boolean, List<String>> seats = member.seats().stream()
                .collect(Collectors.partitioningBy(
                        seat -> SeatRole.ofSeat(seat).filter(SeatRole::ofParty).isPresent()));
        Map<String, Long> counts = obligations.countTasksOf(
                seats.get(false),
                seats.get(true),
                duties.all().stream().filter(Duty::national).map(Duty::key).toList());
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long waiting = counts.getOrDefault(SeatRole.SECRETARIAT.code(), 0L);
        model.addAttribute("waiting", waiting);
        model.addAttribute("fallenBack", all - waiting);
    }

    private TaskLine line(OpenTask task, Obligation obligation, Locale reader) {
        return new TaskLine(
                task.taskId(),
                wording.step(task.duty(), task.step(), reader),
                wording.duty(obligation.duty(), reader),
                wording.occasion(obligation.occasion()),
                wording.party(obligation.partyCode(), reader),
                wording.moment(task.createdAt(), reader),
                wording.due(task, obligation, reader).orElse(null));
    }

    private Progress progress(Standings.Progress one, Locale reader) {
        return new Progress(
                one.id(),
                wording.duty(one.duty(), reader),
                wording.occasion(one.occasion()),
                100 * one.ended() / one.total(),
                100 * one.withSecretariat() / one.total(),
                wording.text("overview.progress", reader, one.ended(), one.total(), one.withSecretariat()));
    }

    private List<RateLine> byDuty(List<Standings.Answer> answers, Locale reader) {
        Map<String, Rate> rates = Rate.by(Standings.Answer::duty, answers, wording.today());
        Map<String, String> newest = answers.stream()
                .filter(answer -> answer.place() == 1)
                .collect(Collectors.toMap(Standings.Answer::duty, Standings.Answer::occasion, (one, same) -> one));
        return duties.all().stream()
                .map(Duty::key)
                .filter(rates::containsKey)
                .map(key -> rate(
                        wording.duty(key, reader),
                        wording.occasion(newest.get(key)),
                        "/secretariat/duties/" + key,
                        rates.get(key),
                        reader))
                .toList();
    }

    private List<RateLine> byRegion(List<Standings.Answer> answers, Locale reader) {
        Map<String, String> regions = new HashMap<>();
        answers.stream().map(Standings.Answer::partyCode).distinct().forEach(party -> wording.region(party)
                .ifPresent(region -> regions.put(party, region.code())));
        List<Standings.Answer> placed = answers.stream()
                .filter(answer -> regions.containsKey(answer.partyCode()))
                .toList();
        return Rate.by(answer -> regions.get(answer.partyCode()), placed, wording.today()).entrySet().stream()
                .map(entry -> rate(
                        wording.text("region." + entry.getKey(), reader),
                        null,
                        "/secretariat/matrix?region=" + entry.getKey(),
                        entry.getValue(),
                        reader))
                .sorted(Comparator.comparing(RateLine::name))
                .toList();
    }

    private RateLine rate(String name, @Nullable String note, String href, Rate rate, Locale reader) {
        Rate.Before before = rate.before();
        return new RateLine(
                name,
                note,
                href,
                rate.percent(),
                wording.text("overview.of", reader, rate.answered(), rate.asked()),
                before == null ? null : wording.text("overview.of", reader, before.answered(), before.asked()),
                before == null ? null : signed(before.since()));
    }

    /** For example {@code +7} or {@code −3}. */
    private static String signed(int points) {
        return points == 0 ? "0" : (points > 0 ? "+" : "−") + Math.abs(points);
    }

    private Milestone milestone(Standings.Milestone one, Locale reader) {
        return new Milestone(
                wording.act(one.duty(), one.act(), one.zone(), reader),
                wording.duty(one.duty(), reader),
                wording.occasion(one.occasion()),
                one.parties());
    }
}
