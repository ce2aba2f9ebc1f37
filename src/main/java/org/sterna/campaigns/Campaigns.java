package org.sterna.campaigns;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sterna.duties.Duty;
import org.sterna.register.Party;

/** Opens duties for Parties. */
public interface Campaigns {

    /**
     * A duty opened for an occasion.
     *
     * @param id its identity
     * @param duty the duty's key
     * @param occasion the occasion
     * @param openedBy user name
     * @param openedAt when
     * @param total Parties asked for
     * @param opened those of them whose case has started
     * @param already those of them that had the obligation before this campaign
     */
    record Campaign(
            UUID id,
            String duty,
            String occasion,
            String openedBy,
            Instant openedAt,
            int total,
            int opened,
            int already) {}

    /**
     * Enters the obligations in the ledger; their cases start in the background, one by one.
     *
     * @param parties codes of the Parties; repeated codes count once
     * @throws IllegalArgumentException with a sentence naming the field and the remedy, if the duty, the occasion or a
     *     Party is unknown or malformed, the occasion does not fit the duty's rule, or no Party is given
     */
    Campaign open(String duty, String occasion, Collection<String> parties, String username);

    /** The campaign with that id, with its progress now. */
    Optional<Campaign> find(UUID id);

    /** The newest campaigns. */
    List<Campaign> latest(int most);

    /** The Parties that the duty's condition suggests and that have no open obligation of it, ordered by code. */
    List<Party> suggested(Duty duty);
}
