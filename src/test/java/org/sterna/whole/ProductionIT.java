package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;
import org.sterna.Composition;
import org.sterna.Databases;
import org.sterna.Sterna;

/**
 * Production as README.md, docker-compose.yml and Dockerfile have it: two nodes with the variables that the composition
 * passes on, and nothing else in their environment.
 */
class ProductionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LINK = Pattern.compile("https://sterna\\.example\\.org(/login/link/(\\S+))");
    private static final String PASSWORD = "second tern over water";

    @TempDir
    private Path folder;

    private final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    private final List<Node> nodes = new ArrayList<>();
    private String url;

    @BeforeEach
    void prepare() throws Exception {
        mail.start();
        url = Databases.emptyPostgresUrl();
        try (Connection admin = DriverManager.getConnection(url, "postgres", "");
                Statement statement = admin.createStatement()) {
            statement.execute("create role sterna superuser login");
        }
    }

    @AfterEach
    void end() throws Exception {
        for (Node node : nodes) {
            node.process.destroyForcibly().waitFor();
        }
        mail.stop();
    }

    /** The first administrator opens an account for a colleague, who enters by the mailed link on the other node. */
    @Test
    void letsASecondOfficerInOnASecondNode() throws Exception {
        Map<String, String> settings = Composition.documented();
        Node first = start("first");
        Browser chief = new Browser(first);
        assertThat(chief.login(
                        settings.get("STERNA_FIRST_ADMINISTRATOR_USERNAME"),
                        settings.get("STERNA_FIRST_ADMINISTRATOR_PASSWORD")))
                .isEqualTo("/secretariat");
        Node second = start("second");

        assertThat(chief.send(
                        "/secretariat/accounts/new",
                        "/secretariat/accounts/new",
                        Map.of(
                                "name", "Second Officer",
                                "email", "second.officer@example.org",
                                "username", "second-officer",
                                "language", "en")))
                .isEqualTo("/secretariat/accounts/second-officer");
        Matcher link = link();
        Browser officer = new Browser(second);
        assertThat(officer.get(link.group(1)).statusCode()).isEqualTo(200);
        assertThat(officer.call("HEAD", link.group(1), null).statusCode()).isEqualTo(200);
        assertThat(officer.send(link.group(1), link.group(1), Map.of("fresh", PASSWORD, "again", PASSWORD)))
                .isEqualTo("/login?set");

        assertThat(officer.login("second-officer", PASSWORD)).isEqualTo("/secretariat");
        assertThat(officer.get("/secretariat").statusCode()).isEqualTo(200);
        assertThat(officer.get("/secretariat/accounts").statusCode()).isEqualTo(403);
        assertThat(officer.get(link.group(1)).statusCode())
                .as("the link, once used")
                .isEqualTo(404);
        assertThat(new Browser(first).login("second-officer", PASSWORD)).isEqualTo("/secretariat");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second.installation()).isEqualTo(first.installation()));

        assertThat(chief.send(
                        "/secretariat/accounts/second-officer", "/secretariat/accounts/second-officer/lock", Map.of()))
                .isEqualTo("/secretariat/accounts/second-officer");
        assertThat(officer.get("/secretariat").statusCode())
                .as("the session on the other node")
                .isEqualTo(302);
        assertThat(new Browser(second).login("second-officer", PASSWORD)).isEqualTo("/login?failed");
        for (Node node : nodes) {
            assertThat(Files.readString(node.log.toPath())).doesNotContain(link.group(2));
        }
    }

    private Matcher link() throws Exception {
        await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length > 0);
        MimeMessage received = mail.getReceivedMessages()[0];
        assertThat(Arrays.toString(received.getRecipients(Message.RecipientType.TO)))
                .contains("second.officer@example.org");
        Matcher link = LINK.matcher((String) received.getContent());
        assertThat(link.find()).isTrue();
        return link;
    }

    /** Starts a node and waits until it is ready. */
    private Node start(String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        Node node = new Node();
        node.file = own.resolve("installation.properties");
        node.log = new File("target/production-" + name + ".log").getAbsoluteFile();
        node.port = TestSocketUtils.findAvailableTcpPort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Composition.javaOptions());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sterna.class.getName(),
                // the test’s own: free ports, a mail server without encryption, less waiting
                "--server.port=" + node.port,
                "--spring.mail.properties.mail.smtp.starttls.required=false",
                "--sterna.notices.sender.delay=PT1S"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(node.log);
        builder.environment().clear();
        builder.environment().putAll(Composition.documented());
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL",
                        url,
                        "SPRING_MAIL_HOST",
                        "127.0.0.1",
                        "SPRING_MAIL_PORT",
                        Integer.toString(mail.getSmtp().getPort()),
                        "STERNA_NOTICES_DELIVERY_INSTALLATION_FILE",
                        node.file.toString()));
        node.process = builder.start();
        nodes.add(node);
        await().atMost(PATIENCE).until(node::ready);
        return node;
    }

    private static final class Node {

        private Process process;
        private Path file;
        private File log;
        private int port;

        boolean ready() throws Exception {
            assertThat(process.isAlive()).as("the node runs; see %s", log).isTrue();
            try {
                return new Browser(this).get("/actuator/health").statusCode() == 200;
            } catch (ConnectException notYet) {
                return false;
            }
        }

        String installation() throws Exception {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("installation="))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Somebody behind the proxy that ends TLS. */
    private static final class Browser {

        private final HttpClient http = HttpClient.newHttpClient();
        private final Map<String, String> cookies = new HashMap<>();
        private final Node node;

        Browser(Node node) {
            this.node = node;
        }

        String login(String username, String password) throws Exception {
            return send("/login", "/login", Map.of("username", username, "password", password));
        }

        /** Sends the form of a page and tells where that leads. */
        String send(String page, String path, Map<String, String> fields) throws Exception {
            Map<String, String> all = new HashMap<>(fields);
            all.put(
                    "_csrf",
                    Jsoup.parse(get(page).body()).select("input[name=_csrf]").val());
            HttpResponse<String> answer = call(
                    "POST",
                    path,
                    all.entrySet().stream()
                            .map(field ->
                                    field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            URI target = URI.create(answer.headers().firstValue("Location").orElseThrow());
            return target.getPath() + (target.getQuery() == null ? "" : "?" + target.getQuery());
        }

        HttpResponse<String> get(String path) throws Exception {
            return call("GET", path, null);
        }

        HttpResponse<String> call(String method, String path, String form) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port + path))
                    .method(method, form == null ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
                    .header("X-Forwarded-Proto", "https")
                    .header("Accept", path.startsWith("/actuator") ? "application/json" : "text/html")
                    .header("Accept-Language", "en");
            if (form != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded");
            }
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(cookie -> {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            });
            return answer;
        }
    }
}
