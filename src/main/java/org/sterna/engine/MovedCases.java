package org.sterna.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.CaseDeadlines;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.duties.Duties;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.SeatRole;

/** Carries a change of dates into running cases, and tells each Party once for all its duties. */
@Component
class MovedCases implements CaseDeadlines {

    private final ProcessEngine engine;
    private final Obligations obligations;
    private final DeadlineMove move;
    private final Case theCase;
    private final Duties duties;
    private final Meetings meetings;
    private final Notices notices;

    MovedCases(
            ProcessEngine engine,
            Obligations obligations,
            DeadlineMove move,
            Case theCase,
            Duties duties,
            Meetings meetings,
            Notices notices) {
        this.engine = engine;
        this.obligations = obligations;
        this.move = move;
        this.theCase = theCase;
        this.duties = duties;
        this.meetings = meetings;
        this.notices = notices;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(Map<UUID, Map<String, Deadline>> deadlines, String actor) {
        Map<Obligation, Map<String, Deadline>> moved = new LinkedHashMap<>();
        obligations
                .findAll(deadlines.keySet())
                .forEach(obligation -> moved.put(obligation, deadlines.get(obligation.id())));
        // one command, so that the engine writes what changed in all cases together
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(command -> {
                    move.ofSeveral(moved, actor, engine, command);
                    return null;
                });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(MeetingMoves.Move change, List<List<MeetingMoves.Item>> parties) {
        Map<UUID, Obligation> about =
                obligations.findAll(parties.stream().map(MovedCases::firstMoved).toList()).stream()
                        .collect(Collectors.toMap(Obligation::id, Function.identity()));
        Meeting before = meeting(change, change.before());
        Meeting after = meeting(change, change.after());
        notices.issue(parties.stream()
                .map(items -> request(change, before, after, about.get(firstMoved(items)), items))
                .toList());
    }

    private static UUID firstMoved(List<MeetingMoves.Item> items) {
        return items.stream()
                .filter(item -> item.fate() == Fate.MOVES)
                .findFirst()
                .orElseThrow()
                .obligationId();
    }

    /** To the focal point, with copies to the other seats that carry a duty of the list. */
    private Notices.Request request(
            MeetingMoves.Move change,
            @Nullable Meeting before,
            @Nullable Meeting after,
            Obligation obligation,
            List<MeetingMoves.Item> items) {
        Set<String> copies = new LinkedHashSet<>();
        for (MeetingMoves.Item item : items) {
            copies.add(duties.get(item.duty()).holder());
        }
        copies.remove(SeatRole.NFP.code());
        return new Notices.Request(
                obligation.id(),
                "moved@" + change.id(),
                change.subject() == null ? "meeting-moved" : "date-notified",
                theCase.seats(obligation, List.of(SeatRole.NFP.code())),
                theCase.seats(obligation, List.copyOf(copies)),
                false,
                Map.of(),
                new Notices.Moved(
                        change.occasion(),
                        before,
                        after,
                        change.reference(),
                        items.stream().map(this::line).toList()),
                null);
    }

    /** The meeting with those dates; null unless it was a meeting that changed. */
    private @Nullable Meeting meeting(MeetingMoves.Move change, MeetingMoves.Dates dates) {
        return change.subject() != null
                ? null
                : meetings.find(change.occasion())
                        .map(meeting -> meeting.on(dates.opening(), dates.closing(), dates.provisional()))
                        .orElse(null);
    }

    private Notices.Line line(MeetingMoves.Item item) {
        boolean moves = item.fate() == Fate.MOVES;
        return new Notices.Line(
                item.obligationId(),
                item.deadline(),
                item.duty(),
                duties.get(item.duty())
                        .further(item.deadline())
                        .map(further -> further.steps().stream().sorted().toList())
                        .orElse(List.of()),
                item.from(),
                moves ? item.to() : null,
                moves ? null : item.fate().code());
    }
}
