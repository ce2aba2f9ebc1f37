package org.sterna.documents;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** File names that no browser, shell or file system stumbles over. */
final class SafeName {

    /** In UTF-16 units, extension included. */
    static final int LONGEST = 150;

    private static final String NAMELESS = "document";
    private static final String RESERVED = "<>:\"|?*;%";
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z][A-Za-z0-9]{0,4}$");

    private SafeName() {}

    /** The last part of the path, without control, format (text direction) and reserved characters, cut to size. */
    static String of(String sent) {
        String base = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(base, Normalizer.Form.NFC).codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED -> {}
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    kept.append(' ');
                default -> kept.appendCodePoint(RESERVED.indexOf(character) >= 0 ? '_' : character);
            }
        });
        String name = trimmed(kept.toString());
        if (name.isEmpty()) {
            return NAMELESS;
        }
        return cut(DEVICE.matcher(name).matches() ? "_" + name : name, LONGEST);
    }

    /** The same with an extension that tells the truth about the content. */
    static String of(String sent, PaperType type) {
        String name = of(sent);
        if (!type.fits(name)) {
            String stem = trimmed(EXTENSION.matcher(name).replaceFirst(""));
            name = type.fits(stem) ? stem : (stem.isEmpty() ? NAMELESS : stem) + type.extension();
        }
        if (name.length() <= LONGEST && type.fits(name)) {
            return name;
        }
        return cut(name, LONGEST - type.extension().length()) + type.extension();
    }

    private static String trimmed(String name) {
        return name.replaceAll(" {2,}", " ").replaceAll("^[. ]+|[. ]+$", "");
    }

    private static String cut(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(length - 1)) ? length - 1 : length;
        return trimmed(name.substring(0, end));
    }

    static boolean endsWith(String name, String extension) {
        return name.toLowerCase(Locale.ROOT).endsWith(extension);
    }
}
