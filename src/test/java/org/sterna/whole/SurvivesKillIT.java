package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

/** The application in a JVM of its own on the H2 file that it uses by default, killed without warning. */
class SurvivesKillIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private Process application;

    @AfterEach
    void end() {
        if (application != null) {
            application.destroyForcibly();
        }
    }

    @Test
    void keepsEverythingThatWasAcknowledged() throws Exception {
        start();
        JsonNode campaign = send(
                "POST",
                "/campaigns",
                "{\"duty\":\"nomination-confirmation\",\"occasion\":\"killed\",\"parties\":[\"CHE\",\"FRA\",\"ARG\"]}",
                202);
        kill();

        start();
        String progress = "/campaigns/" + campaign.get("id").asText();
        await().atMost(PATIENCE)
                .until(() -> send("GET", progress, "", 200).get("opened").asInt() == 3);
        kill();

        start();
        JsonNode obligations = send("GET", "/obligations?occasion=killed&state=with-party", "", 200);
        assertThat(obligations.get("total").asInt()).isEqualTo(3);
        for (JsonNode obligation : obligations.get("items")) {
            JsonNode notices =
                    send("GET", "/notices?obligation=" + obligation.get("id").asText(), "", 200);
            assertThat(notices).hasSize(1);
        }
    }

    private void start() throws IOException {
        application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=UTC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.sterna.Sterna",
                        "--spring.profiles.active=demo",
                        "--server.port=" + port,
                        "--sterna.base-url=http://localhost:" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/killed-application.log")))
                .start();
        await().atMost(PATIENCE).until(this::ready);
    }

    private void kill() throws InterruptedException {
        application.destroyForcibly().waitFor();
    }

    private boolean ready() throws Exception {
        assertThat(application.isAlive())
                .as("the application runs; see target/killed-application.log")
                .isTrue();
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private JsonNode send(String method, String path, String body, int expected) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                        .header("Content-Type", "application/json")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("secretariat:sterna-demo-2026"
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return JSON.readTree(answer.body());
    }
}
