package org.sterna.notices;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.sterna.obligations.Obligation;

/** The reminder clocks of obligations as things stand. */
public interface ReminderClocks {

    /** The clock of an obligation: the ladder of every deadline that a step waits for. */
    Milestones of(Obligation obligation);

    /**
     * The clocks of several obligations; the same few statements however many there are.
     *
     * @return by the obligation's id
     */
    Map<UUID, Milestones> of(Collection<Obligation> obligations);
}
