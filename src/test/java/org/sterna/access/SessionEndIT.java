package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.engine.Jobs;
import org.sterna.obligations.Obligations;
import org.sterna.register.Addresses;

/** Sessions begin with a login and end without a loss: every form of the application, sent after the session's end. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:session-end;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.public-calendar.open=true",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
@Import(Jobs.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionEndIT {

    private static final String DUTY = "nomination-confirmation";

    @LocalServerPort
    private int port;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Addresses addresses;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JdbcClient database;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    private Meetings meetings;

    @Autowired
    private Clock clock;

    private String campaign;
    private String obligation;
    private String task;
    private String list;
    private String notice;

    @BeforeAll
    void openTwoDuties() {
        addresses.mark("fra-nfp@example.org", Addresses.Fault.BOUNCED, "550 no such user");
        campaign = campaigns
                .open(DUTY, "2027", List.of("CHE", "FRA"), "secretariat")
                .id()
                .toString();
        LocalDate opening = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(300);
        meetings.add(new Meeting(
                "cop-ahead",
                Meeting.Kind.COP,
                null,
                null,
                Meeting.Span.day(opening),
                opening.plusDays(5),
                ZoneOffset.UTC,
                false));
        campaigns.open("delegation-nomination", "cop-ahead", List.of("CHE"), "secretariat");
        jobs.runDue();
        obligation = database.sql("select id from obligation where duty = :duty and party_code = 'CHE'")
                .param("duty", DUTY)
                .query(String.class)
                .single();
        task = task(DUTY);
        list = task("delegation-nomination");
        notice = database.sql("select id from notice order by created_at, id limit 1")
                .query(String.class)
                .single();
    }

    private String task(String duty) {
        return obligations.tasksOf(List.of("nfp-CHE")).stream()
                .filter(open -> open.duty().equals(duty))
                .findFirst()
                .orElseThrow()
                .taskId();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /login",
        "GET, /login?failed",
        "POST, /login",
        "GET, /",
        "GET, /desk",
        "POST, /desk/absence",
        "POST, /desk/tasks/none",
        "GET, /kept/0b9a3f1e-5c1d-11f1-9c3e-0242ac120002",
        "GET, /secretariat/campaigns",
        "GET, /calendar",
        "GET, /camunda/app/tasklist/default/",
        "POST, /camunda/api/engine/engine/default/task/x/submit-form",
        "POST, /camunda/api/admin/auth/user/default/logout",
        "POST, /logout",
        "GET, /unknown",
        "GET, /error",
        "GET, /api/v1/obligations",
        "GET, /assets/sterna.css"
    })
    void nobodyGetsASessionInPlaceOfTheOneThatTheBrowserHas(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin() + path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("x=1"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("SID="));
    }

    @Test
    void theSessionsCookieComesAlongWithALinkFromAnotherSite() throws Exception {
        Browser browser = new Browser();

        HttpResponse<String> answer = browser.login("che-nfp");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("SID="))
                .singleElement()
                .asString()
                .contains("SameSite=Lax", "HttpOnly");
    }

    @Test
    void cookiesOfTheBundledApplicationsFollow() throws Exception {
        Browser browser = new Browser();
        browser.login("che-nfp");

        assertThat(browser.get("/camunda/app/tasklist/default/").headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .noneMatch(cookie -> cookie.contains("SameSite=Strict"));
    }

    /** Every page with a form that somebody types in, with who reads it; words in braces are filled in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "che-nfp /desk/tasks/{task}",
                "che-nfp /desk/tasks/{list}",
                "che-nfp /desk/absence",
                "che-nfp /desk/notices",
                "che-nfp /desk/calendar",
                "che-nfp /desk/obligations/{obligation}",
                "secretariat /secretariat/obligations/{obligation}",
                "secretariat /secretariat/obligations/{obligation}/behalf/{task}",
                "secretariat /secretariat/obligations/{obligation}/reply",
                "secretariat /secretariat/campaigns?duty=nomination-confirmation",
                "secretariat /secretariat/campaigns/{campaign}",
                "secretariat /secretariat/bulk?duty=nomination-confirmation",
                "secretariat /secretariat/meetings",
                "secretariat /secretariat/meetings/cop15",
                "secretariat /secretariat/meetings/cop15/calendar",
                "secretariat /secretariat/notified-dates?duty=nomination-confirmation&occasion=2027",
                "secretariat /secretariat/ladders/edit?subject=nomination-confirmation&occasion=2027",
                "secretariat /secretariat/working-days",
                "secretariat /secretariat/register/CHE",
                "secretariat /secretariat/notices/gate",
                "secretariat /secretariat/notices/addresses",
                "secretariat /secretariat/notices/{notice}",
                "secretariat /secretariat/contributions/import",
                "secretariat /secretariat/clock"
            })
    void everyFormStandsThereFilledInAfterTheLogin(String who) throws Exception {
        String username = who.split(" ")[0];
        String path = who.split(" ")[1]
                .replace("{task}", task)
                .replace("{list}", list)
                .replace("{obligation}", obligation)
                .replace("{campaign}", campaign)
                .replace("{notice}", notice);
        Browser before = new Browser();
        before.login(username);
        HttpResponse<String> opened = before.get(path);
        assertThat(opened.statusCode()).as("%s", path).isEqualTo(200);
        Document page = Jsoup.parse(opened.body(), origin() + path);
        List<Element> forms = page.select("main form[method=post]").stream().toList();
        assertThat(forms).as("forms on %s", path).isNotEmpty();
        for (Element form : forms) {
            String action = form.attr("action").isEmpty() ? path : form.attr("action");
            List<Typed> typed = typeInto(page, form);

            Browser after = new Browser();
            HttpResponse<String> answer = after.send(action, origin() + path, typed);
            assertThat(answer.statusCode()).as("sending %s", action).isEqualTo(303);
            assertThat(after.follow(after.get(location(answer))).text()).contains("Nothing you typed is lost");
            Document filled = after.follow(after.login(username));

            Element again = filled.select("form[method=post]").stream()
                    .filter(candidate -> candidate.attr("action").contains("kept-form="))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No form filled in for " + action + " on "
                            + filled.select("h1").text()));
            assertThat(again.attr("action")).startsWith(action.split("\\?")[0]);
            assertThat(filled.select("#kept-note").text()).contains("Check it and send it again");
            assertThat(shown(filled, again))
                    .as("what stands in %s", action)
                    .containsAll(typed.stream()
                            .filter(one -> !one.hidden())
                            .map(one -> one.name() + "=" + one.value())
                            .toList());
        }
    }

    @Test
    void noRouteOfAFormIsWithoutAPageToComeBackTo() {
        Set<String> pages = new TreeSet<>();
        Set<String> forms = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().keySet().forEach(mapping -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            if (methods.contains(RequestMethod.GET)) {
                pages.addAll(mapping.getPatternValues());
            }
            if (methods.contains(RequestMethod.POST)) {
                forms.addAll(mapping.getPatternValues());
            }
        });
        // what programs send, and what is reached by a forward only
        forms.removeIf(path -> path.startsWith("/api/") || path.startsWith("/login/") || path.equals("/documents"));

        assertThat(forms).isNotEmpty().allSatisfy(form -> {
            boolean above = false;
            for (String path = form; path.length() > 1 && !above; path = path.substring(0, path.lastIndexOf('/'))) {
                above = pages.contains(path);
            }
            assertThat(above).as("a page at %s or above", form).isTrue();
        });
    }

    @Test
    void nothingIsDoneByAKeptFormItself() throws Exception {
        Browser before = new Browser();
        before.login("che-nfp");
        String token = token(before.get("/desk/absence").body());
        Browser after = new Browser();
        after.send(
                "/desk/absence",
                origin() + "/desk/absence",
                List.of(
                        new Typed("_csrf", token, true),
                        new Typed("from", "2027-05-01", false),
                        new Typed("to", "2027-05-09", false)));
        after.follow(after.login("che-nfp"));

        assertThat(database.sql("select count(*) from absence where first_day = date '2027-05-01'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anotherAccountSeesNothingOfIt() throws Exception {
        Browser before = new Browser();
        before.login("che-nfp");
        String token = token(before.get("/desk/absence").body());
        Browser after = new Browser();
        HttpResponse<String> kept = after.send(
                "/desk/absence",
                origin() + "/desk/absence",
                List.of(new Typed("_csrf", token, true), new Typed("from", "of-another-account", false)));

        Document start = after.follow(after.login("fra-nfp"));

        assertThat(start.text()).doesNotContain("of-another-account").contains("France");
        assertThat(after.get(location(kept)).statusCode()).isEqualTo(404);
        assertThat(after.get(location(kept) + "/answers").statusCode()).isEqualTo(404);
        assertThat(after.get("/desk/absence?kept-form=" + location(kept).replaceFirst(".*/", ""))
                        .body())
                .doesNotContain("of-another-account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "AAAA"})
    void aFormThatIsOfNoPageOfOursIsNotKept(String token) throws Exception {
        int before = kept();

        HttpResponse<String> answer = new Browser()
                .send(
                        "/desk/absence",
                        "https://evil.example/",
                        List.of(new Typed("_csrf", token, true), new Typed("from", "2027-01-01", false)));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void aPageOfAnEarlierSessionIsShownFilledInAtOnce() throws Exception {
        Browser before = new Browser();
        before.login("che-nfp");
        String token = token(before.get("/desk/absence").body());
        Browser now = new Browser();
        now.login("che-nfp");

        HttpResponse<String> answer = now.send(
                "/desk/absence",
                origin() + "/desk/absence",
                List.of(new Typed("_csrf", token, true), new Typed("from", "2027-06-01", false)));

        assertThat(now.follow(answer).select("[name=from]").val()).isEqualTo("2027-06-01");
    }

    @Test
    void aFileComesAlongWithTheFormThatIsSentAgain() throws Exception {
        Browser before = new Browser();
        before.login("che-nfp");
        String path = "/desk/tasks/" + task;
        Document page = Jsoup.parse(before.get(path).body());
        Browser after = new Browser();
        after.send(
                path,
                origin() + path,
                List.of(
                        new Typed("_csrf", page.select("[name=_csrf]").val(), true),
                        new Typed("position", "Head of section", false),
                        new Typed("letter.file", "FILE", false)));
        Document filled = after.follow(after.login("che-nfp"));
        assertThat(filled.text()).contains("“letter.pdf” is still here");
        Element form = filled.selectFirst("form[action*=kept-form=]");

        Document saved = after.follow(after.send(
                form.attr("action"),
                origin() + path,
                List.of(
                        new Typed("_csrf", form.select("[name=_csrf]").val(), true),
                        new Typed(
                                "draftVersion",
                                filled.select("[name=draftVersion]").val(),
                                true),
                        new Typed("position", "Head of section", false),
                        new Typed("letter.file", "NONE", false),
                        new Typed("action", "draft", true))));

        assertThat(saved.select(".attached").text()).contains("letter.pdf");
        assertThat(database.sql("select count(*) from kept_form where path = :path")
                        .param("path", path)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatHasNoPageAnyMoreCanBeCopied() throws Exception {
        Browser before = new Browser();
        before.login("che-nfp");
        String token = token(before.get("/desk/absence").body());
        Browser after = new Browser();
        after.send(
                "/desk/tasks/no-such-task",
                origin() + "/desk/tasks/no-such-task",
                List.of(new Typed("_csrf", token, true), new Typed("summary", "a long text", false)));

        Document page = after.follow(after.login("che-nfp"));

        assertThat(page.text()).contains("Copy what you need").contains("a long text");
    }

    private int kept() {
        return database.sql("select count(*) from kept_form")
                .query(Integer.class)
                .single();
    }

    private String origin() {
        return "http://localhost:" + port;
    }

    private static String token(String page) {
        return Jsoup.parse(page).select("input[name=_csrf]").val();
    }

    private static String location(HttpResponse<?> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
    }

    /** A field with what was typed. */
    private record Typed(String name, String value, boolean hidden) {}

    /** Types something into every field of the form. */
    private static List<Typed> typeInto(Document page, Element form) {
        List<Typed> typed = new ArrayList<>();
        Map<String, String> ticked = new LinkedHashMap<>();
        List<Element> controls = new ArrayList<>(form.select("input[name], select[name], textarea[name]"));
        if (!form.id().isEmpty()) {
            controls.addAll(page.select("[name][form=" + form.id() + "]:not(button)"));
        }
        controls.removeIf(control -> control.closest("template") != null);
        for (Element control : controls) {
            String name = control.attr("name");
            String type = control.nameIs("input") ? control.attr("type") : control.tagName();
            switch (type) {
                case "hidden" -> typed.add(new Typed(name, control.val(), true));
                case "radio" -> ticked.put(name, control.val());
                case "checkbox" -> {
                    if (!control.hasAttr("checked")) {
                        typed.add(new Typed(name, control.hasAttr("value") ? control.val() : "on", false));
                    }
                }
                case "select" ->
                    typed.add(new Typed(name, control.select("option").last().val(), false));
                case "file" -> typed.add(new Typed(name, "NONE", true));
                case "date" -> typed.add(new Typed(name, "2031-05-17", false));
                default -> typed.add(new Typed(name, "tecleado <" + typed.size() + "> “ñ”", false));
            }
        }
        ticked.forEach((name, value) -> typed.add(new Typed(name, value, false)));
        return typed;
    }

    /** What stands in the form, as name=value. */
    private static List<String> shown(Document page, Element form) {
        List<String> shown = new ArrayList<>();
        List<Element> controls = new ArrayList<>(form.select("input[name], select[name], textarea[name]"));
        controls.addAll(page.select("[name][form=" + form.id() + "]:not(button)"));
        for (Element control : controls) {
            String type = control.attr("type");
            if (control.nameIs("select")) {
                control.select("option[selected]")
                        .forEach(option -> shown.add(control.attr("name") + "=" + option.val()));
            } else if (control.nameIs("textarea")) {
                shown.add(control.attr("name") + "=" + control.wholeText());
            } else if (!Set.of("checkbox", "radio").contains(type) || control.hasAttr("checked")) {
                shown.add(control.attr("name") + "="
                        + (type.equals("checkbox") && !control.hasAttr("value") ? "on" : control.val()));
            }
        }
        return shown;
    }

    /** A browser that has no cookies at first, and no scripts. */
    private final class Browser {

        private final CookieManager cookies = new CookieManager();
        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(cookies).build();

        HttpResponse<String> get(String path) throws Exception {
            String address = path.startsWith("http") ? path : origin() + path;
            return http.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .header("Accept", "text/html")
                            .header("Accept-Language", "en")
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> login(String username) throws Exception {
            cookies.getCookieStore().add(URI.create(origin()), cookie("lang", "en"));
            return send(
                    "/login",
                    origin() + "/login",
                    List.of(
                            new Typed("_csrf", token(get("/login").body()), true),
                            new Typed("username", username, false),
                            new Typed("password", "sterna-demo-2026", false)));
        }

        private HttpCookie cookie(String name, String value) {
            HttpCookie cookie = new HttpCookie(name, value);
            cookie.setPath("/");
            cookie.setVersion(0);
            return cookie;
        }

        /** The page that redirections end at. */
        Document follow(HttpResponse<String> answer) throws Exception {
            HttpResponse<String> last = answer;
            for (int i = 0; i < 10 && last.statusCode() / 100 == 3; i++) {
                last = get(last.headers().firstValue("Location").orElseThrow());
            }
            assertThat(last.statusCode() / 100).as("%s", last.uri()).isEqualTo(2);
            return Jsoup.parse(last.body());
        }

        HttpResponse<String> send(String path, String referer, List<Typed> fields) throws Exception {
            boolean files =
                    fields.stream().anyMatch(field -> Set.of("FILE", "NONE").contains(field.value()));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path))
                    .header("Accept", "text/html")
                    .header("Accept-Language", "en")
                    .header("Referer", referer);
            if (files) {
                request.header("Content-Type", "multipart/form-data; boundary=tern")
                        .POST(BodyPublishers.ofByteArray(multipart(fields)));
            } else {
                StringBuilder form = new StringBuilder();
                fields.forEach(field -> form.append(form.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(field.name(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(field.value(), StandardCharsets.UTF_8)));
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()));
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }

        private static byte[] multipart(List<Typed> fields) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Typed field : fields) {
                boolean file = Set.of("FILE", "NONE").contains(field.value());
                boolean chosen = field.value().equals("FILE");
                String content = chosen
                        ? "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                                + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
                        : file ? "" : field.value();
                String head = "--tern\r\nContent-Disposition: form-data; name=\"" + field.name() + "\""
                        + (file
                                ? "; filename=\"" + (chosen ? "letter.pdf" : "") + "\"\r\nContent-Type: application/pdf"
                                : "")
                        + "\r\n\r\n";
                body.writeBytes((head + content + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            body.writeBytes("--tern--\r\n".getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }
    }
}
