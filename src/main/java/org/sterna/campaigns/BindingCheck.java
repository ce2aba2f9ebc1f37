package org.sterna.campaigns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.register.Instruments;
import org.sterna.register.Region;

/** Stops the start where a duty binds Parties by something that the register does not know. */
@Component
class BindingCheck {

    /** File and field of every region and instrument that there is none of are gathered with all other faults. */
    BindingCheck(Duties duties, Instruments instruments, CatalogueFaults catalogue) {
        List<String> regions = Arrays.stream(Region.values()).map(Region::code).toList();
        List<String> faults = new ArrayList<>();
        for (Duty duty : duties.all()) {
            Duty.Binding binds = duty.binds();
            if (binds.region() != null) {
                check(duty, "region", binds.region(), regions, faults);
            }
            if (binds.instrument() != null) {
                List<String> known = instruments.all().stream()
                        .map(Instruments.Instrument::code)
                        .toList();
                check(duty, "instrument", binds.instrument(), known, faults);
            }
        }
        catalogue.add(faults);
    }

    private static void check(Duty duty, String field, String written, List<String> known, List<String> faults) {
        if (!known.contains(written)) {
            faults.add("processes/%s/duty.yaml: binds.%s: there is no %s '%s'; write one of %s"
                    .formatted(
                            duty.key(),
                            field,
                            field,
                            written,
                            known.stream().sorted().collect(Collectors.joining(", "))));
        }
    }
}
