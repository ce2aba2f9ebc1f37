package org.sterna.notices;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;

/** The reminder clocks of obligations as things stand. */
public interface ReminderClocks {

    /** The clock of an obligation: the ladder of every deadline that a step waits for. */
    Milestones of(Obligation obligation);

    /**
     * The clock of an obligation whose case is only starting: nothing has been told about it.
     *
     * @param tasks the steps that have come up so far
     */
    Milestones starting(Obligation obligation, List<OpenTask> tasks);

    /**
     * The clocks of several obligations; the same few statements however many there are.
     *
     * @return by the obligation's id
     */
    Map<UUID, Milestones> of(Collection<Obligation> obligations);
}
