package org.sterna.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the language for everything behind it, the bundled web applications' own servlets included, and keeps a language
 * asked for in the address.
 */
class LanguageFilter extends OncePerRequestFilter {

    private final Languages languages;

    LanguageFilter(Languages languages) {
        this.languages = languages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        languages.asked(request).ifPresent(locale -> languages.setLocale(request, response, locale));
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        // found out when first needed: most files need neither a language nor an account
        LocaleContextHolder.setLocaleContext(() -> languages.resolveLocale(request));
        try {
            chain.doFilter(request, response);
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }
}
