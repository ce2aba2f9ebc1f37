package org.sterna.notices;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.sterna.obligations.Obligation;

/** Which cases stand still because an administrator suspended them; nobody is reminded of those. */
@FunctionalInterface
public interface Suspensions {

    /** Ids of those of the obligations whose case is suspended; one statement for all. */
    Set<UUID> suspended(Collection<Obligation> obligations);
}
