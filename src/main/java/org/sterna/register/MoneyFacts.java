package org.sterna.register;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What forms may show of a Party's money. */
@Component
class MoneyFacts implements Facts {

    private final Contributions contributions;
    private final Scale scale;

    MoneyFacts(Contributions contributions, Scale scale) {
        this.contributions = contributions;
        this.scale = scale;
    }

    @Override
    public Set<String> names() {
        return Set.of("unScalePercent", "arrearsYears", "arrearsAmount", "arrearsForward", "euMember", "strongEconomy");
    }

    @Override
    public Optional<Object> find(String name, String partyCode) {
        return switch (name) {
            case "unScalePercent" -> scale.of(partyCode).map(Scale.Share::percent);
            case "arrearsYears" -> standing(partyCode).map(standing -> BigDecimal.valueOf(standing.yearsInArrears()));
            // what has to be paid for the rights lost to be restored
            case "arrearsAmount" -> standing(partyCode).map(Standing::restoring);
            // everything unpaid of earlier years
            case "arrearsForward" -> standing(partyCode).map(Standing::arrears);
            case "euMember" -> Optional.of(scale.europeanUnion(partyCode));
            case "strongEconomy" -> Optional.of(scale.strongEconomy(partyCode));
            default -> throw new IllegalArgumentException("No fact is called " + name);
        };
    }

    private Optional<Standing> standing(String partyCode) {
        return Optional.of(contributions.standing(partyCode)).filter(Standing::known);
    }
}
