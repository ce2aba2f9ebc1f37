package org.sterna.register;

import java.util.Locale;

/**
 * A Party to the Convention.
 *
 * @param code ISO 3166-1 alpha-3 code; {@code EUE} for the European Union
 * @param nameEn name in English
 * @param nameFr name in French
 * @param nameEs name in Spanish
 * @param region its region for the Standing Committee
 * @param language the language of correspondence: English, French or Spanish; inferred until the Party changes it
 */
public record Party(String code, String nameEn, String nameFr, String nameEs, Region region, Locale language) {

    /** The name in the reader's language; English where that is neither French nor Spanish. */
    public String name(Locale reader) {
        return switch (reader.getLanguage()) {
            case "fr" -> nameFr;
            case "es" -> nameEs;
            default -> nameEn;
        };
    }
}
