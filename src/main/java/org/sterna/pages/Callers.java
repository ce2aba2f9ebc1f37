package org.sterna.pages;

import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/** Who asks for a page. */
public final class Callers {

    private Callers() {}

    /**
     * The account behind a login, as it is at this request. The login brings it along in its details, found anew for
     * every request; only where it does not, the register is asked.
     *
     * @param login the request's principal; null if nobody is logged in
     * @return empty if nobody is logged in or the account is gone
     */
    public static Optional<Account> account(@Nullable Principal login, Accounts accounts) {
        if (login == null) {
            return Optional.empty();
        }
        return login instanceof Authentication authentication && authentication.getDetails() instanceof Account account
                ? Optional.of(account)
                : accounts.find(login.getName());
    }
}
