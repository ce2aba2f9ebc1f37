package org.sterna.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.sterna.register.Contributions;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

/** What decision tables may look at: figures of a Party by name; one that is not known is null. */
@Component
class MoneyFigures {

    private final Contributions contributions;
    private final Scale scale;

    MoneyFigures(Contributions contributions, Scale scale) {
        this.contributions = contributions;
        this.scale = scale;
    }

    /** The figures of each of the Parties, in the order given; three statements for all. */
    Map<String, Map<String, Object>> of(Collection<String> partyCodes) {
        Map<String, Standing> standings = contributions.standings(Set.copyOf(partyCodes));
        Map<String, Scale.Share> shares = scale.all();
        Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
        for (String party : partyCodes) {
            Scale.Share share = shares.get(party);
            Standing standing = standings.get(party);
            Map<String, Object> values = new HashMap<>();
            values.put("unScalePercent", share == null ? null : share.percent().doubleValue());
            values.put("arrearsYears", standing.known() ? standing.yearsInArrears() : null);
            values.put("arrearsLimit", standing.limit());
            values.put("euMember", scale.europeanUnion(party));
            values.put("strongEconomy", scale.strongEconomy(party));
            figures.put(party, values);
        }
        return figures;
    }
}
