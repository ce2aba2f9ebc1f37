package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sterna.Composition;

/** What can be seen of image, composition and build without running them. */
class DeliveryTests {

    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token");

    private final String dockerfile = Sources.text(Path.of("Dockerfile"));
    private final String image = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));
    private final JsonNode compose = new YAMLMapper().readTree(Sources.text(Path.of("docker-compose.yml")));

    DeliveryTests() throws IOException {}

    @Test
    void imageIsBuiltOnNamedReleases() {
        assertThat(found(dockerfile, "(?m)^FROM (\\S+)"))
                .hasSize(2)
                .allMatch(base -> base.matches(".+:\\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void compositionUsesNamedReleases() {
        assertThat(Stream.of("database", "mailpit")
                        .map(service -> service(service).get("image").textValue()))
                .allMatch(name -> name.matches(".+:v?\\d+\\.\\d+.*"));
    }

    @Test
    void imageDoesNotRunAsRoot() {
        assertThat(found(image, "(?m)^USER (\\S+)")).singleElement().asString().matches("[1-9]\\d*:[1-9]\\d*");
    }

    @Test
    void imageCarriesNoSecret() {
        assertThat(found(dockerfile, "(?m)^(?:ENV|ARG) (.*)"))
                .noneMatch(line -> SECRET.matcher(line).find());
    }

    @Test
    void imageStartsInUtcAndEndsWhenMemoryIsOut() {
        assertThat(found(image, "(?m)^ENTRYPOINT (.*)"))
                .singleElement()
                .asString()
                .contains("\"-Duser.timezone=UTC\"", "\"-XX:+ExitOnOutOfMemoryError\"", "-XX:MaxRAMPercentage=");
    }

    @Test
    void imageTellsItsHealthWithoutAShell() {
        assertThat(image).containsPattern("HEALTHCHECK [^\\[]*CMD \\[\"java\".*\"org.sterna.HealthProbe\"]");
    }

    @Test
    void imageIsForProductionUnlessToldOtherwise() {
        assertThat(found(image, "SPRING_PROFILES_ACTIVE=(\\S+)")).containsExactly("postgres,prod");
    }

    @Test
    void secretsComeFromTheEnvironmentOrSayThatTheyAreForDemonstration() {
        assertThat(compose.get("services").properties())
                .flatExtracting(
                        service -> service.getValue().path("environment").properties())
                .filteredOn(setting -> SECRET.matcher(setting.getKey()).find())
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(setting.getValue().textValue())
                        .as(setting.getKey())
                        .matches("\\$\\{\\w+(:-(demo-only-.*)?)?}"));
    }

    @Test
    void compositionPassesOnAllThatTheFirstStartAsksFor() {
        List<String> asked = found(
                        Sources.text(Path.of("src/main/java/org/sterna/register/FirstAdministrator.java")),
                        "\"(sterna\\.first-administrator\\.\\w+)")
                .stream()
                .map(name -> name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", ""))
                .toList();
        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Composition.documented().keySet())
                .extracting(name -> name.replace("FIRST_ADMINISTRATOR", "FIRSTADMINISTRATOR"))
                .containsAll(asked);
    }

    @Test
    void readmeNamesOnlyWhatTheCompositionPassesOn() {
        String text = Sources.text(Path.of("docker-compose.yml"));
        assertThat(Composition.readme())
                .hasSizeGreaterThan(5)
                .allSatisfy((name, value) -> assertThat(text).as(name).contains("${" + name + ":-"));
    }

    @Test
    void applicationContainerWritesNothingButItsTemporaryFiles() {
        JsonNode app = service("app");
        assertThat(app.get("read_only").booleanValue()).isTrue();
        assertThat(app.get("tmpfs")).extracting(JsonNode::textValue).containsExactly("/tmp");
    }

    @Test
    void everyServiceComesBackAfterAFailure() {
        assertThat(compose.get("services").properties()).hasSize(3).allSatisfy(service -> assertThat(
                        service.getValue().path("restart").asText())
                .as(service.getKey())
                .isEqualTo("unless-stopped"));
    }

    @Test
    void nothingIsOpenedBeyondThisMachine() {
        assertThat(compose.get("services").properties()).isNotEmpty().allSatisfy(service -> assertThat(
                        service.getValue().path("ports"))
                .as(service.getKey())
                .allSatisfy(port -> assertThat(port.textValue()).startsWith("127.0.0.1:")));
    }

    @Test
    void databaseAnswersOnlyWhatIsOnDisk() {
        assertThat(service("database").get("command"))
                .extracting(JsonNode::textValue)
                .contains("synchronous_commit=on", "fsync=on");
        assertThat(service("database").get("healthcheck").get("test")).isNotEmpty();
    }

    @Test
    void profilesAreThoseOfTheApplication() {
        Set<String> used = Stream.of("Dockerfile", "docker-compose.yml", "pom.xml")
                .map(file -> Sources.text(Path.of(file)))
                .flatMap(text -> found(
                        text,
                        "SPRING_PROFILES_ACTIVE(?:=|: \\$\\{STERNA_PROFILES:-)([\\w,]+)|STERNA_PROFILES=([\\w,]+)|<profile>(\\w+)</profile>")
                        .stream())
                .flatMap(names -> Arrays.stream(names.split(",")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).containsExactly("demo", "postgres", "prod").isSubsetOf(profiles());
    }

    @Test
    void continuousIntegrationRunsWhatTheReadmeSays() {
        Path script = Path.of(".ci", "run");
        assertThat(script).isExecutable();
        assertThat(Sources.text(script)).contains("set -euo pipefail", "./mvnw verify");
        assertThat(Sources.text(Path.of("README.md"))).contains("./mvnw verify");
    }

    @Test
    void mavenIsCheckedAgainstItsSum() {
        assertThat(Sources.text(Path.of(".mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$")
                .containsPattern("(?m)^tarDistributionSha256Sum=[0-9a-f]{64}$");
        assertThat(Path.of("mvnw")).isExecutable();
    }

    private JsonNode service(String name) {
        return compose.get("services").get(name);
    }

    /** Profiles with settings of their own, and those that beans ask for. */
    private static Set<String> profiles() {
        Stream<String> withSettings = Sources.under("src/main/resources", ".yaml").stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("application-\\w+\\.yaml"))
                .map(name -> name.substring("application-".length(), name.length() - ".yaml".length()));
        Stream<String> asked = Sources.under("src/main/java", ".java").stream()
                .map(Sources::text)
                .flatMap(text -> found(text, "Profiles?(?:\\.of)?\\(\"!?(\\w+)\"\\)").stream());
        return Stream.concat(withSettings, asked).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(DeliveryTests::firstGroup)
                .toList();
    }

    private static String firstGroup(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        throw new IllegalArgumentException(found.group());
    }
}
