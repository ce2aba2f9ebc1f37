package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
        "amp",
        "1",
        " "
    };

    /** However the words to take out occur in the others, the letter is the one that the templates alone would lay out. */
    @Test
    void laysEveryLetterOutAsTheTemplatesDo() {
        Random random = new Random(20261127);
        LetterLayout kept = new LetterLayout(NoticeWriter.templates());
        for (int i = 0; i < 500; i++) {
            String reader = text(random, 2);
            String party = text(random, 2);
            String id = text(random, 1);
            Letter letter = new Letter(
                    List.of("en", "fr", "es").get(random.nextInt(3)),
                    text(random, 2) + party,
                    reader + text(random, 1),
                    List.of(text(random, 3), party + text(random, 2)),
                    facts(random, party),
                    facts(random, reader),
                    text(random, 1),
                    "https://sterna.example.org/desk/obligations/" + id + "/task",
                    text(random, 2),
                    text(random, 2));

            LetterLayout.Laid laid = kept.of(letter, List.of(reader, party, id));

            assertThat(laid)
                    .as("%s without %s, %s, %s", letter, reader, party, id)
                    .isEqualTo(new LetterLayout(NoticeWriter.templates()).of(letter, List.of()));
        }
    }

    private static List<Fact> facts(Random random, String word) {
        List<Fact> facts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            facts.add(new Fact(text(random, 1), word + text(random, 2)));
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
