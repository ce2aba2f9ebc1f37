package org.sterna.obligations;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

@Component
class JdbcObligations implements Obligations {

    private static final String OVERDUE = "closed_at is null and state in ('OPENING', 'WITH_PARTY')"
            + " and deadline_at < :now and duty not in (:voluntary)";

    private static final String OPEN_FOR = "closed_at is null and (occasion = :occasion or duty in (:duties))";

    /** Fewer than a statement may have parameters on any database. */
    private static final int AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final Duties duties;
    private final Clock clock;

    JdbcObligations(JdbcClient jdbc, Duties duties, Clock clock) {
        this.jdbc = jdbc;
        this.duties = duties;
        this.clock = clock;
    }

    @Override
    public Optional<Obligation> find(UUID id) {
        return Known.obligation(id, () -> jdbc.sql("select * from obligation where id = :id")
                .param("id", id)
                .query(Rows::obligation)
                .optional());
    }

    @Override
    public Optional<Obligation> find(String duty, String occasion, String partyCode) {
        return Known.obligation(duty, occasion, partyCode, () -> jdbc.sql("select * from obligation where duty = :duty"
                        + " and occasion = :occasion and party_code = :party")
                .param("duty", duty)
                .param("occasion", occasion)
                .param("party", partyCode)
                .query(Rows::obligation)
                .optional());
    }

    @Override
    public List<Obligation> findAll(Collection<UUID> ids) {
        List<Obligation> found = new ArrayList<>();
        List<UUID> wanted = new ArrayList<>();
        for (UUID id : new LinkedHashSet<>(ids)) {
            Known.obligation(id).ifPresentOrElse(found::add, () -> wanted.add(id));
        }
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            found.addAll(jdbc.sql("select * from obligation where id in (:ids)")
                    .param("ids", wanted.subList(from, Math.min(from + AT_ONCE, wanted.size())))
                    .query(Rows::obligation)
                    .list());
        }
        return found;
    }

    @Override
    public Page<Obligation> list(Filter filter, int page, int size) {
        if (page < 0 || size < 1 || size > 500) {
            throw new IllegalArgumentException("A page starts at 0 and holds 1 to 500, not " + page + " and " + size);
        }
        if (Stream.of(filter.duty(), filter.partyCode(), filter.occasion())
                .anyMatch(text -> text != null && text.indexOf('\0') >= 0)) {
            // no text in a database has this character, and PostgreSQL refuses to be asked
            return new Page<>(List.of(), 0);
        }
        String where = where(filter);
        List<Obligation> items = bind(
                        jdbc.sql("select * from obligation " + where
                                + " order by case when closed_at is null then 0 else 1 end, deadline_at, party_code, id"
                                + " offset :from rows fetch first :size rows only"),
                        filter)
                .param("from", (long) page * size)
                .param("size", size)
                .query(Rows::obligation)
                .list();
        long total = page == 0 && items.size() < size
                ? items.size()
                : bind(jdbc.sql("select count(*) from obligation " + where), filter)
                        .query(Long.class)
                        .single();
        return new Page<>(items, total);
    }

    private static String where(Filter filter) {
        List<String> conditions = new ArrayList<>();
        if (filter.duty() != null) {
            conditions.add("duty = :duty");
        }
        if (filter.partyCode() != null) {
            conditions.add("party_code = :party");
        }
        if (filter.occasion() != null) {
            conditions.add("occasion = :occasion");
        }
        if (!filter.states().isEmpty()) {
            conditions.add("state in (:states)");
        }
        if (filter.overdueOnly()) {
            conditions.add(OVERDUE);
        }
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Filter filter) {
        if (filter.duty() != null) {
            statement = statement.param("duty", filter.duty());
        }
        if (filter.partyCode() != null) {
            statement = statement.param("party", filter.partyCode());
        }
        if (filter.occasion() != null) {
            statement = statement.param("occasion", filter.occasion());
        }
        if (!filter.states().isEmpty()) {
            statement = statement.param(
                    "states", filter.states().stream().map(Enum::name).toList());
        }
        return filter.overdueOnly()
                ? statement.param("now", Rows.sql(clock.instant())).param("voluntary", voluntary())
                : statement;
    }

    /** Keys of the duties that are never overdue; one that no duty has stands for none. */
    private List<String> voluntary() {
        return Stream.concat(
                        Stream.of(""),
                        duties.all().stream().filter(Duty::voluntary).map(Duty::key))
                .toList();
    }

    @Override
    public List<Obligation> open(String occasion, Collection<String> duties) {
        return jdbc.sql("select * from obligation where " + OPEN_FOR)
                .param("occasion", occasion)
                .param("duties", orNone(duties))
                .query(Rows::obligation)
                .list();
    }

    @Override
    public Map<UUID, Map<String, Deadline>> openDeadlines(String occasion, Collection<String> duties) {
        Map<UUID, Map<String, Deadline>> found = new HashMap<>();
        jdbc.sql("select * from obligation_deadline where obligation_id in (select id from obligation where " + OPEN_FOR
                        + ") order by deadline_at, name")
                .param("occasion", occasion)
                .param("duties", orNone(duties))
                .query(row -> {
                    found.computeIfAbsent(row.getObject("obligation_id", UUID.class), id -> new LinkedHashMap<>())
                            .put(row.getString("name"), Rows.deadline(row));
                });
        return found;
    }

    /** Key that no duty has, where a list must not be empty. */
    private static Collection<String> orNone(Collection<String> duties) {
        return duties.isEmpty() ? List.of("") : duties;
    }

    @Override
    public Counts counts() {
        return jdbc.sql("select count(*) as open_count,"
                        + " coalesce(sum(case when state = 'WITH_PARTY' then 1 else 0 end), 0) as with_party,"
                        + " coalesce(sum(case when state = 'WITH_SECRETARIAT' then 1 else 0 end), 0) as with_secretariat,"
                        + " coalesce(sum(case when " + OVERDUE + " then 1 else 0 end), 0) as overdue"
                        + " from obligation where closed_at is null")
                .param("now", Rows.sql(clock.instant()))
                .param("voluntary", voluntary())
                .query((row, number) -> new Counts(
                        row.getLong("open_count"),
                        row.getLong("with_party"),
                        row.getLong("with_secretariat"),
                        row.getLong("overdue")))
                .single();
    }

    @Override
    public List<OpenTask> tasksOf(Collection<String> seatCodes) {
        if (seatCodes.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select * from obligation_task where done_at is null and seat_code in (:seats)"
                        + " order by case when due_at is null then 1 else 0 end, due_at, created_at, task_id")
                .param("seats", seatCodes)
                .query(Rows::task)
                .list();
    }

    @Override
    public Optional<OpenTask> task(String taskId) {
        return jdbc.sql("select * from obligation_task where task_id = :task and done_at is null")
                .param("task", taskId)
                .query(Rows::task)
                .optional();
    }

    @Override
    public Map<String, OpenTask> findTasks(Collection<String> taskIds) {
        return taskIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from obligation_task where task_id in (:tasks) and done_at is null")
                        .param("tasks", Set.copyOf(taskIds))
                        .query(Rows::task)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(OpenTask::taskId, task -> task));
    }

    @Override
    public Map<UUID, Map<String, Deadline>> deadlines(Collection<UUID> obligationIds) {
        Map<UUID, Map<String, Deadline>> found = new HashMap<>(Known.deadlines(obligationIds));
        Set<UUID> unknown = new HashSet<>(obligationIds);
        unknown.removeAll(found.keySet());
        if (!unknown.isEmpty()) {
            Map<UUID, Map<String, Deadline>> read = new HashMap<>();
            jdbc.sql("select * from obligation_deadline where obligation_id in (:ids) order by deadline_at, name")
                    .param("ids", unknown)
                    .query(row -> {
                        read.computeIfAbsent(row.getObject("obligation_id", UUID.class), id -> new LinkedHashMap<>())
                                .put(row.getString("name"), Rows.deadline(row));
                    });
            unknown.forEach(id -> Known.deadlines(id, read.getOrDefault(id, Map.of())));
            found.putAll(read);
        }
        found.values().removeIf(Map::isEmpty);
        return found;
    }

    @Override
    public Optional<DoneTask> doneTask(String taskId) {
        return jdbc.sql("select * from obligation_task where task_id = :task and done_at is not null")
                .param("task", taskId)
                .query(Rows::doneTask)
                .optional();
    }

    @Override
    public List<OpenTask> tasks(UUID obligationId) {
        return jdbc.sql("select * from obligation_task where obligation_id = :id and done_at is null"
                        + " order by created_at, task_id")
                .param("id", obligationId)
                .query(Rows::task)
                .list();
    }

    @Override
    public Map<UUID, List<OpenTask>> tasks(Collection<UUID> obligationIds) {
        return obligationIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from obligation_task where obligation_id in (:ids) and done_at is null"
                                + " order by created_at, task_id")
                        .param("ids", Set.copyOf(obligationIds))
                        .query(Rows::task)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(OpenTask::obligationId));
    }

    @Override
    public List<LedgerEvent> events(UUID obligationId) {
        return jdbc.sql("select * from obligation_event where obligation_id = :id order by number")
                .param("id", obligationId)
                .query(Rows::event)
                .list();
    }

    @Override
    public List<Submission> submissions(UUID obligationId) {
        return jdbc.sql("select * from submission where obligation_id = :id order by number")
                .param("id", obligationId)
                .query(Rows::submission)
                .list();
    }

    @Override
    public Map<String, List<Submission>> submissions(String partyCode, String occasion, Collection<String> duties) {
        if (duties.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Submission>> byDuty = new HashMap<>();
        jdbc.sql("select s.*, o.duty as of_duty from submission s join obligation o on o.id = s.obligation_id"
                        + " where o.party_code = :party and o.occasion = :occasion and o.duty in (:duties)"
                        + " order by s.number")
                .param("party", partyCode)
                .param("occasion", occasion)
                .param("duties", Set.copyOf(duties))
                .query((row, number) -> byDuty.computeIfAbsent(row.getString("of_duty"), duty -> new ArrayList<>())
                        .add(Rows.submission(row, number)))
                .list();
        return byDuty;
    }

    @Override
    public Optional<Elsewhere> newestElsewhere(Obligation obligation, String step) {
        return jdbc.sql("select s.*, o.occasion as of_occasion from submission s"
                        + " join obligation o on o.id = s.obligation_id"
                        + " where o.duty = :duty and o.party_code = :party and o.id <> :id and s.step = :step"
                        + " order by s.number desc fetch first 1 rows only")
                .param("duty", obligation.duty())
                .param("party", obligation.partyCode())
                .param("id", obligation.id())
                .param("step", step)
                .query((row, number) -> new Elsewhere(row.getString("of_occasion"), Rows.submission(row, number)))
                .optional();
    }

    @Override
    public Optional<Integer> firstBrokenEvent(UUID obligationId) {
        List<LedgerEvent> events = events(obligationId);
        Map<String, String> answers = digests(obligationId);
        String previous = Chain.START;
        int expected = 1;
        for (LedgerEvent event : events) {
            String hash = Chain.hash(
                    previous, obligationId, event.number(), event.at(), event.kind(), event.actor(), event.details());
            boolean answersFit = event.kind() != LedgerEvent.Kind.SUBMITTED
                    || Objects.equals(
                            event.details().get("answers"),
                            answers.remove(event.details().get("receipt")));
            if (event.number() != expected || !hash.equals(event.hash()) || !answersFit) {
                return Optional.of(expected);
            }
            previous = event.hash();
            expected++;
        }
        boolean headFits = jdbc.sql(
                                "select count(*) from obligation where id = :id and event_count = :count and head_hash = :hash")
                        .param("id", obligationId)
                        .param("count", events.size())
                        .param("hash", previous)
                        .query(Long.class)
                        .single()
                == 1;
        return headFits && answers.isEmpty() ? Optional.empty() : Optional.of(expected);
    }

    /** Digests of the answers as they are kept now, by receipt. */
    private Map<String, String> digests(UUID obligationId) {
        Map<String, String> digests = new HashMap<>();
        jdbc.sql("select number, submitted_at, answers from submission where obligation_id = :id")
                .param("id", obligationId)
                .query(row -> {
                    digests.put(Rows.receipt(row), Chain.digest(row.getString("answers")));
                });
        return digests;
    }

    @Override
    public Set<String> partiesWithOpen(String duty) {
        return new HashSet<>(
                jdbc.sql("select distinct party_code from obligation where duty = :duty and closed_at is null")
                        .param("duty", duty)
                        .query(String.class)
                        .list());
    }
}
