package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sterna.notices.NoticeWriter.Fact;
import org.sterna.notices.NoticeWriter.Letter;

class LetterLayoutTests {

    private static final String[] PIECES = {
        "Anna",
        "Annaland",
        "A",
        "<b>",
        "&amp;",
        "&",
        "\"",
        "'",
        "’",
        "Côte d’Ivoire",
        "é",
        "{0}",
        "[[${x}]]",
        "$1",
        "\\",
        "\uE000",
        "\uE001",
        "日本",
        "\n",
        "\n\n\n",
        "amp",
        "1",
        " "
    };

    /** Whatever the words are, the letter is the one that the templates alone would lay out. */
    @Test
    void laysEveryLetterOutAsTheTemplatesDo() {
        Random random = new Random(20261127);
        LetterLayout kept = new LetterLayout(NoticeWriter.templates());
        for (int i = 0; i < 100; i++) {
            long form = random.nextLong();
            for (int j = 0; j < 5; j++) {
                List<String> words = List.of(text(random, 2), text(random, 2), text(random, 1));

                LetterLayout.Laid laid = kept.of(form, words, differing -> letter(form, differing));

                assertThat(laid)
                        .as("%s with %s", letter(form, words), words)
                        .isEqualTo(kept.lay(letter(form, words).withPlainSubject()));
            }
        }
    }

    @Test
    void wordsALetterOnceForAllThatAreAlike() {
        LetterLayout layout = new LetterLayout(NoticeWriter.templates());
        AtomicInteger worded = new AtomicInteger();
        for (String party : List.of("Kenya", "France", "Côte d’Ivoire")) {
            LetterLayout.Laid laid = layout.of("alike", List.of("Anna", party, "17"), words -> {
                worded.incrementAndGet();
                return letter(1, words);
            });

            assertThat(laid.text()).contains(party);
        }
        assertThat(worded).hasValue(1);
    }

    /** A subject is cut where it is too long, and only there. */
    @Test
    void cutsTheSubjectOfALetterToALongName() {
        LetterLayout layout = new LetterLayout(NoticeWriter.templates());

        List<String> subjects = Stream.of("Kenya", "Long".repeat(80), "France")
                .map(party -> layout.of("alike", List.of("Anna", party, "17"), words -> letter(1, words)))
                .peek(laid -> assertThat(laid.html()).contains("<title>" + laid.subject() + "</title>"))
                .map(LetterLayout.Laid::subject)
                .toList();

        assertThat(subjects.get(0)).endsWith("Kenya");
        assertThat(subjects.get(1)).hasSizeLessThanOrEqualTo(300).endsWith("…");
        assertThat(subjects.get(2)).endsWith("France");
    }

    /** The same letter whenever it is asked for, but for the words. */
    private static Letter letter(long form, List<String> words) {
        Random random = new Random(form);
        return new Letter(
                List.of("en", "fr", "es").get(random.nextInt(3)),
                typed(random, 2) + words.get(1),
                words.get(0) + typed(random, 1),
                List.of(typed(random, 3), words.get(1) + typed(random, 2)),
                facts(random, words.get(1)),
                facts(random, words.get(0)),
                typed(random, 1),
                "https://sterna.example.org/desk/obligations/" + words.get(2) + "/task",
                typed(random, 2),
                typed(random, 2));
    }

    private static String typed(Random random, int pieces) {
        return "x" + PlainText.paragraph(text(random, pieces));
    }

    private static List<Fact> facts(Random random, String word) {
        List<Fact> facts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            facts.add(new Fact(typed(random, 1), word + typed(random, 2)));
        }
        return facts;
    }

    private static String text(Random random, int pieces) {
        StringBuilder text = new StringBuilder("x");
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.substring(random.nextInt(2));
    }
}
