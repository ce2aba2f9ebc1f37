package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.BulkWork;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.documents.Documents;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.notices.Notice;
import org.sterna.notices.NoticeKinds;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.Appointments;
import org.sterna.register.Basis;
import org.sterna.register.Contributions;
import org.sterna.register.Holder;
import org.sterna.register.Imports;
import org.sterna.register.Seats;
import org.sterna.register.Standing;
import org.sterna.register.Today;
import org.sterna.sources.Sources;
import org.sterna.time.TimeMachine;

/**
 * Plays every story of every {@code processes/<duty>/scenarios.yaml} through the whole application, the clock moved by
 * hand, then asks whether the stories of a duty together went through every flow node of its diagram.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.campaigns.bulk.enabled=false"
        })
@ActiveProfiles("demo")
@Import({Jobs.class, BulkWork.class})
class ScenarioTests {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    MessageSource words;

    @Autowired
    Wording wording;

    @Autowired
    Tasks tasks;

    @Autowired
    Sources sources;

    @Autowired
    Documents documents;

    @Autowired
    Forms forms;

    @Autowired
    Appointments appointments;

    @Autowired
    Seats seats;

    @Autowired
    Meetings meetings;

    @Autowired
    Imports imports;

    @Autowired
    Contributions contributions;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    @Autowired
    Today days;

    @Autowired
    Jobs jobs;

    @Autowired
    BulkWork acts;

    @Autowired
    HistoryService history;

    @Autowired
    RepositoryService repository;

    @TestFactory
    Stream<DynamicNode> stories() throws IOException {
        List<DynamicNode> duties = new ArrayList<>();
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:processes/*/scenarios.yaml")) {
            String path = file.getURL().getPath();
            String[] parts = path.split("/");
            String duty = parts[parts.length - 2];
            Scenario scenario = YAML.readValue(file.getInputStream(), Scenario.class);
            List<DynamicNode> tests = new ArrayList<>();
            scenario.scenarios()
                    .forEach(story ->
                            tests.add(DynamicTest.dynamicTest(story.name(), () -> play(duty, scenario, story))));
            tests.add(DynamicTest.dynamicTest("every flow node is visited", () -> visitsEveryFlowNode(duty)));
            duties.add(DynamicContainer.dynamicContainer(duty, tests));
        }
        duties.add(DynamicTest.dynamicTest(
                "every flow node of the shared escalation is visited", () -> visitsEveryFlowNode("escalate-overdue")));
        return duties.stream();
    }

    /** Day by day, as an application does that never stops. */
    private void live(Instant end) {
        while (clock.instant().isBefore(end)) {
            time.advance(Duration.ofDays(1));
            jobs.runDue();
        }
    }

    private void play(String told, Scenario scenario, Scenario.Story story) throws Exception {
        String duty = told;
        String occasion = "";
        int number = 0;
        DatesInNotices dates = new DatesInNotices(obligations, notices, words, wording, clock);
        ReceiptsOfSubmissions receipts = new ReceiptsOfSubmissions(obligations, notices, seats);
        // every story begins at noon, after the hour at which milestones fall
        ZonedDateTime now = clock.instant().atZone(BERLIN);
        time.advance(Duration.between(
                now, now.toLocalDate().plusDays(1).atTime(12, 0).atZone(BERLIN)));
        for (Map<String, JsonNode> step : story.steps()) {
            Map.Entry<String, JsonNode> only = step.entrySet().iterator().next();
            JsonNode value = only.getValue();
            String where = "%s, %s, step %d (%s)".formatted(duty, story.name(), ++number, only.getKey());
            switch (only.getKey()) {
                case "open" -> {
                    occasion = said(value.asText());
                    campaigns.open(duty, occasion, List.of(story.party()), "secretariat");
                    jobs.runDue();
                    acts.workOff();
                }
                // the case does not start yet
                case "enter" -> {
                    occasion = said(value.asText());
                    campaigns.open(duty, occasion, List.of(story.party()), "secretariat");
                }
                // the story goes on with another case of the same Party
                case "turn-to" -> {
                    duty = value.get("duty").asText();
                    occasion = said(value.get("occasion").asText());
                }
                case "expect-unopened" ->
                    assertThat(cases(value.asText(), occasion, story)).as(where).isEmpty();
                case "refuse-open" ->
                    assertThatThrownBy(() ->
                                    campaigns.open(told, said(value.asText()), List.of(story.party()), "secretariat"))
                            .as(where)
                            .isInstanceOfSatisfying(InvalidCampaign.class, refused -> assertThat(refused.field())
                                    .isEqualTo("occasion"));
                case "refuse-party" ->
                    assertThatThrownBy(() ->
                                    campaigns.open(told, said(value.asText()), List.of(story.party()), "secretariat"))
                            .as(where)
                            .isInstanceOfSatisfying(InvalidCampaign.class, refused -> assertThat(refused.field())
                                    .isEqualTo("parties"));
                case "advance" -> {
                    time.advance(Period.parse(value.asText()));
                    jobs.runDue();
                }
                case "live" ->
                    live(clock.instant()
                            .atZone(BERLIN)
                            .plus(Period.parse(value.asText()))
                            .toInstant());
                case "live-to-deadline" ->
                    live(find(duty, occasion, story)
                            .deadline()
                            .on()
                            .plus(Period.parse(value.asText()))
                            .atTime(12, 0)
                            .atZone(BERLIN)
                            .toInstant());
                case "advance-to-deadline" -> {
                    Obligation waiting = find(duty, occasion, story);
                    ZonedDateTime then = waiting.deadline()
                            .on()
                            .plus(Period.parse(value.asText()))
                            .atTime(12, 0)
                            .atZone(BERLIN);
                    time.advance(Duration.between(clock.instant(), then));
                    jobs.runDue();
                }
                case "meeting" ->
                    meetings.add(new Meeting(
                            value.get("code").asText(),
                            Meeting.Kind.of(value.get("kind").asText()).orElseThrow(),
                            value.has("instrument") ? value.get("instrument").asText() : null,
                            null,
                            null,
                            Meeting.Span.day(
                                    LocalDate.parse(said(value.get("opening").asText()))),
                            LocalDate.parse(said(value.get("closing").asText())),
                            BERLIN,
                            false));
                case "load" -> {
                    Imports.Kind kind =
                            Imports.Kind.of(value.get("kind").asText()).orElseThrow();
                    StringBuilder file = new StringBuilder(String.join(",", kind.columns()));
                    value.get("lines").forEach(line -> file.append("\n").append(said(line.asText())));
                    String reason = value.has("reason") ? value.get("reason").asText() : "";
                    assertThat(imports.load(
                                            kind,
                                            file.toString().getBytes(StandardCharsets.UTF_8),
                                            new Imports.Loading("books.csv", reason, "secretariat"))
                                    .faults())
                            .as(where)
                            .isEmpty();
                    acts.workOff();
                    jobs.runDue();
                }
                case "expect-event" ->
                    assertThat(obligations.events(find(duty, occasion, story).id()))
                            .as(where)
                            .anySatisfy(event -> {
                                assertThat(event.kind().code())
                                        .isEqualTo(value.get("kind").asText());
                                assertThat(event.actor())
                                        .isEqualTo(value.get("actor").asText());
                                assertThat(event.details())
                                        .containsAllEntriesOf(YAML.convertValue(
                                                value.get("details"), new TypeReference<Map<String, String>>() {}));
                            });
                case "enter-invoice" ->
                    contributions.invoice(
                            new Contributions.Invoice(
                                    story.party(),
                                    Integer.parseInt(said(value.get("year").asText())),
                                    value.get("number").asText(),
                                    new BigDecimal(value.get("amount").asText()),
                                    Basis.ASSUMED,
                                    "Earlier books"),
                            "secretariat");
                case "expect-standing" -> {
                    Standing standing = contributions.standing(story.party());
                    assertThat(Map.of(
                                    "rights-lost", String.valueOf(standing.rightsLost()),
                                    "years-in-arrears", String.valueOf(standing.yearsInArrears())))
                            .as(where)
                            .containsAllEntriesOf(
                                    YAML.convertValue(value, new TypeReference<Map<String, String>>() {}));
                }
                case "absent" ->
                    appointments.absent(
                            value.get("seat").asText(),
                            today(),
                            today().plus(Period.parse(value.get("for").asText())));
                case "complete" -> {
                    OpenTask task = task(
                            where,
                            find(duty, occasion, story),
                            value.get("step").asText());
                    String user = value.get("as").asText();
                    tasks.submit(
                            task.taskId(),
                            user,
                            values(scenario, value.get("with"), task, story.party(), user),
                            Locale.ENGLISH);
                    jobs.runDue();
                }
                case "refuse" -> {
                    OpenTask task = task(
                            where,
                            find(duty, occasion, story),
                            value.get("step").asText());
                    String user = value.get("as").asText();
                    assertThatThrownBy(() -> tasks.submit(task.taskId(), user, Map.of(), Locale.ENGLISH))
                            .as(where)
                            .isInstanceOf(Tasks.NoSuchTask.class);
                }
                case "refuse-answers" -> {
                    OpenTask task = task(
                            where,
                            find(duty, occasion, story),
                            value.get("step").asText());
                    String user = value.get("as").asText();
                    Map<String, Object> answers = values(scenario, value.get("with"), task, story.party(), user);
                    assertThatThrownBy(() -> tasks.submit(task.taskId(), user, answers, Locale.ENGLISH))
                            .as(where)
                            .isInstanceOfSatisfying(InvalidSubmission.class, refused -> assertThat(refused.violations())
                                    .extracting(Violation::field)
                                    .containsExactly(value.get("field").asText()));
                }
                case "expect" -> expect(where, find(duty, occasion, story), value);
                case "expect-offered" ->
                    offers(
                            where,
                            task(
                                    where,
                                    find(duty, occasion, story),
                                    value.get("step").asText()),
                            find(duty, occasion, story),
                            value);
                case "expect-notices" ->
                    assertThat(noticesByKind(find(duty, occasion, story)))
                            .as(where)
                            .isEqualTo(YAML.convertValue(value, new TypeReference<TreeMap<String, Long>>() {}));
                case "expect-holder" ->
                    assertThat(seats.reachedBy(value.get("seat").asText()))
                            .as(where)
                            .extracting(Holder::name, Holder::confirmed)
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(
                                    value.get("name").asText(),
                                    value.get("confirmed").asBoolean()));
                default -> throw new IllegalArgumentException(where + ": no such step");
            }
            if (!occasion.isEmpty()) {
                for (Obligation about : cases(duty, occasion, story)) {
                    dates.check(where, about);
                    receipts.check(where, about);
                }
            }
        }
    }

    private void expect(String where, Obligation obligation, JsonNode expected) {
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            String text = entry.getValue().asText();
            String what = where + ", " + entry.getKey();
            switch (entry.getKey()) {
                case "state" -> assertThat(obligation.state().code()).as(what).isEqualTo(text);
                case "late" ->
                    assertThat(obligation.late())
                            .as(what)
                            .isEqualTo(entry.getValue().asBoolean());
                case "overdue" ->
                    assertThat(obligation.overdue(clock.instant()))
                            .as(what)
                            .isEqualTo(entry.getValue().asBoolean());
                case "next" ->
                    assertThat(
                                    obligation.nextAct() == null
                                            ? "none"
                                            : obligation.nextAct().rung())
                            .as(what)
                            .isEqualTo(text);
                case "deadline-in" ->
                    assertThat(obligation.deadline().on()).as(what).isEqualTo(today().plus(Period.parse(text)));
                case "tasks" ->
                    assertThat(obligations.tasks(obligation.id()))
                            .as(what)
                            .extracting(OpenTask::step)
                            .containsExactlyInAnyOrderElementsOf(
                                    YAML.convertValue(entry.getValue(), new TypeReference<List<String>>() {}));
                case "acting" ->
                    assertThat(obligations.submissions(obligation.id()))
                            .as(what)
                            .last()
                            .satisfies(last -> assertThat(last.acting())
                                    .isEqualTo(entry.getValue().asBoolean()));
                default -> throw new IllegalArgumentException(what + ": nothing of that name");
            }
        }
        assertThat(obligations.firstBrokenEvent(obligation.id()))
                .as(where + ", chain of events")
                .isEmpty();
    }

    /** What a step's form shows when it is opened: each value, and of lists as many rows with at least those cells. */
    private void offers(String where, OpenTask task, Obligation obligation, JsonNode expected) {
        Map<String, Object> shown =
                sources.openingOnBehalf(task, obligation, Locale.ENGLISH).values();
        for (Map.Entry<String, JsonNode> entry : expected.get("values").properties()) {
            Object value = shown.get(entry.getKey());
            if (!entry.getValue().isArray()) {
                assertThat(String.valueOf(value))
                        .as(where)
                        .isEqualTo(said(entry.getValue().asText()));
                continue;
            }
            List<?> rows = value == null ? List.of() : (List<?>) value;
            assertThat(rows).as(where).hasSize(entry.getValue().size());
            for (int i = 0; i < rows.size(); i++) {
                Map<?, ?> row = (Map<?, ?>) rows.get(i);
                entry.getValue().get(i).properties().forEach(cell -> assertThat(String.valueOf(row.get(cell.getKey())))
                        .as(where)
                        .isEqualTo(said(cell.getValue().asText())));
            }
        }
    }

    /** Without the receipts, which every submission of a Party has and no story needs to name. */
    private Map<String, Long> noticesByKind(Obligation obligation) {
        return notices.of(obligation.id()).stream()
                .filter(notice -> !notice.kind().equals(NoticeKinds.RECEIPT))
                .collect(
                        Collectors.groupingBy(notice -> kind(notice, obligation), TreeMap::new, Collectors.counting()));
    }

    /** What a list of Parties told of this one is in its ledger. */
    private String kind(Notice notice, Obligation obligation) {
        return notice.kind().equals("list")
                ? obligations.events(obligation.id()).stream()
                        .map(LedgerEvent::details)
                        .filter(details -> notice.id().toString().equals(details.get("list")))
                        .map(details -> details.get("kind"))
                        .findFirst()
                        .orElseThrow()
                : notice.kind();
    }

    private Obligation find(String duty, String occasion, Scenario.Story story) {
        return cases(duty, occasion, story).get(0);
    }

    private List<Obligation> cases(String duty, String occasion, Scenario.Story story) {
        return obligations
                .list(new Obligations.Filter(duty, story.party(), occasion, java.util.Set.of(), false), 0, 2)
                .items();
    }

    private OpenTask task(String where, Obligation obligation, String step) {
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> task.step().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError(where + ": no open task " + step));
    }

    private Map<String, Object> values(Scenario scenario, JsonNode with, OpenTask task, String party, String user)
            throws Exception {
        Map<String, Object> values = new TreeMap<>(
                with.isTextual()
                        ? scenario.answers(with.asText())
                        : YAML.convertValue(with, new TypeReference<Map<String, Object>>() {}));
        Form form = forms.find(task.duty(), task.step()).orElseThrow();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (entry.getValue() instanceof List<?> rows
                    && form.field(entry.getKey()).orElseThrow().type() == Form.Type.LIST) {
                List<Map<String, Object>> meant = new ArrayList<>();
                for (Object row : rows) {
                    Map<String, Object> cells = new TreeMap<>();
                    for (Map.Entry<?, ?> cell : ((Map<?, ?>) row).entrySet()) {
                        String slot = entry.getKey() + "." + cell.getKey();
                        cells.put((String) cell.getKey(), meant(cell.getValue(), slot, form, task, party, user));
                    }
                    meant.add(cells);
                }
                entry.setValue(meant);
            } else {
                entry.setValue(meant(entry.getValue(), entry.getKey(), form, task, party, user));
            }
        }
        return values;
    }

    /** The value, or what stands for: a day counted from today, a paper kept for the task. */
    private Object meant(Object value, String slot, Form form, OpenTask task, String party, String user)
            throws Exception {
        if (value instanceof String text && text.startsWith("@today")) {
            String offset = text.substring("@today".length());
            // what is over is over where the seat is; what is to come is counted as the meetings of the stories are
            LocalDate here = days.ofSeat(task.seatCode());
            LocalDate day = offset.isEmpty()
                    ? here
                    : offset.startsWith("-")
                            ? here.minus(Period.parse(offset.substring(1)))
                            : today().plus(Period.parse(offset.substring(1)));
            return day.toString();
        }
        if ("@paper".equals(value)) {
            assertThat(form.slots()).contains(slot);
            return documents
                    .keep(party, task.taskId(), slot, "letter.pdf", paper(), user)
                    .id()
                    .toString();
        }
        return value;
    }

    private static ByteArrayInputStream paper() {
        return new ByteArrayInputStream(("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                        + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Text with {@code @today}, {@code @today+P5D}, {@code @year} and {@code @year+1} as they are now. */
    private String said(String text) {
        String said = Pattern.compile("@year([+-]\\d)?")
                .matcher(text)
                .replaceAll(found -> String.valueOf(
                        today().getYear() + (found.group(1) == null ? 0 : Integer.parseInt(found.group(1)))));
        return Pattern.compile("@today(?:([+-])(P\\w+))?").matcher(said).replaceAll(found -> {
            Period offset = found.group(2) == null ? Period.ZERO : Period.parse(found.group(2));
            return ("-".equals(found.group(1)) ? today().minus(offset) : today().plus(offset)).toString();
        });
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BERLIN));
    }

    private void visitsEveryFlowNode(String key) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult();
        TreeSet<String> nodes =
                repository.getBpmnModelInstance(definition.getId()).getModelElementsByType(FlowNode.class).stream()
                        .map(FlowNode::getId)
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> visited =
                history.createHistoricActivityInstanceQuery().processDefinitionId(definition.getId()).list().stream()
                        .map(HistoricActivityInstance::getActivityId)
                        .distinct()
                        .toList();
        nodes.removeAll(visited);
        assertThat(nodes).as("flow nodes of %s that no story goes through", key).isEmpty();
    }
}
