package org.sterna.duties;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What is wrong with the catalogue of duties, gathered from everybody who reads a part of it: words, catalogue entries,
 * forms, diagrams and decision tables. A start that has to stop then names everything at once instead of one part after
 * another. Filled while the application starts, on one thread.
 */
@Component
public class CatalogueFaults {

    private final List<String> faults = new ArrayList<>();

    /** @param found each naming file and field, for example {@code processes/x/duty.yaml: code: is missing} */
    public void add(Collection<String> found) {
        faults.addAll(found);
    }

    /**
     * Ends the start if anything is wrong.
     *
     * @throws InvalidCatalogue naming all that was found, in the order in which it was added
     */
    public void stop() {
        if (!faults.isEmpty()) {
            throw new InvalidCatalogue(faults);
        }
    }
}
