package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.Rung;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.DigestRounds;
import org.sterna.notices.InvalidLadder;
import org.sterna.notices.InvalidSnooze;
import org.sterna.notices.Ladders;
import org.sterna.notices.Notice;
import org.sterna.notices.NoticePreferences;
import org.sterna.notices.Notices;
import org.sterna.notices.Rehearsal;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.time.TimeMachine;

/** What will be told, what is told after a standstill, and what readers and the Secretariat can change about it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:planned;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class PlannedNoticesTests {

    private static final String DUTY = "nomination-confirmation";
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Ladders ladders;

    @Autowired
    Rehearsal rehearsal;

    @Autowired
    NoticePreferences preferences;

    @Autowired
    DigestRounds digests;

    @Autowired
    Meetings meetings;

    @Autowired
    Parties parties;

    @Autowired
    Accounts accounts;

    @Autowired
    Cases cases;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    @Autowired
    Jobs jobs;

    /** After the hour at which milestones fall and digests are written. */
    @BeforeEach
    void noon() {
        ZonedDateTime now = clock.instant().atZone(BERLIN);
        time.advance(Duration.between(
                now, now.toLocalDate().plusDays(1).atTime(12, 0).atZone(BERLIN)));
        jobs.runDue();
    }

    @Test
    void sendsInThirtyDaysWhatItRehearsed() {
        List<String> codes = List.of("CHE", "FRA", "KEN", "NZL", "PER");
        open("rehearsed", codes);
        live(10);
        preferences.setDigest("fra-nfp", true);
        ladders.set(
                new Ladders.Scope(DUTY, "due", null, "KEN"),
                List.of(
                        new Ladders.Line("reminder", "-P10D", "nfp", "alt, min", false),
                        new Ladders.Line("escalation", "P2D", "min", "rep", false)),
                "secretariat");
        Instant from = clock.instant();
        List<Rehearsal.Line> lines = rehearsal.until(from.plus(Duration.ofDays(30))).stream()
                .filter(line -> line.occasion().equals("rehearsed"))
                .toList();
        Set<String> rehearsed = lines.stream()
                .filter(line -> line.way() == Rehearsal.Way.SINGLE)
                .map(line -> described(
                        line.obligationId(),
                        line.milestone(),
                        line.kind(),
                        line.seatCode(),
                        line.copy(),
                        line.email(),
                        line.language(),
                        rehearsal
                                .text(line.obligationId(), line.milestone(), line.email())
                                .orElseThrow()
                                .subject()))
                .collect(Collectors.toCollection(TreeSet::new));

        live(30);

        Set<String> sent = all("rehearsed", codes).stream()
                .filter(notice -> notice.createdAt().isAfter(from))
                .filter(notice -> !notice.kind().equals("digest"))
                .map(notice -> described(
                        notice.obligationId(),
                        notice.milestone(),
                        notice.kind(),
                        notice.seatCode(),
                        notice.copy(),
                        notice.email(),
                        notice.language(),
                        notice.subject()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sent).hasSizeGreaterThan(20).isEqualTo(rehearsed);
        assertThat(lines.stream().filter(line -> line.way() == Rehearsal.Way.DIGEST))
                .allMatch(line -> line.recipient() != null && line.kind().equals("reminder"))
                .hasSize(3);
        ladders.clear(new Ladders.Scope(DUTY, "due", null, "KEN"), "secretariat");
        preferences.setDigest("fra-nfp", false);
    }

    private static String described(
            UUID obligation,
            String milestone,
            String kind,
            String seat,
            boolean copy,
            String email,
            Locale language,
            String subject) {
        return String.join(
                " | ",
                obligation.toString(),
                milestone,
                kind,
                seat,
                Boolean.toString(copy),
                email,
                language.getLanguage(),
                subject);
    }

    @Test
    void tellsEachPartyAtMostOnceForEachObligationAfterFortyDaysOfStandstill() {
        List<String> codes = parties.all().stream().map(Party::code).limit(40).toList();
        open("standstill", codes);
        cases.excuse(owed("standstill", codes.get(0)).id(), "The post was abolished by law.", "secretariat");
        Instant from = clock.instant();

        time.advance(Duration.ofDays(46));
        jobs.runDue();

        List<Notice> told = all("standstill", codes).stream()
                .filter(notice -> notice.createdAt().isAfter(from.plus(Duration.ofDays(1))))
                .toList();
        assertThat(told.stream().map(notice -> notice.obligationId() + notice.email()))
                .doesNotHaveDuplicates();
        assertThat(told).allMatch(notice -> notice.kind().equals("overdue"));
        assertThat(told.stream().map(Notice::obligationId).distinct()).hasSize(codes.size() - 1);
    }

    @Test
    void letsTheClocksOfRunningCasesFollowALadderAtOnce() {
        open("laddered", List.of("CHE", "FRA"));
        Ladders.Scope occasion = new Ladders.Scope(DUTY, "due", "laddered", null);
        Ladders.Scope party = new Ladders.Scope(DUTY, "due", null, "FRA");
        assertThat(next("laddered", "CHE")).isEqualTo("reminder-14");

        ladders.set(occasion, List.of(new Ladders.Line("reminder", "-P20D", "nfp", "alt", false)), "secretariat");
        ladders.set(party, List.of(new Ladders.Line("reminder", "-P25D", "nfp", "", false)), "secretariat");

        assertThat(next("laddered", "CHE")).isEqualTo("reminder-20");
        assertThat(next("laddered", "FRA")).isEqualTo("reminder-25");
        live(6);
        assertThat(kinds("laddered", "FRA")).containsExactly("opened", "reminder");
        live(5);
        assertThat(kinds("laddered", "CHE")).containsExactly("opened", "reminder", "reminder");

        ladders.clear(party, "secretariat");
        assertThat(next("laddered", "FRA")).isNull();
        ladders.clear(occasion, "secretariat");
        assertThat(next("laddered", "CHE")).isEqualTo("reminder-14");
        assertThat(next("laddered", "FRA")).isEqualTo("reminder-14");
    }

    @Test
    void sendsAndRehearsesTheTextThatTheRungNames() {
        campaigns.open("national-report", "cop15", List.of("KEN"), "Kenya reports late.", "secretariat");
        jobs.runDue();
        Obligation report = obligations.find("national-report", "cop15", "KEN").orElseThrow();
        long days = ChronoUnit.DAYS.between(report.deadline().on(), LocalDate.ofInstant(clock.instant(), BERLIN));
        Ladders.Scope kenya = new Ladders.Scope("national-report", "due", null, "KEN");
        Ladders.Line line =
                new Ladders.Line("overdue", "P" + (days + 2) + "D", "nfp", "alt", false, "overdue-left-out");

        ladders.set(kenya, List.of(line), "secretariat");

        assertThat(ladders.find(kenya).orElseThrow().rungs())
                .extracting(Rung::text)
                .containsExactly("overdue-left-out");
        Rehearsal.Line coming = rehearsal.until(clock.instant().plus(Duration.ofDays(5))).stream()
                .filter(one -> one.obligationId().equals(report.id()) && !one.copy())
                .findFirst()
                .orElseThrow();
        assertThat(rehearsal
                        .text(report.id(), coming.milestone(), coming.email())
                        .orElseThrow()
                        .subject())
                .startsWith("Left out of the analysis, still wanted");
        live(3);
        assertThat(notices.of(report.id()))
                .filteredOn(notice -> notice.kind().equals("overdue") && !notice.copy())
                .singleElement()
                .satisfies(notice -> assertThat(notice.subject()).startsWith("Left out of the analysis, still wanted"));
        ladders.clear(kenya, "secretariat");
    }

    @Test
    void refusesALadderThatCannotBeOne() {
        assertThatThrownBy(() -> ladders.set(
                        new Ladders.Scope(DUTY, "due", "refused", null),
                        List.of(
                                new Ladders.Line("reminder", "P3D", "nfp", "", false),
                                new Ladders.Line("overdue", "P3D", "", "boss", true),
                                new Ladders.Line("nothing", "soon", "nfp", "", false),
                                new Ladders.Line("overdue", "P5D", "nfp", "", false, "overdue-letter")),
                        "secretariat"))
                .isInstanceOfSatisfying(InvalidLadder.class, refused -> assertThat(refused.faults().stream()
                                .map(fault -> fault.line() + " " + fault.field() + " " + fault.key()))
                        .containsExactlyInAnyOrder(
                                "0 offset ladder.fault.reminder-after",
                                "1 to ladder.fault.nobody",
                                "1 copies ladder.fault.role",
                                "1 decide ladder.fault.decide",
                                "2 kind ladder.fault.kind",
                                "2 offset ladder.fault.offset",
                                "1 offset ladder.fault.same-day",
                                "3 text ladder.fault.text"));
        assertThatThrownBy(() -> ladders.set(
                        new Ladders.Scope("credentials", "due", "refused", null),
                        List.of(new Ladders.Line("escalation", "P5D", "min", "", false, "overdue-no-vote")),
                        "secretariat"))
                .isInstanceOfSatisfying(InvalidLadder.class, refused -> assertThat(refused.faults())
                        .extracting(InvalidLadder.Fault::field, InvalidLadder.Fault::key)
                        .containsExactly(tuple("text", "ladder.fault.text-kind")));
        assertThat(ladders.find(new Ladders.Scope(DUTY, "due", "refused", null)))
                .isEmpty();
    }

    @Test
    void gathersWhatCanBeGatheredIntoOneDigestADay() {
        preferences.setDigest("gha-nfp", true);
        open("gathered", List.of("GHA"));
        open("gathered-too", List.of("GHA"));
        assertThat(all("gathered", List.of("GHA"))).isEmpty();

        digests.run();
        digests.run();

        List<Notice> first = digests("gathered", "gathered-too");
        assertThat(first).hasSize(1);
        assertThat(first.get(0).text().split("/task", -1)).hasSize(3);
        digests.run();
        assertThat(digests("gathered", "gathered-too")).hasSize(1);
        time.advance(Duration.ofDays(1));
        digests.run();
        assertThat(digests("gathered", "gathered-too"))
                .as("nothing is new, due soon or overdue")
                .hasSize(1);

        live(31);
        List<Notice> all = new ArrayList<>(all("gathered", List.of("GHA")));
        assertThat(all).filteredOn(notice -> notice.kind().equals("reminder")).isEmpty();
        assertThat(all)
                .as("a legal notice comes by itself")
                .filteredOn(notice -> notice.kind().equals("overdue")
                        && notice.email()
                                .equals(accounts.find("gha-nfp").orElseThrow().email()))
                .hasSize(1);
        preferences.setDigest("gha-nfp", false);
    }

    @Test
    void namesInTheDigestByWhenTheStepIsDueThatWaits() {
        LocalDate opening = LocalDate.ofInstant(clock.instant(), BERLIN).plusDays(100);
        meetings.add(new Meeting(
                "cop97", Meeting.Kind.COP, null, null, Meeting.Span.day(opening), opening.plusDays(5), BERLIN, false));
        preferences.setDigest("zaf-nfp", true);
        campaigns.open("delegation-nomination", "cop97", List.of("ZAF"), "secretariat");
        jobs.runDue();
        Obligation delegation =
                obligations.find("delegation-nomination", "cop97", "ZAF").orElseThrow();
        assertThat(delegation.deadline().on()).isEqualTo(opening.minusDays(45));

        digests.run();
        time.advance(Duration.ofDays(11));
        digests.run();

        DateTimeFormatter words = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
        assertThat(notices.of(delegation.id()).stream()
                        .filter(notice -> notice.kind().equals("digest"))
                        .map(Notice::text))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text)
                        .contains(opening.minusDays(90).format(words))
                        .doesNotContain(opening.minusDays(45).format(words)))
                .last()
                .asString()
                .contains("this day has passed");
        preferences.setDigest("zaf-nfp", false);
    }

    private List<Notice> digests(String... occasions) {
        return Arrays.stream(occasions)
                .flatMap(occasion -> all(occasion, List.of("GHA")).stream())
                .filter(notice -> notice.kind().equals("digest"))
                .toList();
    }

    @Test
    void putsRemindersOffForOnePersonUntilADayOnWhichTheyComeOnce() {
        open("snoozed", List.of("NOR"));
        Obligation owed = owed("snoozed", "NOR");
        LocalDate deadline = owed.deadline().on();
        assertThatThrownBy(() -> preferences.snooze(owed.id(), "nor-nfp", deadline.plusDays(1)))
                .isInstanceOf(InvalidSnooze.class);
        preferences.snooze(owed.id(), "nor-nfp", deadline.minusDays(3));

        live(26);
        assertThat(kinds("snoozed", "NOR")).as("before that day").containsExactly("opened");
        live(2);
        digests.run();
        digests.run();

        assertThat(kinds("snoozed", "NOR")).containsExactly("opened", "reminder");
        live(2);
        assertThat(kinds("snoozed", "NOR")).as("as the ladder says").containsExactly("opened", "reminder", "reminder");
        live(2);
        assertThat(kinds("snoozed", "NOR")).contains("overdue");
    }

    private void open(String occasion, List<String> codes) {
        campaigns.open(DUTY, occasion, codes, "secretariat");
        jobs.runDue();
    }

    private void live(int days) {
        for (int day = 0; day < days; day++) {
            time.advance(Duration.ofDays(1));
            jobs.runDue();
        }
    }

    private Obligation owed(String occasion, String code) {
        return obligations.find(DUTY, occasion, code).orElseThrow();
    }

    private String next(String occasion, String code) {
        Obligation.NextAct next = owed(occasion, code).nextAct();
        return next == null ? null : next.rung();
    }

    private List<String> kinds(String occasion, String code) {
        return all(occasion, List.of(code)).stream().map(Notice::kind).toList();
    }

    private List<Notice> all(String occasion, List<String> codes) {
        return codes.stream()
                .flatMap(code -> notices.of(owed(occasion, code).id()).stream())
                .toList();
    }
}
