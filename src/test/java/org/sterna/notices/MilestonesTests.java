package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.calendar.Rung.Kind;

class MilestonesTests {

    private static final Deadline DUE = deadline(LocalDate.of(2027, 6, 30));
    private static final Instant OPENED = DUE.at().minus(Duration.ofDays(90));

    private static final List<Rung> LADDER = List.of(
            rung(Kind.REMINDER, -30),
            rung(Kind.REMINDER, -14),
            rung(Kind.REMINDER, -7),
            rung(Kind.OVERDUE, 1),
            rung(Kind.ESCALATION, 14),
            rung(Kind.ESCALATION, 30));

    @Test
    void walksTheWholeLadderWhereNothingStops() {
        assertThat(told(always()))
                .containsExactly(
                        "reminder-30 on -30",
                        "reminder-14 on -14",
                        "reminder-7 on -7",
                        "overdue-1 on 1",
                        "escalation-14 on 14",
                        "escalation-30 on 30");
    }

    @Test
    void tellsOnlyTheNewestReminderAfterAnOutage() {
        assertThat(told(except(-40, -5))).startsWith("reminder-7 on -5", "overdue-1 on 1");
    }

    @Test
    void makesUpForNoReminderOnceTheDeadlineIsPast() {
        assertThat(told(except(-40, 0.8))).startsWith("overdue-1 on 1");
    }

    @Test
    void warnsBeforeItEscalatesAndKeepsTheNotice() {
        assertThat(told(except(-40, 45)))
                .containsExactly("overdue-1 on 45", "escalation-14 on 58", "escalation-30 on 74");
    }

    @Test
    void keepsTheNoticeBetweenEscalationsToo() {
        assertThat(told(except(13, 40))).endsWith("overdue-1 on 1", "escalation-14 on 40", "escalation-30 on 56");
    }

    @Test
    void keepsTheDaysOfTheLadderWhereAnOutageMissedNothing() {
        assertThat(told(except(2, 13))).isEqualTo(told(always()));
    }

    @Test
    void neverTellsWhatWasDueBeforeTheDutyWasOpened() {
        Milestones opened = new Milestones(List.of(acts(DUE, LADDER)), at(-10), Map.of());

        assertThat(opened.due(at(-9))).isEmpty();
        assertThat(opened.next(at(-9), true)).contains(acts(DUE, LADDER).get(2).at());
    }

    @Test
    void tellsARungOfEachDeadlineWhereTwoFallOnOneMoment() {
        Deadline interim = deadline(DUE.on().minusDays(14));
        List<Milestones.Act> first = Stream.of(rung(Kind.REMINDER, 0))
                .map(rung -> Milestones.Act.of("approval", interim, rung))
                .toList();
        Milestones clock = new Milestones(List.of(first, acts(DUE, LADDER)), OPENED, Map.of());

        List<String> ids = clock.until(at(-20), at(-20), at(-13)).stream()
                .map(entry -> entry.getValue().id())
                .toList();

        assertThat(ids).contains("approval.reminder-0", "reminder-14");
    }

    @Test
    void tellsThatOneDeadlineIsMissedAlthoughAnotherComesCloser() {
        Deadline later = deadline(DUE.on().plusDays(30));
        List<Milestones.Act> other = Stream.of(rung(Kind.REMINDER, -7))
                .map(rung -> Milestones.Act.of("package", later, rung))
                .toList();
        Milestones clock = new Milestones(List.of(acts(DUE, LADDER), other), OPENED, Map.of());

        List<String> ids = clock.until(at(25), at(25), at(80)).stream()
                .map(entry -> entry.getValue().id())
                .toList();

        assertThat(ids).containsExactly("package.reminder-7", "overdue-1", "escalation-14", "escalation-30");
    }

    @Test
    void tellsADeadlineMovedIntoThePastAsOverdueSoon() {
        Instant now = at(100);
        Milestones clock = new Milestones(List.of(acts(DUE, LADDER)), OPENED, Map.of());

        assertThat(clock.next(now, true)).contains(now.plus(Duration.ofDays(1)));
        assertThat(clock.due(now.plus(Duration.ofDays(1))).orElseThrow().id()).isEqualTo("overdue-1");
    }

    @Test
    void walksOnWhileThePartyHasNothingToDo() {
        Milestones clock = new Milestones(List.of(acts(DUE, LADDER)), OPENED, Map.of());

        assertThat(clock.next(at(20), false)).contains(acts(DUE, LADDER).get(5).at());
        assertThat(clock.next(at(200), false)).isEmpty();
    }

    /** Whatever the ladder and whenever it stood still. */
    @Test
    void tellsNothingTwiceAndNoEscalationSoonerThanTheLadderSays() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            List<Rung> ladder = ladder(random);
            List<double[]> outages = outages(random);
            List<Map.Entry<Instant, Milestones.Act>> told = live(ladder, outages);

            assertThat(told.stream().map(entry -> entry.getValue().id())).doesNotHaveDuplicates();
            for (int one = 1; one < told.size(); one++) {
                Milestones.Act act = told.get(one).getValue();
                assertThat(told.get(one).getKey())
                        .isAfterOrEqualTo(told.get(one - 1).getKey());
                if (act.rung().kind() == Kind.ESCALATION) {
                    for (Map.Entry<Instant, Milestones.Act> before : told.subList(0, one)) {
                        if (before.getValue().rung().kind() != Kind.REMINDER) {
                            assertThat(days(before.getKey(), told.get(one).getKey()))
                                    .isGreaterThanOrEqualTo(
                                            days(before.getValue().at(), act.at()));
                        }
                    }
                }
            }
            for (double[] outage : outages) {
                Instant up = at(outage[1]);
                assertThat(told.stream().filter(entry -> entry.getKey().equals(up)))
                        .hasSizeLessThanOrEqualTo(1);
            }
            assertThat(told.stream().filter(entry -> entry.getValue().rung().kind() == Kind.ESCALATION))
                    .as("every escalation comes, however late")
                    .hasSize((int) ladder.stream()
                            .filter(rung -> rung.kind() == Kind.ESCALATION)
                            .count());
        }
    }

    private static long days(Instant from, Instant to) {
        return ChronoUnit.DAYS.between(
                from.atZone(DUE.zone()).toLocalDate(), to.atZone(DUE.zone()).toLocalDate());
    }

    private static List<Rung> ladder(Random random) {
        List<Rung> ladder = new ArrayList<>();
        for (int day = -40; day <= 60; day += 1 + random.nextInt(20)) {
            ladder.add(rung(
                    day <= 0
                            ? Kind.REMINDER
                            : ladder.stream().noneMatch(r -> r.kind() == Kind.OVERDUE) ? Kind.OVERDUE : Kind.ESCALATION,
                    day));
        }
        return ladder;
    }

    private static List<double[]> outages(Random random) {
        List<double[]> outages = new ArrayList<>();
        double day = -60;
        while (day < 90) {
            double from = day + random.nextDouble() * 40;
            day = from + random.nextDouble() * 50;
            outages.add(new double[] {from, day});
        }
        return outages;
    }

    private static List<double[]> always() {
        return List.of();
    }

    private static List<double[]> except(double from, double to) {
        return List.of(new double[] {from, to});
    }

    private static List<String> told(List<double[]> outages) {
        return live(LADDER, outages).stream()
                .map(entry -> entry.getValue().id() + " on "
                        + Duration.between(at(0), entry.getKey()).toDays())
                .toList();
    }

    /** As the engine does it: looks when it is time, or as soon as it runs again. */
    private static List<Map.Entry<Instant, Milestones.Act>> live(List<Rung> ladder, List<double[]> outages) {
        Map<String, Instant> told = new HashMap<>();
        List<Map.Entry<Instant, Milestones.Act>> all = new ArrayList<>();
        Optional<Instant> look = clock(ladder, told).next(OPENED, true);
        while (look.isPresent()) {
            Instant now = up(look.get(), outages);
            Milestones clock = clock(ladder, told);
            Optional<Milestones.Act> act = clock.due(now);
            look = act.map(due -> clock.with(due, now)).orElse(clock).next(now, true);
            act.ifPresent(due -> {
                told.put(due.milestone(), now);
                all.add(Map.entry(now, due));
            });
            if (look.isPresent() && act.isEmpty()) {
                assertThat(look.get()).isAfter(now);
            }
        }
        return all;
    }

    private static Milestones clock(List<Rung> ladder, Map<String, Instant> told) {
        return new Milestones(List.of(acts(DUE, ladder)), OPENED, told);
    }

    private static Instant up(Instant moment, List<double[]> outages) {
        Instant up = moment;
        for (double[] outage : outages) {
            if (!up.isBefore(at(outage[0])) && up.isBefore(at(outage[1]))) {
                up = at(outage[1]);
            }
        }
        return up;
    }

    /** That many days after the morning of the deadline's day. */
    private static Instant at(double days) {
        return rung(Kind.REMINDER, 0).at(DUE).plusSeconds(Math.round(days * 86400));
    }

    private static List<Milestones.Act> acts(Deadline deadline, List<Rung> ladder) {
        return ladder.stream()
                .map(rung -> Milestones.Act.of("due", deadline, rung))
                .toList();
    }

    private static Rung rung(Kind kind, int days) {
        return new Rung(
                kind.name().toLowerCase(Locale.ROOT) + "-" + Math.abs(days),
                kind,
                Period.ofDays(days),
                List.of("nfp"),
                List.of(),
                false);
    }

    private static Deadline deadline(LocalDate day) {
        return new Deadline(day, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, null, false);
    }
}
