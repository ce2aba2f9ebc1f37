package org.sterna.pages;

import java.time.ZoneId;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.register.Accounts;
import org.sterna.register.Today;

/** On which clock whoever is logged in reads the day: the Party's for its people, the Secretariat's for all others. */
@Component
class ReadersClock {

    private final KnownParties parties;
    private final Accounts accounts;

    ReadersClock(KnownParties parties, Accounts accounts) {
        this.parties = parties;
        this.accounts = accounts;
    }

    ZoneId zone() {
        return Callers.account(SecurityContextHolder.getContext().getAuthentication(), accounts)
                .map(account -> Today.zone(account, parties::find))
                .orElse(Days.BONN);
    }
}
