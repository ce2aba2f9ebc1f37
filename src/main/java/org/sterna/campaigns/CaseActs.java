package org.sterna.campaigns;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sterna.register.InvoicesLoaded;

/**
 * Acts on single cases, as bulk acts ask for them; each takes part in the caller's transaction. What cannot be done is
 * refused by an {@link IllegalArgumentException} with a sentence in the language of the thread.
 */
public interface CaseActs {

    /** Reminds whoever the case waits for; at most once a day. */
    void remind(UUID obligationId, String username);

    /** Gives the Party until that day; refused where the deadline is as late already. */
    void extend(UUID obligationId, LocalDate until, String reason, String username);

    /** Excuses the Party and ends the case. */
    void excuse(UUID obligationId, String reason, String username);

    /** Ends the case as not delivered; refused while the Secretariat has to look at what the Party sent. */
    void closeAsNotDelivered(UUID obligationId, String reason, String username);

    /** Gives the waiting steps to the seat of that role. */
    void reassign(UUID obligationId, String role, String reason, String username);

    /** Completes the Secretariat's step that waits for what the file said; refused where none does. */
    void complete(UUID obligationId, String file, String username);

    /**
     * The cases, among those of Parties for a year, in which a step of the Secretariat waits for nothing but what an
     * invoice says.
     */
    List<UUID> answered(Collection<InvoicesLoaded.Of> invoices);
}
