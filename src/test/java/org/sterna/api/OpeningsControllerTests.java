package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Occasions;
import org.sterna.campaigns.Preview;
import org.sterna.register.Accounts;

@ApiSlice
class OpeningsControllerTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");
    private static final LocalDate DAY = LocalDate.of(2028, 11, 1);

    private static final String PLANS = """
            [{"duty": "nomination-confirmation", "opensOn": "2028-11-01", "scheduled": true,
              "deadlines": {"due": {"on": "2028-12-24", "zone": "Europe/Berlin", "at": "2028-12-24T22:59:59Z",
                                    "origin": "rule", "reference": "COP-P6M", "provisional": false}},
              "problem": null, "bound": 133, "opened": 2, "ended": 1}]
            """;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Meetings meetings;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Occasions occasions;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        given(meetings.find("cop16"))
                .willReturn(Optional.of(
                        new Meeting("cop16", Meeting.Kind.COP, null, null, Meeting.Span.day(DAY), DAY, BONN, false)));
        given(occasions.of("cop16"))
                .willReturn(List.of(new Occasions.Plan(
                        Samples.duty(),
                        DAY,
                        true,
                        Map.of(
                                "due",
                                new Deadline(LocalDate.of(2028, 12, 24), BONN, Deadline.Origin.RULE, "COP-P6M", false)),
                        null,
                        133,
                        2,
                        1)));
    }

    @Test
    void laysTheDutiesOfAMeetingOut() {
        assertThat(mvc.get().uri("/api/v1/meetings/cop16/calendar").with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(PLANS);
    }

    @Test
    void showsWhatOpeningTogetherWouldDo() {
        given(campaigns.previewTogether(List.of("credentials"), "cop16"))
                .willReturn(List.of(new Preview("credentials", "cop16", List.of())));

        assertThat(send("secretariat", "openings/preview", "{\"duties\": [\"credentials\"]}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[0].duty")
                .isEqualTo("credentials");
        then(campaigns).should(never()).openTogether(any(), any(), any(), any());
    }

    @Test
    void opensTogether() {
        given(campaigns.openTogether(List.of("credentials"), "cop16", null, "secretariat"))
                .willReturn(List.of(new Campaigns.Campaign(
                        UUID.randomUUID(), "credentials", "cop16", "secretariat", Samples.NOW, 133, 0, 0)));

        assertThat(send("secretariat", "openings", "{\"duties\": [\"credentials\"]}"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$[0].total")
                .isEqualTo(133);
    }

    @Test
    void schedulesTogether() {
        assertThat(send("secretariat", "schedule", "{\"duties\": [\"credentials\"], \"day\": \"2028-11-01\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(PLANS);
        then(occasions).should().schedule(List.of("credentials"), "cop16", DAY, "secretariat");
    }

    @Test
    void takesADayBack() {
        assertThat(mvc.delete()
                        .uri("/api/v1/meetings/cop16/schedule/credentials")
                        .with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(PLANS);
        then(occasions).should().cancel("credentials", "cop16", "secretariat");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openings         | {}                                        | duties
            openings/preview | {"duties": ["credentials", null]}         | duties[1]
            schedule         | {"duties": ["credentials"]}               | day
            schedule         | {"duties": ["credentials"], "day": "soon"} | day
            """)
    void namesWhatIsMissingOrNoDay(String path, String body, String field) {
        assertThat(send("secretariat", path, body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of(field));
        then(campaigns).shouldHaveNoInteractions();
        then(occasions).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @CsvSource({"openings, duty, duties", "openings/preview, duty, duties", "openings, occasion, occasion"})
    void passesOnWhatTheCampaignsRefuse(String path, String field, String named) {
        given(campaigns.openTogether(any(), any(), any(), any())).willThrow(new InvalidCampaign(field, "Not this."));
        given(campaigns.previewTogether(any(), any())).willThrow(new InvalidCampaign(field, "Not this."));

        assertThat(send("secretariat", path, "{\"duties\": [\"credentials\"]}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", named, "message", "Not this.")));
    }

    @Test
    void passesOnThatADayIsPast() {
        willThrow(new InvalidCampaign("day", "Past.")).given(occasions).schedule(any(), any(), any(), any());

        assertThat(send("secretariat", "schedule", "{\"duties\": [\"credentials\"], \"day\": \"2020-01-01\"}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of("day"));
    }

    @ParameterizedTest
    @CsvSource({
        "che-nfp, GET, calendar",
        "che-nfp, POST, openings",
        "che-nfp, POST, openings/preview",
        "che-nfp, POST, schedule",
        "che-nfp, DELETE, schedule/credentials",
        "admin, GET, calendar",
        "admin, POST, openings"
    })
    void letsNobodyButTheSecretariatIn(String username, HttpMethod method, String path) {
        assertThat(mvc.method(method)
                        .uri("/api/v1/meetings/cop16/" + path)
                        .with(user(username))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatus(403);
        then(campaigns).shouldHaveNoInteractions();
        then(occasions).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @CsvSource({"GET, calendar", "POST, openings", "POST, openings/preview", "POST, schedule", "DELETE, schedule/x"})
    void knowsNothingOfMeetingsThatAreNotThere(HttpMethod method, String path) {
        assertThat(mvc.method(method)
                        .uri("/api/v1/meetings/cop99/" + path)
                        .with(user("secretariat"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatus(404);
    }

    private MvcTestResult send(String username, String path, String body) {
        return mvc.post()
                .uri("/api/v1/meetings/cop16/" + path)
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
