package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.Occasions;
import org.sterna.campaigns.Preview;
import org.sterna.register.Accounts;

@ApiSlice
class MissedOpeningsControllerTests {

    private static final Occasions.Missed MISSED = new Occasions.Missed(
            UUID.randomUUID(),
            "credentials",
            "cop16",
            LocalDate.of(2028, 10, 16),
            new Preview.Late(Preview.Late.Kind.MEETING_OVER, LocalDate.of(2029, 5, 19)),
            null);

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Occasions occasions;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        given(occasions.findMissed(MISSED.id())).willReturn(Optional.of(MISSED));
    }

    @Test
    void listsWhatNobodyHasDecidedOn() {
        given(occasions.missed()).willReturn(List.of(MISSED));

        assertThat(mvc.get().uri("/api/v1/missed-openings").with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        [{"id": "%s", "duty": "credentials", "occasion": "cop16", "dueOn": "2028-10-16",
                          "late": {"kind": "meeting-over", "since": "2029-05-19"}, "left": null}]
                        """.formatted(MISSED.id()));
    }

    @Test
    void leavesOneWithAReason() {
        given(occasions.leave(MISSED.id(), "The meeting is over.", "secretariat"))
                .willReturn(new Occasions.Missed(
                        MISSED.id(),
                        "credentials",
                        "cop16",
                        MISSED.dueOn(),
                        MISSED.late(),
                        new Occasions.Left("secretariat", Samples.NOW, "The meeting is over.")));

        assertThat(leave("secretariat", MISSED.id(), "{\"reason\": \"The meeting is over.\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.left.by")
                .isEqualTo("secretariat");
    }

    @Test
    void asksForAReasonAndForOneThatIsThere() {
        assertThat(leave("secretariat", MISSED.id(), "{}"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("reason");
        assertThat(leave("secretariat", UUID.randomUUID(), "{\"reason\": \"The meeting is over.\"}"))
                .hasStatus(404);
        then(occasions).should(never()).leave(any(), any(), any());
    }

    @Test
    void isForTheSecretariatOnly() {
        assertThat(mvc.get().uri("/api/v1/missed-openings").with(user("che-nfp")))
                .hasStatus(403);
        assertThat(leave("che-nfp", MISSED.id(), "{\"reason\": \"The meeting is over.\"}"))
                .hasStatus(403);
    }

    private MvcTestResult leave(String username, UUID id, String body) {
        return mvc.post()
                .uri("/api/v1/missed-openings/{id}/leave", id)
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
