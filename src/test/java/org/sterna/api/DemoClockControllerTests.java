package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.register.Accounts;
import org.sterna.time.TimeLapse;

@ApiSlice
class DemoClockControllerTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    TimeLapse lapse;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        given(lapse.progress()).willReturn(new TimeLapse.Progress(Samples.NOW, null));
    }

    @Test
    void movesByAPeriod() {
        assertMoves("P31D", Period.ofDays(31));
    }

    @Test
    void movesByADuration() {
        assertMoves("P1DT12H", Duration.ofHours(36));
    }

    private void assertMoves(String text, TemporalAmount amount) {
        Instant later = Instant.parse("2026-12-25T09:00:00Z");
        given(lapse.start(amount)).willReturn(new TimeLapse.Progress(Samples.NOW, later));

        assertThat(advance("secretariat", text)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"now": "2026-11-24T09:00:00Z", "target": "2026-12-25T09:00:00Z"}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "31 days",
                "P0D",
                "-P1D",
                "PT-1S",
                "P11Y",
                "P999999999Y",
                "P99999999999D",
                "PT9999999999999999H"
            })
    void refusesWhatDoesNotLeadAReasonableWayForward(String text) {
        assertThat(advance("secretariat", text))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("advance");
        then(lapse).should(never()).start(any());
    }

    @Test
    void saysHowFarItIs() {
        Instant target = Instant.parse("2027-11-24T09:00:00Z");
        given(lapse.progress()).willReturn(new TimeLapse.Progress(Samples.NOW, target));

        assertThat(mvc.get().uri("/api/v1/demo/clock").with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"now": "2026-11-24T09:00:00Z", "target": "2027-11-24T09:00:00Z"}
                """);
        assertThat(mvc.get().uri("/api/v1/demo/clock").with(user("che-nfp"))).hasStatus(403);
    }

    @Test
    void movesForTheSecretariatOnly() {
        assertThat(advance("che-nfp", "P1D")).hasStatus(403);
        then(lapse).should(never()).start(any());
    }

    @Test
    void existsInDemonstrationsOnly() {
        new ApplicationContextRunner()
                .withBean(TimeLapse.class, () -> mock(TimeLapse.class))
                .withUserConfiguration(DemoClockController.class)
                .run(context -> assertThat(context).doesNotHaveBean(DemoClockController.class));
    }

    private MvcTestResult advance(String username, String text) {
        return mvc.post()
                .uri("/api/v1/demo/clock")
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"advance\": \"%s\"}".formatted(text))
                .exchange();
    }
}
