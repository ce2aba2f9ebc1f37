package org.sterna.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A duty's {@code scenarios.yaml}.
 *
 * @param answers answers by name, to be used in several steps
 * @param scenarios the stories
 */
record Scenario(Map<String, Map<String, Object>> answers, List<Story> scenarios) {

    /**
     * A story.
     *
     * @param name what it shows
     * @param party the Party it is about
     * @param steps one-key objects, see {@code ScenarioTests}
     */
    record Story(String name, String party, List<Map<String, JsonNode>> steps) {}

    Map<String, Object> answers(@Nullable String name) {
        Map<String, Object> found = answers == null ? null : answers.get(name);
        if (found == null) {
            throw new IllegalArgumentException("No answers are called " + name);
        }
        return found;
    }
}
