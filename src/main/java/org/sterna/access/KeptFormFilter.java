package org.sterna.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Fills a page in with the kept form that its address names, and forgets the form once it was sent. Whatever page it
 * is, this is the only place that does so.
 */
class KeptFormFilter extends OncePerRequestFilter {

    private static final Pattern NAMED = Pattern.compile("(?:^|&)" + FormKeeper.KEPT + "=([0-9a-fA-F-]{36})(?:&|$)");

    private final KeptForms forms;
    private final FormPages pages;
    private final MessageSource messages;

    KeptFormFilter(KeptForms forms, FormPages pages, MessageSource messages) {
        this.forms = forms;
        this.pages = pages;
        this.messages = messages;
    }

    /** The form that the address names, if it was kept for whoever asks. */
    static Optional<KeptForms.Kept> kept(HttpServletRequest request, KeptForms forms) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        Matcher named = NAMED.matcher(request.getQueryString() == null ? "" : request.getQueryString());
        if (login == null || !named.find()) {
            return Optional.empty();
        }
        try {
            return forms.find(UUID.fromString(named.group(1)), login.getName());
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null || !NAMED.matcher(query).find();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        KeptForms.Kept kept = kept(request, forms).orElse(null);
        if (kept == null || Navigation.byScript(request)) {
            chain.doFilter(request, response);
        } else if (HttpMethod.GET.matches(request.getMethod())) {
            show(kept, request, response, chain);
        } else {
            chain.doFilter(request, response);
            // what was wrong with it stands on the page that answers
            if (HttpMethod.POST.matches(request.getMethod()) && response.getStatus() < 500) {
                forms.drop(
                        kept.id(),
                        SecurityContextHolder.getContext().getAuthentication().getName());
            }
        }
    }

    private void show(KeptForms.Kept kept, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Answer answer = new Answer(response);
        chain.doFilter(request, answer);
        Locale reader = LocaleContextHolder.getLocale();
        String path = FormKeeper.path(request.getRequestURI(), request);
        Optional<String> filled = answer.isPage()
                ? new FilledPage(kept, request.getContextPath(), path, texts(reader)).fill(answer.text())
                : Optional.empty();
        if (filled.isPresent()) {
            byte[] page = filled.get().getBytes(StandardCharsets.UTF_8);
            response.setContentLength(page.length);
            response.getOutputStream().write(page);
        } else {
            response.resetBuffer();
            response.setStatus(HttpStatus.OK.value());
            response.sendRedirect(request.getContextPath() + next(kept, path));
        }
    }

    private FilledPage.Texts texts(Locale reader) {
        return (key, arguments) -> messages.getMessage("access.kept." + key, arguments, reader);
    }

    /** The page to try after that one; in the end the one from which the answers can be copied. */
    private String next(KeptForms.Kept kept, String path) {
        List<String> tried = pages.of(kept.id(), kept.sent());
        for (int i = 0; i < tried.size() - 1; i++) {
            if (tried.get(i).split("\\?", 2)[0].equals(path)) {
                return tried.get(i + 1);
            }
        }
        return KeptFormController.copy(kept.id());
    }

    /** Holds the page back, and what leads elsewhere. */
    private static final class Answer extends ContentCachingResponseWrapper {

        private boolean elsewhere;

        Answer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) {
            elsewhere = true;
        }

        @Override
        public void sendError(int status, @Nullable String message) {
            elsewhere = true;
        }

        @Override
        public void sendRedirect(String location) {
            elsewhere = true;
        }

        boolean isPage() {
            return !elsewhere
                    && getStatus() == HttpStatus.OK.value()
                    && getContentType() != null
                    && MediaType.TEXT_HTML.isCompatibleWith(MediaType.parseMediaType(getContentType()));
        }

        String text() {
            return new String(getContentAsByteArray(), StandardCharsets.UTF_8);
        }
    }
}
