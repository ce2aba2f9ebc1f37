package org.sterna.campaigns;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Meeting;
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
     * @param notBound Parties asked for besides, that the duty did not bind and that were left out
     * @param lateReason why it was opened although it was over; null if it was not, or opened by itself
     */
    record Campaign(
            UUID id,
            String duty,
            String occasion,
            String openedBy,
            Instant openedAt,
            int total,
            int opened,
            int already,
            int notBound,
            @Nullable String lateReason) {

        /** A campaign that was opened in time, for Parties that the duty binds. */
        public Campaign(
                UUID id,
                String duty,
                String occasion,
                String openedBy,
                Instant openedAt,
                int total,
                int opened,
                int already) {
            this(id, duty, occasion, openedBy, openedAt, total, opened, already, 0, null);
        }
    }

    /**
     * Enters the obligations in the ledger; their cases start in the background, one by one. Parties that the duty does
     * not bind for the occasion, and those exempted from it, are left out.
     *
     * @param parties codes of the Parties; repeated codes count once
     * @param lateReason why it is opened although {@link Preview#late} is not null, 10 to 1000 characters; else it is not
     *     looked at. Nobody has to be asked for what opens by itself
     * @throws InvalidCampaign with a sentence naming the field and the remedy, if the duty, the occasion or a Party is
     *     unknown or malformed, the occasion does not fit the duty, no Party is given, none is bound, all are exempted, or
     *     a reason is needed and there is none
     */
    Campaign open(
            String duty, String occasion, Collection<String> parties, @Nullable String lateReason, String username);

    /** Opens a duty in time, as {@link #open(String, String, Collection, String, String)} does without a reason. */
    Campaign open(String duty, String occasion, Collection<String> parties, String username);

    /**
     * Opens several duties for the same occasion, each for all Parties that it binds: all of them or none.
     *
     * @param lateReason as for {@link #open(String, String, Collection, String, String)}, for all of them
     * @throws InvalidCampaign as {@link #open(String, String, Collection, String, String)} does, or if no duty is given
     */
    List<Campaign> openTogether(
            Collection<String> duties, String occasion, @Nullable String lateReason, String username);

    /**
     * What {@link #open} would do now; writes nothing. The same few statements whatever the number of Parties.
     *
     * @throws InvalidCampaign as {@link #open(String, String, Collection, String, String)} does, but not where nobody is left to open it for or a reason is needed
     */
    Preview preview(String duty, String occasion, Collection<String> parties);

    /**
     * What {@link #openTogether} would do now, duty by duty; writes nothing.
     *
     * @throws InvalidCampaign as {@link #openTogether} does, but not where all are exempted or a reason is needed
     */
    List<Preview> previewTogether(Collection<String> duties, String occasion);

    /**
     * Opens the campaign's duty for one more Party, with the deadline that holds now.
     *
     * @param lateReason as for {@link #open(String, String, Collection, String, String)}; not needed where the campaign has one
     * @throws InvalidCampaign if there is no such Party, it is in the campaign already, it is exempted, the duty does not
     *     bind it, or a reason is needed and there is none
     * @throws java.util.NoSuchElementException if there is no such campaign
     */
    Campaign add(UUID id, String partyCode, @Nullable String lateReason, String username);

    /**
     * Why a reason would be needed for adding a Party to the campaign now.
     *
     * @return null if none is, or the campaign has one
     */
    Preview.@Nullable Late late(Campaign campaign);

    /** The campaign with that id, with its progress now. */
    Optional<Campaign> find(UUID id);

    /** Codes of the Parties in the campaign. */
    Set<String> parties(UUID id);

    /** Codes of the Parties that were asked for and that the duty did not bind, ordered. */
    List<String> notBound(UUID id);

    /** The newest campaigns. */
    List<Campaign> latest(int most);

    /** The Parties that the duty binds today for the occasion, ordered by code. */
    List<Party> bound(Duty duty, String occasion);

    /**
     * The Parties bound that the duty's condition suggests and that have no open obligation of it, ordered by code.
     */
    List<Party> suggested(Duty duty);

    /** The Parties that a duty of meetings binds for one of them and that do not have it yet, ordered by code. */
    List<Party> suggested(Duty duty, String meetingCode);

    /**
     * The meetings that a duty could be opened for: of its kinds and of its Agreement or MOU, in the order of {@link
     * org.sterna.calendar.Meetings#all}; none for a duty that is for no meeting.
     */
    List<Meeting> meetings(Duty duty);

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
