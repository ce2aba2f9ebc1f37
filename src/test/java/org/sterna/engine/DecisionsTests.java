package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** What a decision table may say, and what the table of funding says. */
class DecisionsTests {

    private static final String FILE = "processes/delegate-funding/funding-eligibility.dmn";
    private static final String ID = "funding-eligibility";

    private final Decisions decisions = new Decisions();
    private String table;

    @BeforeEach
    void read() throws IOException {
        table = Files.readString(Path.of(FILE));
    }

    private List<String> add(String content) {
        return decisions.add(FILE, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesATableOfPlainFeel() {
        assertThat(add(table)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id=\"funding-eligibility\" | id=\"another\" | decision id: must be 'funding-eligibility'",
                "' camunda:historyTimeToLive=\"P36500D\"' | '' | camunda:historyTimeToLive",
                "label=\"Years in arrears\" | '' | input input_arrearsYears has no label",
                "name=\"asked\" | name=\"eligibility\" | has no name of its own",
                "typeRef=\"integer\" | typeRef=\"host\" | has the type 'host'",
                "<text>&gt; 0.200</text> | <text>${unScalePercent}</text> | reaches outside the table",
                "<text>&gt; 0.200</text> | <text>function(x) external { java: {} }</text> | reaches outside the table",
                "<text>&gt; 0.200</text> | <text>&gt; &gt;</text> | is not FEEL",
                "<inputEntry id=\"test_eligible_euMember\"> | <inputEntry id=\"test_eligible_euMember\" expressionLanguage=\"javascript\"> | only FEEL may be",
                "typeRef=\"integer\"> | typeRef=\"integer\" expressionLanguage=\"groovy\"> | only FEEL may be"
            })
    void refusesWhatIsMoreThanATable(String piece, String by, String fault) {
        assertThat(table).contains(piece);
        assertThat(add(table.replace(piece, by)))
                .anySatisfy(told -> assertThat(told).startsWith(FILE + ": ").contains(fault));
    }

    @Test
    void refusesASecondDecisionInTheFile() {
        assertThat(add(table.replace(
                        "  <dmndi:DMNDI>",
                        "  <decision id=\"other\" name=\"Other\"><literalExpression id=\"l\"><text>1</text>"
                                + "</literalExpression></decision>\n  <dmndi:DMNDI>")))
                .anySatisfy(told -> assertThat(told).contains("one decision table and nothing else"));
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThat(add("<definitions")).singleElement().asString().contains("cannot be read");
    }

    @Test
    void knowsNoOtherDecision() {
        assertThatIllegalArgumentException().isThrownBy(() -> decisions.ask("another", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 0.001, 0, eligible, eligible, true",
        "false, false, 0.2, 2, eligible, eligible, true",
        "false, false, 0.201, 0, ineligible, share-above-threshold, false",
        "false, false, 0.1, 3, ineligible, in-arrears, true",
        "false, false, 0.3, 4, ineligible, share-above-threshold, false",
        "false, false, , 0, unknown, share-unknown, true",
        "false, false, 0.1, , unknown, arrears-unknown, true",
        "true, false, 0.1, 0, ineligible, eu-member, false",
        "true, false, , , ineligible, eu-member, false",
        "false, true, 0.1, 0, ineligible, strong-economy, false"
    })
    void decidesWhoseDelegatesCanBeFunded(
            boolean euMember,
            boolean strongEconomy,
            Double share,
            Integer arrears,
            String eligibility,
            String reason,
            boolean asked) {
        add(table);
        Map<String, Object> facts = new HashMap<>();
        facts.put("euMember", euMember);
        facts.put("strongEconomy", strongEconomy);
        facts.put("unScalePercent", share);
        facts.put("arrearsYears", arrears);
        facts.put("arrearsLimit", 3);

        assertThat(decisions.ask(ID, facts))
                .isEqualTo(Map.of("eligibility", eligibility, "eligibilityReason", reason, "asked", asked));
    }

    @Test
    void isPackedWithTheApplication() {
        assertThat(new ClassPathResource(FILE).exists()).isTrue();
    }
}
