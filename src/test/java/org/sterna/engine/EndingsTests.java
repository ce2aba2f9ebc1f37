package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Imports;
import org.sterna.time.TimeMachine;

/**
 * Ten years in which nobody answers, neither the Party nor the Secretariat, for every duty of the catalogue and every
 * kind of occasion that it is for: what closes by itself ends, and what does not is told only as often as its ladder
 * says.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:endings;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.occasions.open-by-themselves=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class EndingsTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Eligible for everything, in every region's duties. */
    private static final String PARTY = "KEN";

    private static final String INSTRUMENT = "AEWA";

    /** What a ladder goes on to say at the most: a rung put off by an outage, the morning after a night. */
    private static final Duration GRACE = Duration.ofDays(2);

    @Autowired
    Campaigns campaigns;

    @Autowired
    Duties duties;

    @Autowired
    Meetings meetings;

    @Autowired
    Imports imports;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Jobs jobs;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    @TestFactory
    Stream<DynamicTest> everyDutyEndsOrFallsSilent() {
        String membership = "party,instrument,from,basis,source\n%s,%s,2001-06-01,sourced,Depositary\n"
                .formatted(PARTY, INSTRUMENT);
        imports.load(
                Imports.Kind.MEMBERSHIPS,
                membership.getBytes(StandardCharsets.UTF_8),
                new Imports.Loading("memberships.csv", "", "secretariat"));
        List<Obligation> opened = openEverything();
        Instant end = clock.instant().atZone(BERLIN).plusYears(10).toInstant();
        while (clock.instant().isBefore(end)) {
            // the mornings between are the same, as nothing happens in them
            Instant next = nextOfACase().filter(at -> at.isBefore(end)).orElse(end);
            time.advance(Duration.between(
                    clock.instant(),
                    next.isAfter(clock.instant()) ? next : clock.instant().plusSeconds(1)));
            jobs.runDue();
        }
        assertThat(opened).isNotEmpty();
        return opened.stream()
                .map(before -> DynamicTest.dynamicTest(
                        before.businessKey(),
                        () -> ended(obligations.find(before.id()).orElseThrow())));
    }

    private List<Obligation> openEverything() {
        List<Obligation> opened = new ArrayList<>();
        for (Duty duty : duties.all()) {
            for (String occasion : occasions(duty)) {
                campaigns.open(duty.key(), occasion, List.of(PARTY), "secretariat");
                opened.add(obligations.find(duty.key(), occasion, PARTY).orElseThrow());
            }
        }
        jobs.runDue();
        return opened;
    }

    /** One occasion of each kind that the duty can be opened for. */
    private List<String> occasions(Duty duty) {
        LocalDate today = LocalDate.now(clock.withZone(BERLIN));
        if (!duty.meetings().isEmpty()) {
            return duty.meetings().stream()
                    .sorted()
                    .map(kind -> meeting(kind, today))
                    .toList();
        }
        return switch (duty.deadline().fits()) {
            case YEAR -> List.of(String.valueOf(today.getYear() + 1));
            case HALF_YEAR -> List.of((today.getYear() + 1) + "-h1");
            case ANY -> List.of("silent");
            default -> throw new IllegalStateException("no meeting for " + duty.key());
        };
    }

    private String meeting(Meeting.Kind kind, LocalDate today) {
        String code = "silent-" + kind.code();
        if (meetings.find(code).isEmpty()) {
            LocalDate opening = today.plusDays(200);
            meetings.add(new Meeting(
                    code,
                    kind,
                    kind.ofInstrument() ? INSTRUMENT : null,
                    null,
                    null,
                    Meeting.Span.day(opening),
                    opening.plusDays(5),
                    BERLIN,
                    false));
        }
        return code;
    }

    private Optional<Instant> nextOfACase() {
        return management.createJobQuery().timers().active().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .map(Job::getDuedate)
                .map(Date::toInstant)
                .min(Comparator.naturalOrder());
    }

    private void ended(Obligation obligation) {
        Duty duty = duties.get(obligation.duty());
        List<Notice> told = notices.of(obligation.id());
        assertThat(obligations.firstBrokenEvent(obligation.id())).isEmpty();
        if (duty.closing(obligation.deadlineName()).rule() == null) {
            fellSilent(obligation, duty, told);
            return;
        }
        assertThat(obligation.state()).isEqualTo(Obligation.State.LAPSED);
        assertThat(obligations.tasks(obligation.id())).isEmpty();
        assertThat(running(obligation)).isEmpty();
        // the ledger counts in milliseconds
        assertThat(told)
                .extracting(notice -> notice.createdAt().truncatedTo(ChronoUnit.MILLIS))
                .allMatch(at -> !at.isAfter(obligation.closedAt()));
        assertThat(told).extracting(Notice::kind).contains("lapsed");
        assertThat(obligations.events(obligation.id())).last().satisfies(last -> assertThat(last.kind())
                .isEqualTo(LedgerEvent.Kind.LAPSED));
        Period longest = Period.ofYears(4);
        assertThat(obligation.closedAt())
                .as("nobody waits for what cannot come for much longer than from one COP to the next")
                .isBefore(obligation.openedAt().atZone(BERLIN).plus(longest).toInstant());
    }

    /** Nothing is said after the last rung, and nothing twice. */
    private void fellSilent(Obligation obligation, Duty duty, List<Notice> told) {
        assertThat(obligation.state().open()).isTrue();
        assertThat(obligation.nextAct()).isNull();
        Instant last = Stream.concat(
                        Stream.of(obligation.openedAt()),
                        duty.ladder(obligation.deadlineName()).stream().map(rung -> rung.at(obligation.deadline())))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(told).extracting(Notice::createdAt).allMatch(at -> at.isBefore(last.plus(GRACE)));
        assertThat(told)
                .extracting(notice -> notice.milestone() + " to " + notice.email())
                .doesNotHaveDuplicates();
    }

    private Set<String> running(Obligation obligation) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(obligation.businessKey()).list().stream()
                .map(ProcessInstance::getId)
                .collect(Collectors.toSet());
    }
}
