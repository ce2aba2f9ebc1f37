package org.sterna.obligations;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.database.RowLimit;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

@Component
class JdbcObligations implements Obligations {

    private static final Set<Obligation.State> PARTY_HAS_TO_ACT =
            EnumSet.of(Obligation.State.OPENING, Obligation.State.WITH_PARTY);

    private static final String STOPPED = "id in (:stopped)";

    private static final String BY_DEADLINE = "deadline_at, party_code, id";

    // the first condition leads into the index, as databases do not all see through the others
    private static final String AFTER = "deadline_at >= :at"
            + " and (deadline_at > :at or party_code > :ofParty or party_code = :ofParty and id > :id)";

    // each found by an index; databases take obligations with no next act for many, as those that ended have none, and
    // H2 reads all that is open when asked for several states
    private static final Map<Obligation.State, List<String>> STUCK = Map.of(
            Obligation.State.OPENING,
            List.of("next_at is null and opened_at < :before", STOPPED),
            Obligation.State.WITH_PARTY,
            List.of("next_at is null and duty not in (:unclimbed)", "next_at < :before", STOPPED),
            Obligation.State.WITH_SECRETARIAT,
            List.of(STOPPED));

    private static final String TASKS_OF =
            "select * from obligation_task where done_at is null and seat_code in (:seats)"
                    + " order by due_at nulls last, created_at, task_id";

    // with and without a time to be done by, each as an index has them; for databases to follow it, the order names all
    // its columns
    private static final String FIRST_TASKS_OF = """
            select * from (
                select * from (
                    select * from obligation_task where seat_code = :seat and done_at is null and due_at is not null
                    order by seat_code, done_at, due_at, created_at, task_id %1$s) dated
                union all
                select * from (
                    select * from obligation_task where seat_code = :seat and done_at is null and due_at is null
                    order by seat_code, done_at, due_at, created_at, task_id %1$s) undated
            ) first_tasks
            order by due_at nulls last, created_at, task_id
            fetch first :most rows only
            """;

    /** Id that no obligation has, where a list must not be empty. */
    private static final UUID NOBODYS = new UUID(0, 0);

    private static final String OPEN_FOR = "closed_at is null and (occasion = :occasion or duty in (:duties))";

    /** Fewer than a statement may have parameters on any database. */
    private static final int AT_ONCE = 1000;

    /** Rows of a list that is read whole; more than most lists have, and few enough to be held. */
    private static final int AT_A_TIME = 4096;

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
        Set<Obligation.State> states = states(filter);
        if (states.isEmpty() || findsNothing(filter)) {
            return new Page<>(List.of(), 0);
        }
        // what is open comes first, so that what has ended is not read for the first pages
        Set<Obligation.State> open = EnumSet.copyOf(states);
        open.retainAll(Obligation.State.OPEN);
        Set<Obligation.State> ended = EnumSet.copyOf(states);
        ended.removeAll(open);
        long from = (long) page * size;
        List<Obligation> items = new ArrayList<>(part(filter, open, null, from, size));
        if (items.size() < size && !ended.isEmpty()) {
            long before = open.isEmpty() ? 0 : items.isEmpty() ? counted(filter, open, from) : from + items.size();
            items.addAll(part(filter, ended, null, Math.max(0, from - before), size - items.size()));
        }
        return new Page<>(
                items, page == 0 && items.size() < size ? items.size() : counted(filter, states, MOST_COUNTED));
    }

    @Override
    public void each(Filter filter, Predicate<Obligation> wanted) {
        each(filter, AT_A_TIME, wanted);
    }

    /** So many at a time. */
    void each(Filter filter, int atATime, Predicate<Obligation> wanted) {
        if (findsNothing(filter)) {
            return;
        }
        Set<Obligation.State> states = states(filter);
        boolean more = true;
        for (boolean open : List.of(true, false)) {
            Set<Obligation.State> alike = EnumSet.copyOf(states);
            alike.removeIf(state -> state.open() != open);
            Obligation last = null;
            do {
                List<Obligation> read = part(filter, alike, last, 0, atATime);
                more = more && read.stream().allMatch(wanted);
                last = read.size() < atATime ? null : read.get(read.size() - 1);
            } while (more && last != null);
        }
    }

    /**
     * Some of what fits, by deadline; all of it open, or all ended.
     *
     * @param after which it comes; null for what comes first
     * @param from how many of those to pass over
     */
    private List<Obligation> part(
            Filter filter, Set<Obligation.State> states, @Nullable Obligation after, long from, int size) {
        if (states.isEmpty()) {
            return List.of();
        }
        String further = after == null ? "" : " and " + AFTER;
        boolean one = filter.stuck() == null && (filter.occasion() != null || states.size() == 1);
        // of several parts first which, then their rows: the limit would stand within the statement otherwise
        String found = one
                ? "select * from obligation where " + where(filter, states) + further
                : "select id from (" + parts(filter, states, further, from + size) + ") found";
        JdbcClient.StatementSpec statement = bind(
                        jdbc.sql(found + " order by " + BY_DEADLINE + " offset :from rows fetch first :size rows only"),
                        filter)
                .param("from", from)
                .param("size", size);
        if (after != null) {
            statement = statement
                    .param("at", Rows.sql(after.deadline().at()))
                    .param("ofParty", after.partyCode())
                    .param("id", after.id());
        }
        if (one) {
            return statement.query(Rows::obligation).list();
        }
        List<UUID> ids = statement.query(UUID.class).list();
        Map<UUID, Obligation> rows = findAll(ids).stream().collect(Collectors.toMap(Obligation::id, row -> row));
        return ids.stream().map(rows::get).toList();
    }

    /**
     * What fits, in several parts; of what may be much, hardly more of each state than are to be shown, which an index
     * has in the order shown.
     */
    private static String parts(Filter filter, Set<Obligation.State> states, String further, long most) {
        String columns = "select id, deadline_at, party_code from obligation where ";
        return filter.stuck() != null
                ? stuck(filter, states).map(part -> columns + part + further).collect(Collectors.joining(" union "))
                : states.stream()
                        .map(state -> "(" + columns + where(filter, Set.of(state)) + further + " order by "
                                + BY_DEADLINE + " " + RowLimit.firstAtLeast(most) + ")")
                        .collect(Collectors.joining(" union all "));
    }

    /** How many fit, no further than so many. */
    private long counted(Filter filter, Set<Obligation.State> states, long most) {
        return Math.min(
                most,
                bind(
                                jdbc.sql("select count(*) from (" + each(filter, states, RowLimit.firstAtLeast(most))
                                        + ") counted"),
                                filter)
                        .query(Long.class)
                        .single());
    }

    @Override
    public long count(Filter filter) {
        Set<Obligation.State> states = states(filter);
        return states.isEmpty() || findsNothing(filter)
                ? 0
                : bind(jdbc.sql("select count(*) from (" + each(filter, states, "") + ") counted"), filter)
                        .query(Long.class)
                        .single();
    }

    /** One row for each obligation that fits; of what may be much, of no state more than the limit says. */
    private static String each(Filter filter, Set<Obligation.State> states, String limit) {
        if (filter.stuck() != null) {
            return stuck(filter, states)
                    .map(part -> "select id from obligation where " + part)
                    .collect(Collectors.joining(" union ", "select id from (", ") found"));
        }
        String one = "select 1 as one from obligation where ";
        // one walk of an index for each state, as H2 would read all of a state for a few days of several
        return filter.occasion() != null
                ? one + where(filter, states)
                : states.stream()
                        .map(state -> "(" + one + where(filter, Set.of(state)) + " " + limit + ")")
                        .collect(Collectors.joining(" union all "));
    }

    /** The conditions of what is stuck, any of which an obligation may fit. */
    private static Stream<String> stuck(Filter filter, Set<Obligation.State> states) {
        return states.stream()
                .flatMap(state -> STUCK.get(state).stream().map(part -> part + " and " + where(filter, Set.of(state))));
    }

    /** No text in a database has the character 0, and PostgreSQL refuses to be asked. */
    private static boolean findsNothing(Filter filter) {
        return Stream.of(filter.duty(), filter.partyCode(), filter.occasion())
                .anyMatch(text -> text != null && text.indexOf('\0') >= 0);
    }

    /** The states of what fits. */
    private static Set<Obligation.State> states(Filter filter) {
        Set<Obligation.State> states =
                filter.states().isEmpty() ? EnumSet.allOf(Obligation.State.class) : EnumSet.copyOf(filter.states());
        if (filter.overdueOnly() || filter.dueUntil() != null) {
            states.retainAll(PARTY_HAS_TO_ACT);
        }
        if (filter.stuck() != null) {
            states.retainAll(STUCK.keySet());
        }
        return states;
    }

    private static String where(Filter filter, Set<Obligation.State> states) {
        List<String> conditions = new ArrayList<>();
        if (states.size() < Obligation.State.values().length) {
            conditions.add("state in (" + Rows.sql(states) + ")");
        }
        if (filter.duty() != null) {
            conditions.add("duty = :duty");
        }
        if (filter.partyCode() != null) {
            conditions.add("party_code = :party");
        }
        if (filter.occasion() != null) {
            conditions.add("occasion = :occasion");
            if (filter.duty() == null) {
                // the index begins with the duty
                conditions.add("duty in (select duty from occasion where code = :occasion)");
            }
        }
        if (filter.overdueOnly()) {
            conditions.add("deadline_at < :now and duty not in (:voluntary)");
        }
        if (filter.dueUntil() != null) {
            conditions.add("deadline_at >= :now and deadline_at <= :until");
        }
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
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
        if (filter.overdueOnly() || filter.dueUntil() != null) {
            statement = statement.param("now", Rows.sql(clock.instant()));
        }
        if (filter.overdueOnly()) {
            statement = statement.param("voluntary", voluntary());
        }
        if (filter.dueUntil() != null) {
            statement = statement.param("until", Rows.sql(filter.dueUntil()));
        }
        if (filter.stuck() != null) {
            statement = statement
                    .param("unclimbed", keys(duty -> duty.ladder().isEmpty()))
                    .param("before", Rows.sql(filter.stuck().before()))
                    .param(
                            "stopped",
                            filter.stuck().stopped().isEmpty()
                                    ? Set.of(NOBODYS)
                                    : filter.stuck().stopped());
        }
        return statement;
    }

    /** Keys of the duties that are never overdue. */
    private List<String> voluntary() {
        return keys(Duty::voluntary);
    }

    /** Keys of some duties; one that no duty has stands for none. */
    private List<String> keys(Predicate<Duty> which) {
        return Stream.concat(Stream.of(""), duties.all().stream().filter(which).map(Duty::key))
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
    public List<Standing> now() {
        return jdbc.sql("""
                        select %s, party_code, duty, cast(null as timestamp with time zone) as closed_at, open_count
                        from first_due where open_count > 0
                        union all
                        select %s, o.party_code, o.duty, o.closed_at, 1
                        from (
                            select duty as of_duty, code from (
                                select duty, code, row_number() over (
                                    partition by duty order by opened_at desc, code desc) as place
                                from occasion where opened_at is not null) counted
                            where place = 1) newest
                        join obligation o on o.duty = newest.of_duty and o.occasion = newest.code
                        where o.closed_at is not null and not exists (
                            select 1 from first_due f
                            where f.party_code = o.party_code and f.duty = o.duty and f.open_count > 0)
                        """.formatted(FirstDue.COLUMNS, FirstDue.COLUMNS))
                .query((row, number) -> new Standing(Rows.obligation(row, number), row.getLong("open_count") - 1))
                .list();
    }

    @Override
    public List<Obligation> of(String occasion, Collection<String> duties) {
        return jdbc.sql("select * from obligation where duty in (:duties) and occasion = :occasion")
                .param("duties", orNone(duties))
                .param("occasion", occasion)
                .query(Rows::obligation)
                .list();
    }

    @Override
    public List<Action> actions(LocalDate from, LocalDate until) {
        String columns = "duty, occasion, deadline_on, deadline_zone, deadline_origin, deadline_reference,"
                + " deadline_provisional";
        // one part of an index for each state; the moments are those of the days wherever on earth they are meant
        String due = Obligation.State.OPEN.stream()
                .map(state -> "select " + columns + " from obligation where state = '" + state + "'"
                        + " and deadline_at >= :soonest and deadline_at < :latest"
                        + " and deadline_on >= :from and deadline_on < :until"
                        + " and deadline_origin in ('RULE', 'NOTIFIED')")
                .collect(Collectors.joining(" union all "));
        return jdbc.sql("select distinct " + columns + " from (" + due + ") due order by deadline_on, duty, occasion")
                .param("from", from)
                .param("until", until)
                .param("soonest", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("latest", until.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Action(row.getString("duty"), row.getString("occasion"), Rows.deadline(row)))
                .list();
    }

    @Override
    public Map<String, UUID> ids(Collection<String> businessKeys) {
        Set<String> wanted = Set.copyOf(businessKeys);
        Map<String, UUID> found = new HashMap<>();
        if (wanted.isEmpty()) {
            return found;
        }
        // by the columns of the unique index; what fits them but was not asked for is left out
        jdbc.sql("select id, duty, occasion, party_code from obligation where duty in (:duties)"
                        + " and occasion in (:occasions) and party_code in (:parties)")
                .param("duties", part(wanted, 0))
                .param("occasions", part(wanted, 1))
                .param("parties", part(wanted, 2))
                .query(row -> {
                    String key =
                            row.getString("duty") + "/" + row.getString("occasion") + "/" + row.getString("party_code");
                    if (wanted.contains(key)) {
                        found.put(key, row.getObject("id", UUID.class));
                    }
                });
        return found;
    }

    private static Set<String> part(Set<String> keys, int part) {
        return keys.stream().map(key -> key.split("/", 3)[part]).collect(Collectors.toSet());
    }

    @Override
    public Optional<String> head(UUID id) {
        return jdbc.sql("select head_hash from obligation where id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    @Override
    public List<Recorded> since(String partyCode, LocalDate from) {
        // one walk of an index for each state, as H2 would read all that the Party ever owed for several
        String since = EnumSet.allOf(Obligation.State.class).stream()
                .map(state -> "select * from obligation where party_code = :party and state = '" + state + "'"
                        + (state.open() ? "" : " and deadline_at >= :soonest and deadline_on >= :from"))
                .collect(Collectors.joining(" union all "));
        return jdbc.sql("select * from (" + since + ") found order by duty, deadline_on, occasion")
                .param("party", partyCode)
                .param("from", from)
                // before that day ends anywhere on earth
                .param("soonest", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Recorded(
                        Rows.obligation(row, number), row.getInt("event_count"), row.getString("head_hash")))
                .list();
    }

    @Override
    public List<OpenTask> tasksOf(Collection<String> seatCodes) {
        return seatCodes.isEmpty()
                ? List.of()
                : jdbc.sql(TASKS_OF).param("seats", seatCodes).query(Rows::task).list();
    }

    @Override
    public List<OpenTask> firstTasksOf(String seatCode, int most) {
        return jdbc.sql(FIRST_TASKS_OF.formatted(RowLimit.firstAtLeast(most)))
                .param("seat", seatCode)
                .param("most", most)
                .query(Rows::task)
                .list();
    }

    @Override
    public Map<String, Long> countTasksOf(
            Collection<String> seatCodes, Collection<String> others, Collection<String> hidden) {
        // two counts, as the first needs no more than the index
        String sql = Stream.of(
                        seatCodes.isEmpty() ? null : COUNT_TASKS.formatted("all", ""),
                        others.isEmpty()
                                ? null
                                : COUNT_TASKS.formatted("some", hidden.isEmpty() ? "" : " and duty not in (:hidden)"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" union all "));
        Map<String, Long> counts = new HashMap<>();
        if (!sql.isEmpty()) {
            jdbc.sql(sql)
                    .param("all", seatCodes)
                    .param("some", others)
                    .param("hidden", hidden)
                    .query(row -> {
                        counts.put(row.getString("seat_code"), row.getLong("tasks"));
                    });
        }
        return counts;
    }

    private static final String COUNT_TASKS = "select seat_code, count(*) as tasks from obligation_task"
            + " where done_at is null and seat_code in (:%s)%s group by seat_code";

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
    public Map<String, UUID> ofTasks(Collection<String> taskIds) {
        Map<String, UUID> obligations = new HashMap<>();
        if (!taskIds.isEmpty()) {
            jdbc.sql("select task_id, obligation_id from obligation_task where task_id in (:tasks)")
                    .param("tasks", Set.copyOf(taskIds))
                    .query((ResultSet row) -> {
                        obligations.put(row.getString("task_id"), row.getObject("obligation_id", UUID.class));
                    });
        }
        return obligations;
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
    public Map<String, String> dutiesOfPartySteps(Collection<String> taskIds) {
        Map<String, String> duties = new HashMap<>();
        if (!taskIds.isEmpty()) {
            jdbc.sql("select t.task_id, o.duty from obligation_task t join obligation o on o.id = t.obligation_id"
                            + " where t.task_id in (:tasks) and t.seat_code like '%-' || o.party_code")
                    .param("tasks", taskIds)
                    .query(row -> {
                        duties.put(row.getString("task_id"), row.getString("duty"));
                    });
        }
        return duties;
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
    public Optional<Elsewhere> newestElsewhere(Obligation obligation, String duty, Collection<String> steps) {
        return jdbc.sql("select s.*, o.occasion as of_occasion from submission s"
                        + " join obligation o on o.id = s.obligation_id"
                        + " where o.duty = :duty and o.party_code = :party and o.id <> :id and s.step in (:steps)"
                        + " order by s.number desc fetch first 1 rows only")
                .param("duty", duty)
                .param("party", obligation.partyCode())
                .param("id", obligation.id())
                .param("steps", steps)
                .query((row, number) -> new Elsewhere(row.getString("of_occasion"), Rows.submission(row, number)))
                .optional();
    }

    @Override
    public boolean keptBefore(Obligation obligation, String step) {
        List<Boolean> late = jdbc.sql("select s.late from submission s where s.step = :step and s.obligation_id = ("
                        + "select o.id from obligation o where o.duty = :duty and o.party_code = :party"
                        + " and o.deadline_on < :before and o.id <> :id"
                        + " order by o.deadline_on desc, o.opened_at desc fetch first 1 rows only)")
                .param("step", step)
                .param("duty", obligation.duty())
                .param("party", obligation.partyCode())
                .param("before", obligation.deadline().on())
                .param("id", obligation.id())
                .query(Boolean.class)
                .list();
        return !late.isEmpty() && late.stream().noneMatch(Boolean::booleanValue);
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
    public List<Obligation> planned(Instant until) {
        return jdbc.sql("select * from obligation where next_at <= :until"
                        + " and state in ('OPENING', 'WITH_PARTY') order by next_at, id")
                .param("until", Rows.sql(until))
                .query(Rows::obligation)
                .list();
    }

    @Override
    public Map<UUID, Integer> moves(Collection<UUID> obligationIds) {
        Map<UUID, Integer> moves = new HashMap<>();
        List<UUID> wanted = obligationIds.stream().distinct().toList();
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            jdbc.sql("select obligation_id, count(*) from obligation_event where kind = :kind"
                            + " and obligation_id in (:ids) group by obligation_id")
                    .param("kind", LedgerEvent.Kind.DEADLINE_MOVED.name())
                    .param("ids", wanted.subList(from, Math.min(from + AT_ONCE, wanted.size())))
                    .query(row -> {
                        moves.put(row.getObject(1, UUID.class), row.getInt(2));
                    });
        }
        return moves;
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
