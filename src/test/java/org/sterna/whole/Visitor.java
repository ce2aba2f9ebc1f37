package org.sterna.whole;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the running application by plain HTTP, with or without a login. */
final class Visitor {

    private static final String JSON = "application/json";

    private final String origin;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private @Nullable String authorization;

    Visitor(int port) {
        this.origin = "http://localhost:" + port;
    }

    /** Logs in and opens Tasklist, as the calls of its pages need that page's token. */
    Visitor login(String username) throws Exception {
        send("/login", "/login", Map.of("username", username, "password", "sterna-demo-2026"));
        get("/camunda/app/tasklist/default/");
        return this;
    }

    /** Sends the password with every request, as programs do. */
    Visitor withPassword(String username) {
        authorization = "Basic "
                + Base64.getEncoder().encodeToString((username + ":sterna-demo-2026").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    HttpResponse<String> get(String path) throws Exception {
        return call("GET", path, null, null);
    }

    /**
     * Sends a form.
     *
     * @param page the page that it stands on
     * @param path where it goes
     */
    HttpResponse<String> send(String page, String path, Map<String, String> fields) throws Exception {
        Map<String, String> all = new HashMap<>(fields);
        all.put(
                "_csrf",
                Jsoup.parse(get(page).body()).select("input[name=_csrf]").val());
        String form = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call("POST", path, form, "application/x-www-form-urlencoded");
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return call("POST", path, json, JSON);
    }

    HttpResponse<String> call(String method, String path, @Nullable String json) throws Exception {
        return call(method, path, json, json == null ? null : JSON);
    }

    private HttpResponse<String> call(String method, String path, @Nullable String body, @Nullable String type)
            throws Exception {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .method(method, publisher)
                .header("Accept", "application/json, text/html");
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
