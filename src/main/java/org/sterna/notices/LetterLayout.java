package org.sterna.notices;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sterna.notices.NoticeWriter.Fact;
import org.sterna.notices.NoticeWriter.Letter;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.unbescape.html.HtmlEscape;

/**
 * Lays letters out by the templates, as text and as HTML. Letters that differ only in a few words, as those to all
 * Parties at an opening do in the reader's name, the Party's and the link, are laid out once: the words are taken out
 * before and put back afterwards.
 */
final class LetterLayout {

    /** Stand for the words taken out; of the private use area, so no text has a meaning for them. */
    private static final String[] BLANKS = {"\uE000", "\uE001", "\uE002"};

    private final TemplateEngine templates;
    private final Cache<Letter, Laid> laidOut =
            Caffeine.newBuilder().maximumSize(500).build();

    LetterLayout(TemplateEngine templates) {
        this.templates = templates;
    }

    /** A letter laid out both ways. */
    record Laid(String text, String html) {}

    /** @param words what letters like this one differ in; at most three, none of them empty */
    Laid of(Letter letter, List<String> words) {
        if (words.size() > BLANKS.length || words.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("Not words to take out: " + words);
        }
        AtomicBoolean blanks = new AtomicBoolean();
        Letter blanked = mapped(letter, text -> {
            if (Stream.of(BLANKS).anyMatch(text::contains)) {
                blanks.set(true);
            }
            return replaced(text, words);
        });
        if (blanks.get()) {
            return lay(letter);
        }
        Laid blank = laidOut.get(blanked, this::lay);
        String text = blank.text();
        String html = blank.html();
        for (int i = 0; i < words.size(); i++) {
            text = text.replace(BLANKS[i], words.get(i));
            // as the template escapes it
            html = html.replace(BLANKS[i], HtmlEscape.escapeHtml4Xml(words.get(i)));
        }
        return new Laid(text, html);
    }

    private static String replaced(String text, List<String> words) {
        String replaced = text;
        for (int i = 0; i < words.size(); i++) {
            replaced = replaced.replace(words.get(i), BLANKS[i]);
        }
        return replaced;
    }

    private static Letter mapped(Letter letter, UnaryOperator<String> change) {
        return new Letter(
                letter.language(),
                change.apply(letter.subject()),
                change.apply(letter.attention()),
                letter.lead().stream().map(change).toList(),
                mapped(letter.facts(), change),
                mapped(letter.explanations(), change),
                change.apply(letter.linkLabel()),
                change.apply(letter.link()),
                change.apply(letter.contact()),
                change.apply(letter.footer()));
    }

    private static List<Fact> mapped(List<Fact> facts, UnaryOperator<String> change) {
        return facts.stream()
                .map(fact -> new Fact(change.apply(fact.label()), change.apply(fact.value())))
                .toList();
    }

    private Laid lay(Letter letter) {
        Context context = new Context(Locale.forLanguageTag(letter.language()), Map.of("letter", letter));
        // without the gaps that the template leaves where there is nothing to tell
        String text = templates
                .process("notice.txt", context)
                .replaceAll("\n{3,}", "\n\n")
                .strip();
        return new Laid(text + "\n", templates.process("notice.html", context));
    }
}
