package org.sterna.campaigns;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * Enters the obligations in the ledger; their cases start in the background, one by one. Parties exempted from the
     * occasion are left out.
     *
     * @param parties codes of the Parties; repeated codes count once
     * @throws InvalidCampaign with a sentence naming the field and the remedy, if the duty, the occasion or a Party is
     *     unknown or malformed, the occasion does not fit the duty, no Party is given, or all are exempted
     */
    Campaign open(String duty, String occasion, Collection<String> parties, String username);

    /**
     * Opens several duties for the same occasion, each for all Parties that it binds: all of them or none.
     *
     * @throws InvalidCampaign as {@link #open} does, or if no duty is given
     */
    List<Campaign> openTogether(Collection<String> duties, String occasion, String username);

    /**
     * What {@link #open} would do now; writes nothing. The same few statements whatever the number of Parties.
     *
     * @throws InvalidCampaign as {@link #open} does, but not where all are exempted
     */
    Preview preview(String duty, String occasion, Collection<String> parties);

    /**
     * What {@link #openTogether} would do now, duty by duty; writes nothing.
     *
     * @throws InvalidCampaign as {@link #openTogether} does, but not where all are exempted
     */
    List<Preview> previewTogether(Collection<String> duties, String occasion);

    /**
     * Opens the campaign's duty for one more Party, with the deadline that holds now.
     *
     * @throws InvalidCampaign if there is no such Party, it is in the campaign already, or it is exempted
     * @throws java.util.NoSuchElementException if there is no such campaign
     */
    Campaign add(UUID id, String partyCode, String username);

    /** The campaign with that id, with its progress now. */
    Optional<Campaign> find(UUID id);

    /** Codes of the Parties in the campaign. */
    Set<String> parties(UUID id);

    /** The newest campaigns. */
    List<Campaign> latest(int most);

    /** The Parties that the duty binds today, ordered by code. */
    List<Party> bound(Duty duty);

    /**
     * The Parties bound that the duty's condition suggests and that have no open obligation of it, ordered by code.
     */
    List<Party> suggested(Duty duty);

    /**
     * Exempts a Party from an occasion: it is left out when the occasion is opened, and excused if it has been.
     *
     * @param reason 10 to 1000 characters; kept, and told to a Party that is excused
     * @throws InvalidCampaign if the duty, the occasion or the Party is unknown or malformed, the reason is missing or
     *     too long, or the Party's obligation has ended
     */
    Exemption exempt(String duty, String occasion, String partyCode, String reason, String username);

    /** Takes an exemption back; a case that was ended stays so. Does nothing where there is none. */
    void lift(String duty, String occasion, String partyCode, String username);

    /** Who is exempted from an occasion, ordered by Party. */
    List<Exemption> exemptions(String duty, String occasion);
}
