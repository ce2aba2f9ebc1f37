package org.sterna.notices;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.sterna.register.Addresses;

/** What follows when mail does not reach an address for good. */
@Component
class Undeliverable {

    private static final Logger LOG = LoggerFactory.getLogger(Undeliverable.class);

    private final Addresses addresses;
    private final Relevance relevance;
    private final Copies copies;
    private final FailureLog failures;

    Undeliverable(Addresses addresses, Relevance relevance, Copies copies, FailureLog failures) {
        this.addresses = addresses;
        this.relevance = relevance;
        this.copies = copies;
        this.failures = failures;
    }

    /**
     * Does {@link #passOn} unless too many addresses fail at once, which the Secretariat then decides about. Takes part in
     * the caller's transaction.
     */
    void settle(Notice notice, Addresses.Fault fault, String said) {
        if (failures.mayMark(notice, fault, said)) {
            passOn(notice, fault, said);
        }
    }

    /** The same on a person's word, which nobody has to confirm. */
    void settle(Notice notice, String said, String username) {
        failures.confirm(notice, said, username);
        passOn(notice, Addresses.Fault.BOUNCED, said);
    }

    /** Keeps that mail to the address failed, which marks nothing. Takes part in the caller's transaction. */
    void note(Notice notice, DeliveryVerdict verdict, String said) {
        failures.note(notice, verdict, said);
    }

    /**
     * Marks the address, which opens a task for the Secretariat to correct it, and lets the notice go on down the line of
     * fall-back of its seat, unless it is not needed any more. Takes part in the caller's transaction.
     */
    void passOn(Notice notice, Addresses.Fault fault, String said) {
        addresses.mark(notice.email(), fault, said);
        if (relevance.needless(notice).isEmpty()) {
            int gone = copies.write(notice, notice.milestone(), null).size();
            LOG.info("Notice {} does not reach its address and goes on to {} other", notice.id(), gone);
        }
    }
}
