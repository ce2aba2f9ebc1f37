package org.sterna.notices;

import java.util.List;

/** Ladders that cannot be one, for tests of those that word why. */
public final class InvalidLadders {

    private InvalidLadders() {}

    /** One with one fault. */
    public static InvalidLadder of(int line, String field, String key) {
        return new InvalidLadder(List.of(new InvalidLadder.Fault(line, field, key, "")));
    }
}
