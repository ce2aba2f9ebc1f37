package org.sterna.calendar;

import java.time.ZoneId;
import java.util.List;

/** The zones of the time zone database. */
final class Zones {

    private Zones() {}

    /** Whether there is a zone with that name; a library may have made names known that have no rules. */
    static boolean known(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) && ZoneId.of(name).getRules() != null;
    }

    /** Their names, sorted. */
    static List<String> names() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(Zones::known)
                .sorted()
                .toList();
    }
}
