package org.sterna.notices;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.sterna.notices.NoticeWriter.Letter;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.unbescape.html.HtmlEscape;

/**
 * Lays letters out by the templates, as text and as HTML. Letters that differ only in a few words, as those to all
 * Parties at an opening do in the reader's name, the Party's and the link, are worded and laid out once: with blanks,
 * which every letter then fills with its own words.
 */
final class LetterLayout {

    /** Of the private use area, so no text has a meaning for them, and {@link PlainText} has none of them. */
    private static final List<String> BLANKS = List.of("\uE000", "\uE001", "\uE002");

    private static final char FIRST = BLANKS.get(0).charAt(0);
    private static final char LAST = BLANKS.get(BLANKS.size() - 1).charAt(0);

    private final TemplateEngine templates;
    private final Cache<Object, Laid> blanked =
            Caffeine.newBuilder().maximumSize(500).build();

    LetterLayout(TemplateEngine templates) {
        this.templates = templates;
    }

    /** A letter laid out both ways, and what it is called. */
    record Laid(String subject, String text, String html) {}

    /**
     * Lays a letter out.
     *
     * @param alike equal for all letters that differ in those words only
     * @param words three words or names; of typed text, only what {@link PlainText} leaves of it may be in the others
     * @param worded words the letter with them, or with others in their place
     */
    Laid of(Object alike, List<String> words, Function<List<String>, Letter> worded) {
        if (words.size() != BLANKS.size()) {
            throw new IllegalArgumentException("Not as many words as there are blanks: " + words);
        }
        if (words.stream().allMatch(LetterLayout::plain)) {
            Laid blank = blanked.get(alike, missing -> lay(worded.apply(BLANKS)));
            String subject = filled(blank.subject(), words);
            // if a header would take another one, the letter needs that one too
            if (PlainText.line(subject, NoticeWriter.LONGEST_SUBJECT).equals(subject)) {
                return new Laid(
                        subject,
                        filled(blank.text(), words),
                        // as the template escapes it
                        filled(
                                blank.html(),
                                words.stream().map(HtmlEscape::escapeHtml4Xml).toList()));
            }
        }
        return lay(worded.apply(words).withPlainSubject());
    }

    /** Whether it stays as it is when the letter's gaps and ends are tidied. */
    private static boolean plain(String word) {
        return !word.isEmpty() && word.equals(word.strip()) && word.indexOf('\n') < 0;
    }

    private static String filled(String blank, List<String> words) {
        StringBuilder filled = new StringBuilder(blank.length() + 100);
        int from = 0;
        for (int i = 0; i < blank.length(); i++) {
            char character = blank.charAt(i);
            if (character >= FIRST && character <= LAST) {
                filled.append(blank, from, i).append(words.get(character - FIRST));
                from = i + 1;
            }
        }
        return filled.append(blank, from, blank.length()).toString();
    }

    /** As the templates lay it out. */
    Laid lay(Letter letter) {
        Context context = new Context(Locale.forLanguageTag(letter.language()), Map.of("letter", letter));
        // without the gaps that the template leaves where there is nothing to tell
        String text = templates
                .process("notice.txt", context)
                .replaceAll("\n{3,}", "\n\n")
                .strip();
        return new Laid(letter.subject(), text + "\n", templates.process("notice.html", context));
    }
}
