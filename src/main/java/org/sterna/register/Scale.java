package org.sterna.register;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** What the tests of wealth go by: shares on the United Nations scale of assessments, and membership of the Union. */
public interface Scale {

    /**
     * A Party's share.
     *
     * @param partyCode the Party
     * @param fromYear the first year that it counts for
     * @param percent from 0 to 100, three decimals
     * @param basis how sure it is
     * @param source where it comes from
     */
    record Share(String partyCode, int fromYear, BigDecimal percent, Basis basis, String source) {}

    /** The Party's share in the current year (UTC); empty while none was entered. */
    Optional<Share> of(String partyCode);

    /** The shares in the current year by Party, in one statement; without the Parties that none was entered for. */
    Map<String, Share> all();

    /** Whether the Party is a Member State of the European Union, or the Union itself. */
    boolean europeanUnion(String partyCode);

    /**
     * Whether the Party counts as a strong European economy outside the Union, whose delegates are not funded; the test
     * is recalled, which Parties it means is assumed and can be configured.
     */
    boolean strongEconomy(String partyCode);
}
