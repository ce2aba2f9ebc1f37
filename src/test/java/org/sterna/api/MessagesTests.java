package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTests {

    @ParameterizedTest
    @ValueSource(strings = {"_fr", "_es"})
    void hasTheSameTextsWithTheSameArgumentsInEveryLanguage(String language) throws IOException {
        Properties english = read("");
        Properties other = read(language);

        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames()).allSatisfy(key -> assertThat(arguments(other.getProperty(key)))
                .as(key)
                .isEqualTo(arguments(english.getProperty(key))));
    }

    @Test
    void wordsEverySortOfProblem() throws IOException {
        assertThat(read("").stringPropertyNames())
                .containsAll(Arrays.stream(Problem.Kind.values())
                        .map(kind -> "api.problem." + kind.code() + ".title")
                        .toList())
                .containsAll(Arrays.stream(Problem.Kind.values())
                        .map(kind -> "api.problem." + kind.code() + ".detail")
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_fr", "_es"})
    void usesNoStraightQuote(String language) throws IOException {
        assertThat(read(language).values()).noneMatch(text -> text.toString().contains("'"));
    }

    private static Set<String> arguments(String text) {
        Set<String> arguments = new TreeSet<>();
        var matcher = java.util.regex.Pattern.compile("\\{\\d}").matcher(text);
        while (matcher.find()) {
            arguments.add(matcher.group());
        }
        return arguments;
    }

    private static Properties read(String language) throws IOException {
        Properties texts = new Properties();
        try (var in = new InputStreamReader(
                MessagesTests.class.getResourceAsStream("/messages/api" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }
}
