package org.sterna.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormMessagesTests {

    private static final Path RESOURCES = Path.of("src/main/resources");

    @ParameterizedTest
    @CsvSource({"ValidationMessages,fr", "ValidationMessages,es", "messages/forms,fr", "messages/forms,es"})
    void saysEverythingInEveryLanguage(String bundle, String language) throws IOException {
        assertThat(load(bundle + "_" + language).stringPropertyNames())
                .isEqualTo(load(bundle).stringPropertyNames());
    }

    @ParameterizedTest
    @CsvSource({"fr", "es"})
    void namesTheSamePlaceholdersInEveryLanguage(String language) throws IOException {
        Properties english = load("ValidationMessages");
        Properties translated = load("ValidationMessages_" + language);

        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(placeholders(translated.getProperty(key)))
                        .isEqualTo(placeholders(english.getProperty(key))));
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties load(String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(bundle + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
