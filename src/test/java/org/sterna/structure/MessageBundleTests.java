package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every text exists in English, French and Spanish, with the same arguments. */
class MessageBundleTests {

    private static final Pattern ARGUMENT = Pattern.compile("\\{\\s*(\\w+)");

    /** A key that a template names in full; one put together from parts cannot be known beforehand. */
    private static final Pattern NAMED = Pattern.compile("#\\{([a-z][\\w.-]*)[(}]");

    /** An element with its id and its name. */
    private static final Pattern DRAWN = Pattern.compile(
            "<bpmn:(\\w*(?:[tT]ask|Event|Gateway|Flow|subProcess|callActivity)) id=\"([^\"]+)\"[^>]*?name=\"([^\"]+)\"");

    @TestFactory
    Stream<DynamicTest> textsExistInThreeLanguages() {
        return Stream.of("src/main/resources/messages", "processes")
                .flatMap(folder -> Sources.under(folder, ".properties").stream())
                .filter(file -> !file.toString().matches(".*_(fr|es)\\.properties"))
                .map(english -> DynamicTest.dynamicTest(english.toString(), () -> assertThat(faults(english))
                        .as("texts missing, left over or with other arguments beside %s", english)
                        .isEmpty()));
    }

    /** Of two texts with one key the later would be shown in the place of the earlier, too. */
    @TestFactory
    Stream<DynamicTest> keysAreThereOnce() {
        return Stream.of("src/main/resources/messages", "processes")
                .flatMap(folder -> Sources.under(folder, ".properties").stream())
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertThat(Sources.text(file)
                                .lines()
                                .filter(line -> !line.startsWith("#") && line.contains("="))
                                .map(line ->
                                        line.substring(0, line.indexOf('=')).strip()))
                        .as("keys of %s", file)
                        .doesNotHaveDuplicates()));
    }

    @TestFactory
    Stream<DynamicTest> templatesNameTextsThatExist() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Path file : Sources.under("src/main/resources/messages", ".properties")) {
            known.addAll(read(file).stringPropertyNames());
        }
        return Sources.under("src/main/resources/templates", ".html").stream()
                .map(template -> DynamicTest.dynamicTest(template.toString(), () -> assertThat(
                                NAMED.matcher(Sources.text(template)).results().map(found -> found.group(1)))
                        .as("texts that %s names", template)
                        .isSubsetOf(known)));
    }

    /** As the page of a case finds them: steps by the duty's words, ends by the state, all else by its English name. */
    @TestFactory
    Stream<DynamicTest> namesInDiagramsHaveTexts() throws IOException {
        Properties cases = read(Path.of("src/main/resources/messages/cases.properties"));
        Properties app = read(Path.of("src/main/resources/messages/app.properties"));
        return Sources.under("processes", ".bpmn").stream()
                .map(diagram -> DynamicTest.dynamicTest(diagram.toString(), () -> {
                    String duty = diagram.getParent().getFileName().toString();
                    Path beside = diagram.resolveSibling("messages.properties");
                    Properties words = Files.exists(beside) ? read(beside) : new Properties();
                    List<String> without = DRAWN.matcher(Sources.text(diagram))
                            .results()
                            .filter(element -> !words.containsKey(duty + "." + element.group(2) + ".name"))
                            .filter(element -> !cases.containsKey("diagram." + slug(element.group(3))))
                            .filter(element ->
                                    !app.containsKey("state." + element.group(2).replaceFirst("^end_", "")))
                            .map(element -> element.group(1) + " " + element.group(2) + " is called " + element.group(3)
                                    + ": add diagram." + slug(element.group(3)))
                            .toList();
                    assertThat(without)
                            .as("names drawn in %s that no reader of French or Spanish understands", diagram)
                            .isEmpty();
                }));
    }

    private static String slug(String name) {
        return name.replace("&#10;", " ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static List<String> faults(Path english) throws IOException {
        Properties original = read(english);
        List<String> faults = new ArrayList<>();
        for (String language : List.of("fr", "es")) {
            Path file = Path.of(english.toString().replace(".properties", "_" + language + ".properties"));
            Properties translation = read(file);
            Set<String> keys = new TreeSet<>(original.stringPropertyNames());
            keys.addAll(translation.stringPropertyNames());
            for (String key : keys) {
                String text = translation.getProperty(key);
                if (!original.containsKey(key)) {
                    faults.add(file + ": " + key + " is not in English");
                } else if (text == null || text.isBlank()) {
                    faults.add(file + ": " + key + " is missing");
                } else if (!arguments(text).equals(arguments(original.getProperty(key)))) {
                    faults.add(file + ": " + key + " has other arguments than in English");
                }
            }
        }
        return faults;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Sources.text(file)));
        return properties;
    }

    /** Numbered and named arguments: {@code {0}}, {@code {0,date,long}}, {@code {reasons}}. */
    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
