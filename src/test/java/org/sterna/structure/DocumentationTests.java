package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is written about the project fits the project. */
class DocumentationTests {

    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)#:]+)\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

    private final List<Path> decisions = Sources.under("docs/adr", ".md").stream()
            .filter(file -> file.getFileName().toString().matches("\\d{4}-.*"))
            .toList();

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(Path::of),
                        Sources.under("docs", ".md").stream())
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertThat(
                                LINK.matcher(Sources.text(file)).results().map(link -> link.group(1)))
                        .as("links in %s", file)
                        .allMatch(link -> Files.exists(file.resolveSibling(link)))));
    }

    @Test
    void decisionsAreNumberedWithoutGaps() {
        assertThat(decisions)
                .isNotEmpty()
                .extracting(
                        file -> Integer.parseInt(file.getFileName().toString().substring(0, 4)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, decisions.size()).boxed().toList());
    }

    @TestFactory
    Stream<DynamicTest> decisionsAreGuardedByATestThatExists() {
        Set<String> tests = Sources.under("src/test/java", ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        return decisions.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String text = Sources.text(file);
                    int confirmation = text.indexOf("## Confirmation");
                    assertThat(confirmation)
                            .as("place of the part Confirmation")
                            .isPositive();
                    assertThat(CLASS.matcher(text.substring(confirmation))
                                    .results()
                                    .map(DocumentationTests::name))
                            .as("tests named as confirmation")
                            .isNotEmpty()
                            .isSubsetOf(tests);
                }));
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
