package org.sterna.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Gives people an error page where Spring MVC would give machines a problem document: wrong address, wrong method,
 * a part missing, an upload too large. The interfaces for machines answer by themselves.
 */
@Component
class PlainErrors implements HandlerExceptionResolver, Ordered {

    /** Before the resolvers of Spring MVC. */
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception trouble) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith("/api/") || path.startsWith("/v3/") || path.startsWith("/actuator/")) {
            return null;
        }
        int status;
        if (trouble instanceof ErrorResponse answer) {
            status = answer.getStatusCode().value();
        } else if (trouble instanceof MethodArgumentTypeMismatchException wrong
                && !wrong.getParameter().hasParameterAnnotation(PathVariable.class)) {
            // beside the address, where something is
            status = HttpServletResponse.SC_BAD_REQUEST;
        } else if (trouble instanceof TypeMismatchException) {
            // an id that is none leads nowhere
            status = HttpServletResponse.SC_NOT_FOUND;
        } else if (trouble instanceof MultipartException) {
            // a file was to come with it, and none did
            status = HttpServletResponse.SC_BAD_REQUEST;
        } else {
            return null;
        }
        try {
            response.sendError(status);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }
}
