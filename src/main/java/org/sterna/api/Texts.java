package org.sterna.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.sterna.duties.Words;
import org.sterna.register.Party;

/** The same text in the three languages. */
@Schema(description = "The same text in the three languages")
record Texts(String en, String fr, String es) {

    static final Locale SPANISH = Locale.forLanguageTag("es");

    static Texts of(Party party) {
        return new Texts(party.nameEn(), party.nameFr(), party.nameEs());
    }

    static Texts of(Words words, String key) {
        return new Texts(words.text(key, Locale.ENGLISH), words.text(key, Locale.FRENCH), words.text(key, SPANISH));
    }
}
