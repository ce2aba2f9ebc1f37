package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

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
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.register.Accounts;

@ApiSlice
class DecisionsControllerTests {

    private static final Notice NOTICE = Samples.notice(Samples.SWISS, "nfp-CHE");
    private static final Notice ANEW = Samples.notice(Samples.SWISS, "nfp-CHE");

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Notices notices;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Correspondence correspondence;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        given(notices.find(any())).willReturn(Optional.empty());
        given(notices.find(NOTICE.id())).willReturn(Optional.of(NOTICE));
        given(notices.find(ANEW.id())).willReturn(Optional.of(ANEW));
    }

    @Test
    void decidesAsTheSecretariatSays() {
        given(deliveries.resend(NOTICE.id(), "secretariat")).willReturn(ANEW.id());

        assertThat(decide("secretariat", NOTICE.id(), "{\"decision\": \"arrived\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(NOTICE.id().toString());
        assertThat(decide("secretariat", NOTICE.id(), "{\"decision\": \"resend\"}"))
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(ANEW.id().toString());
        decide("secretariat", NOTICE.id(), "{\"decision\": \"bounced\", \"said\": \"550\"}");
        decide("secretariat", NOTICE.id(), "{\"decision\": \"send-again\"}");

        then(deliveries).should().arrived(NOTICE.id(), "secretariat");
        then(deliveries).should().sendAgain(NOTICE.id(), "secretariat");
        then(correspondence).should().fileBounce(NOTICE.id(), true, "550", "secretariat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"decision\": \"burn\"}"})
    void refusesWhatIsNoDecision(String body) {
        assertThat(decide("secretariat", NOTICE.id(), body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("decision");
    }

    @Test
    void refusesADecisionThatComesTooLate() {
        willThrow(new IllegalStateException("not uncertain")).given(deliveries).arrived(any(), any());

        assertThat(decide("secretariat", NOTICE.id(), "{\"decision\": \"arrived\"}"))
                .hasStatus(422)
                .bodyText()
                .contains("The notice has another state");
    }

    @Test
    void knowsNoNoticeThatIsNotThere() {
        assertThat(decide("secretariat", UUID.randomUUID(), "{\"decision\": \"arrived\"}"))
                .hasStatus(404);
    }

    @Test
    void letsAPartyDecideNothing() {
        assertThat(decide("che-nfp", NOTICE.id(), "{\"decision\": \"arrived\"}"))
                .hasStatus(403);
        then(deliveries).shouldHaveNoInteractions();
    }

    private MvcTestResult decide(String username, UUID id, String body) {
        return mvc.post()
                .uri("/api/v1/notices/{id}/decision", id)
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
