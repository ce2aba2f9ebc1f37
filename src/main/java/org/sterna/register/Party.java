package org.sterna.register;

import java.time.ZoneId;
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
 * @param zone the time zone in which its seats read the clock: at first its capital's, until somebody corrects it
 */
public record Party(
        String code, String nameEn, String nameFr, String nameEs, Region region, Locale language, ZoneId zone) {

    /** The zone of the Secretariat in Bonn, for a Party whose own is not known. */
    public static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    /** A Party whose zone is not known. */
    public Party(String code, String nameEn, String nameFr, String nameEs, Region region, Locale language) {
        this(code, nameEn, nameFr, nameEs, region, language, BONN);
    }

    /** The name in the reader's language; English where that is neither French nor Spanish. */
    public String name(Locale reader) {
        return switch (reader.getLanguage()) {
            case "fr" -> nameFr;
            case "es" -> nameEs;
            default -> nameEn;
        };
    }
}
