package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeelTests {

    private final Feel feel = new Feel();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    day >= day - duration("P90D")                | HOLDS
                    day > day                                    | FAILS
                    list contains(chosen, "fr")                  | HOLDS
                    every c in chosen satisfies c != "de"        | HOLDS
                    count(chosen[item = "en"]) = 1               | FAILS
                    number * 2 = 5                               | HOLDS
                    absent = null or absent > 3                  | HOLDS
                    absent > 3                                   | BROKEN
                    text > 3                                     | BROKEN
                    number                                       | BROKEN
                    misspelt = "x"                               | FAILS
                    """)
    void asks(String condition, Feel.Verdict verdict) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "day",
                LocalDate.of(2026, 5, 14),
                "chosen",
                List.of("fr"),
                "number",
                new BigDecimal("2.5"),
                "text",
                "hello"));
        values.put("absent", null);

        assertThat(feel.ask(condition, values)).isEqualTo(verdict);
    }

    @Test
    void findsTheNamesThatAConditionLooksAt() {
        assertThat(feel.read("every c in chosen satisfies (c != \"de\" and list contains(known[item != other], c))")
                        .names())
                .containsExactlyInAnyOrder("chosen", "known", "other");
    }

    @Test
    void refusesWhatIsNoCondition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> feel.read("letterDate <="))
                .withMessageContaining("letterDate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    every m in members satisfies m.born < today                              | HOLDS
                    some m in members satisfies m.role = "head"                              | HOLDS
                    count(members) = 2                                                       | HOLDS
                    count(members[role = "head"]) = 1                                        | HOLDS
                    count(distinct values(members.role)) = count(members)                    | HOLDS
                    every m in members satisfies list contains(m.languages, "en")            | FAILS
                    every m in members satisfies m.nothing = null                            | HOLDS
                    some m in members satisfies m.class != null                              | FAILS
                    some m in members satisfies m.getClass() != null                         | BROKEN
                    members[1].role.class.name = "java.lang.String"                          | FAILS
                    """)
    void seesListsAsListsOfContexts(String condition, Feel.Verdict verdict) {
        Map<String, Object> head = new HashMap<>();
        head.put("role", "head");
        head.put("born", LocalDate.of(1970, 1, 1));
        head.put("languages", List.of("en", "fr"));
        head.put("nothing", null);
        Map<String, Object> member = new HashMap<>(head);
        member.put("role", "member");
        member.put("languages", List.of("fr"));

        assertThat(feel.ask(condition, Map.of("members", List.of(head, member), "today", LocalDate.of(2026, 5, 14))))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @MethodSource
    void letsOnlyPlainValuesIn(Object value) {
        assertThatIllegalArgumentException().isThrownBy(() -> feel.ask("x.class != null", Map.of("x", value)));
    }

    static Stream<Object> letsOnlyPlainValuesIn() {
        return Stream.of(
                new Object(),
                UUID.randomUUID(),
                Optional.of("x"),
                Instant.EPOCH,
                Thread.State.NEW,
                new StringBuilder("x"),
                List.of(new Object()),
                List.of(List.of("x")),
                List.of(Map.of("key", new Object())),
                List.of(Map.of("key", Map.of("key", "value"))),
                List.of(Map.of(1, "value")),
                Collections.singletonMap("key", "value"),
                new Form.Option("x", "y"));
    }
}
