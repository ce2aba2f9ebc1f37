package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/** Clocks read from the ledger of obligations, the ladders and the ledger of notices. */
@Component
class LedgerClocks implements ReminderClocks {

    /** Fewer than a statement may have parameters on any database. */
    private static final int AT_ONCE = 1000;

    private static final String TOLD = """
            select obligation_id, milestone, min(created_at) as told_at from notice where obligation_id in (:ids)
            group by obligation_id, milestone
            union all
            select obligation_id, milestone, min(told_at) from notice_withheld where obligation_id in (:ids)
            group by obligation_id, milestone
            union all
            select obligation_id, milestone, min(told_at) from notice_list_member where obligation_id in (:ids)
            group by obligation_id, milestone
            """;

    private final JdbcClient jdbc;
    private final Duties duties;
    private final Obligations obligations;
    private final JdbcLadders ladders;
    private final Closings closings;

    LedgerClocks(JdbcClient jdbc, Duties duties, Obligations obligations, JdbcLadders ladders, Closings closings) {
        this.jdbc = jdbc;
        this.duties = duties;
        this.obligations = obligations;
        this.ladders = ladders;
        this.closings = closings;
    }

    @Override
    public Milestones of(Obligation obligation) {
        boolean several = !duties.get(obligation.duty()).further().isEmpty();
        Set<UUID> id = Set.of(obligation.id());
        return clock(
                obligation,
                several ? obligations.tasks(obligation.id()) : List.of(),
                several ? obligations.deadlines(id).getOrDefault(obligation.id(), Map.of()) : Map.of(),
                name -> ladders.of(obligation, name),
                PerTransaction.once(key(obligation.id()), () -> told(id)).getOrDefault(obligation.id(), Map.of()),
                closings.of(obligation).orElse(null));
    }

    @Override
    public Milestones starting(Obligation obligation, List<OpenTask> tasks) {
        return clock(
                obligation,
                tasks,
                tasks.isEmpty()
                        ? Map.of()
                        : obligations.deadlines(Set.of(obligation.id())).getOrDefault(obligation.id(), Map.of()),
                name -> ladders.of(obligation, name),
                Map.of(),
                closings.of(obligation).orElse(null));
    }

    @Override
    public Map<UUID, Milestones> of(Collection<Obligation> asked) {
        Set<UUID> ids = asked.stream().map(Obligation::id).collect(Collectors.toSet());
        Set<UUID> several = asked.stream()
                .filter(obligation -> !duties.get(obligation.duty()).further().isEmpty())
                .map(Obligation::id)
                .collect(Collectors.toSet());
        Map<UUID, List<OpenTask>> tasks = obligations.tasks(several);
        Map<UUID, Map<String, Deadline>> deadlines = obligations.deadlines(several);
        List<Ladders.Own> set = ladders.all();
        Map<UUID, Map<String, Instant>> told = told(ids);
        Map<UUID, Deadline> closing = closings.of(asked);
        Map<UUID, Milestones> clocks = new HashMap<>();
        for (Obligation obligation : asked) {
            UUID id = obligation.id();
            clocks.put(
                    id,
                    clock(
                            obligation,
                            tasks.getOrDefault(id, List.of()),
                            deadlines.getOrDefault(id, Map.of()),
                            name -> ladders.of(set, obligation, name),
                            told.getOrDefault(id, Map.of()),
                            closing.get(id)));
        }
        return clocks;
    }

    private Milestones clock(
            Obligation obligation,
            List<OpenTask> tasks,
            Map<String, Deadline> several,
            Function<String, List<Rung>> ladder,
            Map<String, Instant> told,
            @Nullable Deadline closing) {
        Duty duty = duties.get(obligation.duty());
        Map<String, Deadline> deadlines =
                several.isEmpty() ? Map.of(obligation.deadlineName(), obligation.deadline()) : several;
        Set<String> waiting = duty.further().isEmpty()
                ? Set.of()
                : tasks.stream()
                        .map(OpenTask::deadlineName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        // an interim deadline leads up to the one that binds, which reminds too
        Stream<String> names = waiting.isEmpty()
                ? Stream.of(obligation.deadlineName())
                : Stream.concat(waiting.stream(), waiting.stream().map(duty::binding))
                        .distinct();
        return new Milestones(
                names.filter(deadlines::containsKey)
                        .map(name -> ladder.apply(name).stream()
                                .map(rung -> Milestones.Act.of(name, deadlines.get(name), rung))
                                .toList())
                        .toList(),
                obligation.openedAt(),
                told,
                closing == null ? null : closing.at());
    }

    /** Something has been told about the obligation. */
    static void told(UUID obligationId) {
        PerTransaction.forget(key(obligationId));
    }

    private static Object key(UUID obligationId) {
        return List.of(LedgerClocks.class, obligationId);
    }

    private Map<UUID, Map<String, Instant>> told(Collection<UUID> ids) {
        Map<UUID, Map<String, Instant>> told = new HashMap<>();
        List<UUID> wanted = List.copyOf(ids);
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            jdbc.sql(TOLD)
                    .param("ids", wanted.subList(from, Math.min(from + AT_ONCE, wanted.size())))
                    .query(row -> {
                        keep(row, told);
                    });
        }
        return told;
    }

    private static void keep(ResultSet row, Map<UUID, Map<String, Instant>> told) throws SQLException {
        told.computeIfAbsent(row.getObject("obligation_id", UUID.class), first -> new HashMap<>())
                .merge(
                        row.getString("milestone"),
                        row.getObject("told_at", OffsetDateTime.class).toInstant(),
                        (one, other) -> one.isBefore(other) ? one : other);
    }
}
