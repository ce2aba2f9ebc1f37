package org.sterna.notices;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

/** Whether notices that call to act still make sense; a few statements, however many notices there are. */
@Component
class Relevance {

    /** Kinds that make no sense once the Party has acted. */
    static final Set<String> CALLS_TO_ACT = Set.of("opened", "reminder", "overdue", "escalation", "extended");

    private final Obligations obligations;
    private final Duties duties;
    private final Suspensions suspensions;
    private final Clock clock;

    Relevance(Obligations obligations, Duties duties, Suspensions suspensions, Clock clock) {
        this.obligations = obligations;
        this.duties = duties;
        this.suspensions = suspensions;
        this.clock = clock;
    }

    /**
     * What has to be known of a notice.
     *
     * @param byHand whether a person wanted this one to go
     */
    record Call(UUID id, UUID obligationId, String milestone, String kind, boolean byHand) {}

    /** Which of the notices speak of an obligation that was closed as not delivered, and tell no outcome of it. */
    Set<UUID> tooLate(Collection<Call> notices) {
        List<Call> calls = notices.stream()
                .filter(notice -> NoticeKinds.ofRunningCase(notice.kind()))
                .toList();
        if (calls.isEmpty()) {
            return Set.of();
        }
        Set<UUID> closed =
                obligations.findAll(calls.stream().map(Call::obligationId).collect(Collectors.toSet())).stream()
                        .filter(obligation -> obligation.state() == Obligation.State.LAPSED)
                        .map(Obligation::id)
                        .collect(Collectors.toSet());
        return calls.stream()
                .filter(call -> closed.contains(call.obligationId()))
                .map(Call::id)
                .collect(Collectors.toSet());
    }

    /** Why the notice need not be sent any more; empty if it has to be. */
    Optional<String> needless(Notice notice) {
        Call call = new Call(notice.id(), notice.obligationId(), notice.milestone(), notice.kind(), false);
        return Optional.ofNullable(needless(List.of(call)).get(notice.id()));
    }

    /** Why some of the notices need not be sent any more, by their ids; without those that do. */
    Map<UUID, String> needless(Collection<Call> notices) {
        List<Call> calls = notices.stream()
                .filter(notice -> CALLS_TO_ACT.contains(notice.kind()))
                .toList();
        if (calls.isEmpty()) {
            return Map.of();
        }
        Set<UUID> ids = calls.stream().map(Call::obligationId).collect(Collectors.toSet());
        Map<UUID, Obligation> owed =
                obligations.findAll(ids).stream().collect(Collectors.toMap(Obligation::id, Function.identity()));
        Facts facts = new Facts(
                duties,
                owed,
                suspensions.suspended(owed.values()),
                obligations.deadlines(ids),
                obligations.tasks(ids),
                clock.instant());
        Map<UUID, String> needless = new HashMap<>();
        calls.forEach(notice -> facts.needless(notice).ifPresent(why -> needless.put(notice.id(), why)));
        return needless;
    }

    private record Facts(
            Duties duties,
            Map<UUID, Obligation> owed,
            Set<UUID> suspended,
            Map<UUID, Map<String, Deadline>> deadlines,
            Map<UUID, List<OpenTask>> tasks,
            Instant now) {

        Optional<String> needless(Call notice) {
            Obligation obligation = owed.get(notice.obligationId());
            if (obligation == null
                    || obligation.state() != Obligation.State.OPENING
                            && obligation.state() != Obligation.State.WITH_PARTY) {
                return Optional.of("notice.reason.no-longer-needed");
            }
            if (suspended.contains(obligation.id())) {
                return Optional.of("notice.reason.suspended");
            }
            return deadlineOf(notice.milestone()).flatMap(day -> needless(day, notice, obligation));
        }

        /** Whether the deadline that the notice speaks of has moved, or nothing waits for it any more. */
        private Optional<String> needless(LocalDate day, Call notice, Obligation obligation) {
            String name = Rung.deadlineName(notice.milestone()).orElse(Duty.DUE);
            Map<String, Deadline> several = deadlines.get(obligation.id());
            Deadline deadline = several == null ? obligation.deadline() : several.get(name);
            if (deadline == null || !deadline.on().equals(day)) {
                return Optional.of("notice.reason.deadline-moved");
            }
            if (notice.kind().equals(NoticeKinds.REMINDER) && !notice.byHand() && now.isAfter(deadline.at())) {
                return Optional.of("notice.reason.deadline-past");
            }
            boolean waits = several == null
                    || tasks.getOrDefault(obligation.id(), List.of()).stream()
                            .anyMatch(task -> name.equals(task.deadlineName())
                                    || name.equals(binding(obligation, task.deadlineName())));
            return waits ? Optional.empty() : Optional.of("notice.reason.no-longer-needed");
        }

        /** An interim deadline leads up to the one that binds, which reminds too. */
        private @Nullable String binding(Obligation obligation, @Nullable String deadlineName) {
            return deadlineName == null
                    ? null
                    : duties.find(obligation.duty())
                            .map(duty -> duty.binding(deadlineName))
                            .orElse(deadlineName);
        }

        /** The day in {@code <rung>@<day>}, if the milestone is a rung's. */
        private static Optional<LocalDate> deadlineOf(String milestone) {
            String rung = Outbox.withoutRepetition(milestone);
            try {
                return Optional.of(LocalDate.parse(rung.substring(rung.lastIndexOf('@') + 1)));
            } catch (DateTimeException notARung) {
                return Optional.empty();
            }
        }
    }
}
