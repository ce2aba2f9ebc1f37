package org.sterna.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers requests under {@code /api/v1} that reach no controller: unknown path, wrong method, wrong content type, an
 * upload too large. An advice limited to a package is not asked about these.
 */
@Component
class Unrouted implements HandlerExceptionResolver, Ordered {

    private final Problems problems;
    private final ObjectMapper json;

    Unrouted(Problems problems, ObjectMapper json) {
        this.problems = problems;
        this.json = json;
    }

    /** Before the resolvers of Spring MVC. */
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception trouble) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (handler instanceof HandlerMethod || !(path.equals("/api/v1") || path.startsWith("/api/v1/"))) {
            return null;
        }
        ResponseEntity<Problem> answer = problems.answer(trouble, request);
        try {
            byte[] body = json.writeValueAsBytes(answer.getBody());
            response.setStatus(answer.getStatusCode().value());
            answer.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }
}
