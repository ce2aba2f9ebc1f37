package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Tells a person's way through pages from the requests that scripts make on them. */
final class Navigation {

    private Navigation() {}

    /** Whether a script asks, which can do nothing with a login page or a password prompt. */
    static boolean byScript(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader("HX-Request") != null
                || request.getHeader("X-Requested-With") != null
                || mode != null && !mode.equals("navigate");
    }

    /** Whether a person asks for a page, to which the way leads back after the login. */
    static boolean toPage(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.GET.matches(request.getMethod())
                && !byScript(request)
                && accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }
}
