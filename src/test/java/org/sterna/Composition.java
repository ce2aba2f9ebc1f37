package org.sterna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docker compose up} gives the application, as README.md, docker-compose.yml and Dockerfile say it. */
public final class Composition {

    private static final Pattern ENV_FILE = Pattern.compile("(?s)```properties\\n(STERNA_PROFILES=.*?)```");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");
    private static final Pattern IMAGE_ENVIRONMENT = Pattern.compile("(?m)^ENV (\\w+)=(\\S+)$");
    private static final Pattern ENTRY_POINT = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");

    private Composition() {}

    /** The variables of the file {@code .env} that README.md shows, as a reader would fill them in. */
    public static Map<String, String> readme() {
        Matcher block = ENV_FILE.matcher(text("README.md"));
        if (!block.find()) {
            throw new IllegalStateException("README.md shows no file .env that begins with STERNA_PROFILES");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        block.group(1).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] variable = line.split("=", 2);
            variables.put(variable[0], variable[1].replaceAll("^<.*>$", "one-that-a-reader-made-up"));
        });
        return variables;
    }

    /** The application container’s environment with that file {@code .env}, the image’s own included. */
    public static Map<String, String> documented() {
        Map<String, String> environment = new LinkedHashMap<>();
        IMAGE_ENVIRONMENT
                .matcher(text("Dockerfile"))
                .results()
                .forEach(variable -> environment.put(variable.group(1), variable.group(2)));
        Map<String, String> variables = readme();
        try {
            JsonNode composed = new YAMLMapper().readTree(text("docker-compose.yml"));
            composed.at("/services/app/environment")
                    .properties()
                    .forEach(entry -> environment.put(
                            entry.getKey(), filledIn(entry.getValue().asText(), variables)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environment;
    }

    private static String filledIn(String value, Map<String, String> variables) {
        return VARIABLE.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        variables.getOrDefault(found.group(1), "").isEmpty()
                                ? found.group(2)
                                : variables.get(found.group(1))));
    }

    /** The options that the image starts Java with, without the archive. */
    public static List<String> javaOptions() {
        return ENTRY_POINT
                .matcher(text("Dockerfile"))
                .results()
                .map(MatchResult::group)
                .flatMap(line -> Pattern.compile("\"(-[^\"]+)\"").matcher(line).results())
                .map(option -> option.group(1))
                .filter(option -> !option.equals("-jar"))
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
