package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.campaigns.MeetingMoves.Change;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.campaigns.MeetingMoves.Item;
import org.sterna.campaigns.MeetingMoves.MeetingChange;
import org.sterna.campaigns.MeetingMoves.Preview;
import org.sterna.campaigns.MeetingMoves.Progress;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.engine.Jobs;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.time.MovableClock;

/**
 * COP14 as it was: first for 23 to 28 October 2023, moved in June 2023 to 12 to 17 February 2024. Two made-up duties
 * hang on it: a proposal 150 days before, with a report whose date was notified, and a document 90 days before.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:moves;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.campaigns.moves.enabled=false"
        })
@ActiveProfiles("demo")
@Import({Jobs.class, MeetingMovesTests.Year2023.class})
class MeetingMovesTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");
    private static final ZoneId SAMARKAND = ZoneId.of("Asia/Samarkand");
    private static final String PROPOSAL = "made-up-duty";
    private static final String DOCUMENT = "nomination-confirmation";
    private static final List<String> PARTIES = List.of("CHE", "FRA", "KEN");

    /** The spring of 2023, and duties that hang on the COP. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Year2023 {

        @Bean
        @Primary
        MovableClock spring2023() {
            ZonedDateTime start = ZonedDateTime.of(2023, 4, 3, 9, 0, 0, 0, BONN);
            return new MovableClock(
                    Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), start.toInstant()));
        }

        @Bean
        static BeanPostProcessor dutiesOfTheCop() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof CaseDeadlines cases) {
                        return new FragileCases(cases);
                    }
                    return bean instanceof Duties duties ? new CopDuties(duties) : bean;
                }
            };
        }
    }

    /** Cases that go wrong where a test says so. */
    private static final class FragileCases implements CaseDeadlines {

        private final CaseDeadlines cases;
        private Consumer<UUID> before = id -> {};

        FragileCases(CaseDeadlines cases) {
            this.cases = cases;
        }

        @Override
        public void move(Map<UUID, Map<String, Deadline>> deadlines, String actor) {
            deadlines.keySet().forEach(before);
            cases.move(deadlines, actor);
        }

        @Override
        public void tell(MeetingMoves.Move move, List<List<Item>> parties) {
            cases.tell(move, parties);
        }
    }

    private record CopDuties(Duties duties) implements Duties {

        @Override
        public List<Duty> all() {
            return duties.all().stream().map(CopDuties::hangOnTheCop).toList();
        }

        @Override
        public Optional<Duty> find(String key) {
            return duties.find(key).map(CopDuties::hangOnTheCop);
        }

        private static Duty hangOnTheCop(Duty duty) {
            return switch (duty.key()) {
                case PROPOSAL ->
                    hanging(
                            duty,
                            "COP-150D",
                            List.of(new Duty.Further(
                                    "report",
                                    DueRule.parse("COP-180D"),
                                    false,
                                    "Made up",
                                    false,
                                    false,
                                    Set.of("check-answer"),
                                    List.of())));
                case DOCUMENT -> hanging(duty, "COP-90D", List.of());
                default -> duty;
            };
        }

        private static Duty hanging(Duty duty, String rule, List<Duty.Further> further) {
            return new Duty(
                    duty.key(),
                    duty.code(),
                    Duty.Group.MEETINGS,
                    duty.holder(),
                    duty.kind(),
                    duty.voluntary(),
                    DueRule.parse(rule),
                    duty.correction(),
                    duty.ladder(),
                    duty.binds(),
                    duty.basis(),
                    duty.assumed(),
                    duty.steps(),
                    further,
                    null,
                    null,
                    Set.of(Meeting.Kind.COP),
                    null,
                    false,
                    Duty.Closing.BY_DECISION);
        }
    }

    @Autowired
    MeetingMoves moves;

    @Autowired
    MoveRunner runner;

    @Autowired
    Meetings meetings;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    TaskService engineTasks;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    MovableClock clock;

    @Autowired
    Jobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CaseDeadlines cases;

    private String cop;

    /** Each test has a COP of its own, which is what COP14 was. */
    @BeforeEach
    void openInApril() {
        if (clock.instant()
                .isAfter(ZonedDateTime.of(2023, 6, 1, 0, 0, 0, 0, BONN).toInstant())) {
            return;
        }
        jdbc.sql("update term_of_office set first_day = :day")
                .param("day", LocalDate.of(2020, 1, 1))
                .update();
        for (String code : List.of("cop14", "copi", "copj", "copf", "cope", "cops", "copn")) {
            Meeting october = meeting(code, "2023-10-23", "2023-10-28");
            meetings.find(code).ifPresentOrElse(known -> meetings.change(october), () -> meetings.add(october));
            meetings.notify(new NotifiedDate(
                    PROPOSAL + ".report",
                    code,
                    LocalDate.of(2023, 4, 26),
                    "Notification 2023/004",
                    null,
                    NotifiedDate.Basis.SOURCED));
            campaigns.open(PROPOSAL, code, PARTIES, "secretariat");
            campaigns.open(DOCUMENT, code, PARTIES, "secretariat");
        }
        jobs.runDue();
        events.publishEvent(clock.advance(Duration.between(
                clock.instant(), ZonedDateTime.of(2023, 6, 15, 9, 0, 0, 0, BONN).toInstant())));
        jobs.runDue();
    }

    @AfterEach
    void letEverythingBeDone() {
        before(id -> {});
        runner.workOff();
    }

    private void before(Consumer<UUID> hook) {
        ((FragileCases) cases).before = hook;
    }

    private static Meeting meeting(String code, String opening, String closing) {
        return new Meeting(
                code,
                Meeting.Kind.COP,
                "Samarkand",
                "UZB",
                Meeting.Span.parse(opening).orElseThrow(),
                LocalDate.parse(closing),
                SAMARKAND,
                false);
    }

    private Change toFebruary(String code) {
        cop = code;
        return new MeetingChange(meeting(code, "2024-02-12", "2024-02-17"), "Notification 2023/019");
    }

    private UUID confirmed(String code) {
        Change change = toFebruary(code);
        return moves.confirm(change, moves.preview(change).seen(), "secretariat");
    }

    private List<Obligation> opened(String duty) {
        return obligations
                .list(new Obligations.Filter(duty, null, cop, Set.of(), false), 0, 10)
                .items();
    }

    private LocalDate due(String duty, String party) {
        return opened(duty).stream()
                .filter(one -> one.partyCode().equals(party))
                .map(one -> one.deadline().on())
                .findFirst()
                .orElseThrow();
    }

    private List<String> moved(String party) {
        return Stream.of(PROPOSAL, DOCUMENT)
                .flatMap(duty -> opened(duty).stream())
                .filter(one -> one.partyCode().equals(party))
                .flatMap(one -> notices.of(one.id()).stream())
                .filter(notice -> notice.kind().equals("meeting-moved"))
                .map(Notice::email)
                .filter(email -> email.contains("-nfp@"))
                .toList();
    }

    @Test
    void previewsWhatMovesWhatStaysAndWhoIsToldAndWritesNothing() {
        Preview preview = moves.preview(toFebruary("cop14"));

        assertThat(preview.items())
                .filteredOn(item -> item.partyCode().equals("CHE"))
                .extracting(
                        Item::duty,
                        Item::deadline,
                        Item::fate,
                        item -> item.from().on(),
                        item -> item.to() == null ? null : item.to().on())
                .containsExactlyInAnyOrder(
                        tuple(PROPOSAL, "due", Fate.FROZEN, LocalDate.of(2023, 5, 26), null),
                        tuple(PROPOSAL, "report", Fate.NOTIFIED, LocalDate.of(2023, 4, 26), null),
                        tuple(DOCUMENT, "due", Fate.MOVES, LocalDate.of(2023, 7, 25), LocalDate.of(2023, 11, 14)));
        assertThat(preview.told()).isEqualTo(PARTIES);
        assertThat(meetings.find("cop14").orElseThrow().opening())
                .isEqualTo(Meeting.Span.parse("2023-10-23").orElseThrow());
    }

    @Test
    void movesLedgerAndTasksAndTellsEachPartyOnce() {
        UUID id = confirmed("cops");
        runner.workOff();
        runner.workOff();

        Progress progress = moves.progress(id).orElseThrow();
        assertThat(progress.running()).isFalse();
        assertThat(progress.done()).isEqualTo(3);
        assertThat(due(DOCUMENT, "CHE")).isEqualTo(LocalDate.of(2023, 11, 14));
        assertThat(due(PROPOSAL, "CHE")).isEqualTo(LocalDate.of(2023, 5, 26));
        assertThat(opened(DOCUMENT)).allSatisfy(one -> assertThat(engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(one.businessKey())
                        .taskDefinitionKey("submit-nomination")
                        .singleResult()
                        .getDueDate())
                .isEqualTo(one.deadline().at()));
        assertThat(PARTIES).allSatisfy(party -> assertThat(moved(party)).hasSize(1));
    }

    @Test
    void resumesAfterAnInterruptionOfAllAndDoublesNothing() {
        AtomicInteger tries = new AtomicInteger();
        resumesAfter("copi", 0, one -> {
            if (tries.incrementAndGet() == 2) {
                throw new OutOfMemoryError("interrupted");
            }
        });
    }

    @Test
    void resumesAfterAnInterruptionOfOneAndDoublesNothing() {
        AtomicInteger tries = new AtomicInteger();
        resumesAfter("copj", 1, one -> {
            switch (tries.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("from now on one by one");
                case 3 -> throw new OutOfMemoryError("interrupted");
                default -> {
                    // goes well
                }
            }
        });
    }

    private void resumesAfter(String code, int done, Consumer<UUID> interruption) {
        UUID id = confirmed(code);
        before(interruption);
        assertThatThrownBy(runner::workOff).isInstanceOf(OutOfMemoryError.class);
        assertThat(moves.progress(id).orElseThrow().done()).isEqualTo(done);

        runner.workOff();

        assertThat(moves.progress(id).orElseThrow().told()).isEqualTo(3);
        assertThat(PARTIES).allSatisfy(party -> assertThat(moved(party)).hasSize(1));
        assertThat(opened(DOCUMENT)).allSatisfy(one -> assertThat(obligations.events(one.id()))
                .filteredOn(event -> event.kind() == LedgerEvent.Kind.DEADLINE_MOVED)
                .hasSize(1));
    }

    @Test
    void failureOfOnePartyStopsNobodyElseAndCanBeTriedAgain() {
        cop = "copf";
        UUID swiss = opened(DOCUMENT).stream()
                .filter(one -> one.partyCode().equals("CHE"))
                .findFirst()
                .orElseThrow()
                .id();
        UUID id = confirmed("copf");
        before(one -> {
            if (one.equals(swiss)) {
                throw new IllegalStateException("no such case");
            }
        });
        runner.workOff();
        assertThat(moves.troubles(id))
                .extracting(MeetingMoves.Trouble::partyCode, MeetingMoves.Trouble::obligationId)
                .containsExactly(tuple("CHE", swiss));
        assertThat(due(DOCUMENT, "FRA")).isEqualTo(LocalDate.of(2023, 11, 14));
        assertThat(moved("CHE")).isEmpty();

        before(one -> {});
        moves.retry(id);
        runner.workOff();

        assertThat(moves.troubles(id)).isEmpty();
        assertThat(due(DOCUMENT, "CHE")).isEqualTo(LocalDate.of(2023, 11, 14));
        assertThat(moved("CHE")).hasSize(1);
    }

    @Test
    void refusesAConfirmationOfAnotherPreview() {
        assertThatThrownBy(() -> moves.confirm(toFebruary("cope"), "something else", "secretariat"))
                .isInstanceOfSatisfying(InvalidMove.class, refused -> assertThat(refused.field())
                        .isEqualTo("seen"));
    }

    @Test
    void saysWhatADayThatHasPassedBeforeItWasCountedWouldHaveBeen() {
        Preview preview = moves.preview(new MeetingChange(meeting("cope", "2023-08-01", "2023-08-05"), null));

        assertThat(preview.items())
                .filteredOn(item -> item.duty().equals(DOCUMENT))
                .extracting(Item::fate)
                .containsOnly(Fate.TOO_LATE);
        assertThat(preview.told()).isEmpty();
    }

    private Change notified(String subject, String on) {
        cop = "copn";
        return new MeetingMoves.Notification(new NotifiedDate(
                subject,
                cop,
                LocalDate.parse(on),
                "Notification 2023/020",
                LocalDate.of(2023, 6, 14),
                NotifiedDate.Basis.SOURCED));
    }

    @Test
    void movesDeadlinesToANotifiedDateAndTellsEachPartyOnce() {
        Change change = notified(DOCUMENT, "2023-09-01");
        UUID id = moves.confirm(change, moves.preview(change).seen(), "secretariat");
        runner.workOff();

        assertThat(moves.progress(id).orElseThrow().told()).isEqualTo(3);
        assertThat(opened(DOCUMENT))
                .extracting(one -> one.deadline().on(), one -> one.deadline().origin())
                .containsOnly(tuple(LocalDate.of(2023, 9, 1), Deadline.Origin.NOTIFIED));
        assertThat(notices.of(opened(DOCUMENT).get(0).id()))
                .extracting(Notice::kind)
                .contains("date-notified");
    }

    @ParameterizedTest
    @CsvSource({
        "made-up-duty, 2023-06-14, on",
        "no-duty, 2023-09-01, subject",
        "annual-contribution, 2023-09-01, occasion"
    })
    void namesTheFieldOfADateThatCannotBeNotified(String subject, String on, String field) {
        assertThatThrownBy(() -> moves.preview(notified(subject, on)))
                .isInstanceOfSatisfying(InvalidMove.class, refused -> assertThat(refused.field())
                        .isEqualTo(field));
    }
}
