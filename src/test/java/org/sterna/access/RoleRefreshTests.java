package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import jakarta.servlet.DispatcherType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/** What a session remembers of an account is never what a page goes by. */
class RoleRefreshTests {

    private final Accounts accounts = mock(Accounts.class);

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @EnumSource(
            value = DispatcherType.class,
            names = {"REQUEST", "ERROR", "ASYNC"})
    void bringsTheAccountAsItIsNow(DispatcherType dispatch) throws Exception {
        Account before = account("nfp-CHE");
        Account now = account("alt-CHE");
        given(accounts.find("che-nfp")).willReturn(Optional.of(now));
        var remembered = UsernamePasswordAuthenticationToken.authenticated("che-nfp", null, Role.authorities(before));
        remembered.setDetails(before);
        SecurityContextHolder.setContext(new SecurityContextImpl(remembered));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/desk");
        request.setDispatcherType(dispatch);
        if (dispatch == DispatcherType.ERROR) {
            request.setAttribute("jakarta.servlet.error.request_uri", "/desk");
        }
        AtomicReference<Authentication> seen = new AtomicReference<>();

        new RoleRefresh(accounts)
                .doFilter(
                        request,
                        new MockHttpServletResponse(),
                        (behind, response) ->
                                seen.set(SecurityContextHolder.getContext().getAuthentication()));

        assertThat(seen.get().getDetails()).isEqualTo(now);
    }

    /** With its last seat, with the account, and with all sessions that began before they were ended. */
    @ParameterizedTest
    @MethodSource
    void endsTheSession(Optional<Account> now) throws Exception {
        given(accounts.find("che-nfp")).willReturn(now);
        Account before = account("nfp-CHE");
        var remembered = UsernamePasswordAuthenticationToken.authenticated("che-nfp", null, Role.authorities(before));
        remembered.setDetails(before);
        SecurityContextHolder.setContext(new SecurityContextImpl(remembered));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/desk");
        MockHttpSession session = new MockHttpSession();
        request.setSession(session);
        AtomicReference<Authentication> seen = new AtomicReference<>();

        new RoleRefresh(accounts)
                .doFilter(
                        request,
                        new MockHttpServletResponse(),
                        (behind, response) ->
                                seen.set(SecurityContextHolder.getContext().getAuthentication()));

        assertThat(seen.get()).isNull();
        assertThat(session.isInvalid()).isTrue();
    }

    static Stream<Optional<Account>> endsTheSession() {
        return Stream.of(
                Optional.empty(),
                Optional.of(account()),
                Optional.of(new Account(
                        "che-nfp", "Anna Muster", "a@example.org", Locale.FRENCH, "CHE", Set.of("nfp-CHE"), false, 1)));
    }

    private static Account account(String... seats) {
        return new Account("che-nfp", "Anna Muster", "a@example.org", Locale.FRENCH, "CHE", Set.of(seats), false);
    }
}
