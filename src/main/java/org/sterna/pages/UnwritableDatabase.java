package org.sterna.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.database.WriteFailures;

/**
 * Tells people that nothing can be saved at the moment, and that what they sent was not kept. The page has no frame, as
 * that would ask the database. The interfaces for machines answer by themselves.
 */
@Component
class UnwritableDatabase implements HandlerExceptionResolver, Ordered {

    private static final String SOON = "60";

    /** Before the resolvers of Spring MVC. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception trouble) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!WriteFailures.cause(trouble) || path.startsWith("/api/") || response.isCommitted()) {
            return null;
        }
        response.reset();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Retry-After", SOON);
        ModelAndView page = new ModelAndView("error/unwritable");
        page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
        return page;
    }
}
