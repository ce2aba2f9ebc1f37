package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Occasions;
import org.sterna.duties.Duty;
import org.sterna.obligations.LedgerEvent;
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

    private int year;

    @BeforeAll
    void begin() {
        year = today().getYear() + 1;
        occasions.openDue();
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BONN));
    }

    private void moveTo(LocalDate day) {
        if (day.isAfter(today())) {
            time.advance(Period.ofDays((int) (day.toEpochDay() - today().toEpochDay())));
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
