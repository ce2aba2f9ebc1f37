package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** The gateway with the list that is shipped. In paths, {@code ~} stands for the engine and ID for an identity. */
class GatewayTests {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    private static final String ID = "0b9a3f1e-5c1d-11f1-9c3e-0242ac120002";

    private final Gateway gateway = new Gateway(
            GatewayRules.read(new ClassPathResource("gateway.yaml")), DataSize.ofMegabytes(1), new PageSize(1000));

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /camunda/app/tasklist/",
        "GET, /camunda/app/tasklist/default/",
        "GET, /camunda/app/tasklist/camunda-tasklist-bootstrap.js",
        "GET, /camunda/app/tasklist/locales/fr.json",
        "GET, /camunda/app/tasklist/scripts/config.js",
        "GET, /camunda/lib/deps.js",
        "GET, /camunda/assets/IBMPlexSans-Regular.woff2",
        "GET, /camunda/favicon.ico",
        "GET, /camunda/api/tasklist/plugin/tasklistPlugins/static/app/plugin.js",
        "GET, /camunda/api/admin/auth/user/default",
        "GET, /camunda/api/engine/engine/",
        "GET, ~/user/che-nfp/profile",
        "GET, ~/filter",
        "OPTIONS, ~/filter",
        "GET, ~/filter/count",
        "POST, ~/filter/ID/list",
        "GET, ~/task/ID",
        "GET, ~/task/ID/form",
        "GET, ~/task/ID/form-variables",
        "POST, ~/task/ID/submit-form"
    })
    void passesWhatTasklistNeedsForAFocalPoint(String method, String path) throws Exception {
        assertThat(answer(method, path, "PARTY")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /camunda/app/cockpit/default/",
        "GET, /camunda/app/admin/default/",
        "GET, /camunda/api/cockpit/plugin/base/default/process-definition/statistics",
        "GET, /camunda/api/admin/plugin/adminPlugins/static/app/plugin.js",
        "GET, /camunda/api/unknown",
        "GET, ~",
        "GET, ~/task",
        "POST, ~/task",
        "GET, ~/task/count",
        "GET, ~/task/report",
        "GET, ~/process-definition/count",
        "GET, ~/process-definition/statistics",
        "PUT, ~/task/ID",
        "DELETE, ~/task/ID",
        "GET, ~/task/ID/variables",
        "GET, ~/task/ID/identity-links",
        "GET, ~/task/ID/rendered-form",
        "POST, ~/task/ID/identity-links",
        "POST, ~/task/ID/identity-links/delete",
        "GET, ~/user",
        "POST, ~/user",
        "GET, ~/user/count",
        "GET, ~/user/fra-nfp/profile",
        "GET, ~/user/che-nfp",
        "GET, ~/group",
        "GET, ~/identity/groups",
        "GET, ~/authorization",
        "GET, ~/authorization/check",
        "GET, ~/filter/ID",
        "GET, ~/filter/ID/",
        "GET, ~/filter/ID/list",
        "POST, ~/filter/ID/count",
        "POST, ~/filter/ID/singleResult",
        "GET, ~/process-definition/national-report:1:ID",
        "GET, ~/process-definition",
        "GET, ~/process-definition/national-report:1:ID/xml",
        "POST, ~/process-definition/national-report:1:ID/start",
        "POST, ~/process-definition/national-report:1:ID/submit-form",
        "GET, ~/process-instance",
        "POST, ~/process-instance",
        "GET, ~/process-instance/p1/variables",
        "PUT, ~/process-instance/p1/suspended",
        "DELETE, ~/process-instance/p1",
        "GET, ~/history/user-operation",
        "GET, ~/history/variable-instance",
        "GET, ~/history/task",
        "GET, ~/variable-instance",
        "POST, ~/variable-instance",
        "GET, ~/deployment",
        "GET, ~/job",
        "PUT, ~/job/j1/retries",
        "GET, ~/incident",
        "GET, /camunda/api/engine/engine/other/task/ID",
        "HEAD, ~/task/ID",
        "TRACE, ~/task/ID"
    })
    void refusesAFocalPointEverythingElse(String method, String path) throws Exception {
        assertThat(answer(method, path, "PARTY")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"GET, ~/filter", "GET, ~/user/che-nfp/profile", "GET, ~/task/ID", "POST, ~/task/ID/submit-form"})
    void passesTasklistForTheSecretariat(String method, String path) throws Exception {
        assertThat(answer(method, path, "SECRETARIAT")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /camunda/app/cockpit/default/",
        "GET, ~/user",
        "PUT, ~/job/j1/retries",
        "GET, ~/task",
        "GET, ~/process-definition/national-report:1:ID/xml",
        "GET, ~/history/user-operation"
    })
    void refusesTheSecretariatWhatIsForAdministrators(String method, String path) throws Exception {
        assertThat(answer(method, path, "SECRETARIAT")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /camunda/app/cockpit/default/",
        "GET, /camunda/app/admin/default/",
        "GET, /camunda/api/cockpit/plugin/base/default/process-definition/statistics",
        "POST, /camunda/api/cockpit/plugin/base/default/process-instance",
        "GET, ~/user",
        "GET, ~/group/count",
        "GET, ~/process-definition/national-report:1:ID/xml",
        "GET, ~/incident/count",
        "POST, ~/process-instance/count",
        "PUT, ~/job/j1/retries",
        "GET, ~/deployment/count"
    })
    void passesCockpitAndAdminForAdministrators(String method, String path) throws Exception {
        assertThat(answer(method, path, "ADMINISTRATOR")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, ~/process-instance/p1/suspended",
        "DELETE, ~/process-instance/p1",
        "POST, ~/process-definition/key/national-report/start",
        "PUT, ~/process-definition/d1/suspended",
        "POST, ~/job/j1/execute",
        "PUT, ~/task/ID"
    })
    void refusesAdministratorsWhatChangesCases(String method, String path) throws Exception {
        assertThat(answer(method, path, "ADMINISTRATOR")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /camunda/api/admin/setup/default/user/create",
        "GET, /camunda/api/admin/setup/default/user/create",
        "POST, /camunda/api/admin/auth/user/default/login/tasklist",
        "POST, /camunda/api/admin/auth/user/default/login/cockpit",
        "GET, ~/task/ID/attachment",
        "GET, ~/task/ID/attachment/a1/data",
        "DELETE, ~/task/ID/attachment/a1",
        "POST, ~/task/ID/attachment/create",
        "GET, ~/task/ID/comment",
        "POST, ~/task/ID/comment/create",
        "POST, ~/task/ID/bpmnError",
        "POST, ~/task/ID/bpmnEscalation",
        "POST, ~/task/ID/complete",
        "POST, ~/task/ID/resolve",
        "POST, ~/task/ID/delegate",
        "POST, ~/task/ID/claim",
        "POST, ~/task/ID/unclaim",
        "POST, ~/task/ID/assignee",
        "POST, ~/task/create",
        "PUT, ~/task/ID/variables/partyCode",
        "DELETE, ~/task/ID/variables/partyCode",
        "POST, ~/task/ID/localVariables",
        "PUT, ~/process-instance/p1/variables/partyCode",
        "POST, ~/process-instance/p1/modification",
        "POST, ~/modification/execute",
        "POST, ~/migration/execute",
        "GET, ~/execution/e1/localVariables",
        "POST, ~/execution/e1/signal",
        "POST, ~/external-task/fetchAndLock",
        "POST, ~/message",
        "POST, ~/signal",
        "POST, ~/condition",
        "POST, ~/filter/create",
        "PUT, ~/filter/ID",
        "DELETE, ~/filter/ID",
        "POST, ~/authorization/create",
        "DELETE, ~/authorization/a1",
        "POST, ~/user/create",
        "PUT, ~/user/che-nfp/profile",
        "PUT, ~/user/che-nfp/credentials",
        "PUT, ~/group/nfp-CHE/members/che-nfp",
        "POST, ~/deployment/create",
        "DELETE, ~/deployment/d1",
        "PUT, ~/batch/b1/suspended",
        "POST, ~/history/cleanup",
        "POST, ~/telemetry/configuration",
        "GET, ~/schema/log",
        "GET, ~/metrics"
    })
    void passesForNobodyWhatIsNeverPassed(String method, String path) throws Exception {
        assertThat(answer(method, path, "PARTY", "SECRETARIAT", "ADMINISTRATOR"))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda//app/tasklist/",
                "/camunda/app//tasklist/",
                "/camunda/app/./tasklist/",
                "/camunda/app/../app/tasklist/",
                "/camunda/app/tasklist/..",
                "/camunda/app/tasklist/.",
                "/camunda/app/tasklist/../cockpit/",
                "/camunda/app/tasklist/..;/cockpit/",
                "/camunda/app;x=1/tasklist/",
                "/camunda/app/tasklist;/",
                "/camunda/app/tasklist/;jsessionid=1",
                "/camunda/app%2Ftasklist/",
                "/camunda/app%2ftasklist/",
                "/camunda/app/%74asklist/",
                "/camunda/%61pp/tasklist/",
                "/%63amunda/app/tasklist/",
                "/camunda/app/tasklist%00",
                "/camunda/app/tasklist/%2e%2e/cockpit/",
                "/camunda/app/tasklist/%2E./cockpit/",
                "/camunda/app/tasklist/%252e%252e/cockpit/",
                "/camunda/app/tasklist/%5c..%5ccockpit",
                "/camunda/app\\tasklist/",
                "/camunda/app/tasklist/\\..\\cockpit",
                "/camunda/app/tasklist/ü.js",
                "/camunda/app/tasklist/%c3%bc.js",
                "/camunda/app/tasklist/%c0%ae%c0%ae/",
                "/camunda/app/tasklist／default/",
                "/camunda/app/tasklist/ ",
                "/camunda/app/tasklist/%20",
                "/camunda/app/tasklist/a+b",
                "/camunda/app/tasklist/a*b",
                "/camunda/app/tasklist/a,b",
                "/camunda/app/tasklist/{x}",
                "/camunda/app/tasklist/a|b",
                "/camunda/app/tasklist/\t",
                "/camunda/app/tasklist//",
                "//camunda/app/tasklist/",
                "/camunda/api/engine/engine/default/task/t1%2Fcomment",
                "/camunda/api/engine/engine/default/task/t1;/comment",
                "/camunda/api/engine/engine/default/task/t1/%63omment",
                "camunda/app/tasklist/",
                "*"
            })
    void refusesEveryOtherSpelling(String path) throws Exception {
        assertThat(answer("GET", path, "PARTY", "SECRETARIAT", "ADMINISTRATOR")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/CAMUNDA/app/tasklist/", "/camunda/APP/tasklist/", "/camunda/app/Tasklist/"})
    void knowsNoOtherCase(String path) throws Exception {
        assertThat(answer("GET", path, "PARTY")).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/camunda", "/camunda/", "/camunda/app/", "/camunda/app/welcome", "/camunda/app/welcome/default/"
            })
    void leadsFromTheBundledStartPagesToOurs(String path) throws Exception {
        MockHttpServletResponse response = ask(request("GET", path), "PARTY");

        assertThat(response.getHeader("Location")).isEqualTo("/");
    }

    @Test
    void refusesWhoeverIsNotLoggedIn() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        gateway.doFilter(request("GET", "/camunda/app/tasklist/"), response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(403);
    }

    @Test
    void saysNothingAboutARefusal() throws Exception {
        assertThat(ask(request("GET", ENGINE + "/user"), "PARTY").getContentAsString())
                .isEmpty();
    }

    @Test
    void passesABodyOfTheLargestSize() throws Exception {
        MockHttpServletRequest request = request("POST", ENGINE + "/task/" + ID + "/submit-form");
        request.setContent(new byte[1024 * 1024]);

        assertThat(ask(request, "PARTY").getStatus()).isEqualTo(200);
    }

    @Test
    void refusesALargerBody() throws Exception {
        MockHttpServletRequest request = request("POST", ENGINE + "/task/" + ID + "/submit-form");
        request.setContent(new byte[1024 * 1024 + 1]);

        assertThat(ask(request, "PARTY").getStatus()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "maxResults=2000, maxResults=1000",
                "firstResult=0&maxResults=2000&itemCount=false, firstResult=0&maxResults=1000&itemCount=false",
                "maxResults=15, maxResults=15",
                "xmaxResults=2000, xmaxResults=2000",
                "maxResults=many, maxResults=many",
                "none, none"
            })
    void asksForNoMoreThanTheEngineGivesAtOnce(String asked, String passed) throws Exception {
        MockHttpServletRequest request = request("GET", ENGINE + "/filter");
        request.setQueryString(asked);
        MockFilterChain chain = new MockFilterChain();

        ask(request, chain, "PARTY");

        assertThat(((HttpServletRequest) chain.getRequest()).getQueryString()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/process-definition, key=x, key=x&maxResults=1000",
                "/process-definition, none, maxResults=1000",
                "/process-definition, maxResults=5, maxResults=5",
                "/process-definition/count, none, none",
                "/process-instance, none, none"
            })
    void givesListsWithoutASizeTheLargestPage(String path, String asked, String passed) throws Exception {
        MockHttpServletRequest request = request("GET", ENGINE + path);
        request.setQueryString(asked);
        MockFilterChain chain = new MockFilterChain();

        ask(request, chain, "ADMINISTRATOR");

        assertThat(((HttpServletRequest) chain.getRequest()).getQueryString()).isEqualTo(passed);
    }

    @Test
    void keepsTheNonceOfAPageFromOtherRequests() throws Exception {
        MockServletContext shared = new MockServletContext();
        MockFilterChain one = new MockFilterChain();
        MockFilterChain other = new MockFilterChain();
        ask(page(shared), one, "PARTY");
        ask(page(shared), other, "PARTY");

        one.getRequest().getServletContext().setAttribute(NonceOnRequest.NONCE, "first");
        other.getRequest().getServletContext().setAttribute(NonceOnRequest.NONCE, "second");

        assertThat(one.getRequest().getServletContext().getAttribute(NonceOnRequest.NONCE))
                .isEqualTo("first");
    }

    @Test
    void leavesTheRestOfTheContextShared() throws Exception {
        MockServletContext shared = new MockServletContext();
        MockFilterChain chain = new MockFilterChain();
        ask(page(shared), chain, "PARTY");

        chain.getRequest().getServletContext().setAttribute("telemetry", "sent");

        assertThat(shared.getAttribute("telemetry")).isEqualTo("sent");
    }

    @Test
    void refusesABodyOfUntoldSize() throws Exception {
        MockHttpServletRequest request = request("POST", ENGINE + "/task/" + ID + "/submit-form");
        request.addHeader("Transfer-Encoding", "chunked");

        assertThat(ask(request, "PARTY").getStatus()).isEqualTo(411);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ methods: [GET], path: /camunda/x, roles: [PARTY] }",
                "{ methods: [GET], path: /camunda/x, roles: [PARTY], why: ' ' }",
                "{ methods: [GET], path: /camunda/x, roles: [EVERYBODY], why: w }",
                "{ methods: [], path: /camunda/x, roles: [PARTY], why: w }",
                "{ methods: [get], path: /camunda/x, roles: [PARTY], why: w }",
                "{ methods: [GET], path: /engine-rest/x, roles: [PARTY], why: w }",
                "{ methods: [GET], path: '/camunda/{x', roles: [PARTY], why: w }",
                "{ methods: [GET], path: /camunda/x, roles: [PARTY], why: w, when: later }",
                "{ methods: [GET], path: /camunda/x, path: /camunda/y, roles: [PARTY], why: w }"
            })
    void refusesAnIncompleteList(String entry) {
        String yaml = "welcome: []\nbounded: []\nnever: []\nallow:\n  - " + entry + "\n";

        assertThatIllegalStateException()
                .isThrownBy(() -> GatewayRules.read(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ segment: x }", "{ why: w }", "{ segment: x, path: /camunda/x, why: w }"})
    void refusesAnIncompleteRefusal(String entry) {
        String yaml = "welcome: []\nbounded: []\nallow: []\nnever:\n  - " + entry + "\n";

        assertThatIllegalStateException()
                .isThrownBy(() -> GatewayRules.read(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private int answer(String method, String path, String... roles) throws Exception {
        return ask(request(method, path.replaceFirst("^~", ENGINE).replace("ID", ID)), roles)
                .getStatus();
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setMethod(method);
        request.setRequestURI(path);
        return request;
    }

    private static MockHttpServletRequest page(MockServletContext context) {
        MockHttpServletRequest request = new MockHttpServletRequest(context);
        request.setMethod("GET");
        request.setRequestURI("/camunda/app/tasklist/default/");
        return request;
    }

    private MockHttpServletResponse ask(MockHttpServletRequest request, String... roles) throws Exception {
        return ask(request, new MockFilterChain(), roles);
    }

    private MockHttpServletResponse ask(MockHttpServletRequest request, MockFilterChain chain, String... roles)
            throws Exception {
        String[] authorities = new String[roles.length];
        for (int i = 0; i < roles.length; i++) {
            authorities[i] = Role.valueOf(roles[i]).authority();
        }
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken("che-nfp", null, authorities));
        MockHttpServletResponse response = new MockHttpServletResponse();
        gateway.doFilter(request, response, chain);
        return response;
    }
}
