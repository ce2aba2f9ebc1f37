package org.sterna.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/**
 * Asks the register anew, at every request that needs to know, what the logged-in account may do: a seat lost is lost
 * at once, and with the last one, or with the account, the session ends. The account is found in the authentication's details, where it is
 * always that of the present request: the page of an error asks anew as well.
 */
class RoleRefresh extends OncePerRequestFilter {

    /** Request attribute: set where a session has just ended because the account sits in no seat any more. */
    static final String NO_OFFICE = "org.sterna.access.no-office";

    private final Accounts accounts;

    RoleRefresh(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Supplier<SecurityContext> stored = SecurityContextHolder.getDeferredContext();
        SecurityContextHolder.setDeferredContext(SingletonSupplier.of(() -> refreshed(stored.get(), request)));
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private SecurityContext refreshed(SecurityContext stored, HttpServletRequest request) {
        Authentication login = stored.getAuthentication();
        if (login == null || !login.isAuthenticated()) {
            return stored;
        }
        Optional<Account> known = accounts.find(login.getName()).filter(account -> !ended(login, account));
        if (known.filter(account -> !account.hasAccess()).isPresent()) {
            request.setAttribute(NO_OFFICE, true);
        }
        return known.filter(Account::hasAccess)
                .map(account -> (SecurityContext) new SecurityContextImpl(now(account)))
                .orElseGet(() -> {
                    HttpSession session = request.getSession(false);
                    if (session != null) {
                        session.invalidate();
                    }
                    return new SecurityContextImpl();
                });
    }

    /** Whether all sessions of the account were ended after this one began. */
    private static boolean ended(Authentication login, Account now) {
        return login.getDetails() instanceof Account before && before.sessionsEnded() != now.sessionsEnded();
    }

    private static Authentication now(Account account) {
        var login =
                UsernamePasswordAuthenticationToken.authenticated(account.username(), null, Role.authorities(account));
        login.setDetails(account);
        return login;
    }
}
