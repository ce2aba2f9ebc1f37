package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.engine.Cases;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

@ApiSlice
class ObligationsControllerTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Obligations obligations;

    @Autowired
    Notices notices;

    @Autowired
    Duties duties;

    @Autowired
    Words words;

    @Autowired
    Parties parties;

    @Autowired
    Cases cases;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        Samples.know(obligations);
        Samples.know(duties);
        Samples.know(words);
        Samples.know(parties);
    }

    @Test
    void givesAPartyMoreTime() {
        assertThat(extend("secretariat", Samples.SWISS.id(), "2027-01-15", "The ministry was reorganised."))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.party")
                .isEqualTo("CHE");
        then(cases)
                .should()
                .moveDeadline(
                        Samples.SWISS.id(),
                        Samples.SWISS
                                .deadline()
                                .movedTo(
                                        LocalDate.of(2027, 1, 15),
                                        Deadline.Origin.EXTENSION,
                                        "The ministry was reorganised."),
                        "secretariat");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-23 | The ministry was reorganised. | on     | New last day: choose today or a later day.
            soon       | The ministry was reorganised. | on     | New last day: enter a date, for example 2026-12-24.
                       | The ministry was reorganised. | on     | This value is missing. Give one.
            2027-01-15 | Why not                       | reason | Reason: write 10 to 1000 characters.
            2027-01-15 |                               | reason | Reason: write 10 to 1000 characters.
            """)
    void saysWhatIsWrongWithAnExtensionAsThePagesDo(String on, String reason, String field, String sentence) {
        assertThat(extend("secretariat", Samples.SWISS.id(), on, reason))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", field, "message", sentence)));
        then(cases).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "admin"})
    void extendsForTheSecretariatOnly(String username) {
        assertThat(extend(username, Samples.SWISS.id(), "2027-01-15", "The ministry was reorganised."))
                .hasStatus(403);
        then(cases).shouldHaveNoInteractions();
    }

    @Test
    void passesOnThatADeadlineCannotBeMoved() {
        willThrow(new IllegalArgumentException("Last day: nobody can extend it."))
                .given(cases)
                .moveDeadline(any(), any(), any());

        assertThat(extend("secretariat", Samples.SWISS.id(), "2027-01-15", "The ministry was reorganised."))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", "on", "message", "Last day: nobody can extend it.")));
    }

    @Test
    void extendsNothingThatIsNotThere() {
        assertThat(extend("secretariat", UUID.randomUUID(), "2027-01-15", "The ministry was reorganised."))
                .hasStatus(404);
    }

    private MvcTestResult extend(String username, UUID id, String on, String reason) {
        Map<String, String> body = new HashMap<>();
        body.put("on", on);
        body.put("reason", reason);
        try {
            return mvc.post()
                    .uri("/api/v1/obligations/{id}/deadline", id)
                    .with(user(username))
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(new ObjectMapper().writeValueAsString(body))
                    .exchange();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void listsWhatTheFilterSelectsForTheSecretariat() {
        given(obligations.list(
                        new Obligations.Filter(
                                Samples.DUTY,
                                "KEN",
                                "2026-11",
                                Set.of(Obligation.State.WITH_PARTY, Obligation.State.LAPSED),
                                true),
                        2,
                        10))
                .willReturn(new Obligations.Page<>(List.of(Samples.KENYAN), 21));

        assertThat(get(
                        "secretariat",
                        "/api/v1/obligations?duty=nomination-confirmation&party=KEN&occasion=2026-11"
                                + "&state=with-party&state=lapsed&overdue=true&page=2&size=10"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"items": [{"id": "%s", "businessKey": "nomination-confirmation/2026-11/KEN",
                           "duty": "nomination-confirmation", "title": "en:nomination-confirmation.title",
                           "occasion": "2026-11", "party": "KEN", "state": "with-party", "overdue": true,
                           "deadline": {"on": "2026-11-23", "zone": "Europe/Berlin", "at": "2026-11-23T22:59:59Z",
                                        "origin": "rule", "reference": "opened+30D", "provisional": false},
                           "openedAt": "2026-11-01T08:00:00Z", "closedAt": null, "late": false,
                           "nextAct": {"rung": "reminder-14", "at": "2026-12-10T07:00:00Z"}}],
                         "total": 21, "page": 2, "size": 10}
                        """.formatted(Samples.KENYAN.id()));
    }

    @Test
    void listsOnlyTheOwnPartysForAPartysAccount() {
        given(obligations.list(Obligations.Filter.ofParty("CHE"), 0, 50))
                .willReturn(new Obligations.Page<>(List.of(Samples.SWISS), 1));

        assertThat(get("che-nfp", "/api/v1/obligations"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[*].party")
                .isEqualTo(List.of("CHE"));
    }

    @ParameterizedTest
    @CsvSource({"che-nfp, ?party=KEN", "admin, ?party=KEN", "admin, ''"})
    void listsNothingBeyondTheWall(String username, String query) {
        assertThat(get(username, "/api/v1/obligations" + query))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"items": [], "total": 0, "page": 0, "size": 50}
                        """);
        then(obligations).should(never()).list(any(), anyInt(), anyInt());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    page, -1, Give a whole number from 0 to 1000000.
                    page, 1000001, Give a whole number from 0 to 1000000.
                    page, first, Give a whole number.
                    page, 99999999999, Give a whole number.
                    size, 0, Give a whole number from 1 to 500.
                    size, 501, Give a whole number from 1 to 500.
                    overdue, perhaps, Give true or false.
                    duty, tea, There is no duty called “tea”. GET /api/v1/duties lists them.
                    party, XXX, There is no Party with the code “XXX”. GET /api/v1/parties lists them.
                    """)
    void refusesAParameterNamingItAndTheRemedy(String name, String value, String remedy) {
        MvcTestResult answer = get("secretariat", "/api/v1/obligations?" + name + "=" + value);

        assertThat(answer).hasStatus(422).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", name, "message", remedy)));
    }

    @Test
    void refusesAnUnknownStateListingTheKnownOnes() {
        assertThat(get("che-nfp", "/api/v1/obligations?state=with-party,open"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of(
                        "field",
                        "state",
                        "message",
                        "There is no state called “open”. These are known: opening, with-party, with-secretariat,"
                                + " discharged, nil-return, excused, lapsed.")));
    }

    @ParameterizedTest
    @CsvSource({"page=0, size=1", "page=1000000, size=500"})
    void acceptsTheBoundsOfPaging(String page, String size) {
        given(obligations.list(any(), anyInt(), anyInt())).willReturn(new Obligations.Page<>(List.of(), 0));

        assertThat(get("secretariat", "/api/v1/obligations?" + page + "&" + size))
                .hasStatusOk();
    }

    @Test
    void readsAnObligationWithAllThatHappened() {
        UUID id = Samples.SWISS.id();
        given(obligations.events(id))
                .willReturn(List.of(new LedgerEvent(
                        id, 1, Samples.NOW, LedgerEvent.Kind.OPENED, "sterna", Map.of("occasion", "2026-11"), "ab")));
        given(obligations.submissions(id)).willReturn(List.of(Samples.submission(Samples.SWISS, "nfp-CHE", 1)));
        given(obligations.tasks(id)).willReturn(List.of(Samples.SWISS_TASK));
        given(notices.of(id)).willReturn(List.of(Samples.notice(Samples.SWISS, "nfp-CHE")));

        assertThat(get("che-nfp", "/api/v1/obligations/" + id))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"id": "%s", "party": "CHE", "overdue": false,
                         "events": [{"number": 1, "at": "2026-11-24T09:00:00Z", "kind": "opened", "actor": "sterna",
                                     "details": {"occasion": "2026-11"}, "hash": "ab"}],
                         "submissions": [{"receipt": "S-2026-000001", "values": {"remarks": "version 1"}}],
                         "notices": [{"seat": "nfp-CHE", "language": "fr", "state": "sent"}],
                         "tasks": [{"id": "t-che", "name": "en:nomination-confirmation.submit-nomination.name"}]}
                        """.formatted(id));
    }

    @Test
    void hidesFromThePartyWhatIsNotOfItsSeats() {
        UUID id = Samples.SWISS.id();
        given(obligations.submissions(id)).willReturn(List.of(Samples.submission(Samples.SWISS, "secretariat", 1)));
        given(obligations.tasks(id)).willReturn(List.of(Samples.task(Samples.SWISS, "t-review", "secretariat")));
        given(notices.of(id)).willReturn(List.of(Samples.notice(Samples.SWISS, "secretariat")));

        assertThat(get("che-nfp", "/api/v1/obligations/" + id))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"submissions": [], "notices": [], "tasks": []}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/obligations/", "/api/v1/notices?obligation="})
    void answersForeignAndUnknownWithTheSameBytes(String path) throws Exception {
        String foreign = get("che-nfp", path + Samples.KENYAN.id())
                .getMvcResult()
                .getResponse()
                .getContentAsString();
        MvcTestResult unknown = get("che-nfp", path + UUID.randomUUID());

        assertThat(unknown).hasStatus(404).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(unknown).bodyText().isEqualTo(foreign);
    }

    @Test
    void answersAMalformedIdLikeAnUnknownOne() throws Exception {
        String unknown = get("che-nfp", "/api/v1/obligations/" + UUID.randomUUID())
                .getMvcResult()
                .getResponse()
                .getContentAsString();

        assertThat(get("che-nfp", "/api/v1/obligations/x'--"))
                .hasStatus(404)
                .bodyText()
                .isEqualTo(unknown);
    }

    @Test
    void listsAPartysAccountTheNoticesToItsSeatsOnly() {
        given(notices.of(Samples.SWISS.id()))
                .willReturn(List.of(
                        Samples.notice(Samples.SWISS, "nfp-CHE"),
                        Samples.notice(Samples.SWISS, "rep-europe"),
                        Samples.notice(Samples.SWISS, "secretariat")));

        assertThat(get("che-nfp", "/api/v1/notices?obligation=" + Samples.SWISS.id()))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[*].seat")
                .isEqualTo(List.of("nfp-CHE"));
    }

    @Test
    void listsTheSecretariatAllNotices() {
        given(notices.of(Samples.SWISS.id()))
                .willReturn(
                        List.of(Samples.notice(Samples.SWISS, "nfp-CHE"), Samples.notice(Samples.SWISS, "rep-europe")));

        assertThat(get("secretariat", "/api/v1/notices?obligation=" + Samples.SWISS.id()))
                .bodyJson()
                .extractingPath("$[*].seat")
                .isEqualTo(List.of("nfp-CHE", "rep-europe"));
    }

    @ParameterizedTest
    @CsvSource({"'', This value is missing. Give one.", "?obligation=7, This is not an id."})
    void asksForTheObligationOfNotices(String query, String remedy) {
        assertThat(get("che-nfp", "/api/v1/notices" + query))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].message")
                .asString()
                .startsWith(remedy);
    }

    private MvcTestResult get(String username, String uri) {
        return mvc.get().uri(uri).with(user(username)).exchange();
    }
}
