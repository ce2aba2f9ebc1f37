package org.sterna.api;

import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/** In which language the caller reads. */
final class Readers {

    private Readers() {}

    /** English, French or Spanish, as asked for; English for every other language. */
    static Locale language() {
        return switch (LocaleContextHolder.getLocale().getLanguage()) {
            case "fr" -> Locale.FRENCH;
            case "es" -> Texts.SPANISH;
            default -> Locale.ENGLISH;
        };
    }
}
