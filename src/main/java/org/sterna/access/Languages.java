package org.sterna.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;
import org.sterna.register.Account;

/**
 * The language of the answer: asked for in the address ({@code ?lang=fr}), else chosen earlier (a cookie), else the
 * account's, else the browser's. Programs name their language in {@code Accept-Language}, on purpose and not as the
 * setting of a browser: under {@code /api/} it goes before the account's. Always English, French or Spanish.
 */
@Component("localeResolver")
class Languages implements LocaleResolver {

    static final String COOKIE = "lang";

    private static final List<String> SPOKEN = List.of("en", "fr", "es");
    private static final Pattern ASKED = Pattern.compile("(?:^|&)lang=(en|fr|es)(?:&|$)");

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return asked(request)
                .or(() -> chosen(request))
                .or(() -> request.getRequestURI().startsWith("/api/") ? ofHeader(request) : Optional.empty())
                .or(Languages::ofAccount)
                .or(() -> ofHeader(request))
                .orElse(Locale.ENGLISH);
    }

    /** The language asked for in the address; the body is left unread. */
    Optional<Locale> asked(HttpServletRequest request) {
        String query = request.getQueryString();
        Matcher matcher = ASKED.matcher(query == null ? "" : query);
        return matcher.find() ? Optional.of(Locale.forLanguageTag(matcher.group(1))) : Optional.empty();
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response != null && locale != null) {
            ResponseCookie cookie = ResponseCookie.from(COOKIE, locale.getLanguage())
                    .path("/")
                    .maxAge(Duration.ofDays(365))
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Lax")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }
    }

    private static Optional<Locale> chosen(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(Cookie::getValue)
                .filter(SPOKEN::contains)
                .map(Locale::forLanguageTag);
    }

    private static Optional<Locale> ofAccount() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login != null && login.getDetails() instanceof Account account
                ? Optional.of(account.language())
                : Optional.empty();
    }

    private static Optional<Locale> ofHeader(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? Optional.empty()
                : Collections.list(request.getLocales()).stream()
                        .map(Locale::getLanguage)
                        .filter(SPOKEN::contains)
                        .findFirst()
                        .map(Locale::forLanguageTag);
    }
}
