package org.sterna.forms;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Countries by ISO 3166-1 alpha-3 code, and {@code EUE} for the European Union. */
final class Countries {

    private static final Set<String> CODES = new TreeSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3));

    private static final List<Form.Option> OPTIONS;

    static {
        CODES.add("EUE");
        OPTIONS = CODES.stream()
                .map(code -> new Form.Option(code, "country." + code))
                .collect(Collectors.toUnmodifiableList());
    }

    private Countries() {}

    /** Whether there is a country of that code. */
    static boolean has(String code) {
        return CODES.contains(code);
    }

    /** All countries, ordered by code, with the message keys of their names. */
    static List<Form.Option> options() {
        return OPTIONS;
    }
}
