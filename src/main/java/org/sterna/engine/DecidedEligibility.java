package org.sterna.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.Eligibility;

@Component
class DecidedEligibility implements Eligibility {

    /** Output that says whether a Party is to be asked. */
    private static final String ASKED = "asked";

    private final Decisions decisions;
    private final MoneyFigures figures;

    DecidedEligibility(Decisions decisions, MoneyFigures figures) {
        this.decisions = decisions;
        this.figures = figures;
    }

    @Override
    public Set<String> eligible(String decisionId, Collection<String> partyCodes) {
        Set<String> eligible = new LinkedHashSet<>();
        figures.of(partyCodes).forEach((party, values) -> {
            if (!(decisions.ask(decisionId, values).get(ASKED) instanceof Boolean asked)) {
                throw new IllegalArgumentException("The decision " + decisionId + " has no output " + ASKED);
            }
            if (asked) {
                eligible.add(party);
            }
        });
        return eligible;
    }
}
