package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sterna.register.Basis;
import org.sterna.register.Contributions;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

/** Whom the table of funding has asked: Kenya is eligible, Togo in arrears, Brazil too rich, France in the Union. */
class DecidedEligibilityTests {

    private static final String FILE = "processes/delegate-funding/funding-eligibility.dmn";

    private final Contributions contributions = mock(Contributions.class);
    private final Scale scale = mock(Scale.class);
    private final Decisions decisions = new Decisions();
    private final DecidedEligibility eligibility =
            new DecidedEligibility(decisions, new MoneyFigures(contributions, scale));

    @BeforeEach
    void know() throws IOException {
        decisions.add(FILE, Files.readAllBytes(Path.of(FILE)));
        given(contributions.standings(anyCollection())).willAnswer(call -> {
            Map<String, Standing> standings = new HashMap<>();
            call.<Collection<String>>getArgument(0).forEach(code -> standings.put(code, standing(code)));
            return standings;
        });
        given(scale.all())
                .willReturn(Map.of(
                        "KEN", share("KEN", "0.037"),
                        "TGO", share("TGO", "0.002"),
                        "BRA", share("BRA", "1.411"),
                        "FRA", share("FRA", "3.858")));
        given(scale.europeanUnion("FRA")).willReturn(true);
    }

    private static Standing standing(String party) {
        BigDecimal none = new BigDecimal("0.00");
        return new Standing(
                party,
                true,
                false,
                2026,
                none,
                none,
                none,
                none,
                party.equals("TGO") ? 4 : 0,
                3,
                none,
                List.of(),
                2020,
                2026);
    }

    private static Scale.Share share(String party, String percent) {
        return new Scale.Share(party, 2025, new BigDecimal(percent), Basis.SOURCED, "Scale");
    }

    @Test
    void asksWhoIsEligibleOrCouldBeInTheOrderGiven() {
        assertThat(eligibility.eligible("funding-eligibility", List.of("TGO", "FRA", "KEN", "BRA")))
                .containsExactly("TGO", "KEN");
    }

    @Test
    void asksWhomTooLittleIsKnownOf() {
        assertThat(eligibility.eligible("funding-eligibility", List.of("PER"))).containsExactly("PER");
    }

    @Test
    void readsTheRegisterOnceForAll() {
        eligibility.eligible("funding-eligibility", List.of("TGO", "FRA", "KEN", "BRA"));

        then(contributions).should(times(1)).standings(anyCollection());
        then(scale).should(times(1)).all();
        then(scale).should(times(0)).of(any());
    }

    @Test
    void knowsNoOtherDecision() {
        assertThatIllegalArgumentException().isThrownBy(() -> eligibility.eligible("another", List.of("KEN")));
    }

    @Test
    void needsATableThatSaysWhoIsAsked() throws IOException {
        decisions.add(
                FILE,
                Files.readString(Path.of(FILE))
                        .replace("name=\"asked\"", "name=\"other\"")
                        .getBytes());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> eligibility.eligible("funding-eligibility", List.of("KEN")))
                .withMessageContaining("no output asked");
    }
}
