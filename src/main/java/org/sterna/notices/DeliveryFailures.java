package org.sterna.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sterna.register.Addresses;

/** Addresses that mail does not reach and that are not marked, because the Secretariat has to look first. */
public interface DeliveryFailures {

    /**
     * An address that would have been marked, if not too many had failed within a short time.
     *
     * @param number rises with every failure
     * @param email the address that was written to
     * @param noticeId the notice that did not arrive
     * @param said what the mail server said
     * @param at when that was found
     */
    record Doubt(long number, String email, UUID noticeId, String said, Instant at) {}

    /**
     * An address that failed several times, each time for a reason that is not clearly its own.
     *
     * @param email the address as {@link Addresses#key} has it
     * @param times how many notices did not arrive
     * @param verdict what the newest failure means
     * @param said what the mail server said then
     * @param last when that was
     */
    record Repeated(String email, long times, DeliveryVerdict verdict, String said, Instant last) {}

    /**
     * How many addresses may be marked at once.
     *
     * @param most how many
     * @param within within how long
     */
    record Limit(int most, Duration within) {}

    /** How many addresses may be marked at once before the Secretariat is asked. */
    Limit limit();

    /** How many addresses wait for a decision. */
    long waiting();

    /** What waits for a decision: the newest failure of each address, the newest first. */
    List<Doubt> doubts();

    /**
     * Marks the addresses that wait; their notices go to the next office holder.
     *
     * @param newest number of the newest failure that was looked at; what came later goes on waiting
     * @return how many addresses are marked by that
     */
    int mark(long newest, String username);

    /**
     * Marks none of the addresses that wait, because the fault was ours.
     *
     * @param newest number of the newest failure that was looked at; what came later goes on waiting
     * @param again whether their notices are sent anew
     * @return how many addresses waited
     */
    int forget(long newest, boolean again, String username);

    /** Addresses that failed at least twice within 90 days and have taken nothing since, the newest failure first. */
    List<Repeated> repeated();

    /**
     * Marks an address that failed repeatedly, because the Secretariat found out that it is gone.
     *
     * @return whether it was not marked before
     */
    boolean mark(String email, String username);

    /** Takes an address off the list of those that fail repeatedly, until it fails again. */
    void dismiss(String email, String username);

    /**
     * Those of the marked addresses whose reply does not say that the address is gone, and that no person marked: they
     * were marked when replies were read less carefully, and probably work.
     *
     * @return as {@link Addresses#key} has them
     */
    Set<String> contradicted(Collection<Addresses.Unusable> marked);
}
