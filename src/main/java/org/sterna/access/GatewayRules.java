package org.sterna.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the bundled web applications may be asked, and by whom: read from {@code gateway.yaml}. What is not listed is
 * refused; what is listed as never is refused to everybody, whatever else is listed.
 */
final class GatewayRules {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH");

    /** Every login, whatever its roles. */
    private static final String ANYBODY = "ANYBODY";

    private static final Set<String> ROLES = Stream.concat(
                    Stream.of(ANYBODY), Arrays.stream(Role.values()).map(Role::name))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * A call that is never passed on.
     *
     * @param path pattern of the path; null if {@code segment} is given
     * @param segment name that, as a whole segment anywhere in the path, is refused
     * @param methods methods refused; null for all
     * @param why the reason
     */
    private record Never(
            @Nullable String path,
            @Nullable String segment,
            @Nullable List<String> methods,
            @Nullable String why) {}

    /**
     * A call that is passed on.
     *
     * @param methods HTTP methods
     * @param path pattern of the path; a segment <code>{self}</code> stands for the caller's user name
     * @param roles who may: names of {@link Role}, or {@code ANYBODY} for every login
     * @param why what needs it
     */
    private record Allow(
            @Nullable List<String> methods,
            @Nullable String path,
            @Nullable List<String> roles,
            @Nullable String why) {}

    private record Document(
            @Nullable List<String> welcome,
            @Nullable List<String> bounded,
            @Nullable List<Never> never,
            @Nullable List<Allow> allow) {}

    private record Refusal(
            @Nullable PathPattern path, @Nullable String segment, Set<String> methods) {

        boolean covers(String method, PathContainer asked) {
            return methods.contains(method)
                    && (path != null
                            ? path.matches(asked)
                            : asked.elements().stream()
                                    .anyMatch(element -> element.value().equals(segment)));
        }
    }

    private record Passage(Set<String> methods, PathPattern path, Set<String> roles) {

        boolean covers(String method, PathContainer asked, String self, Set<String> held) {
            if (!methods.contains(method)
                    || !(roles.contains(ANYBODY) || roles.stream().anyMatch(held::contains))) {
                return false;
            }
            PathPattern.PathMatchInfo match = path.matchAndExtract(asked);
            return match != null
                    && match.getUriVariables().getOrDefault("self", self).equals(self);
        }
    }

    private final List<PathPattern> welcome;
    private final List<PathPattern> bounded;
    private final List<Refusal> refusals;
    private final List<Passage> passages;

    private GatewayRules(
            List<PathPattern> welcome, List<PathPattern> bounded, List<Refusal> refusals, List<Passage> passages) {
        this.welcome = welcome;
        this.bounded = bounded;
        this.refusals = refusals;
        this.passages = passages;
    }

    /**
     * Reads the list.
     *
     * @throws IllegalStateException naming file and entry, if an entry is incomplete or says something unknown
     */
    static GatewayRules read(Resource file) {
        ObjectMapper yaml = new YAMLMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (InputStream input = file.getInputStream()) {
            Document document = yaml.readValue(input, Document.class);
            return new GatewayRules(
                    present(document.welcome(), "welcome").stream()
                            .map(GatewayRules::pattern)
                            .toList(),
                    present(document.bounded(), "bounded").stream()
                            .map(GatewayRules::pattern)
                            .toList(),
                    present(document.never(), "never").stream()
                            .map(GatewayRules::refusal)
                            .toList(),
                    present(document.allow(), "allow").stream()
                            .map(GatewayRules::passage)
                            .toList());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(file.getFilename() + ": " + e.getMessage(), e);
        }
    }

    /** Whether a path is one of the bundled start pages, which ours replaces. */
    boolean welcome(String path) {
        PathContainer asked = PathContainer.parsePath(path);
        return welcome.stream().anyMatch(pattern -> pattern.matches(asked));
    }

    /** Whether a list is asked for without a size, which the engine refuses. */
    boolean bounded(String path) {
        PathContainer asked = PathContainer.parsePath(path);
        return bounded.stream().anyMatch(pattern -> pattern.matches(asked));
    }

    /** Whether a call is refused to everybody. */
    boolean never(String method, String path) {
        PathContainer asked = PathContainer.parsePath(path);
        return refusals.stream().anyMatch(refusal -> refusal.covers(method, asked));
    }

    /** Whether a call is listed for one of the roles; {@code never} has to be asked first. */
    boolean allow(String method, String path, String username, Set<String> roles) {
        PathContainer asked = PathContainer.parsePath(path);
        return passages.stream().anyMatch(passage -> passage.covers(method, asked, username, roles));
    }

    private static Refusal refusal(Never entry) {
        if ((entry.path() == null) == (entry.segment() == null)) {
            throw new IllegalArgumentException("never: give either path or segment in " + entry);
        }
        present(entry.why(), "why in " + entry);
        return new Refusal(
                entry.path() == null ? null : pattern(entry.path()),
                entry.segment(),
                entry.methods() == null ? METHODS : known(entry.methods(), METHODS, "methods in " + entry));
    }

    private static Passage passage(Allow entry) {
        present(entry.why(), "why in " + entry);
        return new Passage(
                known(present(entry.methods(), "methods in " + entry), METHODS, "methods in " + entry),
                pattern(present(entry.path(), "path in " + entry)),
                known(present(entry.roles(), "roles in " + entry), ROLES, "roles in " + entry));
    }

    private static PathPattern pattern(String path) {
        if (!path.equals("/camunda") && !path.startsWith("/camunda/")) {
            throw new IllegalArgumentException(path + " does not begin with /camunda/");
        }
        return PathPatternParser.defaultInstance.parse(path);
    }

    private static Set<String> known(List<String> given, Set<String> all, String where) {
        if (given.isEmpty() || !all.containsAll(given)) {
            throw new IllegalArgumentException(
                    where + ": expected some of " + all.stream().sorted().toList());
        }
        return Set.copyOf(given);
    }

    private static <T> T present(@Nullable T value, String what) {
        if (value == null || value instanceof String text && text.isBlank()) {
            throw new IllegalArgumentException("missing: " + what);
        }
        return value;
    }
}
