package org.sterna.register;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The Parties to the Convention. */
public interface Parties {

    /** All Parties, ordered by code. */
    List<Party> all();

    /** The Party with that ISO 3166-1 alpha-3 code. */
    Optional<Party> find(String code);

    /**
     * The Parties whose seat of that role has no holder confirmed by an accepted letter today, ordered by code.
     */
    List<Party> withoutConfirmed(SeatRole role);

    /**
     * Corrects the zone in which the Party's seats read the clock.
     *
     * @throws IllegalArgumentException if there is no such Party
     */
    void setZone(String code, ZoneId zone);

    /** The codes among those given that no Party has, in the order given. */
    default List<String> unknown(Collection<String> codes) {
        return codes.stream().filter(code -> find(code).isEmpty()).toList();
    }
}
