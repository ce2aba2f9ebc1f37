package org.sterna.api;

import org.sterna.duties.Words;

/** Names in the reader's language; the key itself for what left the catalogue but stays in the ledger. */
final class Names {

    private Names() {}

    static String duty(Words words, String duty) {
        return text(words, duty + ".title", duty);
    }

    static String step(Words words, String duty, String step) {
        return text(words, duty + "." + step + ".name", step);
    }

    private static String text(Words words, String key, String otherwise) {
        return words.has(key) ? words.text(key, Readers.language()) : otherwise;
    }
}
