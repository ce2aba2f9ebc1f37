package org.sterna.campaigns;

import java.util.Collection;
import java.util.Set;

/**
 * Whom a duty binds where a decision table says so: {@code binds: { parties: eligible, decision: <id> }} in the duty's
 * catalogue entry.
 */
public interface Eligibility {

    /**
     * Those of the Parties that are to be asked, in the order given; whatever their number, the register is read by the
     * same few statements.
     *
     * @param decisionId id of a decision of a duty, for example {@code funding-eligibility}; a Party is asked where its
     *     output {@code asked} is true, so that a table may also ask one about which too little is known, or which could
     *     still do something about what stands against it
     * @param partyCodes ISO 3166-1 alpha-3 codes
     * @throws IllegalArgumentException if there is no such decision or it has no output {@code asked}
     */
    Set<String> eligible(String decisionId, Collection<String> partyCodes);
}
