package org.sterna.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/**
 * What is looked at once more when notices are about to leave, because the gate or the mail server may have kept them
 * for long: whether they are still needed, whether a newer one tells more, and whether the Party has had its warning for
 * long enough. What a person let go by itself goes as long as it is needed.
 *
 * <p>Of what waits to tell one recipient about one obligation, only the newest goes. An overdue notice gives way to
 * another of the same deadline only, as nothing else says that this one was missed. An escalation goes as many days
 * after the last overdue notice or escalation before it has left as the ladder has between the two.
 */
@Component
class LastLook {

    static final String NO_LONGER_NEEDED = "notice.reason.no-longer-needed";
    static final String SUPERSEDED = "notice.reason.superseded";
    static final String WARNING_FIRST = "notice.reason.warning-first";
    static final String NEWER_FIRST = "notice.reason.newer-first";

    private static final String OVERDUE = "overdue";
    private static final String ESCALATION = "escalation";

    private static final Set<String> OF_THE_LADDER = Set.of("opened", NoticeKinds.REMINDER, OVERDUE, ESCALATION);

    /** Rungs are whole days apart; what was written closer together, of two deadlines, belongs to one moment. */
    private static final Duration ONE_MOMENT = Duration.ofHours(12);

    private static final Duration A_DAY = Duration.ofDays(1);

    /** Fewer than a statement may have parameters on any database. */
    private static final int AT_ONCE = 1000;

    private final Outbox outbox;
    private final ListBook lists;
    private final Relevance relevance;
    private final Obligations obligations;
    private final JdbcLadders ladders;
    private final Clock clock;

    LastLook(
            Outbox outbox,
            ListBook lists,
            Relevance relevance,
            Obligations obligations,
            JdbcLadders ladders,
            Clock clock) {
        this.outbox = outbox;
        this.lists = lists;
        this.relevance = relevance;
        this.obligations = obligations;
        this.ladders = ladders;
        this.clock = clock;
    }

    /**
     * A notice without its texts.
     *
     * @param number the higher, the newer
     * @param key the recipient's {@link Outbox#key}
     * @param chosen whether a person let this one go by itself
     * @param repeat whether it repeats another, or goes on in place of one that came back; tells nothing new
     * @param leftAt when it was handed over; null if it was not
     */
    record Filed(
            UUID id,
            long number,
            UUID obligationId,
            String milestone,
            String kind,
            String seatCode,
            String key,
            State state,
            boolean chosen,
            boolean repeat,
            Instant createdAt,
            @Nullable Instant leftAt) {

        private boolean byHand() {
            return chosen || repeat;
        }

        private boolean waits() {
            return state == State.HELD || state == State.QUEUED || state == State.SENDING;
        }

        private String deadlineName() {
            return Rung.deadlineName(milestone).orElse(Duty.DUE);
        }

        private String rung() {
            return milestone.substring(0, Math.max(0, milestone.indexOf('@')));
        }

        private String day() {
            return Outbox.withoutRepetition(milestone).substring(milestone.indexOf('@') + 1);
        }

        private Relevance.Call call() {
            return new Relevance.Call(id, obligationId, milestone, kind, byHand());
        }
    }

    /**
     * Why a notice does not leave now.
     *
     * @param reason message key
     * @param notBefore when it may leave; null if it never will
     */
    record Verdict(String reason, @Nullable Instant notBefore) {}

    /**
     * What is seen.
     *
     * @param kept what keeps some of the notices from leaving, by their ids
     * @param named by the ids of notices that are lists and leave: the obligations that they still have to tell, each
     *     with the day of its deadline
     */
    record Look(Map<UUID, Verdict> kept, Map<UUID, Map<UUID, LocalDate>> named) {}

    /** What is seen of notices that a sender has taken. */
    Look at(Collection<Notice> taken) {
        Look look = lists(taken.stream()
                .filter(notice -> notice.kind().equals(NoticeKinds.LIST))
                .map(Notice::id)
                .collect(Collectors.toSet()));
        look.kept().putAll(single(taken));
        return look;
    }

    /**
     * What is seen of lists: each Party on them is looked at as if it had a notice of its own. A list leaves without
     * those of whom nothing has to be told any more, and not at all if there is nobody else. An escalation waits until
     * the last of its Parties has been warned for long enough.
     */
    private Look lists(Collection<UUID> noticeIds) {
        Look look = new Look(new HashMap<>(), new HashMap<>());
        List<ListBook.Listed> own = lists.listed(noticeIds);
        if (own.isEmpty()) {
            return look;
        }
        List<Filed> filed = new ArrayList<>();
        inParts(own.stream().map(one -> one.filed().obligationId())).forEach(about -> {
            lists.about(about).stream().map(ListBook.Listed::filed).forEach(filed::add);
            if (own.stream().anyMatch(one -> one.filed().kind().equals(ESCALATION))) {
                filed.addAll(outbox.filed(about, Relevance.CALLS_TO_ACT));
            }
        });
        Map<UUID, Verdict> verdicts =
                verdicts(filed, own.stream().map(one -> one.filed().id()).collect(Collectors.toSet()));
        own.stream().collect(Collectors.groupingBy(ListBook.Listed::noticeId)).forEach((id, told) -> {
            Map<UUID, LocalDate> named = new HashMap<>();
            List<Verdict> against = new ArrayList<>();
            Verdict wait = null;
            for (ListBook.Listed one : told) {
                Verdict verdict = verdicts.get(one.filed().id());
                if (verdict != null && verdict.notBefore() == null) {
                    against.add(verdict);
                    continue;
                }
                named.put(
                        one.filed().obligationId(), LocalDate.parse(one.filed().day()));
                if (verdict != null
                        && verdict.reason().equals(WARNING_FIRST)
                        && (wait == null || verdict.notBefore().isAfter(wait.notBefore()))) {
                    wait = verdict;
                }
            }
            if (named.isEmpty()) {
                look.kept().put(id, against.get(0));
            } else if (wait != null) {
                look.kept().put(id, wait);
            } else {
                look.named().put(id, named);
            }
        });
        return look;
    }

    private Map<UUID, Verdict> single(Collection<Notice> taken) {
        List<Notice> asked = taken.stream()
                .filter(notice -> OF_THE_LADDER.contains(notice.kind())
                        || Relevance.CALLS_TO_ACT.contains(notice.kind())
                        || notice.kind().equals(DigestRound.DIGEST))
                .toList();
        Set<UUID> ids = asked.stream().map(Notice::id).collect(Collectors.toSet());
        List<Filed> filed = new ArrayList<>(outbox.filed(
                asked.stream()
                        .filter(notice -> !notice.kind().equals(DigestRound.DIGEST))
                        .map(Notice::obligationId)
                        .collect(Collectors.toSet()),
                Relevance.CALLS_TO_ACT));
        filed.addAll(warnings(asked.stream()
                .filter(notice -> notice.kind().equals(ESCALATION))
                .map(Notice::obligationId)));
        asked.stream()
                .filter(notice -> notice.kind().equals(DigestRound.DIGEST))
                .map(Notice::createdAt)
                .min(Comparator.naturalOrder())
                .ifPresent(since -> filed.addAll(outbox.filedSince(
                        asked.stream()
                                .filter(notice -> notice.kind().equals(DigestRound.DIGEST))
                                .map(digest -> Outbox.key(digest.email()))
                                .collect(Collectors.toSet()),
                        DigestRound.DIGEST,
                        since)));
        Map<UUID, Verdict> verdicts = new HashMap<>(verdicts(filed, ids));
        relevance
                .tooLate(taken.stream().map(LastLook::call).toList())
                .forEach(id -> verdicts.put(id, new Verdict(NO_LONGER_NEEDED, null)));
        return verdicts;
    }

    private static Relevance.Call call(Notice notice) {
        return new Relevance.Call(notice.id(), notice.obligationId(), notice.milestone(), notice.kind(), false);
    }

    /** What would keep some of the held notices up to that number from leaving if they were released together now. */
    Collection<Verdict> atRelease(long newest) {
        List<Filed> held = outbox.heldUpTo(newest);
        Set<UUID> ids = held.stream().map(Filed::id).collect(Collectors.toSet());
        List<Filed> digests = held.stream()
                .filter(one -> one.kind().equals(DigestRound.DIGEST))
                .toList();
        Instant since = digests.stream()
                .map(Filed::createdAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        List<Verdict> verdicts = new ArrayList<>();
        relevance
                .tooLate(held.stream().map(Filed::call).toList())
                .forEach(id -> verdicts.add(new Verdict(NO_LONGER_NEEDED, null)));
        inParts(digests.stream().map(Filed::key))
                .forEach(keys -> verdicts.addAll(verdicts(outbox.filedSince(keys, DigestRound.DIGEST, since), ids)
                        .values()));
        inParts(held.stream()
                        .filter(one -> Relevance.CALLS_TO_ACT.contains(one.kind()))
                        .map(Filed::obligationId))
                .forEach(about -> {
                    List<Filed> filed = new ArrayList<>(outbox.filed(about, Relevance.CALLS_TO_ACT));
                    filed.addAll(warnings(held.stream()
                            .filter(one -> one.kind().equals(ESCALATION) && about.contains(one.obligationId()))
                            .map(Filed::obligationId)));
                    verdicts.addAll(verdicts(filed, ids).values());
                });
        verdicts.addAll(lists(held.stream()
                        .filter(one -> one.kind().equals(NoticeKinds.LIST))
                        .map(Filed::id)
                        .collect(Collectors.toSet()))
                .kept()
                .values());
        return verdicts;
    }

    /** What lists told of the obligations before an escalation. */
    private List<Filed> warnings(Stream<UUID> escalated) {
        return inParts(escalated).stream()
                .flatMap(about -> lists.about(about).stream())
                .map(ListBook.Listed::filed)
                .toList();
    }

    private static <T> List<List<T>> inParts(Stream<T> all) {
        List<T> each = all.distinct().toList();
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < each.size(); from += AT_ONCE) {
            parts.add(each.subList(from, Math.min(from + AT_ONCE, each.size())));
        }
        return parts;
    }

    private Map<UUID, Verdict> verdicts(List<Filed> filed, Set<UUID> asked) {
        Map<UUID, String> needless = relevance.needless(
                filed.stream().filter(Filed::waits).map(Filed::call).toList());
        List<Filed> needed =
                filed.stream().filter(one -> !needless.containsKey(one.id())).toList();
        Map<UUID, Verdict> verdicts = new HashMap<>();
        needless.forEach((id, why) -> verdicts.put(id, new Verdict(why, null)));
        // what stays held does not leave, and so takes nothing's place; but nobody has been warned by it either
        List<Filed> leaving = needed.stream()
                .filter(one -> one.state() != State.HELD || asked.contains(one.id()))
                .toList();
        verdicts.putAll(superseded(leaving));
        verdicts.putAll(tooSoon(needed, verdicts.keySet()));
        verdicts.putAll(oneAtATime(leaving, verdicts.keySet()));
        verdicts.keySet().retainAll(asked);
        return verdicts;
    }

    private static Map<UUID, Verdict> superseded(List<Filed> filed) {
        Map<UUID, Verdict> verdicts = new HashMap<>();
        perRecipient(filed).forEach(all -> all.stream()
                .filter(one -> one.waits() && !one.byHand())
                .filter(one -> all.stream().anyMatch(other -> supersedes(other, one)))
                .forEach(one -> verdicts.put(one.id(), new Verdict(SUPERSEDED, null))));
        return verdicts;
    }

    private static boolean supersedes(Filed newer, Filed older) {
        if (newer.number() <= older.number()
                || newer.repeat()
                || newer.state() == State.FAILED
                || newer.state() == State.SKIPPED) {
            return false;
        }
        return switch (older.kind()) {
            case "opened" -> OF_THE_LADDER.contains(newer.kind());
            case NoticeKinds.REMINDER ->
                OF_THE_LADDER.contains(newer.kind())
                        && (newer.deadlineName().equals(older.deadlineName()) || !ofOneMoment(newer, older));
            case OVERDUE -> newer.kind().equals(OVERDUE) && newer.deadlineName().equals(older.deadlineName());
            case DigestRound.DIGEST -> newer.kind().equals(DigestRound.DIGEST);
            default -> false;
        };
    }

    private static boolean ofOneMoment(Filed newer, Filed older) {
        return Duration.between(older.createdAt(), newer.createdAt()).compareTo(ONE_MOMENT) < 0;
    }

    /** Escalations of which the Party has not been warned for long enough. */
    private Map<UUID, Verdict> tooSoon(List<Filed> filed, Set<UUID> stopped) {
        List<Filed> escalations = filed.stream()
                .filter(one -> one.kind().equals(ESCALATION) && one.waits() && !one.byHand())
                .toList();
        if (escalations.isEmpty()) {
            return Map.of();
        }
        Set<UUID> ids = escalations.stream().map(Filed::obligationId).collect(Collectors.toSet());
        Map<UUID, Obligation> about =
                obligations.findAll(ids).stream().collect(Collectors.toMap(Obligation::id, Function.identity()));
        Map<UUID, Map<String, Deadline>> deadlines = obligations.deadlines(ids);
        List<Ladders.Own> set = ladders.all();
        Map<UUID, List<Filed>> late = filed.stream()
                .filter(one -> one.kind().equals(OVERDUE) || one.kind().equals(ESCALATION))
                .collect(Collectors.groupingBy(Filed::obligationId));
        Map<UUID, Verdict> verdicts = new HashMap<>();
        for (Filed escalation : escalations) {
            Obligation obligation = about.get(escalation.obligationId());
            if (obligation != null) {
                Map<String, Deadline> several = deadlines.get(obligation.id());
                Ladder ladder = new Ladder(
                        several == null ? obligation.deadline() : several.get(escalation.deadlineName()),
                        ladders.of(set, obligation, escalation.deadlineName()),
                        escalation.deadlineName());
                notBefore(escalation, late.get(obligation.id()), stopped, obligation, ladder)
                        .ifPresent(at -> verdicts.put(escalation.id(), new Verdict(WARNING_FIRST, at)));
            }
        }
        return verdicts;
    }

    /** Until when the escalation has to wait for what was told before it; empty if it need not. */
    private Optional<Instant> notBefore(
            Filed escalation, List<Filed> late, Set<UUID> stopped, Obligation obligation, Ladder ladder) {
        Instant now = clock.instant();
        List<Filed> ofTheDeadline = late.stream()
                .filter(one -> !one.rung().equals(escalation.rung())
                        && one.deadlineName().equals(escalation.deadlineName())
                        && one.day().equals(escalation.day()))
                .toList();
        Map<String, List<Filed>> warnings = ofTheDeadline.stream()
                .filter(one -> one.number() < escalation.number())
                .collect(Collectors.groupingBy(Filed::milestone));
        return warnings.values().stream()
                .flatMap(warning -> left(warning, stopped, obligation, now)
                        // or what told more in its place, even if that was written later than the escalation
                        .or(() -> left(newer(ofTheDeadline, warning.get(0)), stopped, obligation, now))
                        .map(at -> ladder.asLongAfter(warning.get(0), escalation, at))
                        .stream())
                .max(Comparator.naturalOrder())
                .filter(at -> at.isAfter(now));
    }

    private static List<Filed> newer(List<Filed> late, Filed warning) {
        return late.stream()
                .filter(one -> one.kind().equals(OVERDUE) && one.number() > warning.number())
                .toList();
    }

    /** When the Party was told first; now if it is still to be told, nothing if it will never be. */
    private static Optional<Instant> left(List<Filed> warning, Set<UUID> stopped, Obligation obligation, Instant now) {
        List<Filed> own = warning.stream()
                .filter(one -> obligation.ofParty(one.seatCode()))
                .toList();
        List<Filed> counted = own.isEmpty() ? warning : own;
        return counted.stream()
                .map(Filed::leftAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .or(() -> counted.stream().anyMatch(one -> one.waits() && !stopped.contains(one.id()))
                        ? Optional.of(now)
                        : Optional.empty());
    }

    /** The ladder of one deadline. */
    private record Ladder(@Nullable Deadline deadline, List<Rung> rungs, String name) {

        /** As many days after that moment as are between the two; as they were written if they are no longer on it. */
        private Instant asLongAfter(Filed warning, Filed escalation, Instant left) {
            Optional<Milestones.Act> first = act(warning);
            Optional<Milestones.Act> then = act(escalation);
            return first.isPresent() && then.isPresent()
                    ? then.get().asLongAfter(first.get(), left)
                    : left.plus(Duration.between(warning.createdAt(), escalation.createdAt()));
        }

        private Optional<Milestones.Act> act(Filed notice) {
            return deadline == null
                    ? Optional.empty()
                    : rungs.stream()
                            .filter(rung -> rung.of(name, Duty.DUE).equals(notice.rung()))
                            .findFirst()
                            .map(rung -> Milestones.Act.of(name, deadline, rung));
        }
    }

    /** What says that one deadline was missed while another one comes closer: the newest goes first, the next in a day. */
    private Map<UUID, Verdict> oneAtATime(List<Filed> filed, Set<UUID> stopped) {
        Map<UUID, Verdict> verdicts = new HashMap<>();
        perRecipient(filed).forEach(all -> {
            List<Filed> going = all.stream()
                    .filter(one -> one.waits() && !one.byHand() && !stopped.contains(one.id()))
                    .filter(one -> OF_THE_LADDER.contains(one.kind()))
                    .sorted(Comparator.comparing(Filed::number).reversed())
                    .toList();
            going.stream()
                    .skip(1)
                    .filter(one -> !ofOneMoment(going.get(0), one))
                    .forEach(one -> verdicts.put(
                            one.id(), new Verdict(NEWER_FIRST, clock.instant().plus(A_DAY))));
        });
        return verdicts;
    }

    /** A digest is about all that its recipient owes. */
    private static Stream<List<Filed>> perRecipient(List<Filed> filed) {
        record About(@Nullable UUID obligationId, String key) {}
        return filed.stream()
                .collect(Collectors.groupingBy(
                        one -> new About(one.kind().equals(DigestRound.DIGEST) ? null : one.obligationId(), one.key())))
                .values()
                .stream();
    }
}
