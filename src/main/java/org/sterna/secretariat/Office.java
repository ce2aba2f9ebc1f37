package org.sterna.secretariat;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.pages.Callers;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/** Lets in who holds the Secretariat's seat now, behind whatever the address was guarded with before. */
@Component
class Office {

    private final Accounts accounts;

    Office(Accounts accounts) {
        this.accounts = accounts;
    }

    Account member(@Nullable Principal principal) {
        return Callers.account(principal, accounts).filter(Account::secretariat).orElseThrow(NothingHere::new);
    }

    /** Lets in who administers the installation and the accounts of others, in the Secretariat’s seat or not. */
    Account administrator(@Nullable Principal principal) {
        return Callers.account(principal, accounts)
                .filter(Account::administrator)
                .orElseThrow(NothingHere::new);
    }
}
