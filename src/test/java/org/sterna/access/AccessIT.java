package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** The doors of the whole application, with a real server and the demonstration's accounts. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:access;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
class AccessIT {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @BeforeEach
    void enableEverybody() {
        database.sql("update account set enabled = true").update();
    }

    @ParameterizedTest
    @CsvSource({"che-nfp, /desk", "secretariat, /secretariat", "rep-africa, /desk", "admin, /desk"})
    void admitsTheAccountsOfTheDemonstration(String username, String page) throws Exception {
        assertThat(login(username).headers().firstValue("Location"))
                .hasValueSatisfying(
                        location -> assertThat(URI.create(location).getPath()).isEqualTo(page));
    }

    @ParameterizedTest
    @CsvSource({
        "/camunda/app/tasklist/default/, 200",
        "/camunda/lib/deps.js, 200",
        "/camunda/app/tasklist/locales/fr.json, 200",
        ENGINE + "/filter?maxResults=100, 200",
        ENGINE + "/user/che-nfp/profile, 200",
        ENGINE + "/user/fra-nfp/profile, 403",
        ENGINE + "/user, 403",
        ENGINE + "/task/count, 403",
        "/camunda/app/cockpit/default/, 403",
        "/camunda/app/welcome/default/, 302",
        "/secretariat, 403"
    })
    void opensTasklistAndNothingMoreToAFocalPoint(String path, int status) throws Exception {
        login("che-nfp");

        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/camunda/app/cockpit/default/", "/camunda/app/admin/default/", ENGINE + "/user/count"})
    void opensCockpitAndAdminToAnAdministrator(String path) throws Exception {
        login("admin");

        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/desk", "/camunda/app/tasklist/default/", "/camunda/lib/deps.js", "/assets/sterna.css"})
    void sendsTextCompressedToWhoeverUnderstandsIt(String path) throws Exception {
        login("che-nfp");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept-Encoding", "gzip");

        HttpResponse<byte[]> answer = browser.send(request.build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .hasSizeGreaterThan(2 * answer.body().length);
    }

    @Test
    void tellsTasklistWhoIsLoggedIn() throws Exception {
        login("che-nfp");
        get("/camunda/app/tasklist/default/");

        assertThat(get("/camunda/api/admin/auth/user/default").body()).contains("\"userId\":\"che-nfp\"");
    }

    @Test
    void leavesTheBundledPagesOnePolicyOnly() throws Exception {
        login("che-nfp");

        assertThat(get("/camunda/app/tasklist/default/").headers().allValues("Content-Security-Policy"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/auth/user/default/login/tasklist",
                ENGINE + "/task/x/bpmnError",
                ENGINE + "/filter/create"
            })
    void neverPassesDangerousCallsNotEvenForAnAdministrator(String path) throws Exception {
        login("admin");

        assertThat(post(path, "{}", "application/json").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/auth/user/default/login/tasklist",
                ENGINE + "/task"
            })
    void refusesCallsWithoutLogin(String path) throws Exception {
        assertThat(post(path, "{}", "application/json").statusCode()).isEqualTo(401);
    }

    @Test
    void hasNoSecondRestInterface() throws Exception {
        login("admin");

        assertThat(get("/engine-rest/engine").statusCode()).isEqualTo(404);
    }

    @Test
    void endsTheSessionWhenTasklistSignsOut() throws Exception {
        login("che-nfp");

        post("/camunda/api/admin/auth/user/default/logout", "", "application/json");

        assertThat(get(ENGINE + "/filter").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGINE + "/filter", "/camunda/api/admin/auth/user/default"})
    void refusesADisabledAccountAtTheNextRequest(String path) throws Exception {
        login("che-nfp");
        get(path);
        database.sql("update account set enabled = false where username = 'che-nfp'")
                .update();

        assertThat(get(path).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda//app/cockpit/default/",
                "/camunda/./app/cockpit/default/",
                "/camunda/app/tasklist/../cockpit/default/",
                "/camunda/app/tasklist/..;/cockpit/default/",
                "/camunda/app/tasklist/%2e%2e/cockpit/default/",
                "/camunda;x=1/app/cockpit/default/",
                "/camunda/app;x=1/cockpit/default/",
                "/%63amunda/app/cockpit/default/",
                "/camunda%2Fapp/cockpit/default/",
                "/camunda/app%2fcockpit/default/",
                "/camunda/app\\cockpit/default/",
                "/x/../camunda/app/cockpit/default/",
                "//camunda/app/cockpit/default/",
                "/camunda/api/engine/engine/default/task/%63ount",
                "/camunda/api/engine/engine//default/user",
                "/camunda/api/engine/engine/default/user;x",
                "/camunda/api/engine/engine/default/user%00",
                "/camunda/api/engine/engine/default/./user"
            })
    void refusesOddSpellingsOnTheWire(String path) throws Exception {
        login("che-nfp");

        assertThat(statusOnTheWire(path)).isEqualTo(400);
    }

    @Test
    void makesGuessersWait() throws Exception {
        for (int i = 0; i < 10; i++) {
            login("nobody");
        }

        HttpResponse<String> response = login("nobody");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("too many failed attempts");
    }

    @Test
    void givesTheSessionCookieToNobodyElse() throws Exception {
        login("che-nfp");

        assertThat(cookies.getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().equals("SID"))
                .isNotEmpty()
                .allMatch(HttpCookie::isHttpOnly);
    }

    @Test
    void letsTheBrowserKeepStylesheets() throws Exception {
        assertThat(get("/webjars/picocss__pico/css/pico.min.css").headers().firstValue("Cache-Control"))
                .contains("max-age=3600");
    }

    private HttpResponse<String> login(String username) throws Exception {
        String page = get("/login").body();
        String token = Jsoup.parse(page).select("input[name=_csrf]").val();
        return post(
                "/login",
                form(Map.of("username", username, "password", "sterna-demo-2026", "_csrf", token)),
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String type) throws Exception {
        return browser.send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html,application/json");
    }

    /** HTTP libraries tidy paths up, so this one is written by hand. */
    private int statusOnTheWire(String path) throws IOException {
        String session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SID"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
        try (Socket socket = new Socket("localhost", port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: SID=" + session
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(status.substring(9));
        }
    }

    private static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}
