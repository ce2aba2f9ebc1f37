package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of rules says what is wrong with it. */
class DeliveryRulesTests {

    @ParameterizedTest
    @CsvSource({"dead, RFC 3463, verdict", "gone, ' ', source"})
    void refusesARuleThatIsNone(String verdict, String source, String named) {
        DeliveryRules.Rule rule = new DeliveryRules.Rule(List.of("5.1.1"), null, null, verdict, source);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryRules(List.of(rule), List.of()))
                .withMessageStartingWith(named);
    }

    @Test
    void refusesARuleThatFitsEverythingOrCannotBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryRules(
                        List.of(new DeliveryRules.Rule(null, null, null, "gone", "RFC 3463")), List.of()))
                .withMessageStartingWith("status, code or says");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryRules(
                        List.of(new DeliveryRules.Rule(null, null, List.of("(open"), "gone", "RFC 3463")), List.of()))
                .withMessageStartingWith("says");
    }
}
