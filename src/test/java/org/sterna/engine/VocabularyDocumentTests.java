package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

/** Keeps {@code docs/vocabulary.md} as the code is; {@code -Dsterna.docs=write} writes it anew. */
class VocabularyDocumentTests {

    private static final Path DOCUMENT = Path.of("docs", "vocabulary.md");
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\((?:[^()])*\\)\\s*)*public [\\w.@<> ]+? (\\w+)\\(",
            Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@Component\\(", Pattern.DOTALL);

    @Test
    void saysWhatDiagramsCanSay() throws IOException {
        String wanted = document();
        if ("write".equals(System.getProperty("sterna.docs"))) {
            Files.writeString(DOCUMENT, wanted);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/vocabulary.md is stale; run ./mvnw test -Dtest=VocabularyDocumentTests -Dsterna.docs=write")
                .isEqualTo(wanted);
    }

    private static String document() throws IOException {
        StringBuilder document = new StringBuilder("""
                # Vocabulary

                What the expressions of diagrams can say, written from the code; do not edit by hand. `execution` is \
                always written as it stands. Whatever else an expression says stops the start.
                """);
        for (Map.Entry<String, Object> word :
                new TreeMap<>(DiagramRulesTests.vocabulary().words()).entrySet()) {
            Class<?> type = word.getValue().getClass();
            String source =
                    Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
            document.append("\n## ").append(word.getKey()).append("\n\n");
            document.append(StringUtils.capitalize(purpose(source))).append("\n\n| Say | Meaning |\n|---|---|\n");
            for (Method method : methods(type)) {
                document.append(
                        "| `%s.%s` | %s |%n".formatted(word.getKey(), signature(method), meaning(source, method)));
            }
        }
        return document.toString();
    }

    private static List<Method> methods(Class<?> word) {
        return Arrays.stream(word.getMethods())
                .filter(method -> method.getDeclaringClass() == word && !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
                .toList();
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameters())
                .map(Parameter::getName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static String purpose(String source) {
        Matcher comment = CLASS.matcher(source);
        assertThat(comment.find()).isTrue();
        return plain(comment.group(1))
                .replaceFirst("^`\\$\\{[^`]*}`: ", "")
                .replaceFirst(" ?Public because expressions reach public classes only;.*", "");
    }

    private static String meaning(String source, Method method) {
        Matcher comments = METHOD.matcher(source);
        String found = "";
        while (comments.find()) {
            String parameters = source.substring(comments.end(), source.indexOf(") {", comments.end()));
            long count = parameters.isBlank()
                    ? 0
                    : parameters
                                    .replaceAll("\\([^)]*\\)?", "")
                                    .chars()
                                    .filter(sign -> sign == ',')
                                    .count()
                            + 1;
            if (comments.group(2).equals(method.getName()) && count == method.getParameterCount()) {
                found = plain(comments.group(1).replaceFirst("(?s)@(?:param|return|throws).*", ""));
            }
        }
        String named = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Argument.class))
                .map(parameter -> "`%s`: %s"
                        .formatted(
                                parameter.getName(),
                                kind(parameter.getAnnotation(Argument.class).value())))
                .collect(Collectors.joining("; "));
        OneOf answers = method.getAnnotation(OneOf.class);
        return found
                + (named.isEmpty() ? "" : "<br>" + named)
                + (answers == null ? "" : "<br>answers " + String.join(", ", answers.value()));
    }

    private static String kind(Argument.Kind kind) {
        return switch (kind) {
            case ROLE -> "a role, such as nfp";
            case ROLES -> "roles separated by commas";
            case NOTICE -> "a kind of notice that has texts";
            case STEP -> "a user task of the diagram";
            case DEADLINE -> "a deadline in duty.yaml";
            case DUTY -> "the key of a duty";
            case FIELD -> "a field of that step’s form";
            case LIST -> "a list in a form, as step.list";
            case ROW_FIELD -> "a field of its rows";
            case ROW_FIELDS -> "fields of its rows separated by commas";
            case ROW_OPTIONS -> "options of that field separated by commas";
        };
    }

    /** A comment as one line of Markdown. */
    private static String plain(String comment) {
        return comment.replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@(?:code|link) #?((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }
}
