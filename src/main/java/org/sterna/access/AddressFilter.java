package org.sterna.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Looks at the address before anybody else does. One that cannot be taken apart, as {@code /camunda//api/engine}, is a
 * wrong one; the error page is no page to be asked for; and what answers only programs answers whatever they accept.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AddressFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!readable(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (path.equals("/error") && request.getDispatcherType() == DispatcherType.REQUEST) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(path.startsWith("/actuator/") ? new AnyAnswer(request) : request, response);
        }
    }

    /** Servlets that own a part of the addresses know it in one spelling, which an address need not begin with. */
    private static boolean readable(HttpServletRequest request) {
        try {
            ServletRequestPathUtils.parse(request);
            return true;
        } catch (IllegalArgumentException otherSpelling) {
            return false;
        }
    }

    /** A request that takes whatever it is answered. */
    private static final class AnyAnswer extends HttpServletRequestWrapper {

        AnyAnswer(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? MediaType.ALL_VALUE : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                    ? Collections.enumeration(List.of(MediaType.ALL_VALUE))
                    : super.getHeaders(name);
        }
    }
}
