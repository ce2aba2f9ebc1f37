package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.register.Contributions;
import org.sterna.register.Scale;

/** Whether the applicant, Ana Example, is among those whom the Party named for another duty. */
class MoneyWordTests {

    private static final String STEP = "apply-for-funding";
    private static final String OTHER = "delegation-nomination";

    private final Case theCase = mock(Case.class);
    private final Obligation obligation = mock(Obligation.class);
    private final Obligations obligations = mock(Obligations.class);
    private final List<Submission> delegation = new ArrayList<>();
    private final MoneyWord money = new MoneyWord(
            theCase,
            obligations,
            mock(Contributions.class),
            mock(Scale.class),
            new FromFile(),
            mock(MessageSource.class));

    @BeforeEach
    void apply() {
        UUID id = UUID.randomUUID();
        given(obligation.id()).willReturn(id);
        given(obligation.partyCode()).willReturn("KEN");
        given(obligation.occasion()).willReturn("cop16");
        given(theCase.obligation(any())).willReturn(obligation);
        given(obligations.submissions(id))
                .willReturn(List.of(
                        submission(STEP, Map.of("applicantGivenName", "Ana", "applicantFamilyName", "Example"))));
        given(obligations.submissions("KEN", "cop16", List.of(OTHER))).willReturn(Map.of(OTHER, delegation));
    }

    private static Submission submission(String step, Map<String, Object> values) {
        return new Submission(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "task",
                step,
                1,
                values,
                "ken-nfp",
                "nfp-KEN",
                false,
                false,
                Instant.EPOCH,
                "S-1");
    }

    private void named(Map<String, Object> values) {
        delegation.add(submission("any-step", values));
    }

    private String applicant() {
        return money.applicantNamed(mock(DelegateExecution.class), STEP, OTHER);
    }

    @Test
    void knowsNothingWhileNobodyWasNamed() {
        assertThat(applicant()).isEqualTo("not-sent");
    }

    @Test
    void findsTheApplicantInAListWhateverTheCapitals() {
        named(Map.of(
                "members",
                List.of(
                        Map.of("givenName", "Ben", "familyName", "Other"),
                        Map.of("givenName", "ANA", "familyName", "EXAMPLE"))));

        assertThat(applicant()).isEqualTo("yes");
    }

    @Test
    void findsTheApplicantAsHeadOfTheDelegation() {
        named(Map.of("givenName", "Ana", "familyName", "Example", "members", List.of()));

        assertThat(applicant()).isEqualTo("yes");
    }

    @Test
    void missesAnApplicantWhomTheNewestListDoesNotName() {
        named(Map.of("givenName", "Ana", "familyName", "Example"));
        named(Map.of("members", List.of(Map.of("givenName", "Ana", "familyName", "Other"))));

        assertThat(applicant()).isEqualTo("no");
    }

    @Test
    void passesOverAnswersThatNameNobody() {
        named(Map.of("members", List.of(Map.of("givenName", "Ana", "familyName", "Example"))));
        named(Map.of("decision", "agreed"));

        assertThat(applicant()).isEqualTo("yes");
    }
}
