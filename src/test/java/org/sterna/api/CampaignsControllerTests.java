package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.register.Accounts;

@ApiSlice
class CampaignsControllerTests {

    private static final String BODY = """
            {"duty": "nomination-confirmation", "occasion": "2026-11", "parties": ["CHE", "KEN"]}
            """;

    private static final Campaigns.Campaign CAMPAIGN =
            new Campaigns.Campaign(UUID.randomUUID(), Samples.DUTY, "2026-11", "secretariat", Samples.NOW, 2, 1, 1);

    private static final String CAMPAIGN_JSON = """
            {"id": "%s", "duty": "nomination-confirmation", "occasion": "2026-11", "openedBy": "secretariat",
             "openedAt": "2026-11-24T09:00:00Z", "total": 2, "opened": 1, "already": 1}
            """.formatted(CAMPAIGN.id());

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Campaigns campaigns;

    @BeforeEach
    void know() {
        Samples.know(accounts);
    }

    @Test
    void opensADutyForParties() {
        given(campaigns.open(Samples.DUTY, "2026-11", List.of("CHE", "KEN"), "secretariat"))
                .willReturn(CAMPAIGN);

        MvcTestResult answer = open("secretariat", BODY);

        assertThat(answer).hasStatus(202).hasHeader("Location", "/api/v1/campaigns/" + CAMPAIGN.id());
        assertThat(answer).bodyJson().isStrictlyEqualTo(CAMPAIGN_JSON);
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
        then(campaigns).should(never()).open(any(), any(), any(), any());
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
        given(campaigns.open(any(), any(), any(), any())).willThrow(new InvalidCampaign("parties", "Not XXX."));

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

    private MvcTestResult open(String username, String body) {
        return mvc.post()
                .uri("/api/v1/campaigns")
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
