package org.sterna.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.documents.DamagedDocument;

/**
 * Tells people that a paper is not given out because its content changed, whatever page was to give it. The interfaces
 * for machines answer by themselves.
 */
@Component
class DamagedPapers implements HandlerExceptionResolver, Ordered {

    private final Frame frame;

    DamagedPapers(Frame frame) {
        this.frame = frame;
    }

    /** Before the resolvers of Spring MVC. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception trouble) {
        DamagedDocument damaged = damaged(trouble);
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (damaged == null || path.startsWith("/api/") || response.isCommitted()) {
            return null;
        }
        response.reset();
        ModelAndView page = new ModelAndView(
                "error/damaged",
                Map.of("name", damaged.document().name(), "frame", frame.around(request)),
                HttpStatus.INTERNAL_SERVER_ERROR);
        response.setHeader("Cache-Control", "no-store");
        return page;
    }

    private static @Nullable DamagedDocument damaged(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedDocument damaged) {
                return damaged;
            }
        }
        return null;
    }
}
