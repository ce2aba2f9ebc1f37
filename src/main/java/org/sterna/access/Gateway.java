package org.sterna.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In front of the bundled web applications: passes what {@link GatewayRules} list for the account's roles and refuses
 * everything else, since these applications' own filter passes what it does not know. Stands behind the login, so
 * whoever comes here is somebody.
 */
class Gateway extends OncePerRequestFilter {

    /** One spelling only: plain segments, no encoding, no parameters, no empty or dot segments. */
    private static final Pattern CANONICAL = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._:@~-]+)+/?");

    private final GatewayRules rules;
    private final DataSize largest;
    private final PageSize pages;

    Gateway(GatewayRules rules, DataSize largest, PageSize pages) {
        this.rules = rules;
        this.largest = largest;
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!CANONICAL.matcher(path).matches()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        } else if (rules.welcome(path)) {
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + "/");
        } else if (rules.never(request.getMethod(), path)) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        } else if (!allowed(request.getMethod(), path)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        } else if (request.getContentLengthLong() > largest.toBytes()) {
            response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            // a body that does not say its length cannot be refused before it is read
            response.setStatus(HttpStatus.LENGTH_REQUIRED.value());
        } else {
            chain.doFilter(new NonceOnRequest(pages.within(request, rules.bounded(path))), response);
        }
    }

    private boolean allowed(String method, String path) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null || !login.isAuthenticated()) {
            return false;
        }
        Set<String> roles = login.getAuthorities().stream()
                .map(authority -> authority.getAuthority().replaceFirst("^ROLE_", ""))
                .collect(Collectors.toSet());
        return rules.allow(method, path, login.getName(), roles);
    }
}
