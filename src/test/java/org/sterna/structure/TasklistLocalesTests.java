package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tasklist falls back to English key by key and without a word, so a gap in a translation shows
 * only to the people who read that language.
 */
class TasklistLocalesTests {

    private static final String FOLDER = "META-INF/resources/webjars/camunda/app/tasklist/locales/";

    /** What Tasklist, AngularJS and Moment fill in: {@code {{name}}} and {@code %d}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}|%[ds]");

    private static final Set<String> SAME_IN_EVERY_LANGUAGE = Set.of(
            "dateLocales.calendar.sameElse",
            "dateLocales.longDateFormat.L",
            "dateLocales.longDateFormat.LT",
            "dateLocales.week.dow",
            "dateLocales.week.doy",
            "labels.CAM_WIDGET_VARIABLES_TABLE_NULL",
            "labels.CAM_WIDGET_VARIABLE_NULL",
            "labels.COCKPIT_APP",
            "labels.FILTER_FORM_VARIABLES",
            "labels.TASK_VARIABLES",
            "labels.SEARCH_LESS_THAN",
            "labels.SEARCH_LESS_THAN_EQUALS",
            "labels.SEARCH_GREATER_THAN",
            "labels.SEARCH_GREATER_THAN_EQUALS");

    private static final Set<String> SAME_IN_FRENCH = Set.of(
            "dateLocales.longDateFormat.LL",
            "dateLocales.relativeTime.mm",
            "labels.ACTION",
            "labels.CAM_WIDGET_VARIABLES_TABLE_TYPE",
            "labels.DATE",
            "labels.DESCRIPTION",
            "labels.FILTER_DESCRIPTION_LABEL",
            "labels.NEW_TASK_DESCRIPTION",
            "labels.TYPE",
            "labels.description");

    private static final Set<String> SAME_IN_SPANISH = Set.of("labels.FILTER_COLOR_LABEL", "labels.FILTER_FORM_BASICS");

    private final Map<String, String> english = bundled("en.json");

    @Test
    void frenchHasEveryKeyOfTheBundledEnglish() {
        hasTheKeysOfTheBundledEnglish("fr.json");
    }

    @Test
    void spanishHasEveryKeyOfTheBundledEnglish() {
        hasTheKeysOfTheBundledEnglish("es.json");
    }

    @Test
    void frenchKeepsThePlaceholders() {
        keepsThePlaceholders("fr.json");
    }

    @Test
    void spanishKeepsThePlaceholders() {
        keepsThePlaceholders("es.json");
    }

    @Test
    void frenchLeavesNothingEmpty() {
        leavesNothingEmpty("fr.json");
    }

    @Test
    void spanishLeavesNothingEmpty() {
        leavesNothingEmpty("es.json");
    }

    @Test
    void frenchIsTranslated() {
        isTranslated("fr.json", SAME_IN_FRENCH);
    }

    @Test
    void spanishIsTranslated() {
        isTranslated("es.json", SAME_IN_SPANISH);
    }

    private void hasTheKeysOfTheBundledEnglish(String file) {
        var own = own(file).keySet();
        assertThat(difference(english.keySet(), own))
                .as("keys missing in %s", file)
                .isEmpty();
        assertThat(difference(own, english.keySet()))
                .as("keys of %s that Camunda's en.json does not have", file)
                .isEmpty();
    }

    private void keepsThePlaceholders(String file) {
        var broken = new ArrayList<String>();
        own(file).forEach((key, text) -> {
            var original = english.getOrDefault(key, "");
            if (!placeholders(text).equals(placeholders(original))) {
                broken.add("%s, %s: %s where English has %s"
                        .formatted(file, key, placeholders(text), placeholders(original)));
            }
        });
        assertThat(broken)
                .as("placeholders of %s, against Camunda's en.json", file)
                .isEmpty();
    }

    private void leavesNothingEmpty(String file) {
        var empty = new ArrayList<String>();
        own(file).forEach((key, text) -> {
            if (text.isBlank() && !english.getOrDefault(key, "").isBlank()) {
                empty.add("%s, %s".formatted(file, key));
            }
        });
        assertThat(empty).as("empty texts of %s where English has one", file).isEmpty();
    }

    private void isTranslated(String file, Set<String> sameInThisLanguage) {
        var untranslated = new ArrayList<String>();
        own(file).forEach((key, text) -> {
            var allowed = SAME_IN_EVERY_LANGUAGE.contains(key) || sameInThisLanguage.contains(key);
            if (!text.isBlank() && text.equals(english.get(key)) && !allowed) {
                untranslated.add("%s, %s: \"%s\"".formatted(file, key, text));
            }
        });
        assertThat(untranslated).as("texts of %s left in English", file).isEmpty();
    }

    private static Set<String> difference(Set<String> these, Set<String> those) {
        var difference = new TreeSet<>(these);
        difference.removeAll(those);
        return difference;
    }

    private static List<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(TasklistLocalesTests::name)
                .sorted()
                .toList();
    }

    private static String name(MatchResult placeholder) {
        return placeholder.group(1) == null ? placeholder.group() : "{{" + placeholder.group(1) + "}}";
    }

    private static Map<String, String> own(String file) {
        return texts(found(file).stream()
                .filter(url -> !isCamundas(url))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + file + " of our own in " + FOLDER)));
    }

    /** Camunda's file, even if one of our own lies before it on the class path. */
    private static Map<String, String> bundled(String file) {
        return texts(found(file).stream()
                .filter(TasklistLocalesTests::isCamundas)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + file + " of Camunda's in " + FOLDER)));
    }

    private static boolean isCamundas(URL url) {
        return url.getPath().contains("/camunda-webapp-webjar");
    }

    private static List<URL> found(String file) {
        try {
            return Collections.list(TasklistLocalesTests.class.getClassLoader().getResources(FOLDER + file));
        } catch (IOException e) {
            throw new AssertionError("Cannot look for " + FOLDER + file, e);
        }
    }

    /** Every text under its path: {@code labels.CLOSE}, {@code dateLocales.months.0}. */
    private static Map<String, String> texts(URL url) {
        try (InputStream in = url.openStream()) {
            var texts = new TreeMap<String, String>();
            collect("", new ObjectMapper().readTree(in), texts);
            return texts;
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + url, e);
        }
    }

    private static void collect(String path, JsonNode node, Map<String, String> texts) {
        var prefix = path.isEmpty() ? "" : path + ".";
        if (node.isObject()) {
            node.properties().forEach(e -> collect(prefix + e.getKey(), e.getValue(), texts));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(prefix + i, node.get(i), texts);
            }
        } else {
            texts.put(path, node.asText());
        }
    }
}
