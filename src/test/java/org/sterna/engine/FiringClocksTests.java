package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.Notice;
import org.sterna.notices.NoticePreferences;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.time.TimeMachine;

/** Clocks that fire together, beside clocks that fire one by one. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:firing;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
class FiringClocksTests {

    private static final List<String> DUTIES =
            List.of("nomination-confirmation", "national-report", "delegation-nomination");

    private static final List<String> PARTIES = List.of("CHE", "FRA", "KEN");

    @Autowired
    FiringClocks firing;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Meetings meetings;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    NoticePreferences preferences;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TimeMachine time;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Jobs jobs;

    @Test
    void doTogetherWhatEachDoesAlone() {
        preferences.setDigest("fra-nfp", true);
        open("together");
        open("alone");
        int fired = 0;
        for (int day = 0; day < 400; day += 5) {
            time.advance(Period.ofDays(5));
            List<String> due = dueOf("together");
            if (!due.isEmpty()) {
                assertThat(firing.together(due)).isTrue();
            }
            List<String> others = dueOf("alone");
            assertThat(others).as("clocks due on day " + day).hasSameSizeAs(due);
            others.forEach(management::executeJob);
            fired += others.size();
            assertThat(story("together")).as("after day " + day).isEqualTo(story("alone"));
        }
        assertThat(fired).isGreaterThan(50);
        assertThat(story("together").toString())
                .contains("escalation", "overdue", "\"withheld\"=\"digest\"", "decide-escalation");
    }

    @Test
    void doNothingWhereOneOfThemFails() {
        open("fails");
        time.advance(Period.ofDays(400));
        List<String> due = dueOf("fails");
        assertThat(due).hasSizeGreaterThan(3);
        block("fails", "FRA");
        List<Object> before = story("fails");

        assertThatThrownBy(() -> firing.together(due)).isInstanceOf(RuntimeException.class);

        assertThat(story("fails")).isEqualTo(before);
        assertThat(dueOf("fails")).containsExactlyElementsOf(due);
        unblock("fails", "FRA");
        assertThat(firing.together(due)).isTrue();
        assertThat(dueOf("fails")).isEmpty();
    }

    @Test
    void leaveOtherJobsToTheEngine() {
        campaigns.open(DUTIES.get(0), "not-yet", PARTIES, "secretariat");
        List<String> starts = management.createJobQuery().messages().list().stream()
                .map(Job::getId)
                .toList();

        assertThat(firing.together(starts)).isFalse();

        jobs.runDue();
        assertThat(obligations
                        .find(DUTIES.get(0), "not-yet", "KEN")
                        .orElseThrow()
                        .state())
                .isEqualTo(Obligation.State.WITH_PARTY);
    }

    @Test
    void leaveARowInTheHistoryOfJobsOnceTheyHaveFired() {
        open("logged");
        time.advance(Period.ofDays(400));
        List<String> due = dueOf("logged");
        assertThat(logOf(due)).as("clocks that are only set").isEmpty();

        firing.together(due);

        assertThat(logOf(due)).hasSameSizeAs(due).allMatch(HistoricJobLog::isSuccessLog);
    }

    private List<HistoricJobLog> logOf(List<String> jobIds) {
        return history.createHistoricJobLogQuery().list().stream()
                .filter(entry -> jobIds.contains(entry.getJobId()))
                .toList();
    }

    @Test
    void arePassedOverWhenSomebodyElseHasFiredThem() {
        open("twice");
        time.advance(Period.ofDays(400));
        List<String> due = dueOf("twice");
        firing.together(due);
        List<Object> once = story("twice");

        assertThat(firing.together(due)).isTrue();

        assertThat(story("twice")).isEqualTo(once);
    }

    @Test
    void areLookedAtAgainWhenDueAfterOneThatFailed() {
        open("failed-once");
        time.advance(Period.ofDays(400));
        block("failed-once", "FRA");
        Obligation obligation =
                obligations.find(DUTIES.get(0), "failed-once", "FRA").orElseThrow();
        Job clock = clockOf(obligation);
        assertThatThrownBy(() -> management.executeJob(clock.getId())).isInstanceOf(RuntimeException.class);
        unblock("failed-once", "FRA");

        management.executeJob(clock.getId());

        Obligation after = obligations.find(obligation.id()).orElseThrow();
        assertThat(notices.of(obligation.id()))
                .extracting(notice -> notice.kind())
                .contains("overdue");
        assertThat(after.nextAct().at()).isBefore(time.now().plus(Period.ofDays(60)));
        assertThat(clockOf(obligation).getDuedate().toInstant())
                .isEqualTo(after.nextAct().at());
    }

    private Job clockOf(Obligation obligation) {
        return management
                .createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(obligation.businessKey())
                        .singleResult()
                        .getId())
                .timers()
                .singleResult();
    }

    /** For a meeting of that name in half a year. */
    private void open(String occasion) {
        LocalDate opening = LocalDate.ofInstant(time.now(), ZoneOffset.UTC).plusMonths(6);
        meetings.add(new Meeting(
                occasion,
                Meeting.Kind.COP,
                "Bonn",
                "DEU",
                new Meeting.Span(opening, Meeting.Precision.DAY),
                opening.plusDays(5),
                ZoneId.of("Europe/Berlin"),
                false));
        DUTIES.forEach(duty -> campaigns.open(duty, occasion, PARTIES, "secretariat"));
        jobs.runDue();
    }

    /** The due clocks of an occasion, in the order of their cases. */
    private List<String> dueOf(String occasion) {
        List<String> due = new ArrayList<>();
        for (ProcessInstance running : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKeyLike("%/" + occasion + "/%")
                .orderByBusinessKey()
                .asc()
                .list()) {
            management.createJobQuery().processInstanceId(running.getId()).timers().executable().list().stream()
                    .map(Job::getId)
                    .forEach(due::add);
        }
        return due;
    }

    /** All that has happened and is planned in the cases of an occasion, but for its name. */
    private List<Object> story(String occasion) {
        List<Object> story = new ArrayList<>();
        for (String duty : DUTIES) {
            for (String party : PARTIES) {
                Obligation obligation = obligations.find(duty, occasion, party).orElseThrow();
                UUID id = obligation.id();
                story.add(tuple(duty, party, obligation.state(), obligation.deadline(), obligation.nextAct()));
                obligations.events(id).forEach(event -> story.add(tuple(event.kind(), told(event.details()))));
                // a list of Parties is written with the first of them, or after all of them
                notices.of(id).stream()
                        .sorted(Comparator.comparing(Notice::milestone).thenComparing(Notice::email))
                        .forEach(notice -> story.add(tuple(
                                notice.milestone(),
                                notice.seatCode(),
                                notice.copy(),
                                notice.email(),
                                notice.subject().replace(", " + occasion, ""))));
                obligations.tasks(id).forEach(task -> story.add(tuple(task.step(), task.seatCode(), task.dueAt())));
                story.addAll(clocks(obligation));
            }
        }
        return story;
    }

    /** Whichever list of Parties told it. */
    private static Map<String, String> told(Map<String, String> details) {
        Map<String, String> told = new TreeMap<>(details);
        told.computeIfPresent("list", (name, id) -> "a list");
        return told;
    }

    private List<Tuple> clocks(Obligation obligation) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(obligation.businessKey()).list().stream()
                .flatMap(running -> Stream.concat(
                        management
                                .createJobQuery()
                                .processInstanceId(running.getId())
                                .orderByJobDuedate()
                                .asc()
                                .list()
                                .stream()
                                .map(job -> tuple(job.getDuedate(), job.getRetries())),
                        runtime.getActiveActivityIds(running.getId()).stream()
                                .sorted()
                                .map(Tuple::tuple)))
                .toList();
    }

    /** The ledger cannot note what happens next in the case. */
    private void block(String occasion, String party) {
        jdbc.sql("insert into obligation_event (obligation_id, number, happened_at, kind, actor, details, hash)"
                        + " select e.obligation_id, o.event_count + 1, happened_at, kind, actor, details, hash"
                        + " from obligation_event e join obligation o on o.id = e.obligation_id"
                        + " where e.number = 1 and o.occasion = :occasion and o.party_code = :party")
                .params(Map.of("occasion", occasion, "party", party))
                .update();
    }

    private void unblock(String occasion, String party) {
        jdbc.sql("delete from obligation_event where number > (select event_count from obligation o"
                        + " where o.id = obligation_id) and obligation_id in (select id from obligation"
                        + " where occasion = :occasion and party_code = :party)")
                .params(Map.of("occasion", occasion, "party", party))
                .update();
    }
}
