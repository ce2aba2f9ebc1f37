package org.sterna.notices;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;

/**
 * The reminder clock of one obligation, pure: from the ladders of the deadlines that are waited for and from what has
 * been told, what is due and when to look again. The running clock and the rehearsal both ask it, so they agree.
 *
 * <p>What is due is what is <em>due and not yet told</em>. After an outage that is the newest rung alone, with two
 * exceptions. A reminder is no longer due once its deadline is past. An escalation keeps its notice: it waits until
 * the overdue notice or escalation before it has been told, and then as many days as lie between the two on the ladder,
 * so that an outage never brings a matter before the next office together with, or in place of, the warning.
 *
 * <p>From the moment at which the obligation is closed as not delivered nothing is due any more.
 */
public final class Milestones {

    /** How soon the clock looks again for what could not be told now. */
    private static final Duration SOON = Duration.ofDays(1);

    /**
     * A rung of one of the deadlines, with its moment.
     *
     * @param id the rung's id; with the name of its deadline where that is not the main one
     * @param rung the rung
     * @param deadline the deadline it is of
     * @param at when it is due by the ladder
     */
    public record Act(String id, Rung rung, Deadline deadline, Instant at) {

        /** The act of a rung. */
        public static Act of(String deadlineName, Deadline deadline, Rung rung) {
            return new Act(rung.of(deadlineName, Duty.DUE), rung, deadline, rung.at(deadline));
        }

        /** The once-only key of its notices. */
        public String milestone() {
            return id + "@" + deadline.on();
        }

        /** The hour of this act as many days after the other was told as the ladder has between the two. */
        Instant asLongAfter(Act earlier, Instant told) {
            ZoneId zone = deadline.zone();
            LocalDate day = at.atZone(zone).toLocalDate();
            long days = ChronoUnit.DAYS.between(earlier.at().atZone(zone).toLocalDate(), day);
            return told.atZone(zone)
                    .toLocalDate()
                    .plusDays(days)
                    .atTime(at.atZone(zone).toLocalTime())
                    .atZone(zone)
                    .toInstant();
        }

        private boolean late() {
            return rung.kind() != Rung.Kind.REMINDER;
        }
    }

    private final List<List<Act>> ladders;
    private final Map<String, Instant> told;
    private final @Nullable Instant closing;

    /**
     * @param ladders the rungs of each deadline that is waited for, ordered
     * @param openedAt when the obligation was opened; rungs before that never were due
     * @param told when each milestone was first told, by its key
     * @param closing when the obligation is closed as not delivered; null if only the Secretariat closes it
     */
    public Milestones(List<List<Act>> ladders, Instant openedAt, Map<String, Instant> told, @Nullable Instant closing) {
        this(
                ladders.stream()
                        .map(ladder -> ladder.stream()
                                .filter(act -> act.at().isAfter(openedAt))
                                .sorted(Comparator.comparing(Act::at))
                                .toList())
                        .toList(),
                told,
                closing);
    }

    /** The clock of an obligation that only the Secretariat closes. */
    public Milestones(List<List<Act>> ladders, Instant openedAt, Map<String, Instant> told) {
        this(ladders, openedAt, told, null);
    }

    private Milestones(List<List<Act>> ladders, Map<String, Instant> told, @Nullable Instant closing) {
        this.ladders = ladders;
        this.told = told;
        this.closing = closing;
    }

    /** What is due and not yet told; the newest where there is more. */
    public Optional<Act> due(Instant now) {
        return due(now, newestTold());
    }

    private Optional<Act> due(Instant now, @Nullable Instant newest) {
        if (closingDue(now)) {
            return Optional.empty();
        }
        List<Act> due = new ArrayList<>();
        for (List<Act> ladder : ladders) {
            for (int place = 0; place < ladder.size(); place++) {
                Instant earliest = earliest(ladder, place, newest);
                if (earliest != null
                        && !earliest.isAfter(now)
                        && (ladder.get(place).late()
                                || !now.isAfter(ladder.get(place).deadline().at()))) {
                    due.add(ladder.get(place));
                }
            }
        }
        return due.stream().max(Comparator.comparing(Act::at));
    }

    /** Whether the obligation is to be closed as not delivered, unless the Party has nothing to do. */
    public boolean closingDue(Instant now) {
        return closing != null && !closing.isAfter(now);
    }

    /** What was passed over when the act was told: older rungs of any deadline, and itself. */
    public Stream<Act> upTo(String id) {
        Instant at = acts().filter(act -> act.id().equals(id))
                .map(Act::at)
                .findFirst()
                .orElse(Instant.MIN);
        return acts().filter(act -> !act.at().isAfter(at));
    }

    /** The same clock when the act has been told at that moment. */
    public Milestones with(Act act, Instant at) {
        Map<String, Instant> more = new HashMap<>(told);
        more.putIfAbsent(act.milestone(), at);
        return new Milestones(ladders, more, closing);
    }

    /**
     * When to look again; empty if nothing will ever be due. The moment of the closing is one to look at.
     *
     * @param now when it looked, having told what was due
     * @param waiting whether the Party has to act; if not, what is due is not told, and the clock only walks on
     */
    public Optional<Instant> next(Instant now, boolean waiting) {
        if (closing == null) {
            return ofLadders(now, waiting);
        }
        return closingDue(now)
                ? Optional.empty()
                : Optional.of(ofLadders(now, waiting)
                        .filter(at -> at.isBefore(closing))
                        .orElse(closing));
    }

    private Optional<Instant> ofLadders(Instant now, boolean waiting) {
        if (!waiting) {
            return acts().map(Act::at).filter(at -> at.isAfter(now)).min(Comparator.naturalOrder());
        }
        Instant newest = newestTold();
        List<Instant> moments = new ArrayList<>();
        for (List<Act> ladder : ladders) {
            for (int place = 0; place < ladder.size(); place++) {
                moment(ladder, place, newest, now).ifPresent(moments::add);
            }
        }
        return moments.stream().min(Comparator.naturalOrder());
    }

    private Optional<Instant> moment(List<Act> ladder, int place, @Nullable Instant newest, Instant now) {
        Act act = ladder.get(place);
        if (told.containsKey(act.milestone())) {
            return Optional.empty();
        }
        if (act.rung().kind() != Rung.Kind.ESCALATION) {
            // two deadlines may have rungs at one moment
            boolean together = act.at().equals(newest)
                    && !act.at().isAfter(now)
                    && due(now, newest).filter(act::equals).isPresent();
            if (together) {
                return Optional.of(now);
            }
            if (act.at().isAfter(now)) {
                return Optional.of(act.at());
            }
            // a deadline moved into the past is told as late; nobody makes up for reminders
            return act.late() && !superseded(ladder, act, newest) ? Optional.of(now.plus(SOON)) : Optional.empty();
        }
        Optional<Act> before = before(ladder, place);
        if (before.isPresent() && !told.containsKey(before.get().milestone())) {
            // the one before comes first
            return Optional.empty();
        }
        Instant earliest = earliest(ladder, place, newest);
        return Optional.ofNullable(earliest).map(at -> at.isAfter(now) ? at : now.plus(SOON));
    }

    /**
     * What will be told until then, if nobody acts and nothing stops.
     *
     * @param now from when
     * @param planned when the clock looks next
     */
    public List<Map.Entry<Instant, Act>> until(Instant now, Instant planned, Instant horizon) {
        List<Map.Entry<Instant, Act>> coming = new ArrayList<>();
        Milestones then = this;
        Optional<Instant> look = Optional.of(later(planned, now));
        while (look.isPresent() && !look.get().isAfter(horizon)) {
            Instant at = look.get();
            Optional<Act> act = then.due(at);
            if (act.isPresent()) {
                coming.add(Map.entry(at, act.get()));
                then = then.with(act.get(), at);
            }
            look = then.next(at, true);
        }
        return coming;
    }

    /** When the act may be told at the earliest; null if never, or not before another one. */
    private @Nullable Instant earliest(List<Act> ladder, int place, @Nullable Instant newest) {
        Act act = ladder.get(place);
        if (told.containsKey(act.milestone()) || superseded(ladder, act, newest)) {
            return null;
        }
        Instant earliest = act.at();
        if (act.rung().kind() == Rung.Kind.ESCALATION) {
            Optional<Act> before = before(ladder, place);
            if (before.isPresent() && !told.containsKey(before.get().milestone())) {
                return null;
            }
            for (Act earlier : ladder.subList(0, place)) {
                Instant toldAt = told.get(earlier.milestone());
                if (earlier.late() && toldAt != null) {
                    earliest = later(earliest, act.asLongAfter(earlier, toldAt));
                }
            }
        }
        return earliest;
    }

    /** The overdue notice or escalation before that one. */
    private static Optional<Act> before(List<Act> ladder, int place) {
        for (int i = place - 1; i >= 0; i--) {
            if (ladder.get(i).late()) {
                return Optional.of(ladder.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether something newer has been told, so that it would tell nothing new. That one deadline comes closer does not
     * stand for another one being missed.
     */
    private boolean superseded(List<Act> ladder, Act act, @Nullable Instant newest) {
        return act.late()
                ? ladder.stream().anyMatch(other -> other.at().isAfter(act.at()) && told.containsKey(other.milestone()))
                : newest != null && newest.isAfter(act.at());
    }

    /** The ladder's moment of the newest act told. */
    private @Nullable Instant newestTold() {
        return acts().filter(act -> told.containsKey(act.milestone()))
                .map(Act::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Stream<Act> acts() {
        return ladders.stream().flatMap(List::stream);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
