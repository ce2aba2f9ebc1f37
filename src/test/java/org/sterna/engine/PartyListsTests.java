package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.Rung;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.CaseActs;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.Ladders;
import org.sterna.notices.Notice;
import org.sterna.notices.NoticePreferences;
import org.sterna.notices.Notices;
import org.sterna.notices.PartyLists;
import org.sterna.notices.Rehearsal;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;
import org.sterna.time.TimeMachine;

/** Seats that stand for many Parties get one list for a rung and a day, and not one mail about each Party. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:listed;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.occasions.open-by-themselves=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class PartyListsTests {

    private static final String DUTY = "nomination-confirmation";
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Of two regions. */
    private static final List<String> TWELVE =
            List.of("KEN", "UGA", "DZA", "AGO", "BEN", "GHA", "MLI", "CHE", "FRA", "NOR", "POL", "ESP");

    @Autowired
    Campaigns campaigns;

    @Autowired
    Meetings meetings;

    @Autowired
    Duties duties;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    PartyLists lists;

    @Autowired
    NoticePreferences preferences;

    @Autowired
    Ladders ladders;

    @Autowired
    Rehearsal rehearsal;

    @Autowired
    CaseActs acts;

    @Autowired
    Tasks tasks;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    @Autowired
    Jobs jobs;

    @BeforeEach
    void noon() {
        ZonedDateTime now = clock.instant().atZone(BERLIN);
        time.advance(Duration.between(
                now, now.toLocalDate().plusDays(1).atTime(12, 0).atZone(BERLIN)));
        jobs.runDue();
    }

    static List<String> duties() {
        return List.of(
                "annual-contribution",
                "credentials",
                "decision-follow-up",
                "delegate-funding",
                "delegation-nomination",
                "national-report",
                DUTY,
                "outcome-dissemination");
    }

    @Test
    void looksAtEveryDuty() {
        assertThat(duties.all())
                .extracting(Duty::key)
                .filteredOn(key -> Files.exists(Path.of("processes", key)))
                .containsExactlyInAnyOrderElementsOf(duties());
    }

    @ParameterizedTest
    @MethodSource("duties")
    void tellsSeatsThatStandForManyOncePerRungAndDay(String duty) {
        String occasion = occasion(duty);
        campaigns.open(duty, occasion, bound(duty, occasion), "secretariat");
        jobs.runDue();
        invoice(duty, occasion);
        walk(duty, occasion);

        List<Notice> told = all(duty, occasion).stream()
                .filter(notice -> SeatRole.standsForMany(notice.seatCode()))
                .filter(notice ->
                        Set.of("reminder", "overdue", "escalation", "list").contains(notice.kind()))
                .toList();
        assertThat(told).allMatch(notice -> notice.kind().equals("list"));
        assertThat(told.stream()
                        .map(notice -> notice.milestone().replaceFirst("^list\\.(.*)@.*$", "$1"))
                        .collect(Collectors.toSet()))
                .as("rungs of the main deadline: %s", milestones(duty, occasion))
                .containsAll(ladders.usual(duty, Duty.DUE).stream()
                        .filter(rung -> Stream.concat(rung.to().stream(), rung.copies().stream())
                                .anyMatch(SeatRole::standsForMany))
                        .map(Rung::id)
                        .toList());
        Map<List<String>, Long> each = told.stream()
                .collect(Collectors.groupingBy(
                        notice -> List.of(
                                notice.email(),
                                notice.milestone().split("@")[0],
                                LocalDate.ofInstant(notice.createdAt(), BERLIN).toString()),
                        Collectors.counting()));
        assertThat(each.values()).as("%s", each).allMatch(number -> number == 1);
        // each Party's rung was told, in its own ledger
        for (Notice list : told) {
            for (UUID id : lists.about(list)) {
                assertThat(notices.of(id)).contains(list);
                assertThat(obligations.events(id))
                        .filteredOn(event -> event.kind() == LedgerEvent.Kind.NOTICE_ISSUED)
                        .anyMatch(event ->
                                list.id().toString().equals(event.details().get("list")));
            }
        }
    }

    /** Ladders of one's own are no exception. */
    @Test
    void tellsEveryRoleThatStandsForManyByLists() {
        ladders.set(
                new Ladders.Scope(DUTY, "due", "everybody", null),
                List.of(
                        new Ladders.Line("reminder", "-P10D", "nfp, rep, stc, secretariat", "", false),
                        new Ladders.Line("overdue", "P3D", "nfp", "rep, secretariat", false),
                        new Ladders.Line("escalation", "P9D", "rep, secretariat", "", false)),
                "secretariat");
        campaigns.open(DUTY, "everybody", TWELVE, "secretariat");
        jobs.runDue();
        walk(DUTY, "everybody");

        List<Notice> told = all(DUTY, "everybody").stream()
                .filter(notice -> SeatRole.standsForMany(notice.seatCode()))
                .toList();
        assertThat(told).extracting(Notice::kind).containsOnly("list");
        assertThat(told.stream().map(Notice::seatCode).collect(Collectors.toSet()))
                .contains("rep-africa", "rep-europe", "secretariat");
        assertThat(told)
                .filteredOn(notice -> notice.seatCode().equals("rep-africa"))
                .hasSize(3);
        assertThat(told).filteredOn(notice -> notice.copy()).hasSize(3);
    }

    @Test
    void gathersWhatFiresOverMinutesAndLeavesWhatComesLaterForTheNextDay() {
        ladders.set(
                new Ladders.Scope(DUTY, "due", "minutes", null),
                List.of(new Ladders.Line("reminder", "-P10D", "nfp, rep", "", false)),
                "secretariat");
        campaigns.open(DUTY, "minutes", List.of("KEN", "UGA", "DZA"), "secretariat");
        jobs.runDue();
        Instant at = next(DUTY, "minutes");
        time.advance(Duration.between(clock.instant(), at.plusSeconds(1)));
        jobs.fire(DUTY, "minutes", "KEN");
        time.advance(Duration.ofSeconds(90));
        jobs.fire(DUTY, "minutes", "UGA");
        time.advance(Duration.ofSeconds(90));
        jobs.fire(DUTY, "minutes", "DZA");

        assertThat(toAfrica("minutes")).hasSize(1);
        assertThat(lists.about(toAfrica("minutes").get(0))).hasSize(3);
    }

    @Test
    void joinsADayOfItsOwnWithAnExtendedDeadline() {
        ladders.set(
                new Ladders.Scope(DUTY, "due", "extended", null),
                List.of(new Ladders.Line("overdue", "P3D", "nfp, rep", "", false)),
                "secretariat");
        campaigns.open(DUTY, "extended", List.of("KEN", "UGA", "DZA"), "secretariat");
        jobs.runDue();
        Obligation late = obligations.find(DUTY, "extended", "DZA").orElseThrow();
        acts.extend(late.id(), late.deadline().on().plusDays(20), "They asked.", "secretariat");
        jobs.runDue();
        walk(DUTY, "extended");

        List<Notice> told = toAfrica("extended");
        assertThat(told).hasSize(2);
        assertThat(told.stream().map(one -> lists.about(one).size())).containsExactlyInAnyOrder(1, 2);
        assertThat(told.stream()
                        .filter(one -> lists.about(one).size() == 1)
                        .findFirst()
                        .orElseThrow()
                        .text())
                .contains("Algeria")
                .doesNotContain("Kenya");
    }

    /** All clocks fire late, one after the other, with whatever deadline. */
    @Test
    void tellsOnceAfterAnOutageWhateverTheDeadlines() {
        ladders.set(
                new Ladders.Scope(DUTY, "due", "outage", null),
                List.of(new Ladders.Line("overdue", "P3D", "nfp, rep", "", false)),
                "secretariat");
        campaigns.open(DUTY, "outage", List.of("KEN", "UGA", "DZA"), "secretariat");
        jobs.runDue();
        Obligation late = obligations.find(DUTY, "outage", "DZA").orElseThrow();
        acts.extend(late.id(), late.deadline().on().plusDays(2), "They asked.", "secretariat");
        jobs.runDue();
        time.advance(Duration.ofDays(60));
        jobs.runDue();

        assertThat(toAfrica("outage")).singleElement().satisfies(one -> assertThat(lists.about(one))
                .hasSize(3));
    }

    /** A digest is about what the reader's own Party owes. */
    @Test
    void sendsListsToReadersOfADigestAtOnce() {
        preferences.setDigest("rep-africa", true);
        ladders.set(
                new Ladders.Scope(DUTY, "due", "digest", null),
                List.of(new Ladders.Line("reminder", "-P10D", "rep", "", false)),
                "secretariat");
        campaigns.open(DUTY, "digest", List.of("KEN", "UGA"), "secretariat");
        jobs.runDue();
        walk(DUTY, "digest");

        assertThat(toAfrica("digest")).hasSize(1);
    }

    @Test
    void rehearsesOneListInPlaceOfManyNotices() {
        ladders.set(
                new Ladders.Scope(DUTY, "due", "rehearsal", null),
                List.of(new Ladders.Line("reminder", "-P10D", "rep", "", false)),
                "secretariat");
        campaigns.open(DUTY, "rehearsal", TWELVE, "secretariat");
        jobs.runDue();

        List<Rehearsal.Line> coming = rehearsal.until(clock.instant().plus(Duration.ofDays(40))).stream()
                .filter(line -> line.occasion().equals("rehearsal"))
                .toList();

        assertThat(coming)
                .extracting(
                        Rehearsal.Line::kind,
                        Rehearsal.Line::seatCode,
                        line -> line.others().size() + 1)
                .containsExactlyInAnyOrder(tuple("list", "rep-africa", 7), tuple("list", "rep-europe", 5));
        Rehearsal.Line africa = coming.stream()
                .filter(line -> line.seatCode().equals("rep-africa"))
                .findFirst()
                .orElseThrow();
        Rehearsal.Text text = rehearsal
                .text(africa.obligationId(), africa.milestone(), africa.email())
                .orElseThrow();
        walk(DUTY, "rehearsal");
        Notice sent = toAfrica("rehearsal").get(0);
        assertThat(sent.subject()).isEqualTo(text.subject());
        assertThat(sent.milestone()).isEqualTo(africa.milestone());
        assertThat(text.text()).contains("Kenya", "Algeria").doesNotContain("Switzerland", "/task");
    }

    /** A dozen Parties that the duty binds. */
    private List<String> bound(String duty, String occasion) {
        List<String> bound = campaigns.bound(duties.get(duty), occasion).stream()
                .map(Party::code)
                .toList();
        List<String> chosen = TWELVE.stream().filter(bound::contains).toList();
        return chosen.size() == TWELVE.size() ? chosen : bound.subList(0, Math.min(12, bound.size()));
    }

    /** What the Secretariat has to do before there is anything to remind of. */
    private void invoice(String duty, String occasion) {
        obligations.list(new Obligations.Filter(duty, null, occasion, Set.of(), false), 0, 500).items().stream()
                .flatMap(one -> obligations.tasks(one.id()).stream())
                .filter(task -> task.step().equals("issue-invoice"))
                .forEach(task -> tasks.submit(
                        task.taskId(),
                        "secretariat",
                        Map.of("invoiceNo", "UNEP-" + task.taskId().hashCode(), "assessedAmount", 1000),
                        Locale.ENGLISH));
    }

    /** For which the duty can be opened now. */
    private String occasion(String duty) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), BERLIN);
        return switch (duties.get(duty).kind()) {
            case MEETING -> {
                String code = "cop-listed-" + duty;
                LocalDate opening = duties.get(duty).key().equals("decision-follow-up")
                                || duties.get(duty).key().equals("outcome-dissemination")
                        ? today.minusDays(6)
                        : today.plusDays(300);
                meetings.add(new Meeting(
                        code,
                        Meeting.Kind.COP,
                        null,
                        null,
                        Meeting.Span.day(opening),
                        opening.plusDays(5),
                        BERLIN,
                        false));
                yield code;
            }
            case CALENDAR -> Integer.toString(today.getYear() + 1);
            default -> "listed";
        };
    }

    private List<Notice> toAfrica(String occasion) {
        return all(DUTY, occasion).stream()
                .filter(notice -> notice.seatCode().equals("rep-africa"))
                .toList();
    }

    private Instant next(String duty, String occasion) {
        return obligations.list(new Obligations.Filter(duty, null, occasion, Set.of(), false), 0, 500).items().stream()
                .filter(one -> one.nextAct() != null)
                .map(one -> one.nextAct().at())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** From one rung to the next, until there is none. */
    private void walk(String duty, String occasion) {
        for (int steps = 0; steps < 60; steps++) {
            Instant at = next(duty, occasion);
            if (at.equals(Instant.MAX)) {
                return;
            }
            if (at.isAfter(clock.instant())) {
                time.advance(Duration.between(clock.instant(), at.plusSeconds(1)));
            }
            jobs.runDue();
        }
    }

    private Set<String> milestones(String duty, String occasion) {
        return all(duty, occasion).stream()
                .map(notice -> notice.milestone() + " to " + notice.seatCode().split("-")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Notice> all(String duty, String occasion) {
        Map<UUID, Notice> all = new HashMap<>();
        obligations
                .list(new Obligations.Filter(duty, null, occasion, Set.of(), false), 0, 500)
                .items()
                .forEach(one -> notices.of(one.id()).forEach(notice -> all.put(notice.id(), notice)));
        return List.copyOf(all.values());
    }
}
