package org.sterna.notices;

import java.util.Map;
import org.sterna.obligations.Obligation;

/** What a running case knows that its notices tell, beyond the ledger; for rehearsing them. */
@FunctionalInterface
public interface CaseValues {

    /** The values that the obligation's notices of that kind have a label for, by name. */
    Map<String, String> of(Obligation obligation, String kind);
}
