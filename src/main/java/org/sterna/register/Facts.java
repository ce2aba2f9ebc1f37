package org.sterna.register;

import java.util.Optional;
import java.util.Set;

/**
 * Facts about a Party that forms may show, offer or judge by, as the source {@code register.<name>}. Each bean tells
 * some of them; no two beans tell the same.
 */
public interface Facts {

    /** Names of the facts, camelCase; known when the application starts, the same for all Parties. */
    Set<String> names();

    /**
     * A fact as it stands now, in a constant number of SQL statements.
     *
     * @param name one of {@link #names()}
     * @param partyCode the Party's code, ISO 3166-1 alpha-3
     * @param occasion what the asking duty is done for, such as a year
     * @return a {@link String}, {@link java.math.BigDecimal}, {@link Boolean}, {@link java.time.LocalDate}, or a list
     *     of maps of these by name; empty if there is nothing to tell of the Party
     * @throws IllegalArgumentException if it does not know the name
     */
    Optional<Object> find(String name, String partyCode, String occasion);
}
