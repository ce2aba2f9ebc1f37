package org.sterna.obligations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

@Component
@Transactional(propagation = Propagation.MANDATORY)
class JdbcLedger implements Ledger {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final TransactionTemplate savepoint;
    private final FirstDue firstDue;
    private final ApplicationEventPublisher events;
    private final Duties duties;
    private final Clock clock;

    JdbcLedger(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batch,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Duties duties,
            Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.firstDue = new FirstDue(jdbc, batch, savepoint);
        this.events = events;
        this.duties = duties;
        this.clock = clock;
    }

    @Override
    public List<Obligation> open(
            String duty,
            String occasion,
            Collection<String> partyCodes,
            Deadline deadline,
            Map<String, Deadline> further,
            String actor) {
        lockOccasion(duty, occasion);
        Set<String> missing = new LinkedHashSet<>(partyCodes);
        missing.removeAll(jdbc.sql("select party_code from obligation where duty = :duty and occasion = :occasion")
                .param("duty", duty)
                .param("occasion", occasion)
                .query(String.class)
                .set());
        if (missing.isEmpty()) {
            return List.of();
        }
        Instant now = now();
        jdbc.sql("update occasion set opened_at = :now where duty = :duty and code = :code and opened_at is null")
                .param("now", Rows.sql(now))
                .param("duty", duty)
                .param("code", occasion)
                .update();
        List<Obligation> opened = missing.stream()
                .map(party -> new Obligation(
                        UUID.randomUUID(),
                        duty,
                        occasion,
                        party,
                        Obligation.State.OPENING,
                        deadline,
                        now,
                        null,
                        false,
                        null))
                .toList();
        insert(opened, actor, now);
        insert(opened, further);
        opened.forEach(Known::is);
        opened.forEach(obligation -> firstDue.opened(obligation.id()));
        events.publishEvent(new ObligationsOpened(opened));
        return opened;
    }

    // one row per occasion, locked while its obligations are entered: openers queue instead of colliding
    @Override
    public void lockOccasion(String duty, String occasion) {
        try {
            savepoint.executeWithoutResult(
                    nested -> jdbc.sql("insert into occasion (duty, code) select :duty, :code where not exists"
                                    + " (select 1 from occasion where duty = :duty and code = :code)")
                            .param("duty", duty)
                            .param("code", occasion)
                            .update());
        } catch (DuplicateKeyException openedMeanwhile) {
            // the row is there, which is all that was wanted
        }
        jdbc.sql("select code from occasion where duty = :duty and code = :code for update")
                .param("duty", duty)
                .param("code", occasion)
                .query(String.class)
                .single();
    }

    private void insert(List<Obligation> opened, String actor, Instant now) {
        List<SqlParameterSource> rows = new ArrayList<>();
        List<SqlParameterSource> firstEvents = new ArrayList<>();
        for (Obligation obligation : opened) {
            Map<String, String> details = details(obligation.deadline());
            String hash = Chain.hash(Chain.START, obligation.id(), 1, now, LedgerEvent.Kind.OPENED, actor, details);
            rows.add(deadline(obligation.deadline())
                    .addValue("id", obligation.id())
                    .addValue("duty", obligation.duty())
                    .addValue("occasion", obligation.occasion())
                    .addValue("party", obligation.partyCode())
                    .addValue("state", obligation.state().name())
                    .addValue("opened", Rows.sql(now))
                    .addValue("hash", hash));
            firstEvents.add(event(obligation.id(), 1, now, LedgerEvent.Kind.OPENED, actor, details, hash));
        }
        batch.batchUpdate(
                "insert into obligation (id, duty, occasion, party_code, state, deadline_on, deadline_zone,"
                        + " deadline_at, deadline_origin, deadline_reference, deadline_provisional, opened_at, late,"
                        + " event_count, head_hash) values (:id, :duty, :occasion, :party, :state, :on, :zone, :at,"
                        + " :origin, :reference, :provisional, :opened, false, 1, :hash)",
                rows.toArray(SqlParameterSource[]::new));
        batch.batchUpdate(INSERT_EVENT, firstEvents.toArray(SqlParameterSource[]::new));
    }

    /** The rows of duties with further deadlines; the main one is among them. */
    private void insert(List<Obligation> opened, Map<String, Deadline> further) {
        if (further.isEmpty()) {
            return;
        }
        List<SqlParameterSource> rows = new ArrayList<>();
        for (Obligation obligation : opened) {
            rows.add(named(obligation.id(), Duty.DUE, obligation.deadline()));
            further.forEach((name, deadline) -> rows.add(named(obligation.id(), name, deadline)));
        }
        batch.batchUpdate(INSERT_DEADLINE, rows.toArray(SqlParameterSource[]::new));
    }

    @Override
    public boolean taskOpened(OpenTask task) {
        batch.update(INSERT_TASK, row(task));
        append(task.obligationId(), LedgerEvent.Kind.TASK_OPENED, LedgerEvent.SYSTEM, details(task));
        settleState(task.obligationId());
        return settleDeadline(task);
    }

    private static final String INSERT_TASK =
            "insert into obligation_task (task_id, obligation_id, duty, step, seat_code, created_at, due_at,"
                    + " deadline_name) values (:task, :obligation, :duty, :step, :seat, :created, :due, :name)";

    private static SqlParameterSource row(OpenTask task) {
        return new MapSqlParameterSource()
                .addValue("task", task.taskId())
                .addValue("obligation", task.obligationId())
                .addValue("duty", task.duty())
                .addValue("step", task.step())
                .addValue("seat", task.seatCode())
                .addValue("created", Rows.sql(task.createdAt()))
                .addValue("due", Rows.sql(task.dueAt()))
                .addValue("name", task.deadlineName());
    }

    private static Map<String, String> details(OpenTask task) {
        return Map.of("step", task.step(), "process", task.duty(), "seat", task.seatCode());
    }

    @Override
    public void started(List<Start> starts) {
        List<SqlParameterSource> tasks = new ArrayList<>();
        List<SqlParameterSource> rows = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        for (Start start : starts) {
            start.tasks().forEach(task -> {
                tasks.add(row(task));
                facts.add(
                        new Fact(task.obligationId(), LedgerEvent.Kind.TASK_OPENED, LedgerEvent.SYSTEM, details(task)));
            });
        }
        batch(INSERT_TASK, tasks);
        enter(facts);
        for (Start start : starts) {
            Obligation.NextAct next = start.nextAct();
            rows.add(row(start.obligationId(), head(start.obligationId()))
                    .addValue(
                            "state",
                            stateWith(start.tasks(), locked(start.obligationId()))
                                    .name())
                    .addValue("rung", next == null ? null : next.rung())
                    .addValue("at", next == null ? null : Rows.sql(next.at())));
        }
        batch(
                "update obligation set state = :state, next_rung = :rung, next_at = :at, event_count = :number,"
                        + " head_hash = :hash where id = :id",
                rows);
        starts.forEach(start -> changed(start.obligationId()));
        starts.stream()
                .flatMap(start -> start.tasks().stream())
                .filter(task ->
                        task.deadlineName() != null && !task.deadlineName().equals(Duty.DUE))
                .forEach(this::settleDeadline);
    }

    /** What {@link #settleState} finds, where the steps that wait are at hand. */
    private static Obligation.State stateWith(List<OpenTask> waiting, Obligation obligation) {
        if (waiting.stream()
                .anyMatch(task -> task.duty().equals(obligation.duty()) && obligation.ofParty(task.seatCode()))) {
            return Obligation.State.WITH_PARTY;
        }
        return waiting.isEmpty() ? obligation.state() : Obligation.State.WITH_SECRETARIAT;
    }

    @Override
    public boolean taskDone(String taskId, @Nullable String doneBy) {
        OpenTask task = jdbc.sql("select * from obligation_task where task_id = :task and done_at is null")
                .param("task", taskId)
                .query(Rows::task)
                .optional()
                .orElse(null);
        if (task == null) {
            return false;
        }
        jdbc.sql("update obligation_task set done_at = :now, done_by = :by where task_id = :task")
                .param("now", Rows.sql(now()))
                .param("by", doneBy)
                .param("task", taskId)
                .update();
        jdbc.sql("delete from draft where task_id = :task")
                .param("task", taskId)
                .update();
        if (doneBy == null) {
            append(
                    task.obligationId(),
                    LedgerEvent.Kind.TASK_WITHDRAWN,
                    LedgerEvent.SYSTEM,
                    Map.of("step", task.step(), "process", task.duty(), "seat", task.seatCode()));
        }
        settleState(task.obligationId());
        return settleDeadline(task);
    }

    /** Of several deadlines that one stands which is the first of the steps that wait; the last one, if none waits. */
    private boolean settleDeadline(OpenTask changed) {
        if (changed.deadlineName() == null) {
            return false;
        }
        Obligation obligation = locked(changed.obligationId());
        Set<String> waiting = new HashSet<>();
        jdbc.sql("select deadline_name from obligation_task where obligation_id = :id and done_at is null"
                        + " and deadline_name is not null")
                .param("id", obligation.id())
                .query(String.class)
                .list()
                .forEach(name -> waiting.add(binding(obligation, name)));
        Optional<String> first = waiting.size() < 2
                ? waiting.stream().findFirst()
                : jdbc.sql("select name from obligation_deadline where obligation_id = :id and name in (:names)"
                                + " order by deadline_at, name fetch first 1 rows only")
                        .param("id", obligation.id())
                        .param("names", waiting)
                        .query(String.class)
                        .optional();
        if (first.isEmpty() || first.get().equals(obligation.deadlineName())) {
            return false;
        }
        stand(obligation, first.get());
        return true;
    }

    private String binding(Obligation obligation, String name) {
        return duties.find(obligation.duty()).map(duty -> duty.binding(name)).orElse(name);
    }

    private Deadline deadline(Obligation obligation, String name) {
        return jdbc.sql("select * from obligation_deadline where obligation_id = :id and name = :name")
                .param("id", obligation.id())
                .param("name", name)
                .query((row, number) -> Rows.deadline(row))
                .single();
    }

    private void stand(Obligation obligation, String name) {
        Deadline standing = deadline(obligation, name);
        batch.update(
                UPDATE_STANDING,
                deadline(standing).addValue("id", obligation.id()).addValue("name", name));
        placed(obligation.id());
    }

    @Override
    public void letStand(UUID obligationId, String name) {
        Obligation obligation = locked(obligationId);
        boolean waits = jdbc.sql("select count(*) from obligation_task where obligation_id = :id and done_at is null"
                                + " and deadline_name is not null")
                        .param("id", obligationId)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!waits && !name.equals(obligation.deadlineName())) {
            stand(obligation, name);
        }
    }

    /**
     * With the Party while a step of the duty itself waits for one of its seats, with the Secretariat while anything
     * else waits; unchanged between two steps of one transaction, and once ended.
     */
    private void settleState(UUID obligationId) {
        jdbc.sql("update obligation set state = case"
                        + " when exists (select 1 from obligation_task t where t.obligation_id = obligation.id"
                        + " and t.done_at is null and t.duty = obligation.duty"
                        + " and t.seat_code like '%-' || obligation.party_code) then 'WITH_PARTY'"
                        + " when exists (select 1 from obligation_task t where t.obligation_id = obligation.id"
                        + " and t.done_at is null) then 'WITH_SECRETARIAT' else state end"
                        + " where id = :id and closed_at is null")
                .param("id", obligationId)
                .update();
        changed(obligationId);
    }

    @Override
    public Submission submit(
            OpenTask task, Map<String, Object> values, String username, boolean acting, Map<String, String> details) {
        Obligation obligation = locked(task.obligationId());
        Instant now = now();
        boolean byParty = obligation.ofParty(task.seatCode());
        String came = details.get(LedgerEvent.RECEIVED_ON);
        Instant received = came == null
                ? now
                : LocalDate.parse(came)
                        .atStartOfDay(obligation.deadline().zone())
                        .toInstant();
        boolean late = byParty && received.isAfter(lateAfter(task, obligation));
        int version = jdbc.sql("select count(*) from submission where obligation_id = :id and step = :step")
                        .param("id", task.obligationId())
                        .param("step", task.step())
                        .query(Integer.class)
                        .single()
                + 1;
        UUID id = UUID.randomUUID();
        String answers = Answers.write(values);
        GeneratedKeyHolder number = new GeneratedKeyHolder();
        jdbc.sql("insert into submission (id, obligation_id, task_id, step, version, answers, submitted_by, seat_code,"
                        + " acting, late, submitted_at) values (:id, :obligation, :task, :step, :version, :answers,"
                        + " :by, :seat, :acting, :late, :at)")
                .param("id", id)
                .param("obligation", task.obligationId())
                .param("task", task.taskId())
                .param("step", task.step())
                .param("version", version)
                .param("answers", answers)
                .param("by", username)
                .param("seat", task.seatCode())
                .param("acting", acting)
                .param("late", late)
                .param("at", Rows.sql(now))
                .update(number, "number");
        if (byParty) {
            jdbc.sql("update obligation set late = late or :late, answered_at = :now where id = :id")
                    .param("late", late)
                    .param("now", Rows.sql(now))
                    .param("id", task.obligationId())
                    .update();
            changed(task.obligationId());
        }
        String receipt = Rows.receipt(
                Objects.requireNonNull(number.getKey(), "number of the submission")
                        .longValue(),
                now);
        Map<String, String> told = new HashMap<>(details);
        told.putAll(Map.of(
                "step", task.step(),
                "process", task.duty(),
                "seat", task.seatCode(),
                "receipt", receipt,
                "version", Integer.toString(version),
                "answers", Chain.digest(answers)));
        append(task.obligationId(), LedgerEvent.Kind.SUBMITTED, username, told);
        return new Submission(
                id,
                task.obligationId(),
                task.taskId(),
                task.step(),
                version,
                Answers.read(answers),
                username,
                task.seatCode(),
                acting,
                late,
                now,
                receipt);
    }

    private Instant lateAfter(OpenTask task, Obligation obligation) {
        if (task.deadlineName() == null || task.dueAt() == null) {
            return obligation.deadline().at();
        }
        String binding = binding(obligation, task.deadlineName());
        if (binding.equals(task.deadlineName())) {
            return task.dueAt();
        }
        return binding.equals(obligation.deadlineName())
                ? obligation.deadline().at()
                : deadline(obligation, binding).at();
    }

    @Override
    public void plan(UUID obligationId, Obligation.@Nullable NextAct nextAct) {
        plan(Collections.singletonMap(obligationId, nextAct));
    }

    @Override
    public void plan(Map<UUID, Obligation.@Nullable NextAct> nextActs) {
        List<SqlParameterSource> rows = new ArrayList<>();
        nextActs.forEach((id, next) -> rows.add(new MapSqlParameterSource()
                .addValue("rung", next == null ? null : next.rung())
                .addValue("at", next == null ? null : Rows.sql(next.at()))
                .addValue("id", id)));
        batch("update obligation set next_rung = :rung, next_at = :at where id = :id and closed_at is null", rows);
        nextActs.keySet().forEach(this::changed);
    }

    @Override
    public void moveDeadline(UUID obligationId, Deadline deadline, String actor) {
        moveDeadline(obligationId, locked(obligationId).deadlineName(), deadline, actor);
    }

    @Override
    public void moveDeadline(UUID obligationId, String name, Deadline deadline, String actor) {
        moveDeadlines(Map.of(obligationId, Map.of(name, deadline)), actor);
    }

    @Override
    public void moveDeadlines(Map<UUID, Map<String, Deadline>> deadlines, String actor) {
        Map<UUID, Map<String, Deadline>> kept = kept(deadlines.keySet());
        List<SqlParameterSource> added = new ArrayList<>();
        List<SqlParameterSource> changed = new ArrayList<>();
        List<MapSqlParameterSource> standing = new ArrayList<>();
        List<SqlParameterSource> tasks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        deadlines.forEach((id, moved) -> {
            Obligation obligation = locked(id);
            Map<String, Deadline> rows = kept.computeIfAbsent(id, none -> new HashMap<>());
            moved.forEach((name, deadline) -> {
                boolean stands = name.equals(obligation.deadlineName());
                Deadline before = rows.isEmpty() && stands ? obligation.deadline() : rows.get(name);
                // only an obligation with several deadlines keeps them in rows of their own
                if (!rows.isEmpty() || !stands) {
                    if (rows.isEmpty()) {
                        added.add(named(id, obligation.deadlineName(), obligation.deadline()));
                        rows.put(obligation.deadlineName(), obligation.deadline());
                    }
                    (rows.put(name, deadline) == null ? added : changed).add(named(id, name, deadline));
                }
                if (stands) {
                    standing.add(named(id, name, deadline));
                }
                tasks.add(new MapSqlParameterSource()
                        .addValue("at", Rows.sql(deadline.at()))
                        .addValue("id", id)
                        .addValue("duty", obligation.duty())
                        .addValue("party", obligation.partyCode())
                        .addValue("name", name));
                facts.add(new Fact(id, LedgerEvent.Kind.DEADLINE_MOVED, actor, details(name, deadline, before)));
            });
        });
        batch(INSERT_DEADLINE, added);
        batch(UPDATE_DEADLINE, changed);
        batch(UPDATE_DUE, tasks);
        deadlines.keySet().forEach(this::placed);
        Map<UUID, Known.Head> heads = enter(facts);
        batch(
                UPDATE_STANDING_AND_HEAD,
                standing.stream()
                        .<SqlParameterSource>map(row -> withHead(row, heads.remove((UUID) row.getValue("id"))))
                        .toList());
        note(heads);
    }

    private void placed(UUID obligationId) {
        Known.changed(obligationId);
        firstDue.placed(obligationId);
    }

    private void changed(UUID obligationId) {
        Known.changed(obligationId);
        firstDue.changed(obligationId);
    }

    private void batch(String statement, List<SqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            batch.batchUpdate(statement, rows.toArray(SqlParameterSource[]::new));
        }
    }

    /** The deadlines that obligations keep in rows of their own, by name. */
    private Map<UUID, Map<String, Deadline>> kept(Collection<UUID> obligationIds) {
        Map<UUID, Map<String, Deadline>> kept = new HashMap<>();
        if (!obligationIds.isEmpty()) {
            jdbc.sql("select * from obligation_deadline where obligation_id in (:ids)")
                    .param("ids", obligationIds)
                    .query(row -> {
                        kept.computeIfAbsent(row.getObject("obligation_id", UUID.class), id -> new HashMap<>())
                                .put(row.getString("name"), Rows.deadline(row));
                    });
        }
        return kept;
    }

    private static Map<String, String> details(String name, Deadline deadline, @Nullable Deadline before) {
        Map<String, String> details = details(deadline);
        if (before != null) {
            details.put("before", before.on().toString());
        }
        if (!name.equals(Duty.DUE)) {
            details.put("name", name);
        }
        return details;
    }

    @Override
    public void close(UUID obligationId, Obligation.State outcome, String actor, Map<String, String> details) {
        if (outcome.open()) {
            throw new IllegalArgumentException("Not an outcome: " + outcome);
        }
        Obligation obligation = locked(obligationId);
        if (!obligation.state().open()) {
            throw new IllegalStateException("The obligation has ended already");
        }
        append(obligationId, LedgerEvent.Kind.valueOf(outcome.name()), actor, details);
        jdbc.sql("update obligation set state = :state, closed_at = :now, next_rung = null, next_at = null"
                        + " where id = :id")
                .param("state", outcome.name())
                .param("now", Rows.sql(now()))
                .param("id", obligationId)
                .update();
        placed(obligationId);
        events.publishEvent(new ObligationEnded(obligation, outcome));
    }

    @Override
    public void reopen(UUID obligationId, String actor, Map<String, String> details) {
        if (locked(obligationId).state().open()) {
            throw new IllegalStateException("The obligation has not ended");
        }
        append(obligationId, LedgerEvent.Kind.REOPENED, actor, details);
        jdbc.sql("update obligation set state = :state, closed_at = null where id = :id")
                .param("state", Obligation.State.OPENING.name())
                .param("id", obligationId)
                .update();
        placed(obligationId);
    }

    @Override
    public void reassign(String taskId, String seatCode, String actor, Map<String, String> details) {
        OpenTask task = jdbc.sql("select * from obligation_task where task_id = :task and done_at is null for update")
                .param("task", taskId)
                .query(Rows::task)
                .optional()
                .orElseThrow(() -> new IllegalStateException("The step waits no more"));
        jdbc.sql("update obligation_task set seat_code = :seat where task_id = :task")
                .param("seat", seatCode)
                .param("task", taskId)
                .update();
        Map<String, String> told = new HashMap<>(details);
        told.putAll(
                Map.of("step", task.step(), "process", task.duty(), "seatBefore", task.seatCode(), "seat", seatCode));
        append(task.obligationId(), LedgerEvent.Kind.REASSIGNED, actor, told);
        settleState(task.obligationId());
    }

    @Override
    public void record(UUID obligationId, LedgerEvent.Kind kind, String actor, Map<String, String> details) {
        append(obligationId, kind, actor, details);
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS)
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Optional<Obligation> lock(UUID obligationId) {
        return Known.locked(obligationId).or(() -> jdbc.sql("select * from obligation where id = :id for update")
                .param("id", obligationId)
                .query(JdbcLedger::lockedRow)
                .optional());
    }

    @Override
    public List<Obligation> lock(Collection<UUID> obligationIds) {
        return obligationIds.isEmpty()
                ? List.of()
                : jdbc.sql("select * from obligation where id in (:ids) order by id for update")
                        .param("ids", obligationIds)
                        .query(JdbcLedger::lockedRow)
                        .list();
    }

    @Override
    public List<Obligation> lockCases(Collection<String> businessKeys) {
        return businessKeys.isEmpty()
                ? List.of()
                : jdbc.sql("select * from obligation where (duty, occasion, party_code) in (:keys)"
                                + " order by id for update")
                        .param(
                                "keys",
                                businessKeys.stream()
                                        .map(key -> (Object[]) key.split("/", 3))
                                        .toList())
                        .query(JdbcLedger::lockedRow)
                        .list();
    }

    private static Obligation lockedRow(ResultSet row, int number) throws SQLException {
        Obligation obligation = Rows.obligation(row, number);
        Known.isLocked(obligation, new Known.Head(row.getInt("event_count"), row.getString("head_hash")));
        return obligation;
    }

    private Obligation locked(UUID obligationId) {
        return lock(obligationId).orElseThrow();
    }

    private void append(UUID obligationId, LedgerEvent.Kind kind, String actor, Map<String, String> details) {
        record(List.of(new Fact(obligationId, kind, actor, details)));
    }

    @Override
    public void record(List<Fact> facts) {
        note(enter(facts));
    }

    private void note(Map<UUID, Known.Head> heads) {
        batch(
                "update obligation set event_count = :number, head_hash = :hash where id = :id",
                heads.entrySet().stream()
                        .<SqlParameterSource>map(head -> row(head.getKey(), head.getValue()))
                        .toList());
    }

    /** Enters events, and gives the newest of each obligation; to be noted in its row. */
    private Map<UUID, Known.Head> enter(List<Fact> facts) {
        Instant now = now();
        List<SqlParameterSource> added = new ArrayList<>();
        Map<UUID, Known.Head> heads = new LinkedHashMap<>();
        for (Fact fact : facts) {
            UUID id = fact.obligationId();
            Known.Head head = heads.containsKey(id) ? heads.get(id) : head(id);
            int number = head.count() + 1;
            String hash = Chain.hash(head.hash(), id, number, now, fact.kind(), fact.actor(), fact.details());
            added.add(event(id, number, now, fact.kind(), fact.actor(), fact.details(), hash));
            heads.put(id, new Known.Head(number, hash));
        }
        batch(INSERT_EVENT, added);
        heads.forEach(Known::head);
        return heads;
    }

    private static MapSqlParameterSource row(UUID obligationId, Known.Head head) {
        return withHead(new MapSqlParameterSource().addValue("id", obligationId), head);
    }

    private static MapSqlParameterSource withHead(MapSqlParameterSource row, Known.Head head) {
        return row.addValue("number", head.count()).addValue("hash", head.hash());
    }

    private Known.Head head(UUID obligationId) {
        return Known.head(
                obligationId, () -> jdbc.sql("select event_count, head_hash from obligation where id = :id for update")
                        .param("id", obligationId)
                        .query((row, number) -> new Known.Head(row.getInt("event_count"), row.getString("head_hash")))
                        .single());
    }

    private static final String INSERT_EVENT =
            "insert into obligation_event (obligation_id, number, happened_at, kind, actor, details, hash)"
                    + " values (:obligation, :number, :at, :kind, :actor, :details, :hash)";

    private static MapSqlParameterSource event(
            UUID obligationId,
            int number,
            Instant at,
            LedgerEvent.Kind kind,
            String actor,
            Map<String, String> details,
            String hash) {
        return new MapSqlParameterSource()
                .addValue("obligation", obligationId)
                .addValue("number", number)
                .addValue("at", Rows.sql(at))
                .addValue("kind", kind.name())
                .addValue("actor", actor)
                .addValue("details", Answers.write(details))
                .addValue("hash", hash);
    }

    private static final String INSERT_DEADLINE =
            "insert into obligation_deadline (obligation_id, name, deadline_on, deadline_zone, deadline_at,"
                    + " deadline_origin, deadline_reference, deadline_provisional)"
                    + " values (:id, :name, :on, :zone, :at, :origin, :reference, :provisional)";

    private static final String UPDATE_DEADLINE =
            "update obligation_deadline set deadline_on = :on, deadline_zone = :zone, deadline_at = :at,"
                    + " deadline_origin = :origin, deadline_reference = :reference,"
                    + " deadline_provisional = :provisional where obligation_id = :id and name = :name";

    private static final String UPDATE_DUE =
            "update obligation_task set due_at = :at where obligation_id = :id and duty = :duty"
                    + " and done_at is null and seat_code like '%-' || :party"
                    + " and coalesce(deadline_name, '" + Duty.DUE + "') = :name";

    private static final String STANDING = "deadline_on = :on, deadline_zone = :zone, deadline_at = :at,"
            + " deadline_origin = :origin, deadline_reference = :reference,"
            + " deadline_provisional = :provisional, deadline_name = :name";

    private static final String UPDATE_STANDING = "update obligation set " + STANDING + " where id = :id";

    private static final String UPDATE_STANDING_AND_HEAD =
            "update obligation set " + STANDING + ", event_count = :number, head_hash = :hash where id = :id";

    private static MapSqlParameterSource named(UUID obligationId, String name, Deadline deadline) {
        return deadline(deadline).addValue("id", obligationId).addValue("name", name);
    }

    private static MapSqlParameterSource deadline(Deadline deadline) {
        return new MapSqlParameterSource()
                .addValue("on", deadline.on())
                .addValue("zone", deadline.zone().getId())
                .addValue("at", Rows.sql(deadline.at()))
                .addValue("origin", deadline.origin().name())
                .addValue("reference", deadline.reference())
                .addValue("provisional", deadline.provisional());
    }

    private static Map<String, String> details(Deadline deadline) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("deadline", deadline.on().toString());
        details.put("origin", deadline.origin().name().toLowerCase(java.util.Locale.ROOT));
        if (deadline.reference() != null) {
            details.put("reference", deadline.reference());
        }
        return details;
    }
}
