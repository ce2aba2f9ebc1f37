package org.sterna.notices;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sterna.obligations.Obligation;

/**
 * What is told to seats that stand for many Parties: a rung of a ladder tells them of all those Parties in one notice
 * that lists who is missing, and not in one notice about each.
 */
public interface PartyLists {

    /**
     * How the Parties stand that seats stand for.
     *
     * @param seatCode the seat, of those asked for the one that stands for most Parties
     * @param obligations the Parties' obligations, in no particular order
     */
    record Standing(String seatCode, List<Obligation> obligations) {}

    /**
     * How the Parties stand that the seats stand for, as the ladder tells those seats.
     *
     * @param seatCodes codes of seats; those that have not been told of the duty for that occasion count for nothing
     * @return no obligations if none of the seats has been told
     */
    Standing told(String duty, String occasion, Collection<String> seatCodes);

    /** Ids of the obligations that a notice tells, if it is a list or repeats one; else none. */
    List<UUID> about(Notice notice);
}
