package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionOperations;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Occasions;
import org.sterna.campaigns.Preview;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.time.TimeMachine;

/** What opens by itself, told as one story: the clock only goes forward. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:occasions;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.occasions.open-by-themselves=true"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OccasionsTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    @Autowired
    Occasions occasions;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Meetings meetings;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Ledger ledger;

    @Autowired
    Obligations obligations;

    @Autowired
    TransactionOperations transaction;

    private int year;

    @BeforeAll
    void begin() {
        year = today().getYear() + 1;
        occasions.openDue();
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BONN));
    }

    /** Noon, as days that are counted in UTC lead to another day in Bonn late in the evening. */
    private void moveTo(LocalDate day) {
        if (day.isAfter(today())) {
            time.advance(Duration.between(clock.instant(), day.atTime(12, 0).atZone(BONN)));
        }
    }

    private void meeting(String code, LocalDate opening, boolean provisional, boolean known) {
        Meeting meeting = new Meeting(
                code, Meeting.Kind.COP, null, null, Meeting.Span.day(opening), opening.plusDays(6), BONN, provisional);
        if (known) {
            meetings.change(meeting);
        } else {
            meetings.add(meeting);
        }
    }

    private static List<String> keys(List<Campaigns.Campaign> campaigns) {
        return campaigns.stream()
                .map(campaign -> campaign.duty() + "/" + campaign.occasion())
                .toList();
    }

    @Test
    @Order(1)
    void opensNothingOfWhatWasDueBeforeItFirstAsked() {
        assertThat(jdbc.sql("select count(*) from campaign").query(Long.class).single())
                .isZero();
    }

    @Test
    @Order(2)
    void opensTheYearThreeWeeksLateAfterAnOutage() {
        moveTo(LocalDate.of(year, 1, 22));

        Occasions.Round round = occasions.openDue();

        assertThat(round.failed()).isEmpty();
        assertThat(round.opened())
                .filteredOn(campaign -> campaign.duty().equals("annual-contribution"))
                .extracting(Campaigns.Campaign::occasion, Campaigns.Campaign::total, Campaigns.Campaign::openedBy)
                .containsExactly(tuple(Integer.toString(year), 133, LedgerEvent.SYSTEM));
        assertThat(occasions.openDue().opened()).isEmpty();
    }

    @Test
    @Order(3)
    void waitsUntilTheMeetingIsFirm() {
        LocalDate opening = today().plusMonths(8);
        meeting("cop91", opening, true, false);
        assertThat(occasions.openDue().opened()).isEmpty();

        meeting("cop91", opening, false, true);
        // nine months before the meeting is past, but was not before this application first asked
        assertThat(keys(occasions.openDue().opened())).contains("delegate-funding/cop91");
    }

    @Test
    @Order(4)
    void leavesWhatIsOverUnopened() {
        meeting("cop92", today().plusDays(100), false, false);

        assertThat(keys(occasions.openDue().opened())).doesNotContain("delegate-funding/cop92");
    }

    @Test
    @Order(5)
    void opensOnTheDayThatTheSecretariatSet() {
        LocalDate day = today().plusDays(10);
        occasions.schedule(List.of("nomination-confirmation"), "planned", day, "secretariat");
        occasions.schedule(List.of("nomination-confirmation"), "called-off", day, "secretariat");
        occasions.cancel("nomination-confirmation", "called-off", "secretariat");
        assertThat(occasions.openDue().opened()).isEmpty();

        moveTo(day);

        assertThat(keys(occasions.openDue().opened())).containsExactly("nomination-confirmation/planned");
    }

    @Test
    @Order(6)
    void refusesADayThatIsPastAndWhatIsOpenAlready() {
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> occasions.schedule(
                        List.of("nomination-confirmation"), "late", today().minusDays(1), "secretariat"))
                .withMessageContaining("is past");
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(
                        () -> occasions.schedule(List.of("nomination-confirmation"), "planned", today(), "secretariat"))
                .withMessageContaining("was opened for planned already");
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> occasions.schedule(List.of("delegate-funding"), "2027", today(), "secretariat"))
                .withMessageContaining("There is no meeting");
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> occasions.schedule(List.of(), "cop91", today(), "secretariat"))
                .withMessageContaining("at least one duty");
    }

    @Test
    @Order(7)
    void opensOnceWhateverTheNumberOfNodes() throws Exception {
        occasions.schedule(List.of("nomination-confirmation"), "raced", today(), "secretariat");
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Callable<Occasions.Round>> rounds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rounds.add(occasions::openDue);
        }

        int opened = 0;
        for (Future<Occasions.Round> round : nodes.invokeAll(rounds)) {
            assertThat(round.get().failed()).isEmpty();
            opened += round.get().opened().size();
        }
        nodes.shutdown();

        assertThat(opened).isOne();
        assertThat(jdbc.sql("select count(*) from obligation where occasion = 'raced'")
                        .query(Long.class)
                        .single())
                .isEqualTo(133);
    }

    @Test
    @Order(8)
    void leavesExemptedPartiesOut() {
        campaigns.exempt(
                "nomination-confirmation", "without-france", "FRA", "Its ministry is reorganised.", "secretariat");
        occasions.schedule(List.of("nomination-confirmation"), "without-france", today(), "secretariat");

        assertThat(occasions.openDue().opened())
                .extracting(Campaigns.Campaign::total)
                .containsExactly(132);
    }

    @Test
    @Order(9)
    void opensByATimerThatTheEngineShows() {
        occasions.schedule(List.of("nomination-confirmation"), "by-timer", today().plusDays(1), "secretariat");
        moveTo(today().plusDays(2));
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("open-due-occasions")
                        .latestVersion()
                        .singleResult())
                .isNotNull();

        Job morning = management
                .createJobQuery()
                .processDefinitionKey("open-due-occasions")
                .singleResult();
        management.executeJob(morning.getId());

        assertThat(jdbc.sql("select count(*) from obligation where occasion = 'by-timer'")
                        .query(Long.class)
                        .single())
                .isEqualTo(133);
        assertThat(management
                        .createJobQuery()
                        .processDefinitionKey("open-due-occasions")
                        .singleResult()
                        .getDuedate())
                .isAfter(java.util.Date.from(clock.instant()));
    }

    @Test
    @Order(11)
    void opensForAPartyWhatFollowsADutyAsSoonAsItHasDoneThat() {
        meeting("cop93", today().minusDays(9), false, false);
        campaigns.open("outcome-dissemination", "cop93", List.of("KEN", "UGA", "FRA", "NOR"), "secretariat");
        campaigns.exempt("decision-follow-up", "cop93", "FRA", "It has handed this to the Union.", "secretariat");

        end("cop93", "KEN", Obligation.State.DISCHARGED);
        end("cop93", "NOR", Obligation.State.NIL_RETURN);
        end("cop93", "UGA", Obligation.State.EXCUSED);
        end("cop93", "FRA", Obligation.State.DISCHARGED);

        assertThat(parties("decision-follow-up", "cop93")).containsExactly("KEN", "NOR");
        assertThat(occasions.of("cop93"))
                .filteredOn(plan -> plan.duty().key().equals("decision-follow-up"))
                .singleElement()
                .satisfies(plan -> assertThat(plan.opened()).isEqualTo(2));
    }

    @Test
    @Order(12)
    void opensItForTheRestOnItsDayAndForNobodyTwice() {
        moveTo(today().plusDays(43));

        assertThat(occasions.openDue().opened())
                .filteredOn(campaign ->
                        campaign.occasion().equals("cop93") && campaign.duty().equals("decision-follow-up"))
                .extracting(Campaigns.Campaign::total, Campaigns.Campaign::already)
                .containsExactly(tuple(132, 2));
        assertThat(parties("decision-follow-up", "cop93")).hasSize(132).doesNotHaveDuplicates();
        campaigns.open("outcome-dissemination", "cop93", List.of("DEU"), "secretariat");
        end("cop93", "DEU", Obligation.State.DISCHARGED);
        assertThat(parties("decision-follow-up", "cop93")).hasSize(132);
    }

    @Test
    @Order(13)
    void opensWhatFollowsOnceThoughItsDayComesAtTheSameTime() throws Exception {
        meeting("cop94", today().minusDays(52), false, false);
        campaigns.open("outcome-dissemination", "cop94", List.of("KEN", "UGA"), "secretariat");
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        List<Callable<Object>> acts = List.of(
                occasions::openDue,
                () -> {
                    end("cop94", "KEN", Obligation.State.DISCHARGED);
                    return "done";
                },
                () -> {
                    end("cop94", "UGA", Obligation.State.DISCHARGED);
                    return "done";
                });

        for (Future<Object> act : nodes.invokeAll(acts)) {
            act.get();
        }
        nodes.shutdown();

        assertThat(parties("decision-follow-up", "cop94")).hasSize(133).doesNotHaveDuplicates();
    }

    @Test
    @Order(14)
    void opensNothingThatWouldBeOverAndNothingThatIsForOtherMeetings() {
        meeting("cop95", today().minusDays(200), false, false);
        meetings.add(new Meeting(
                "mop91",
                Meeting.Kind.MOP,
                "AEWA",
                null,
                null,
                Meeting.Span.day(today().minusDays(9)),
                today().minusDays(3),
                BONN,
                false));
        ledgerOf("outcome-dissemination", "cop95", "KEN");
        ledgerOf("outcome-dissemination", "mop91", "KEN");

        end("cop95", "KEN", Obligation.State.DISCHARGED);
        end("mop91", "KEN", Obligation.State.DISCHARGED);

        assertThat(parties("decision-follow-up", "cop95")).isEmpty();
        assertThat(parties("decision-follow-up", "mop91")).isEmpty();
    }

    @Test
    @Order(15)
    void opensForCopsByItselfAndForOtherMeetingsAsTheSecretariatSays() {
        for (Meeting.Kind kind : List.of(Meeting.Kind.MOP, Meeting.Kind.STANDING_COMMITTEE, Meeting.Kind.COP)) {
            meetings.add(new Meeting(
                    "soon-" + kind.code(),
                    kind,
                    kind == Meeting.Kind.MOP ? "AEWA" : null,
                    null,
                    null,
                    Meeting.Span.day(today().plusDays(100)),
                    today().plusDays(105),
                    BONN,
                    false));
        }

        List<String> opened = keys(occasions.openDue().opened());

        assertThat(opened).contains("credentials/soon-cop", "delegation-nomination/soon-cop");
        assertThat(opened).noneMatch(key -> key.endsWith("soon-mop") || key.endsWith("soon-standing-committee"));
        for (String duty : List.of("credentials", "delegation-nomination", "outcome-dissemination")) {
            campaigns.open(duty, "soon-mop", members("AEWA").subList(0, 1), "secretariat");
            campaigns.open(duty, "soon-standing-committee", List.of("KEN"), "secretariat");
        }
        assertThat(jdbc.sql("select deadline_on from obligation where duty = 'credentials'"
                                + " and occasion = 'soon-mop'")
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today().plusDays(70));
        assertThat(occasions.of("soon-mop"))
                .filteredOn(plan -> plan.duty().key().equals("outcome-dissemination"))
                .singleElement()
                .satisfies(plan -> {
                    assertThat(plan.opensOn()).isNull();
                    assertThat(plan.deadlines()).containsOnlyKeys(Duty.DUE);
                });
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> campaigns.open("decision-follow-up", "soon-mop", List.of("KEN"), "secretariat"))
                .withMessageContaining("is not a kind of meeting that this duty is for");
    }

    @Test
    @Order(16)
    void opensForAMeetingOfPartiesForThoseWhoBelongToIt() {
        meetings.add(new Meeting(
                "scheduled-mop",
                Meeting.Kind.MOP,
                "AEWA",
                null,
                null,
                Meeting.Span.day(today().plusDays(100)),
                today().plusDays(105),
                BONN,
                false));
        occasions.schedule(List.of("credentials"), "scheduled-mop", today(), "secretariat");
        List<String> members = members("AEWA");

        assertThat(occasions.of("soon-mop"))
                .filteredOn(plan -> plan.duty().key().equals("credentials"))
                .extracting(Occasions.Plan::bound)
                .containsExactly(members.size());
        assertThat(campaigns
                        .preview("credentials", "soon-mop", List.of("ARG", members.get(0), members.get(1)))
                        .lines())
                .extracting(line -> line.party().code(), Preview.Line::fate)
                .containsExactlyInAnyOrder(
                        tuple("ARG", Preview.Fate.NOT_BOUND),
                        tuple(members.get(0), Preview.Fate.ALREADY),
                        tuple(members.get(1), Preview.Fate.OPENS));
        Campaigns.Campaign opened =
                campaigns.open("outcome-dissemination", "soon-mop", List.of("ARG", members.get(1)), "secretariat");
        assertThat(opened.notBound()).isOne();
        assertThat(parties("outcome-dissemination", "soon-mop")).containsExactlyElementsOf(members.subList(0, 2));
        assertThat(members).hasSizeBetween(2, 132);
        occasions.openDue();
        assertThat(parties("credentials", "scheduled-mop")).containsExactlyElementsOf(members);
    }

    @Test
    @Order(17)
    void schedulesNothingThatWouldBeOverOnItsDay() {
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() ->
                        occasions.schedule(List.of("credentials"), "soon-cop", today().plusDays(200), "secretariat"))
                .withMessageContaining("everything would be over by then");
    }

    @Test
    @Order(18)
    void opensLateWhatHasADeadlineAheadAndListsWhatIsOver() {
        LocalDate opening = today().plusDays(400);
        meeting("cop96", opening, false, false);
        // the summary was due 30 days after the close, reservations until 90 days after it
        moveTo(opening.plusDays(6 + 60));

        List<String> opened = keys(occasions.openDue().opened());

        assertThat(opened).contains("outcome-dissemination/cop96", "decision-follow-up/cop96");
        assertThat(missed("cop96"))
                .extracting(Occasions.Missed::duty)
                .containsExactlyInAnyOrder(
                        "credentials", "delegation-nomination", "national-report", "delegate-funding");
        occasions.openDue();
        assertThat(missed("cop96")).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    @Order(19)
    void leavesWhatIsLeftAndForgetsWhatIsOpened() {
        Occasions.Missed credentials = missed("cop96", "credentials");
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> occasions.leave(credentials.id(), "No.", "secretariat"))
                .withMessageContaining("write 10 to 1000 characters");

        occasions.leave(credentials.id(), "The meeting is over.", "secretariat");
        occasions.leave(credentials.id(), "Another reason.", "somebody-else");
        campaigns.open("national-report", "cop96", List.of("KEN"), "Kenya still reports.", "secretariat");
        occasions.openDue();

        assertThat(missed("cop96"))
                .extracting(Occasions.Missed::duty)
                .containsExactlyInAnyOrder("delegation-nomination", "delegate-funding");
        assertThat(occasions.left(5)).singleElement().satisfies(left -> assertThat(left.left())
                .extracting(Occasions.Left::by, Occasions.Left::reason)
                .containsExactly("secretariat", "The meeting is over."));
        assertThat(parties("credentials", "cop96")).isEmpty();
        UUID report = jdbc.sql("select id from missed_opening where duty = 'national-report' and occasion = 'cop96'")
                .query(UUID.class)
                .single();
        assertThatExceptionOfType(InvalidCampaign.class)
                .isThrownBy(() -> occasions.leave(report, "It is open anyway.", "secretariat"))
                .withMessageContaining("opened for cop96 meanwhile");
    }

    @Test
    @Order(20)
    void takesOutWhatIsNotOverAnyMoreAsTheMeetingMoved() {
        meeting("cop96", today().plusDays(100), false, true);

        // what was left was left for its old day only; the claim of expenses is still ahead
        assertThat(keys(occasions.openDue().opened()))
                .contains("delegation-nomination/cop96", "credentials/cop96", "delegate-funding/cop96");
        assertThat(missed("cop96")).isEmpty();
    }

    @Test
    @Order(21)
    void opensEveryMissedYearOfMoneyInOrder() {
        int last = today().getYear() + 3;
        moveTo(LocalDate.of(last, 6, 1));

        assertThat(keys(occasions.openDue().opened()))
                .filteredOn(key -> key.startsWith("annual-contribution/"))
                .containsExactly(
                        "annual-contribution/" + (last - 2),
                        "annual-contribution/" + (last - 1),
                        "annual-contribution/" + last);
        assertThat(keys(occasions.openDue().opened())).isEmpty();
    }

    @Test
    @Order(22)
    void knowsTheNextDayOnWhichSomethingOpens() {
        LocalDate newYear = LocalDate.of(today().getYear() + 1, 1, 1);

        assertThat(occasions.nextOpening(newYear.minusDays(10))).contains(newYear);
        meeting("cop97", newYear.minusDays(5).plusDays(120), false, false);
        assertThat(occasions.nextOpening(newYear.minusDays(10))).contains(newYear.minusDays(5));
    }

    private List<Occasions.Missed> missed(String occasion) {
        return occasions.missed().stream()
                .filter(missed -> missed.occasion().equals(occasion))
                .toList();
    }

    private Occasions.Missed missed(String occasion, String duty) {
        return missed(occasion).stream()
                .filter(missed -> missed.duty().equals(duty))
                .findFirst()
                .orElseThrow();
    }

    private List<String> members(String instrument) {
        return jdbc.sql("select party_code from instrument_membership where instrument_code = :instrument"
                        + " and first_day <= :today order by party_code")
                .param("instrument", instrument)
                .param("today", today())
                .query(String.class)
                .list();
    }

    private void ledgerOf(String duty, String occasion, String party) {
        Deadline deadline = new Deadline(today().plusDays(30), BONN, Deadline.Origin.RULE, "opened+30D", false);
        transaction.executeWithoutResult(
                status -> ledger.open(duty, occasion, List.of(party), deadline, Map.of(), "secretariat"));
    }

    private void end(String occasion, String party, Obligation.State outcome) {
        UUID id = obligations
                .list(new Obligations.Filter("outcome-dissemination", party, occasion, Set.of(), false), 0, 1)
                .items()
                .get(0)
                .id();
        transaction.executeWithoutResult(status -> ledger.close(id, outcome, "secretariat", Map.of()));
    }

    private List<String> parties(String duty, String occasion) {
        return jdbc.sql("select party_code from obligation where duty = :duty and occasion = :occasion"
                        + " order by party_code")
                .param("duty", duty)
                .param("occasion", occasion)
                .query(String.class)
                .list();
    }

    @Test
    @Order(10)
    void laysTheDutiesOfAMeetingOut() {
        assertThat(occasions.of("cop91"))
                .filteredOn(plan -> plan.duty().key().equals("delegate-funding"))
                .singleElement()
                .satisfies(plan -> {
                    assertThat(plan.opensOn()).isNotNull();
                    assertThat(plan.deadlines()).containsKey(Duty.DUE);
                    assertThat(plan.opened()).isPositive();
                    assertThat(plan.problem()).isNull();
                });
    }
}
