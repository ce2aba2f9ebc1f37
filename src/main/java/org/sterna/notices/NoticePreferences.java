package org.sterna.notices;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * How people wish to be told. Only notices that {@link NoticeKinds#deferrable} can be put off or gathered; legal
 * notices go out whatever is wished.
 */
public interface NoticePreferences {

    /** Whether the account gets one digest a day in place of single mails. */
    boolean digest(String username);

    /** Those of the accounts that get a digest; one statement. */
    Set<String> digests(Collection<String> usernames);

    /** Chooses between single mails and one digest a day. */
    void setDigest(String username, boolean digest);

    /**
     * Puts off the reminders of an obligation for one account until the morning of that day, on which it is reminded
     * once. A later day replaces an earlier one.
     *
     * @param until after today, and not after the day of the deadline
     * @throws InvalidSnooze if the day is not between these, or the Party has nothing to do
     */
    void snooze(UUID obligationId, String username, LocalDate until);

    /** Takes it back: reminders come again as the ladder says. */
    void wake(UUID obligationId, String username);

    /** The day until which the account is not reminded of the obligation. */
    Optional<LocalDate> snoozed(UUID obligationId, String username);

    /**
     * The same for several obligations; one statement.
     *
     * @return by obligation, then by user name
     */
    Map<UUID, Map<String, LocalDate>> snoozed(Collection<UUID> obligationIds);
}
