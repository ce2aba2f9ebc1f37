package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Exemption;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Preview;
import org.sterna.register.Accounts;
import org.sterna.register.Holder;

@ApiSlice
class CampaignsControllerTests {

    private static final String BODY = """
            {"duty": "nomination-confirmation", "occasion": "2026-11", "parties": ["CHE", "KEN"]}
            """;

    private static final Campaigns.Campaign CAMPAIGN =
            new Campaigns.Campaign(UUID.randomUUID(), Samples.DUTY, "2026-11", "secretariat", Samples.NOW, 2, 1, 1);

    private static final String CAMPAIGN_JSON = """
            {"id": "%s", "duty": "nomination-confirmation", "occasion": "2026-11", "openedBy": "secretariat",
             "openedAt": "2026-11-24T09:00:00Z", "total": 2, "opened": 1, "already": 1,
             "notBound": 0, "lateReason": null}
            """.formatted(CAMPAIGN.id());

    private static final Holder HOLDER = new Holder(
            UUID.randomUUID(),
            "nfp-CHE",
            "che-nfp",
            "Office",
            "office@example.org",
            Locale.FRENCH,
            LocalDate.of(2025, 1, 1),
            null,
            true,
            null);
    private static final Deadline DEADLINE = new Deadline(
            LocalDate.of(2026, 12, 24), ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "opened+30D", false);
    private static final Exemption EXEMPTION =
            new Exemption(Samples.DUTY, "2026-11", "FRA", "Acceded last week.", "secretariat", Samples.NOW);
    private static final String EXEMPTION_JSON = """
            {"party": "FRA", "reason": "Acceded last week.", "by": "secretariat", "at": "2026-11-24T09:00:00Z"}
            """;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Campaigns campaigns;

    @Autowired
    CampaignCases cases;

    @BeforeEach
    void know() {
        Samples.know(accounts);
    }

    @Test
    void opensADutyForParties() {
        given(campaigns.open(Samples.DUTY, "2026-11", List.of("CHE", "KEN"), null, "secretariat"))
                .willReturn(CAMPAIGN);

        MvcTestResult answer = open("secretariat", BODY);

        assertThat(answer).hasStatus(202).hasHeader("Location", "/api/v1/campaigns/" + CAMPAIGN.id());
        assertThat(answer).bodyJson().isStrictlyEqualTo(CAMPAIGN_JSON);
    }

    @Test
    void saysWhatIsLateAndWhoIsNotBound() {
        given(campaigns.preview(Samples.DUTY, "2026-11", List.of("CHE", "KEN")))
                .willReturn(new Preview(
                        Samples.DUTY,
                        "2026-11",
                        List.of(new Preview.Line(
                                Samples.KENYA, Preview.Fate.NOT_BOUND, null, Map.of(), List.of(), List.of())),
                        new Preview.Late(Preview.Late.Kind.MEETING_OVER, LocalDate.of(2026, 3, 29))));

        assertThat(post("secretariat", "/api/v1/campaigns/preview", BODY))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"opens": 0, "notBound": 1, "late": {"kind": "meeting-over", "since": "2026-03-29"},
                         "parties": [{"party": "KEN", "fate": "not-bound"}]}
                        """);
    }

    @Test
    void passesOnWhyADutyIsOpenedLate() {
        given(campaigns.open(Samples.DUTY, "2026-11", List.of("CHE"), "Asked for by Kenya.", "secretariat"))
                .willReturn(CAMPAIGN);

        assertThat(open("secretariat", """
                        {"duty": "nomination-confirmation", "occasion": "2026-11", "parties": ["CHE"],
                         "lateReason": "Asked for by Kenya."}
                        """)).hasStatus(202);
    }

    @Test
    void readsTheProgress() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));

        assertThat(mvc.get().uri("/api/v1/campaigns/{id}", CAMPAIGN.id()).with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(CAMPAIGN_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "admin"})
    void opensForTheSecretariatOnly(String username) {
        assertThat(open(username, BODY)).hasStatus(403).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        then(campaigns).should(never()).open(any(), any(), any(), any(), any());
    }

    @Test
    void showsProgressToTheSecretariatOnlyWhetherOrNotTheCampaignExists() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));

        assertThat(mvc.get().uri("/api/v1/campaigns/{id}", CAMPAIGN.id()).with(user("che-nfp")))
                .hasStatus(403);
        assertThat(mvc.get().uri("/api/v1/campaigns/{id}", UUID.randomUUID()).with(user("che-nfp")))
                .hasStatus(403);
    }

    @Test
    void knowsNoOtherCampaign() {
        assertThat(mvc.get().uri("/api/v1/campaigns/{id}", UUID.randomUUID()).with(user("secretariat")))
                .hasStatus(404);
    }

    @Test
    void passesOnWhatTheCampaignsRefuse() {
        given(campaigns.open(any(), any(), any(), any(), any())).willThrow(new InvalidCampaign("parties", "Not XXX."));

        assertThat(open("secretariat", BODY))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", "parties", "message", "Not XXX.")));
    }

    @Test
    void asksForEveryMissingValueAtOnce() {
        assertThat(open("secretariat", "{\"parties\": [\"CHE\", null]}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of("duty", "occasion", "parties[1]"));
    }

    @Test
    void showsWhatOpeningWouldDoAndWritesNothing() {
        given(campaigns.preview(Samples.DUTY, "2026-11", List.of("CHE", "KEN")))
                .willReturn(new Preview(
                        Samples.DUTY,
                        "2026-11",
                        List.of(
                                new Preview.Line(
                                        Samples.SWITZERLAND,
                                        Preview.Fate.OPENS,
                                        null,
                                        Map.of("due", DEADLINE),
                                        List.of(
                                                new Preview.Mail("nfp-CHE", HOLDER, false),
                                                new Preview.Mail("nfp-CHE", HOLDER, true, true)),
                                        List.of(
                                                new Preview.Vacancy("min-CHE", List.of(HOLDER)),
                                                new Preview.Vacancy("mfa-CHE", List.of()))),
                                new Preview.Line(
                                        Samples.KENYA,
                                        Preview.Fate.EXEMPTED,
                                        "Newcomer",
                                        Map.of(),
                                        List.of(),
                                        List.of()))));

        MvcTestResult answer = post("secretariat", "/api/v1/campaigns/preview", BODY);

        assertThat(answer).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                        {"duty": "nomination-confirmation", "occasion": "2026-11", "opens": 1, "already": 0,
                         "exempted": 1, "notBound": 0, "late": null, "mails": 1, "mailsByLanguage": {"fr": 1},
                         "parties": [
                           {"party": "CHE", "fate": "opens", "reason": null,
                            "deadlines": {"due": {"on": "2026-12-24", "zone": "Europe/Berlin",
                                                  "at": "2026-12-24T22:59:59Z", "origin": "rule",
                                                  "reference": "opened+30D", "provisional": false}},
                            "mails": [
                              {"seat": "nfp-CHE", "name": "Office", "email": "office@example.org", "language": "fr",
                               "copy": false, "reachable": true},
                              {"seat": "nfp-CHE", "name": "Office", "email": "office@example.org", "language": "fr",
                               "copy": true, "reachable": false}],
                            "vacancies": [{"seat": "min-CHE", "workGoesTo": ["nfp-CHE"]},
                                          {"seat": "mfa-CHE", "workGoesTo": []}],
                            "unreachable": false},
                           {"party": "KEN", "fate": "exempted", "reason": "Newcomer", "deadlines": {}, "mails": [],
                            "vacancies": [], "unreachable": false}]}
                        """);
        then(campaigns).should(never()).open(any(), any(), any(), any(), any());
    }

    @Test
    void addsAParty() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(campaigns.add(CAMPAIGN.id(), "FRA", null, "secretariat")).willReturn(CAMPAIGN);

        assertThat(post("secretariat", of("/parties"), "{\"party\": \"FRA\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(CAMPAIGN_JSON);
    }

    @Test
    void exemptsAPartyWithAReason() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(campaigns.exempt(Samples.DUTY, "2026-11", "FRA", "Acceded last week.", "secretariat"))
                .willReturn(EXEMPTION);

        assertThat(post("secretariat", of("/exemptions"), "{\"party\": \"FRA\", \"reason\": \"Acceded last week.\"}"))
                .hasStatus(201)
                .bodyJson()
                .isStrictlyEqualTo(EXEMPTION_JSON);
    }

    @Test
    void listsWhoIsExemptedAndTakesItBack() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(campaigns.exemptions(Samples.DUTY, "2026-11")).willReturn(List.of(EXEMPTION), List.of());

        assertThat(mvc.get().uri(of("/exemptions")).with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("[" + EXEMPTION_JSON + "]");
        assertThat(mvc.delete().uri(of("/exemptions/FRA")).with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("[]");
        then(campaigns).should().lift(Samples.DUTY, "2026-11", "FRA", "secretariat");
    }

    @Test
    void listsWhatWentWrongAndHasItTriedAgain() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(cases.failures(Samples.DUTY, "2026-11"))
                .willReturn(List.of(new CampaignCases.Failure("KEN", true, true, null, "for administrators")));
        given(cases.retry(Samples.DUTY, "2026-11", List.of("KEN"))).willReturn(1);

        assertThat(mvc.get().uri(of("/failures")).with(user("secretariat")))
                .bodyJson()
                .isStrictlyEqualTo("""
                        [{"party": "KEN", "atStart": true, "stopped": true, "again": null}]
                        """);
        assertThat(post("secretariat", of("/retry"), "{\"parties\": [\"KEN\"]}"))
                .bodyJson()
                .isStrictlyEqualTo("{\"retried\": 1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /parties    | {"party": "XXX"}                     | party
            /exemptions | {"party": "XXX", "reason": "Because"} | party
            """)
    void namesThePartyAsTheRequestDoes(String path, String body, String field) {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(campaigns.add(any(), any(), any(), any())).willThrow(new InvalidCampaign("parties", "Not XXX."));
        given(campaigns.exempt(any(), any(), any(), any(), any()))
                .willThrow(new InvalidCampaign("parties", "Not XXX."));

        assertThat(post("secretariat", of(path), body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", field, "message", "Not XXX.")));
    }

    @Test
    void passesOnWhatIsWrongWithAReason() {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));
        given(campaigns.exempt(any(), any(), any(), any(), any()))
                .willThrow(new InvalidCampaign("reason", "Too short."));

        assertThat(post("secretariat", of("/exemptions"), "{\"party\": \"FRA\", \"reason\": \"\"}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of("reason"));
    }

    @ParameterizedTest
    @CsvSource({"/parties, 1", "/exemptions, 2", "/retry, 1"})
    void asksForWhatIsMissing(String path, int missing) {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));

        assertThat(post("secretariat", of(path), "{}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations.length()")
                .isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource({
        "che-nfp, POST, preview",
        "che-nfp, POST, ID/parties",
        "che-nfp, GET, ID/exemptions",
        "che-nfp, POST, ID/exemptions",
        "che-nfp, DELETE, ID/exemptions/CHE",
        "che-nfp, GET, ID/failures",
        "che-nfp, POST, ID/retry",
        "admin, POST, preview",
        "admin, POST, ID/exemptions"
    })
    void letsNobodyButTheSecretariatIn(String username, HttpMethod method, String path) {
        given(campaigns.find(CAMPAIGN.id())).willReturn(Optional.of(CAMPAIGN));

        assertThat(mvc.method(method)
                        .uri("/api/v1/campaigns/"
                                + path.replace("ID", CAMPAIGN.id().toString()))
                        .with(user(username))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatus(403);
        then(campaigns).shouldHaveNoInteractions();
        then(cases).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, parties",
        "GET, exemptions",
        "POST, exemptions",
        "DELETE, exemptions/CHE",
        "GET, failures",
        "POST, retry"
    })
    void knowsNothingOfCampaignsThatAreNotThere(HttpMethod method, String path) {
        assertThat(mvc.method(method)
                        .uri("/api/v1/campaigns/{id}/" + path, UUID.randomUUID())
                        .with(user("secretariat"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatus(404);
    }

    private static String of(String path) {
        return "/api/v1/campaigns/" + CAMPAIGN.id() + path;
    }

    private MvcTestResult post(String username, String address, String body) {
        return mvc.post()
                .uri(address)
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult open(String username, String body) {
        return mvc.post()
                .uri("/api/v1/campaigns")
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
