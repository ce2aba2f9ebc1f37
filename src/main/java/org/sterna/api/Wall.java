package org.sterna.api;

import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.register.Account;

/** The wall between Parties: the Secretariat sees all, a Party's accounts see their own Party's, others nothing. */
final class Wall {

    private Wall() {}

    static boolean shows(Obligation obligation, Account caller) {
        return caller.secretariat() || obligation.partyCode().equals(caller.partyCode());
    }

    /** Whether what was written to, sent by or waits for the seat may be shown. */
    static boolean shows(String seatCode, Account caller) {
        return caller.secretariat() || (caller.partyCode() != null && seatCode.endsWith("-" + caller.partyCode()));
    }

    /** Whether what was answered for, or written to, the seat stays within the Party and is not told the caller. */
    static boolean withholds(String seatCode, Obligation obligation, Duties duties, Account caller) {
        return caller.secretariat()
                && obligation.ofParty(seatCode)
                && duties.find(obligation.duty()).filter(Duty::national).isPresent();
    }

    /** Refuses everybody but the Secretariat. */
    static void secretariatOnly(Account caller) {
        if (!caller.secretariat()) {
            throw Refusal.forbidden();
        }
    }
}
