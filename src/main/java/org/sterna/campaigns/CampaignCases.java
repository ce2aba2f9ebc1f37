package org.sterna.campaigns;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What campaigns ask of those who run the cases. */
public interface CampaignCases {

    /**
     * To whom a duty's first notice goes.
     *
     * @param to roles of the seats written to, for example {@code nfp}
     * @param copies roles of the seats that get a copy
     */
    record Announcement(List<String> to, List<String> copies) {}

    /**
     * An automatic act of a Party's case that went wrong; the other Parties' cases go on.
     *
     * @param partyCode the Party
     * @param atStart whether it is the start of the case itself
     * @param stopped whether it waits for somebody to have it tried again
     * @param again when it is tried again by itself; null if it stopped, or is about to be tried
     * @param cause what the machinery said, for administrators; null if it said nothing
     */
    record Failure(
            String partyCode,
            boolean atStart,
            boolean stopped,
            @Nullable Instant again,
            @Nullable String cause) {}

    /** To whom the notice goes with which a case of the duty begins; by default to the seat that carries the duty. */
    Announcement announcement(String duty);

    /**
     * What went wrong among the cases of an occasion and was not put right yet, ordered by Party; the same few
     * statements whatever the number of Parties.
     */
    List<Failure> failures(String duty, String occasion);

    /** Ids of the obligations in whose case an act went wrong that is not tried again by itself; 1000 at most. */
    Set<UUID> stopped();

    /**
     * Has what went wrong tried again at once.
     *
     * @param partyCodes whose cases; of others nothing is done
     * @return how many acts are tried again
     */
    int retry(String duty, String occasion, Collection<String> partyCodes);

    /**
     * Excuses the Party and ends its case, in the caller's transaction.
     *
     * @throws IllegalArgumentException with a sentence, if the obligation is not open
     */
    void excuse(UUID obligationId, String reason, String username);
}
