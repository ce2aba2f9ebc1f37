package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What anybody may send, a thousand times per form, from fixed seeds. */
class FormGateFuzzTests {

    private static final int ROUNDS = 1_000;

    @TempDir
    private static Path root;

    private static ProjectForms project;

    @BeforeAll
    static void readForms() {
        project = new ProjectForms(root);
    }

    @AfterAll
    static void close() {
        project.gate.destroy();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void letsOnlyDeclaredNamesWithTheirTypesPass(Form form) {
        int passed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            // nothing but InvalidSubmission may come out, so nothing else is caught
            Optional<Map<String, Object>> values = check(form, answers(form, new Random(seed), 0));
            if (values.isPresent()) {
                passed++;
                Map<String, Object> answers = new HashMap<>(values.get());
                Object read = answers.remove(FormGate.CARRIED_OVER_READ);
                assertThat(read == null || read.equals(true)).isTrue();
                assertThat(form.keys()).containsAll(answers.keySet());
                answers.forEach((key, value) -> typed(form.field(key).orElseThrow(), value));
            }
        }
        assertThat(passed).isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void neverLetsAnUndeclaredNamePass(Form form) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            assertThat(check(form, answers(form, new Random(seed), 1))).isEmpty();
        }
    }

    private static Stream<Form> forms() {
        return project.all().stream();
    }

    private static Optional<Map<String, Object>> check(Form form, Map<String, Object> raw) {
        Locale reader =
                List.of(Locale.ENGLISH, Locale.FRENCH, ProjectForms.SPANISH).get(raw.size() % 3);
        try {
            return Optional.of(project.gate
                    .check(form, raw, circumstances(form, raw, reader))
                    .values());
        } catch (InvalidSubmission refused) {
            assertThat(refused.violations()).isNotEmpty().allSatisfy(violation -> assertThat(violation.message())
                    .isNotBlank()
                    .doesNotContain("{forms.", "{label}", "{row}", "{min}", "{max}"));
            return Optional.empty();
        }
    }

    /** Half of the time with what an earlier occasion left: what is sent now, as far as it fits. */
    private static FormGate.Circumstances circumstances(Form form, Map<String, Object> raw, Locale reader) {
        FormGate.Circumstances plain = ProjectForms.circumstances(reader);
        Map<String, Object> fitting = new HashMap<>();
        form.fields().forEach(field -> project.gate
                .fit(field, raw.get(field.key()))
                .ifPresent(value -> fitting.put(field.key(), value)));
        return raw.size() % 2 == 0
                ? plain
                : new FormGate.Circumstances(
                        reader,
                        plain.today(),
                        plain.deadline(),
                        plain.documents(),
                        new FormGate.Known(Map.of(), fitting, fitting));
    }

    private static void typed(Form.Field field, Object value) {
        assertThat(value).isInstanceOf(type(field.type()));
        if (field.type() == Form.Type.LIST) {
            assertThat((List<?>) value)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(field.mostRows())
                    .allSatisfy(row -> {
                        assertThat(row).isInstanceOf(Map.class);
                        ((Map<?, ?>) row)
                                .forEach((key, cell) ->
                                        typed(field.field((String) key).orElseThrow(), cell));
                    });
        }
    }

    private static Class<?> type(Form.Type type) {
        return switch (type) {
            case TEXT, TEXTAREA, RADIO, SELECT, DOCUMENT -> String.class;
            case NUMBER -> BigDecimal.class;
            case DATE -> LocalDate.class;
            case CHECKBOX -> Boolean.class;
            case CHECKLIST, LIST -> List.class;
            case TEXT_BLOCK -> throw new AssertionError("A text block has no value");
        };
    }

    private static Map<String, Object> answers(Form form, Random random, int undeclared) {
        Map<String, Object> answers = new HashMap<>(right(form));
        // from few wrong answers, so that many submissions come through, up to nothing but wrong ones
        int wrong = random.nextInt(random.nextBoolean() ? 3 : form.keys().size() + 1);
        List<String> keys = new ArrayList<>(form.keys());
        Collections.shuffle(keys, random);
        for (String key : keys.subList(0, Math.min(wrong, keys.size()))) {
            Form.Field field = form.field(key).orElseThrow();
            answers.put(key, random.nextBoolean() ? plausible(field, random) : anything(random));
        }
        for (Form.Field list : form.lists()) {
            list(list, random).forEach(answers::putIfAbsent);
        }
        if (form.carries() && random.nextBoolean()) {
            answers.put(FormGate.CARRIED_OVER_READ, random.nextBoolean() ? true : anything(random));
        }
        for (int i = 0; i < undeclared; i++) {
            answers.put(undeclared(random), anything(random));
        }
        return answers;
    }

    /** Rows in one of the three shapes that a door may send, or in two at once. */
    private static Map<String, Object> list(Form.Field list, Random random) {
        List<Object> rows = new ArrayList<>();
        Map<String, Object> cells = new HashMap<>();
        int most = random.nextInt(10) == 0 ? 400 : 4;
        for (int i = random.nextInt(most); i > 0; i--) {
            Map<String, Object> row = new HashMap<>();
            for (Form.Field field : list.fields()) {
                if (field.type() != Form.Type.TEXT_BLOCK && random.nextBoolean()) {
                    row.put(field.key(), random.nextInt(12) > 0 ? plausible(field, random) : anything(random));
                }
            }
            if (random.nextInt(20) == 0) {
                row.put(random.nextBoolean() ? null : undeclared(random), anything(random));
            }
            row.forEach((key, value) -> cells.put(list.key() + "." + random.nextInt(10_001) + "." + key, value));
            rows.add(random.nextInt(20) == 0 ? anything(random) : row);
        }
        return switch (random.nextInt(6)) {
            case 0 -> cells;
            case 1 -> {
                cells.put(list.key(), rows);
                yield cells;
            }
            case 2 -> Map.of(list.key(), rows.toArray());
            case 3 -> Map.of(list.key(), json(rows));
            case 4 -> Map.of(list.key(), "[".repeat(random.nextInt(3_000)) + "{}");
            default -> Map.of(list.key(), rows);
        };
    }

    private static String json(List<Object> rows) {
        try {
            return new ObjectMapper().writeValueAsString(rows);
        } catch (JsonProcessingException noJson) {
            return rows.toString();
        }
    }

    private static Map<String, Object> right(Form form) {
        return switch (form.step()) {
            case "submit-nomination" -> ProjectForms.nominationAnswers();
            case "review-nomination" -> Map.of("decision", "returned", "reasons", "The stamp is missing.");
            case "decide-escalation" -> Map.of("decision", "keep-waiting");
            case "give-answer" -> Map.of("answer", "Storks", "season", "spring", "birds", 3);
            default -> throw new AssertionError("No right answers for " + form.step());
        };
    }

    private static String undeclared(Random random) {
        List<String> names = List.of(
                "partyCode",
                "deadline",
                "today",
                "",
                "class",
                "letter ",
                "__proto__",
                "a:b",
                "{x}",
                "sightings.0.class",
                "sightings.x.species",
                "sightings.");
        int choice = random.nextInt(names.size() + 1);
        return choice < names.size() ? names.get(choice) : "x" + text(random);
    }

    private static Object plausible(Form.Field field, Random random) {
        return switch (field.type()) {
            case TEXT, TEXTAREA -> "email".equals(field.format()) ? "a@example.org" : "Some plausible answer";
            case NUMBER -> random.nextInt(100);
            case DATE ->
                LocalDate.of(2026, 5, 14).plusDays(random.nextInt(5) - 2L).toString();
            case CHECKBOX -> random.nextBoolean();
            case RADIO, SELECT ->
                field.options().get(random.nextInt(field.options().size())).value();
            case CHECKLIST -> List.of(field.options().get(0).value());
            case DOCUMENT -> ProjectForms.LETTER.toString();
            case LIST -> List.of();
            case TEXT_BLOCK -> throw new AssertionError("A text block has no value");
        };
    }

    private static Object anything(Random random) {
        return switch (random.nextInt(24)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> random.nextInt();
            case 3 -> random.nextDouble();
            case 4 -> Double.NaN;
            case 5 -> new BigDecimal(BigInteger.TEN, random.nextInt());
            case 6 -> BigInteger.ONE.shiftLeft(random.nextInt(5000));
            case 7 -> random.nextBoolean();
            case 8 -> new Object();
            case 9 -> Map.of("a", "b");
            case 10 -> List.of("en", "xx");
            case 11 -> Arrays.asList("en", null, 3);
            case 12 -> new String[] {"fr", null};
            case 13 -> UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()});
            case 14 -> LocalDate.MAX;
            case 15 -> LocalDate.MIN;
            case 16 -> Instant.EPOCH;
            case 17 -> "x".repeat(random.nextInt(120_000));
            case 18 -> "-0" + random.nextInt() + "-01-01";
            case 19 -> List.of(new ArrayList<>(List.of("en")));
            case 20 -> Set.of();
            case 21 -> "${7*7}{{7*7}}{label}<script>";
            case 22 -> (Runnable) () -> {};
            default -> text(random);
        };
    }

    /** Any characters at all, halves of surrogate pairs included. */
    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(40))
                .mapToObj(i -> String.valueOf((char) random.nextInt(0x10000)))
                .reduce("", String::concat);
    }
}
