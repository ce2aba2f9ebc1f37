package org.sterna.register;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of names as they are looked for: capital or small, with accents or without. */
public final class NameWords {

    /** Of longer words only the beginning counts, in characters. */
    private static final int LONGEST = 40;

    /** Letters that no accent can be taken from, as those write who have no such key. */
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("œ", "oe"),
            Map.entry("ø", "o"),
            Map.entry("ł", "l"),
            Map.entry("đ", "d"),
            Map.entry("ð", "d"),
            Map.entry("þ", "th"),
            Map.entry("ı", "i"));

    private NameWords() {}

    /** The different words of a text, in their order. */
    public static Set<String> of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            folded = folded.replace(letter.getKey(), letter.getValue());
        }
        return Arrays.stream(folded.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, Math.min(LONGEST, word.length())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How a word is kept. */
    public static byte[] key(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    /** What sorts behind all words that begin with this one, and before all others that sort behind it. */
    public static byte[] behind(String word) {
        byte[] key = key(word);
        byte[] behind = Arrays.copyOf(key, key.length + 1);
        // a byte that no text has
        behind[key.length] = (byte) 0xff;
        return behind;
    }
}
