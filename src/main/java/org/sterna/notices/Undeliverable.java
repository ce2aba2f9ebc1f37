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

    Undeliverable(Addresses addresses, Relevance relevance, Copies copies) {
        this.addresses = addresses;
        this.relevance = relevance;
        this.copies = copies;
    }

    /**
     * Marks the address, which opens a task for the Secretariat to correct it, and lets the notice go on down the line of
     * fall-back of its seat, unless it is not needed any more. Takes part in the caller's transaction.
     */
    void settle(Notice notice, Addresses.Fault fault, String said) {
        addresses.mark(notice.email(), fault, said);
        if (relevance.needless(notice).isEmpty()) {
            int gone = copies.write(notice, notice.milestone(), null).size();
            LOG.info("Notice {} does not reach its address and goes on to {} other", notice.id(), gone);
        }
    }
}
