package org.sterna.register;

import java.util.Arrays;

/** The regions of the Standing Committee that have Parties (Res. 9.15 para. 2(a)). */
public enum Region {
    AFRICA("africa", "Africa"),
    ASIA("asia", "Asia"),
    EUROPE("europe", "Europe"),
    OCEANIA("oceania", "Oceania"),
    SOUTH_AND_CENTRAL_AMERICA_AND_THE_CARIBBEAN(
            "south-central-america-caribbean", "South and Central America and the Caribbean");

    private final String code;
    private final String name;

    Region(String code, String name) {
        this.code = code;
        this.name = name;
    }

    /** The code in seat codes such as {@code rep-africa}, and in message keys {@code region.<code>}. */
    public String code() {
        return code;
    }

    /**
     * The region with that English name, as in the reference data.
     *
     * @throws IllegalArgumentException if no region has that name
     */
    public static Region named(String name) {
        return Arrays.stream(values())
                .filter(region -> region.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No region is called " + name));
    }
}
