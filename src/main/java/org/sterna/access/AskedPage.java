package org.sterna.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.util.WebUtils;

/**
 * Remembers the page first asked for until the login, in a cookie, as whoever is not logged in gets no session. Only
 * path and query are remembered, never a host.
 */
class AskedPage implements RequestCache {

    private static final String COOKIE = "ASKED";
    private static final int LONGEST = 2000;

    private final boolean secure;

    /** @param secure whether cookies are for HTTPS only */
    AskedPage(boolean secure) {
        this.secure = secure;
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        String page =
                request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        if (Navigation.toPage(request) && local(page) && page.length() <= LONGEST) {
            String written =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.UTF_8));
            write(request, response, written, -1);
        }
    }

    /** Path and query of the page first asked for. */
    Optional<String> page(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8))
                    .filter(AskedPage::local);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        if (WebUtils.getCookie(request, COOKIE) != null) {
            write(request, response, "", 0);
        }
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure || request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** Whether it is a path on this host and nothing that a browser would take for another one. */
    static boolean local(String page) {
        return page.startsWith("/")
                && !page.startsWith("//")
                && page.chars().noneMatch(letter -> letter == '\\' || letter <= ' ' || letter == 0x7f);
    }
}
