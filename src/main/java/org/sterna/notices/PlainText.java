package org.sterna.notices;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Makes text that somebody typed harmless in a place where only text belongs. */
final class PlainText {

    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private PlainText() {}

    /** On one line: for headers. */
    static String line(String text, int longest) {
        String kept = kept(LINE_END.matcher(text).replaceAll(" "), character -> false);
        String line = SPACES.matcher(kept).replaceAll(" ").strip();
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end).strip() + "…";
    }

    /** On several lines: for the body. */
    static String paragraph(String text) {
        return kept(LINE_END.matcher(text).replaceAll("\n"), character -> character == '\n')
                .strip();
    }

    /**
     * Without control characters, without those that turn the direction of what follows, and without those to which
     * everybody gives a meaning of their own.
     */
    private static String kept(String text, IntPredicate also) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (also.test(character)) {
                kept.appendCodePoint(character);
            } else {
                switch (Character.getType(character)) {
                    case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> {}
                    case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> kept.append(' ');
                    default -> kept.appendCodePoint(character);
                }
            }
        });
        return kept.toString();
    }
}
