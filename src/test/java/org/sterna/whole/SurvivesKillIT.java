package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in a JVM of its own on the H2 file that it uses by default, killed without warning. */
class SurvivesKillIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Application application;

    @BeforeEach
    void prepare() {
        application = new Application(folder, "killed-application.log");
    }

    @AfterEach
    void end() {
        application.kill();
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
        application.start();
        await().atMost(PATIENCE).until(application::ready);
    }

    private void kill() throws InterruptedException {
        application.killAndWait();
    }

    private JsonNode send(String method, String path, String body, int expected) throws Exception {
        return JSON.readTree(application.send(method, path, body, expected));
    }
}
