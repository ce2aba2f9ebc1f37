package org.sterna.campaigns;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sterna.calendar.Deadline;

/** What a change of dates does to running cases and tells their Parties. Both take part in the caller's transaction. */
public interface CaseDeadlines {

    /**
     * Moves deadlines of open cases together: in the ledger, the due dates of their tasks, and their timers.
     *
     * @param deadlines by the id of the obligation, which the caller keeps from changing, and by name
     * @param actor who changed the dates
     */
    void move(Map<UUID, Map<String, Deadline>> deadlines, String actor);

    /**
     * Tells Parties, each in one notice, which of its deadlines moved and which stay. Said once, however often it is
     * called.
     *
     * @param parties the items of each Party, at least one of them moved
     */
    void tell(MeetingMoves.Move move, List<List<MeetingMoves.Item>> parties);
}
