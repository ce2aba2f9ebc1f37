package org.sterna.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

/** Carries the application's login over to the bundled web applications, with the seats held at this request. */
public class RegisterAuthentication extends ContainerBasedAuthenticationProvider {

    // the servlet filter makes its provider by name, so what it needs is handed over here
    private static volatile Accounts accounts;
    private static volatile Parties parties;

    static void over(Accounts registeredAccounts, Parties registeredParties) {
        accounts = registeredAccounts;
        parties = registeredParties;
    }

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        String username = request.getRemoteUser();
        return username == null
                ? AuthenticationResult.unsuccessful()
                : accounts.find(username)
                        .map(account -> {
                            AuthenticationResult result = AuthenticationResult.successful(username);
                            result.setGroups(RegisterIdentity.groupsOf(account));
                            result.setTenants(RegisterIdentity.tenantsOf(account, parties));
                            return result;
                        })
                        .orElseGet(AuthenticationResult::unsuccessful);
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // the application's own login page asks; a challenge would open the browser's box
    }
}
