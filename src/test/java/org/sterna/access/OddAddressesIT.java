package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** Whatever is asked for, by whomever: it is a wrong address at most, never a fault of the application. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:access;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.access.attempts-per-address=100000"
        })
@ActiveProfiles("demo")
class OddAddressesIT {

    private static final String PASSWORD = "sterna-demo-2026";

    private static final List<String> USERS = List.of("", "che-nfp", "secretariat");

    private static final List<String> ADDRESSES = List.of(
            "/",
            "/error",
            "/login",
            "/desk",
            "/desk/tasks/none",
            "/desk/obligations/none",
            "/desk/calendar",
            "/forms/tasks/none",
            "/calendar/none.ics",
            "/calendar.ics",
            "/secretariat",
            "/secretariat/obligations",
            "/secretariat/exports/obligations.csv",
            "/secretariat/register/CHE",
            "/secretariat/campaigns/none",
            "/secretariat/notices",
            "/secretariat/search",
            "/api/v1/obligations",
            "/api/v1/obligations/none",
            "/api/v1/tasks/none",
            "/api/v2/obligations",
            "/v3/api-docs",
            "/engine-rest/task",
            "/actuator",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/none",
            "/assets/none.css",
            "/webjars/none",
            "/camunda/app/tasklist/default/",
            "/camunda/api/engine/engine/default/task",
            "/camunda/api/admin/auth/user/default",
            "/camunda/none");

    private static final List<String> PARAMETERS = List.of(
            "page=-1",
            "page=99999999999",
            "page=abc",
            "size=zz",
            "size=0",
            "draftVersion=abc",
            "party=%00",
            "occasion=%E0%A4%A",
            "duty=%FF",
            "from=-0001-13",
            "overdue=perhaps",
            "state=none&state=none",
            "q=%25%5F%00",
            "year=abc",
            "lang=xx-%3Cb%3E",
            "=&&=;",
            "obligation=abc",
            "maxResults=abc&firstResult=-1");

    @LocalServerPort
    private int port;

    /** The status of a request that is sent as it is written here. */
    private int status(String method, String target, String user, String headers) throws IOException {
        String login = user.isEmpty()
                ? ""
                : "Authorization: Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        try (Socket server = new Socket("localhost", port)) {
            server.setSoTimeout(30_000);
            server.getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                                    + login + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new BufferedReader(
                            new InputStreamReader(server.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }

    @Test
    void noSpellingOfAnAddressIsAFault() throws IOException {
        List<String> faults = new ArrayList<>();
        for (String address : ADDRESSES) {
            for (String target : spellings(address)) {
                for (String user : USERS) {
                    int status = status("GET", target, user, "Accept: text/html\r\n");
                    if (status >= 500) {
                        faults.add(status + " for GET " + target + " by " + user);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Each place of the address written otherwise, and some at random. */
    private static List<String> spellings(String address) {
        List<String> all =
                new ArrayList<>(List.of(address, address + "?", address + "#a", "//", "/" + "a".repeat(3000)));
        List<String> instead = List.of(
                "//", "///", "/./", "/../", "/;a=b/", "/%2F/", "/%2e%2e/", "/%5C/", "/%00/", "/%zz/", "/%C0%AF/");
        List<Integer> slashes = new ArrayList<>();
        for (int at = address.indexOf('/'); at >= 0; at = address.indexOf('/', at + 1)) {
            slashes.add(at);
        }
        for (int at : slashes) {
            for (String other : instead) {
                all.add(address.substring(0, at) + other + address.substring(at + 1));
            }
        }
        for (String behind : List.of("/", "//", ";", ";jsessionid=1", "%20", "%2F", ".", "..", ".json", "%0d%0aa:b")) {
            all.add(address + behind);
        }
        Random chance = new Random(address.hashCode());
        for (int i = 0; i < 3; i++) {
            all.add(address + "?" + PARAMETERS.get(chance.nextInt(PARAMETERS.size())) + "&"
                    + PARAMETERS.get(chance.nextInt(PARAMETERS.size())));
        }
        return all;
    }

    @Test
    void noValueOfAParameterIsAFault() throws IOException {
        List<String> faults = new ArrayList<>();
        for (String address : ADDRESSES) {
            for (String parameter : PARAMETERS) {
                int status = status("GET", address + "?" + parameter, "secretariat", "");
                if (status >= 500) {
                    faults.add(status + " for GET " + address + "?" + parameter);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /camunda/api//admin/setup/default/user/create",
        "POST, /camunda//api/engine/engine/default/task",
        "PUT, //api/v1/tasks/none/draft?draftVersion=abc",
        "DELETE, /desk//tasks/none",
        "TRACE, /error",
        "OPTIONS, //",
    })
    void noOtherMethodIsAFault(String method, String target) throws IOException {
        for (String user : USERS) {
            assertThat(status(method, target, user, "Content-Length: 0\r\n"))
                    .as("%s %s by %s", method, target, user)
                    .isLessThan(500);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/camunda//api/engine/engine/default/task, '', 400",
        "/error, '', 404",
        "/actuator/health, '', 200",
        "/actuator/none, '', 404",
        "/actuator, secretariat, 404",
        "/actuator/env, secretariat, 404",
        "/engine-rest/task, '', 404",
        "/api/v2/obligations, '', 401",
        "/api/v2/obligations, secretariat, 404",
        "/api, '', 401",
        "/desk, '', 302",
    })
    void tellsProgramsAndPeopleWhatIsWrong(String target, String user, int status) throws IOException {
        assertThat(status("GET", target, user, "Accept: text/html\r\n")).isEqualTo(status);
    }
}
