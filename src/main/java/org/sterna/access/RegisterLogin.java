package org.sterna.access;

import java.util.Locale;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/**
 * Login against the register's accounts, behind the throttle. The principal is the user name, the details are the
 * account.
 */
@Component
class RegisterLogin implements AuthenticationProvider {

    private final Accounts accounts;
    private final LoginThrottle throttle;

    RegisterLogin(Accounts accounts, LoginThrottle throttle) {
        this.accounts = accounts;
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String username = attempt.getName().strip().toLowerCase(Locale.ROOT);
        String password = String.valueOf(attempt.getCredentials());
        String address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        throttle.attempt(username, address);
        if (!accounts.passwordMatches(username, password)) {
            throw new BadCredentialsException("Wrong user name or password");
        }
        throttle.succeeded(username, address);
        Optional<Account> known = accounts.find(username);
        if (known.filter(account -> !account.hasAccess()).isPresent()) {
            throw new NoOffice();
        }
        return known.map(account -> {
                    var login = UsernamePasswordAuthenticationToken.authenticated(
                            account.username(), null, Role.authorities(account));
                    login.setDetails(account);
                    return login;
                })
                .orElseThrow(() -> new BadCredentialsException("Wrong user name or password"));
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
