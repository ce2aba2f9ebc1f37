package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * The tokens of forms. Within a session the session holds them, and the token tells whose page a form stood on even
 * after the session's end. Nobody who is not logged in gets a session, which would take the place of the one that the
 * browser has but did not send along: their token is in a cookie of its own.
 */
class PageTokens implements CsrfTokenRepository {

    /** Name of the parameter that carries the token. */
    static final String PARAMETER = "_csrf";

    private static final String COOKIE = "LOGIN-TOKEN";
    private static final String ONLY_THIS_HOST = "__Host-";

    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
    private final HttpSessionCsrfTokenRepository ofSession = new HttpSessionCsrfTokenRepository();
    private final CookieCsrfTokenRepository ofNobody = new CookieCsrfTokenRepository();
    private final KeptForms forms;

    /**
     * @param sessionCookie name of the session's cookie; where that is bound to this host, ours is too
     * @param secure whether cookies are for HTTPS only
     */
    PageTokens(KeptForms forms, String sessionCookie, boolean secure) {
        this.forms = forms;
        boolean bound = sessionCookie.startsWith(ONLY_THIS_HOST);
        ofNobody.setCookieName(bound ? ONLY_THIS_HOST + COOKIE : COOKIE);
        ofNobody.setParameterName(PARAMETER);
        if (bound) {
            ofNobody.setCookiePath("/");
        }
        ofNobody.setCookieCustomizer(cookie -> {
            cookie.httpOnly(true).sameSite("Lax");
            if (secure) {
                cookie.secure(true);
            }
        });
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return ofSession.generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) == null) {
            ofNobody.saveToken(token, request, response);
            return;
        }
        ofSession.saveToken(token, request, response);
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (token != null && trust.isAuthenticated(login)) {
            forms.remember(token.getToken(), login.getName());
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return request.getSession(false) == null ? ofNobody.loadToken(request) : ofSession.loadToken(request);
    }

    /** The token in a form, which is masked anew on every page; the mask comes first. */
    static Optional<String> unmasked(@Nullable String sent) {
        if (sent == null) {
            return Optional.empty();
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(sent);
            if (both.length == 0 || both.length % 2 != 0) {
                return Optional.empty();
            }
            byte[] token = new byte[both.length / 2];
            for (int i = 0; i < token.length; i++) {
                token[i] = (byte) (both[i] ^ both[token.length + i]);
            }
            return Optional.of(new String(token, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
