package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;
import org.sterna.Sterna;

/** The whole application with the demonstration's Parties: in a JVM of its own, to be killed, or as one of several. */
final class Application {

    private static final String PROFILES = "--spring.profiles.active=demo";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final Path folder;
    private final File log;
    private Process process;

    /**
     * An application that does not run yet; it keeps its port when it is started again.
     *
     * @param folder where its files are
     * @param log name of the file in {@code target} that its output goes to
     */
    Application(Path folder, String log) {
        this.folder = folder;
        this.log = new File("target/" + log);
    }

    /** What makes an application one of those that share a PostgreSQL database. */
    static String[] on(String url, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--spring.datasource.url=" + url,
                                "--spring.datasource.username=postgres",
                                "--spring.datasource.password="),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    /** Starts it in a JVM of its own; does not wait until it is ready. */
    void start(String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=UTC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Sterna.class.getName(),
                PROFILES,
                "--server.port=" + port,
                "--sterna.base-url=http://localhost:" + port));
        command.addAll(Arrays.asList(settings));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** Starts it in this JVM, beside others, and waits until it is ready. */
    static ConfigurableApplicationContext besideOthers(String... settings) {
        return new SpringApplicationBuilder(Sterna.class)
                .run(Stream.concat(Stream.of(PROFILES, "--server.port=0"), Arrays.stream(settings))
                        .toArray(String[]::new));
    }

    /** Ends it without warning; does nothing if it does not run. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Ends it without warning and waits until it is gone. */
    void killAndWait() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it answers; fails where it does not even run. */
    boolean ready() throws Exception {
        assertThat(alive()).as("the application runs; see %s", log).isTrue();
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

    /**
     * Sends a request to {@code /api/v1} as the Secretariat.
     *
     * @param path behind {@code /api/v1}
     * @param expected status of the answer
     * @return the answer's body
     */
    String send(String method, String path, String body, int expected) throws Exception {
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
        return answer.body();
    }
}
