package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

@WebMvcTest(controllers = {LoginPage.class, DoorsTests.Pages.class})
@Import({
    Doors.class,
    RegisterLogin.class,
    LoginThrottle.class,
    Languages.class,
    ApiRefusal.class,
    FormPages.class,
    DoorsTests.Pages.class,
    DoorsTests.Time.class
})
@EnableConfigurationProperties(AccessSettings.class)
class DoorsTests {

    private static final String PASSWORD = "quiet tern over water";

    @RestController
    static class Pages {

        @RequestMapping({"/desk", "/secretariat", "/documents/1", "/forms/x", "/api/v1/x", "/v3/api-docs", "/camunda/**"
        })
        String page() {
            return LocaleContextHolder.getLocale().getLanguage();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
        }
    }

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private Accounts accounts;

    @MockitoBean
    private KeptForms forms;

    /** Every test comes from an address of its own, since the throttle remembers. */
    private static int tests;

    private final String address = "198.51.100." + ++tests;

    @BeforeEach
    void accounts() {
        given(accounts.passwordMatches(any(), any())).willReturn(false);
        given(accounts.find(any())).willReturn(Optional.empty());
        open("che-nfp", "CHE", Set.of("nfp-CHE"), Locale.FRENCH);
        open("secretariat", null, Set.of("secretariat"), Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login?failed", "/login?expired", "/login?left"})
    void showsTheLoginPageToAnybody(String uri) {
        assertThat(get(uri)).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/env", "/actuator/none", "/engine-rest/task"})
    void tellsProgramsThatNothingIsThere(String uri) {
        assertThat(get(uri)).hasStatus(404).doesNotContainHeader("Location");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/desk", "/secretariat", "/documents/1", "/forms/x", "/unknown", "/camunda/app/tasklist/"})
    void leadsPeopleToTheLoginFirst(String uri) {
        assertThat(get(uri)).hasStatus(302).redirectedUrl().endsWith("/login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/engine/engine/default/task/0b9a3f1e-5c1d-11f1-9c3e-0242ac120002",
                "/camunda/api/admin/auth/user/default",
                "/camunda/api/admin/setup/default/user/create"
            })
    void answersTheBundledApplicationsCallsWith401(String uri) {
        assertThat(get(uri)).hasStatus(401);
    }

    @ParameterizedTest
    @CsvSource({"HX-Request, true", "X-Requested-With, XMLHttpRequest", "Sec-Fetch-Mode, cors"})
    void answersScriptsWith401(String header, String value) {
        assertThat(mvc.get().uri("/desk").header(header, value)).hasStatus(401);
    }

    @ParameterizedTest
    @CsvSource({"che-nfp, /desk", "secretariat, /secretariat"})
    void leadsFromTheLoginToTheOwnStartPage(String username, String page) {
        assertThat(post(username, PASSWORD)).hasStatus(302).hasRedirectedUrl(page);
    }

    @ParameterizedTest
    @CsvSource({"che-nfp, /desk", "secretariat, /secretariat"})
    void leadsFromTheRootToTheOwnStartPage(String username, String page) {
        assertThat(mvc.get().uri("/").session(login(username))).hasRedirectedUrl(page);
    }

    @Test
    void leadsFromTheLoginToThePageFirstAskedFor() {
        Cookie[] asked = cookies(mvc.get().uri("/documents/1?version=2").accept("text/html"));

        assertThat(attempt("che-nfp", PASSWORD).cookie(asked)).hasRedirectedUrl("/documents/1?version=2");
    }

    @Test
    void ignoresTheHostAskedForOnTheWayBack() {
        Cookie[] asked = cookies(
                mvc.get().uri(URI.create("http://evil.example/documents/1")).accept("text/html"));

        assertThat(attempt("che-nfp", PASSWORD).cookie(asked)).hasRedirectedUrl("/documents/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example/", "https://evil.example/", "/\\evil.example/", "/\tevil", "/ x", "", "desk"})
    void leadsNowhereElseWhateverTheCookieSays(String page) {
        String written = Base64.getUrlEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8));

        assertThat(attempt("che-nfp", PASSWORD).cookie(new Cookie("ASKED", written)))
                .hasRedirectedUrl("/desk");
    }

    @Test
    void leadsToTheStartPageWhereTheCookieCannotBeRead() {
        assertThat(attempt("che-nfp", PASSWORD).cookie(new Cookie("ASKED", "%%%")))
                .hasRedirectedUrl("/desk");
    }

    @Test
    void leadsToAFormThatIsKeptForTheAccount() {
        UUID kept = UUID.fromString("0b9a3f1e-5c1d-11f1-9c3e-0242ac120002");
        given(forms.waiting("che-nfp")).willReturn(Optional.of(kept));

        assertThat(post("che-nfp", PASSWORD)).hasRedirectedUrl("/kept/" + kept);
    }

    @Test
    void doesNotLeadBackToAScriptsRequest() {
        assertThat(cookies(mvc.get().uri("/documents/1").accept("text/html").header("HX-Request", "true")))
                .isEmpty();
    }

    @Test
    void takesTheUserNameHoweverItIsWritten() {
        assertThat(post(" CHE-NFP ", PASSWORD)).hasRedirectedUrl("/desk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "nobody"})
    void answersAWrongPasswordAndAnUnknownUserAlike(String username) {
        assertThat(post(username, "wrong")).hasStatus(302).hasRedirectedUrl("/login?failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "nobody"})
    void makesGuessersWait(String username) {
        for (int i = 0; i < 10; i++) {
            post(username, "wrong");
        }

        assertThat(post(username, "wrong"))
                .hasStatus(429)
                .hasHeader("Retry-After", "360")
                .hasForwardedUrl("/login/wait");
    }

    @Test
    void doesNotEvenLookAtTheRightPasswordOnceGuessersWait() {
        for (int i = 0; i < 10; i++) {
            post("che-nfp", "wrong");
        }

        assertThat(post("che-nfp", PASSWORD)).hasStatus(429);
    }

    @Test
    void saysHowLongToWaitInTheReadersLanguage() {
        assertThat(mvc.post()
                        .uri("/login/wait?lang=fr")
                        .session(login("che-nfp"))
                        .with(csrf())
                        .requestAttr(LoginFailure.WAIT, 6L))
                .bodyText()
                .contains("Attendez 6 minutes");
    }

    @Test
    void changesTheSessionAtLogin() {
        MockHttpSession session = new MockHttpSession();

        attempt("che-nfp", PASSWORD).session(session).exchange();

        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void takesNothingOfAnEarlierLoginAlong() {
        MockHttpSession session = login("secretariat");
        session.setAttribute("authenticatedUser", "secretariat");

        MvcTestResult result = attempt("che-nfp", PASSWORD).session(session).exchange();

        assertThat(result.getRequest().getSession().getAttribute("authenticatedUser"))
                .isNull();
    }

    @Test
    void refusesALoginWithoutTokenByShowingThePageAnew() {
        assertThat(mvc.post().uri("/login").param("username", "che-nfp").param("password", PASSWORD))
                .hasRedirectedUrl("/login?expired");
    }

    @Test
    void refusesAFormWithoutToken() {
        assertThat(mvc.post().uri("/desk").session(login("che-nfp"))).hasStatus(403);
    }

    @Test
    void refusesAFormWithAForeignToken() {
        assertThat(mvc.post().uri("/desk").session(login("che-nfp")).with(csrf().useInvalidToken()))
                .hasStatus(403);
    }

    @Test
    void takesAFormWithItsToken() {
        assertThat(mvc.post().uri("/desk").session(login("che-nfp")).with(csrf()))
                .hasStatusOk();
    }

    @Test
    void leavesTokensOfTheBundledApplicationsToThem() {
        assertThat(mvc.post()
                        .uri("/camunda/api/engine/engine/default/task/0b9a3f1e-5c1d-11f1-9c3e-0242ac120002/submit-form")
                        .session(login("che-nfp")))
                .hasStatusOk();
    }

    @Test
    void putsTheGatewayBeforeTheBundledApplications() {
        assertThat(mvc.get().uri("/camunda/api/engine/engine/default/user").session(login("che-nfp")))
                .hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/%74asklist/",
                "/camunda/app%2Ftasklist/",
                "/camunda/app/tasklist;x=1/",
                "/camunda//app/tasklist/",
                "/camunda/app/./tasklist/",
                "/%63amunda/app/tasklist/",
                "/x/../camunda/app/tasklist/",
                "/camunda/app/tasklist/%00"
            })
    void refusesOddSpellings(String path) {
        assertThat(mvc.get().uri(URI.create("http://localhost" + path)).session(login("secretariat")))
                .hasStatus(400);
    }

    @ParameterizedTest
    @CsvSource({"che-nfp, 403", "secretariat, 200"})
    void opensTheSecretariatsPagesToItOnly(String username, int status) {
        assertThat(mvc.get().uri("/secretariat").session(login(username))).hasStatus(status);
    }

    @Test
    void answersUnknownPagesWith404AfterTheLogin() {
        assertThat(mvc.get().uri("/unknown").session(login("che-nfp"))).hasStatus(404);
    }

    @Test
    void takesALostSeatAwayAtTheNextRequest() {
        MockHttpSession session = login("secretariat");
        open("secretariat", "CHE", Set.of("nfp-CHE"), Locale.ENGLISH);

        assertThat(mvc.get().uri("/secretariat").session(session)).hasStatus(403);
    }

    @Test
    void endsTheSessionWithTheLastSeatAndSaysWhy() {
        MockHttpSession session = login("secretariat");
        open("secretariat", null, Set.of(), Locale.ENGLISH);

        assertThat(mvc.get().uri("/secretariat").session(session))
                .hasStatus(302)
                .redirectedUrl()
                .endsWith("/login?ended");
        assertThat(get("/login?ended")).bodyText().contains("This account holds no office any more");
    }

    @Test
    void refusesALoginWithoutOfficeOnlyToWhoeverKnowsThePassword() {
        open("former", null, Set.of(), Locale.ENGLISH);

        assertThat(post("former", PASSWORD)).hasStatus(302).hasRedirectedUrl("/login?ended");
        assertThat(post("former", "wrong")).hasStatus(302).hasRedirectedUrl("/login?failed");
    }

    @Test
    void keepsAccountsToAdministrators() {
        assertThat(mvc.get().uri("/secretariat/accounts").session(login("secretariat")))
                .hasStatus(403);
    }

    @Test
    void endsTheSessionWithTheAccount() {
        MockHttpSession session = login("che-nfp");
        given(accounts.find("che-nfp")).willReturn(Optional.empty());

        mvc.get().uri("/desk").session(session).exchange();

        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void sendsAClosedAccountToTheLogin() {
        MockHttpSession session = login("che-nfp");
        given(accounts.find("che-nfp")).willReturn(Optional.empty());

        assertThat(mvc.get().uri("/desk").session(session))
                .hasStatus(302)
                .redirectedUrl()
                .endsWith("/login");
    }

    @Test
    void endsTheSessionAtLogout() {
        MockHttpSession session = login("che-nfp");

        MvcTestResult result =
                mvc.post().uri("/logout").session(session).with(csrf()).exchange();

        assertThat(result).hasRedirectedUrl("/login?left");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void endsTheSessionWhenTasklistSignsOut() {
        MockHttpSession session = login("che-nfp");

        MvcTestResult result = mvc.post()
                .uri("/camunda/api/admin/auth/user/default/logout")
                .session(session)
                .exchange();

        assertThat(result).hasStatus(204);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void doesNotLogOutByALink() {
        MockHttpSession session = login("che-nfp");

        mvc.get().uri("/logout").session(session).exchange();

        assertThat(session.isInvalid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Security-Policy | " + Doors.CONTENT_POLICY,
                "X-Content-Type-Options | nosniff",
                "Referrer-Policy | same-origin",
                "X-Frame-Options | DENY",
                "Cache-Control | no-cache, no-store, max-age=0, must-revalidate"
            })
    void protectsItsPages(String header, String value) {
        assertThat(mvc.get().uri("/desk").session(login("che-nfp"))).hasHeader(header, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Security-Policy", "Cache-Control"})
    void leavesPolicyAndCachingOfTheBundledPagesToThem(String header) {
        assertThat(mvc.get().uri("/camunda/app/tasklist/").session(login("che-nfp")))
                .doesNotContainHeader(header);
    }

    @Test
    void doesNotLetTheBundledApplicationsAnswersBeKept() {
        assertThat(mvc.get()
                        .uri("/camunda/api/engine/engine/default/task/0b9a3f1e-5c1d-11f1-9c3e-0242ac120002")
                        .session(login("che-nfp")))
                .hasHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    }

    @ParameterizedTest
    @CsvSource({"http, false", "https, true"})
    void insistsOnTlsOnlyWhereThereIsTls(String scheme, boolean insists) {
        MvcTestResult result =
                mvc.get().uri(URI.create(scheme + "://localhost/login")).exchange();

        assertThat(result.getResponse().containsHeader("Strict-Transport-Security"))
                .isEqualTo(insists);
    }

    @Test
    void opensTheApiWithAPassword() {
        assertThat(mvc.get()
                        .uri("/api/v1/x")
                        .with(httpBasic("che-nfp", PASSWORD))
                        .with(this::fromHere))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/x", "/api/v1/unknown", "/api/v2/x", "/api", "/v3/api-docs"})
    void answersTheApiWithoutPasswordByAProblemDocument(String uri) {
        assertThat(get(uri))
                .hasStatus(401)
                .hasContentType("application/problem+json;charset=UTF-8")
                .headers()
                .containsHeader("WWW-Authenticate");
    }

    @Test
    void doesNotMakeTheBrowserAskForAPasswordOnAScriptsBehalf() {
        assertThat(mvc.get().uri("/api/v1/x").header("X-Requested-With", "XMLHttpRequest"))
                .hasStatus(401)
                .doesNotContainHeader("WWW-Authenticate");
    }

    @Test
    void doesNotOpenTheApiByASession() {
        assertThat(mvc.get().uri("/api/v1/x").session(login("che-nfp"))).hasStatus(401);
    }

    @Test
    void doesNotOpenThePagesByAPassword() {
        assertThat(mvc.get().uri("/desk").with(httpBasic("che-nfp", PASSWORD))).hasStatus(302);
    }

    @Test
    void makesGuessersWaitAtTheApiToo() {
        for (int i = 0; i < 10; i++) {
            mvc.get()
                    .uri("/api/v1/x")
                    .with(httpBasic("che-nfp", "wrong"))
                    .with(this::fromHere)
                    .exchange();
        }

        assertThat(mvc.get()
                        .uri("/api/v1/x")
                        .with(httpBasic("che-nfp", PASSWORD))
                        .with(this::fromHere))
                .hasStatus(429)
                .hasHeader("Retry-After", "360");
    }

    @Test
    void speaksTheAccountsLanguage() {
        assertThat(mvc.get().uri("/desk").header("Accept-Language", "es").session(login("che-nfp")))
                .hasBodyTextEqualTo("fr");
    }

    @Test
    void speaksToProgramsInTheLanguageTheyName() {
        assertThat(mvc.get().uri("/api/v1/x").header("Accept-Language", "es").with(httpBasic("che-nfp", PASSWORD)))
                .hasBodyTextEqualTo("es");
        assertThat(mvc.get().uri("/api/v1/x").with(httpBasic("che-nfp", PASSWORD)))
                .hasBodyTextEqualTo("fr");
    }

    @Test
    void prefersTheLanguageChosenEarlier() {
        assertThat(mvc.get().uri("/desk").cookie(new Cookie("lang", "es")).session(login("che-nfp")))
                .hasBodyTextEqualTo("es");
    }

    @Test
    void prefersTheLanguageAskedFor() {
        assertThat(mvc.get()
                        .uri("/desk?lang=en")
                        .cookie(new Cookie("lang", "es"))
                        .session(login("che-nfp")))
                .hasBodyTextEqualTo("en");
    }

    @Test
    void keepsTheLanguageAskedFor() {
        MvcTestResult result = mvc.get().uri("/login?lang=fr").exchange();

        assertThat(result.getResponse().getCookie("lang").getValue()).isEqualTo("fr");
    }

    @ParameterizedTest
    @CsvSource({
        "fr-CH;q=0.9, Connexion à Sterna",
        "'de, es-MX;q=0.5', Acceso a Sterna",
        "de, Log in to Sterna",
        "'*', Log in to Sterna"
    })
    void findsALanguageForTheBrowser(String accepted, String heading) {
        assertThat(mvc.get().uri("/login").header("Accept-Language", accepted))
                .bodyText()
                .contains("<h1>" + heading + "</h1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "../fr", "FR", ""})
    void ignoresALanguageItDoesNotSpeak(String language) {
        assertThat(mvc.get().uri("/login").queryParam("lang", language))
                .bodyText()
                .contains("<h1>Log in to Sterna</h1>");
    }

    @ParameterizedTest
    @CsvSource({
        "/login?failed, role=\"alert\"",
        "/login?expired, The page was open for too long",
        "/login?left, You are logged out"
    })
    void saysWhyTheLoginPageIsShown(String uri, String text) {
        assertThat(mvc.get().uri(uri)).bodyText().contains(text);
    }

    private void open(String username, String party, Set<String> seats, Locale language) {
        given(accounts.passwordMatches(username, PASSWORD)).willReturn(true);
        given(accounts.find(username))
                .willReturn(Optional.of(
                        new Account(username, username, username + "@example.org", language, party, seats, false)));
    }

    private MockHttpSession login(String username) {
        MvcTestResult result = attempt(username, PASSWORD).exchange();
        return (MockHttpSession) result.getRequest().getSession();
    }

    private MvcTestResult get(String uri) {
        return mvc.method(HttpMethod.GET).uri(uri).accept("text/html").exchange();
    }

    private MvcTestResult post(String username, String password) {
        return attempt(username, password).exchange();
    }

    private MockMvcRequestBuilder attempt(String username, String password) {
        return mvc.post()
                .uri("/login")
                .param("username", username)
                .param("password", password)
                .with(csrf())
                .with(this::fromHere);
    }

    private static Cookie[] cookies(MockMvcRequestBuilder request) {
        return request.exchange().getResponse().getCookies();
    }

    private MockHttpServletRequest fromHere(MockHttpServletRequest request) {
        request.setRemoteAddr(address);
        return request;
    }
}
