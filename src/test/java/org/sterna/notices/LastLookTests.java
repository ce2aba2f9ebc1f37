package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sterna.MailSink;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Rung;
import org.sterna.calendar.Rung.Kind;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;

/** What becomes of notices that the gate or the mail server has kept for long. */
class LastLookTests {

    private static final Holder ANNA = Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH);
    private static final Holder MINISTRY = Chancery.holder("Ministry", "min@example.org", Locale.ENGLISH);
    private static final Holder REGION = Chancery.holder("Region", "rep@example.org", Locale.ENGLISH);

    private static final List<Rung> LADDER = List.of(
            rung(Kind.REMINDER, -14),
            rung(Kind.REMINDER, -1),
            rung(Kind.OVERDUE, 1),
            rung(Kind.ESCALATION, 14),
            rung(Kind.ESCALATION, 30));

    private MailSink sink;

    @BeforeEach
    void start() throws IOException {
        sink = new MailSink();
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // held, each on its day           | sent at once                | not sent
                "opened                            | opened                      |",
                "opened reminder-14                | reminder-14                 | opened",
                "reminder-14 reminder-1            | reminder-1                  | reminder-14",
                "opened reminder-14 reminder-1 overdue-1 | overdue-1             | opened reminder-14 reminder-1",
                "reminder-1 overdue-1 overdue-20   | overdue-20                  | reminder-1 overdue-1",
                // it goes to another reader, who waits for the Party's warning
                "reminder-1 overdue-1 escalation-14 | overdue-1                  | reminder-1",
                "escalation-14                     | escalation-14               |",
                // only a newer one of its own deadline says what an overdue notice says
                "overdue-1 draft.reminder-9        | draft.reminder-9            |",
                "reminder-1 draft.reminder-9       | draft.reminder-9            | reminder-1",
                // what tells something else goes besides
                "receipt reminder-1 overdue-1      | receipt overdue-1           | reminder-1",
            })
    void sendsTheNewestOfEachObligationWhenAllIsReleased(String held, String sent, @Nullable String skipped) {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        for (String milestone : held.split(" +")) {
            issue(chancery, obligation, milestone);
            chancery.clock.advance(Duration.ofDays(1));
        }
        Deliveries.Held counted = chancery.deliveries.held();

        chancery.deliveries.releaseAll(counted.newest(), "sec");
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactlyInAnyOrder(sent.split(" +"));
        assertThat(in(chancery, obligation, State.SKIPPED))
                .containsExactlyInAnyOrder(skipped == null ? new String[0] : skipped.split(" +"));
        assertThat(counted.ifReleased())
                .as("what was said before")
                .isEqualTo(new Deliveries.Release(
                        in(chancery, obligation, State.SENT).size(),
                        in(chancery, obligation, State.SKIPPED).size(),
                        0,
                        in(chancery, obligation, State.QUEUED).size()));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheNoticeFromTheDayOnWhichTheWarningLeft(Chancery.On on) {
        Chancery chancery = chancery(on);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        issue(chancery, obligation, "overdue-1");
        chancery.clock.advance(Duration.ofDays(40));
        issue(chancery, obligation, "escalation-14");
        issue(chancery, obligation, "escalation-30");
        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");

        chancery.sender.sendDue();
        assertThat(in(chancery, obligation, State.SENT)).containsExactly("overdue-1");
        assertThat(chancery.notices.list(State.QUEUED, 0, 10).items())
                .extracting(Notice::reason, Notice::attempts)
                .containsOnly(tuple(LastLook.WARNING_FIRST, 0));
        chancery.clock.advance(Duration.ofDays(12));
        chancery.sender.sendDue();
        assertThat(in(chancery, obligation, State.SENT)).containsExactly("overdue-1");
        chancery.clock.advance(Duration.ofDays(1));
        chancery.sender.sendDue();
        assertThat(in(chancery, obligation, State.SENT)).containsExactly("overdue-1", "escalation-14");
        chancery.clock.advance(Duration.ofDays(15));
        chancery.sender.sendDue();
        assertThat(in(chancery, obligation, State.SENT)).hasSize(2);
        chancery.clock.advance(Duration.ofDays(1));
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).hasSize(3);
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(Notice::reason)
                .containsOnlyNulls();
    }

    /** The regional representative was told, but not the Party itself. */
    @Test
    void countsOnlyWhatThePartyItselfWasTold() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        String milestone = milestone("overdue-1");
        chancery.notices.issue(Chancery.request(obligation, "overdue", milestone, Map.of(), "nfp-CHE", "rep-europe"));
        Notice toRegion = chancery.notices.of(obligation.id()).stream()
                .filter(notice -> notice.seatCode().equals("rep-europe"))
                .findFirst()
                .orElseThrow();
        chancery.notices.release(toRegion.id(), "sec");
        chancery.sender.sendDue();
        chancery.clock.advance(Duration.ofDays(13));
        issue(chancery, obligation, "escalation-14");

        assertThat(chancery.deliveries.held().ifReleased()).isEqualTo(new Deliveries.Release(1, 0, 0, 1));
    }

    /** The gate is open again, but nobody has released the warning. */
    @Test
    void putsAnEscalationOffWhileTheWarningIsHeld() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        issue(chancery, obligation, "overdue-1");
        chancery.gate.open("sec");
        chancery.clock.advance(Duration.ofDays(13));
        issue(chancery, obligation, "escalation-14");

        chancery.sender.sendDue();
        chancery.clock.advance(Duration.ofDays(13));
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).isEmpty();
        assertThat(in(chancery, obligation, State.QUEUED)).containsExactly("escalation-14");
    }

    @Test
    void letsTheOlderGoWhereAPersonChoseIt() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        issue(chancery, obligation, "opened");
        issue(chancery, obligation, "overdue-1");
        chancery.clock.advance(Duration.ofDays(13));
        issue(chancery, obligation, "escalation-14");
        List<Notice> all = chancery.notices.of(obligation.id());

        chancery.notices.release(all.get(0).id(), "sec");
        chancery.notices.release(all.get(2).id(), "sec");
        chancery.sender.sendDue();
        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("opened", "overdue-1", "escalation-14");
    }

    @Test
    void leavesTheOlderOutWhereAPersonChoseTheNewest() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        issue(chancery, obligation, "opened");
        chancery.clock.advance(Duration.ofDays(1));
        issue(chancery, obligation, "reminder-1");
        chancery.notices.release(chancery.notices.of(obligation.id()).get(1).id(), "sec");
        chancery.sender.sendDue();

        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("reminder-1");
        assertThat(in(chancery, obligation, State.SKIPPED)).containsExactly("opened");
    }

    @Test
    void leavesOutWhatANewerOneToldMeanwhile() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        issue(chancery, obligation, "reminder-14");
        chancery.gate.open("sec");
        chancery.clock.advance(Duration.ofDays(1));
        issue(chancery, obligation, "reminder-1");
        chancery.sender.sendDue();
        chancery.clock.advance(Duration.ofDays(1));

        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("reminder-1");
        assertThat(in(chancery, obligation, State.SKIPPED)).containsExactly("reminder-14");
    }

    /** The gate is open, but the server was away. */
    @Test
    void sendsTheNewestOfWhatTheServerKeptWaiting() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        issue(chancery, obligation, "reminder-1");
        chancery.clock.advance(Duration.ofDays(2));
        issue(chancery, obligation, "overdue-1");

        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("overdue-1");
        assertThat(chancery.notices.of(obligation.id()).get(0).reason()).isEqualTo(LastLook.SUPERSEDED);
    }

    @Test
    void tellsBothOfTwoDeadlinesThatRemindAtOneMoment() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        issue(chancery, obligation, "reminder-14");
        issue(chancery, obligation, "draft.reminder-9");

        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("reminder-14", "draft.reminder-9");
    }

    @Test
    void tellsThatADeadlineWasMissedADayAfterWhatIsNewer() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation obligation = obligation(chancery);
        issue(chancery, obligation, "overdue-1");
        chancery.clock.advance(Duration.ofDays(1));
        issue(chancery, obligation, "draft.reminder-9");

        chancery.sender.sendDue();
        assertThat(in(chancery, obligation, State.SENT)).containsExactly("draft.reminder-9");
        chancery.clock.advance(Duration.ofDays(1));
        chancery.sender.sendDue();

        assertThat(in(chancery, obligation, State.SENT)).containsExactly("overdue-1", "draft.reminder-9");
    }

    @Test
    void sendsOnlyTheNewestDigest() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation one = obligation(chancery);
        Obligation other = obligation(chancery);
        chancery.gate.shut("sec", "a drill");
        digest(chancery, one);
        chancery.clock.advance(Duration.ofDays(1));
        digest(chancery, other);
        assertThat(chancery.deliveries.held().ifReleased()).isEqualTo(new Deliveries.Release(1, 1, 0, 0));

        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
        chancery.sender.sendDue();

        assertThat(chancery.only(one).reason()).isEqualTo(LastLook.SUPERSEDED);
        assertThat(chancery.only(other).state()).isEqualTo(State.SENT);
    }

    /** Whatever the ladder, however long the gate is shut, and whenever somebody releases all. */
    @Test
    void neverWritesTwiceAtOnceAndNeverToTheMinistryTooSoon() {
        Random random = new Random(21);
        for (int round = 0; round < 8; round++) {
            List<Rung> ladder = ladder(random);
            Chancery chancery = chancery(Chancery.On.H2, ladder);
            List<Obligation> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(obligation(chancery, Chancery.DEADLINE.plusDays(random.nextInt(40))));
            }
            Map<UUID, Map<String, Instant>> told = new HashMap<>();
            Map<UUID, Notice> left = new HashMap<>();
            int until = 0;
            for (int day = 0; day < 330; day++) {
                if (day == until) {
                    until = day + 1 + random.nextInt(50);
                    if (random.nextBoolean() && day < 150) {
                        chancery.gate.shut("sec", "a drill");
                    } else {
                        chancery.gate.open("sec");
                    }
                }
                all.forEach(one -> tellWhatIsDue(chancery, one, ladder, told));
                if (day > 150 || chancery.gate.state().open() && random.nextInt(5) == 0) {
                    chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
                }
                chancery.sender.sendDue();
                Set<String> today = new HashSet<>();
                for (Notice sent : chancery.notices.list(State.SENT, 0, 500).items()) {
                    if (left.putIfAbsent(sent.id(), sent) == null) {
                        assertThat(today.add(sent.obligationId() + sent.email()))
                                .as("one at a time")
                                .isTrue();
                    }
                }
                chancery.clock.advance(Duration.ofDays(1));
            }

            assertThat(chancery.notices.counts())
                    .as("nothing is forgotten")
                    .containsEntry(State.HELD, 0L)
                    .containsEntry(State.QUEUED, 0L)
                    .containsEntry(State.SENDING, 0L);
            all.forEach(one -> assertTheNoticeWasKept(chancery.notices.of(one.id()), ladder));
        }
    }

    private static void assertTheNoticeWasKept(List<Notice> notices, List<Rung> ladder) {
        Map<String, Integer> offsets = new HashMap<>();
        ladder.forEach(rung -> offsets.put(rung.id(), rung.offset().getDays()));
        List<Notice> escalations = notices.stream()
                .filter(notice -> notice.kind().equals("escalation"))
                .toList();
        assertThat(escalations)
                .extracting(Notice::state)
                .hasSize((int) ladder.stream()
                        .filter(rung -> rung.kind() == Kind.ESCALATION)
                        .count())
                .containsOnly(State.SENT);
        List<Rung> late =
                ladder.stream().filter(rung -> rung.kind() != Kind.REMINDER).toList();
        for (Notice escalation : escalations) {
            int offset = offsets.get(rungId(escalation));
            int before = late.stream()
                    .map(rung -> rung.offset().getDays())
                    .filter(other -> other < offset)
                    .max(Integer::compare)
                    .orElseThrow();
            List<Notice> sent = notices.stream()
                    .filter(notice -> !notice.kind().equals("reminder") && notice.state() == State.SENT)
                    .toList();
            assertThat(sent)
                    .as("somebody was warned for long enough before %s", escalation.milestone())
                    .anyMatch(warning -> daysBetween(warning, escalation) >= offset - before);
            sent.stream()
                    .filter(warning -> offsets.get(rungId(warning)) < offset)
                    .forEach(warning -> assertThat(daysBetween(warning, escalation))
                            .as("%s keeps its notice after %s", escalation.milestone(), warning.milestone())
                            .isGreaterThanOrEqualTo(offset - offsets.get(rungId(warning))));
        }
    }

    private static long daysBetween(Notice warning, Notice escalation) {
        return ChronoUnit.DAYS.between(day(warning.sentAt()), day(escalation.sentAt()));
    }

    private static void tellWhatIsDue(
            Chancery chancery, Obligation obligation, List<Rung> ladder, Map<UUID, Map<String, Instant>> told) {
        Map<String, Instant> sofar = told.computeIfAbsent(obligation.id(), first -> new HashMap<>());
        new Milestones(
                        List.of(ladder.stream()
                                .map(rung -> Milestones.Act.of("due", obligation.deadline(), rung))
                                .toList()),
                        obligation.openedAt(),
                        sofar)
                .due(chancery.clock.instant())
                .ifPresent(act -> {
                    sofar.put(act.milestone(), chancery.clock.instant());
                    chancery.notices.issue(Chancery.request(
                            obligation,
                            LadderRules.code(act.rung().kind()),
                            act.milestone(),
                            Map.of(),
                            act.rung().to().get(0) + "-CHE"));
                });
    }

    private static List<Rung> ladder(Random random) {
        List<Rung> ladder = new ArrayList<>();
        for (int day = -20; day <= 50; day += 2 + random.nextInt(14)) {
            ladder.add(rung(
                    day <= 0
                            ? Kind.REMINDER
                            : ladder.stream().noneMatch(r -> r.kind() == Kind.OVERDUE) || random.nextInt(4) == 0
                                    ? Kind.OVERDUE
                                    : Kind.ESCALATION,
                    day));
        }
        return ladder;
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(ZoneId.of("Europe/Berlin")).toLocalDate();
    }

    private static String rungId(Notice notice) {
        return notice.milestone().substring(0, notice.milestone().indexOf('@'));
    }

    private Chancery chancery(Chancery.On on) {
        return chancery(on, LADDER);
    }

    private Chancery chancery(Chancery.On on, List<Rung> ladder) {
        Chancery chancery = new Chancery(on.database(), sink.port());
        chancery.seat("nfp-CHE", ANNA);
        chancery.seat("min-CHE", MINISTRY);
        chancery.seat("rep-europe", REGION);
        when(chancery.duties.find(Chancery.DUTY)).thenReturn(Optional.of(duty(ladder)));
        return chancery;
    }

    private static Obligation obligation(Chancery chancery) {
        return obligation(chancery, Chancery.DEADLINE.plusDays(60));
    }

    private static Obligation obligation(Chancery chancery, LocalDate deadline) {
        return chancery.obligation(UUID.randomUUID(), Obligation.State.WITH_PARTY, deadline);
    }

    private static void issue(Chancery chancery, Obligation obligation, String rung) {
        String kind = rung.substring(rung.indexOf('.') + 1).replaceFirst("-\\d+$", "");
        String seat = kind.equals("escalation") ? "min-CHE" : "nfp-CHE";
        int written = chancery.notices.issue(Chancery.request(obligation, kind, milestone(rung), Map.of(), seat));
        assertThat(written).isOne();
    }

    private static String milestone(String rung) {
        return rung.contains("-") ? rung + "@" + Chancery.DEADLINE.plusDays(60) : rung;
    }

    private static void digest(Chancery chancery, Obligation obligation) {
        Notice notice = new Notice(
                UUID.randomUUID(),
                obligation.id(),
                "digest@" + day(chancery.clock.instant()),
                "digest",
                "nfp-CHE",
                false,
                ANNA.name(),
                ANNA.email(),
                Locale.ENGLISH,
                "Today",
                "Today",
                "<p>Today</p>",
                "<" + UUID.randomUUID() + "@example.org>",
                State.HELD,
                null,
                null,
                0,
                chancery.clock.instant(),
                null);
        assertThat(chancery.outbox.put(notice)).isTrue();
    }

    private static List<String> in(Chancery chancery, Obligation obligation, State state) {
        return chancery.notices.of(obligation.id()).stream()
                .filter(notice -> notice.state() == state)
                .map(notice -> notice.milestone().replaceFirst("@.*", ""))
                .toList();
    }

    private static Rung rung(Kind kind, int days) {
        return new Rung(
                LadderRules.code(kind) + "-" + Math.abs(days),
                kind,
                Period.ofDays(days),
                List.of(kind == Kind.ESCALATION ? "min" : "nfp"),
                List.of(),
                false);
    }

    private static Duty duty(List<Rung> ladder) {
        return new Duty(
                Chancery.DUTY,
                "D99",
                "nfp",
                Duty.Kind.EVENT,
                false,
                DueRule.parse("opened+30D"),
                15,
                ladder,
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "Made up",
                true,
                List.of());
    }
}
