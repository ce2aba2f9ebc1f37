package org.sterna.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.time.MovableClock;

/** What the layout shows around every page, also around the login page and error pages: model attribute {@code frame}. */
@Configuration(proxyBeanMethods = false)
class Frame implements WebMvcConfigurer, HandlerInterceptor {

    /**
     * The frame.
     *
     * @param userName display name of who is logged in; null for nobody
     * @param secretariat whether to show the Secretariat's pages
     * @param administrator whether to show the engine's own tools
     * @param section first part of the path, to mark the page in the navigation
     * @param languages the switch; empty where no address leads back to the page
     * @param demoDay the day that a moved clock shows, in words; null while the clock is right
     * @param clockMovable whether the clock can be moved by hand
     */
    record Around(
            @Nullable String userName,
            boolean secretariat,
            boolean administrator,
            String section,
            List<Choice> languages,
            @Nullable String demoDay,
            boolean clockMovable) {}

    /** A language in the switch. */
    record Choice(String code, String name, String href, boolean current) {}

    /** The languages of the Convention's work, in the order of the switch. */
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH, Locale.forLanguageTag("es"));

    private final ObjectProvider<Accounts> accounts;
    private final ObjectProvider<Clock> clock;

    Frame(ObjectProvider<Accounts> accounts, ObjectProvider<Clock> clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView modelAndView) {
        if (modelAndView == null
                || !modelAndView.hasView()
                || StringUtils.startsWithIgnoreCase(modelAndView.getViewName(), "redirect:")) {
            return;
        }
        modelAndView.addObject("frame", around(request));
    }

    /** The frame of a page that answers the request. */
    Around around(HttpServletRequest request) {
        Locale reader = RequestContextUtils.getLocale(request);
        Optional<Account> account =
                accounts.stream().findFirst().flatMap(known -> Callers.account(request.getUserPrincipal(), known));
        Optional<MovableClock> movable = clock.stream()
                .filter(MovableClock.class::isInstance)
                .map(MovableClock.class::cast)
                .findFirst();
        return new Around(
                account.map(Account::displayName).orElse(null),
                account.filter(Account::secretariat).isPresent(),
                account.filter(Account::administrator).isPresent(),
                section(request.getRequestURI()),
                comesBack(request)
                        ? LANGUAGES.stream()
                                .map(language -> choice(language, reader, request))
                                .toList()
                        : List.of(),
                movable.filter(moved -> moved.offset().abs().compareTo(Duration.ofMinutes(1)) > 0)
                        .map(moved -> Days.day(LocalDate.ofInstant(moved.instant(), Days.BONN), reader))
                        .orElse(null),
                movable.isPresent());
    }

    private static String section(String path) {
        return path.startsWith("/secretariat/")
                ? "secretariat/" + path.substring("/secretariat/".length()).split("/", 2)[0]
                : path.substring(1).split("/", 2)[0];
    }

    /** A page that answered a POST has no address of its own, so that no link can lead to it in another language. */
    private static boolean comesBack(HttpServletRequest request) {
        return "GET".equals(request.getMethod()) || request.getServletPath().startsWith("/login");
    }

    private static Choice choice(Locale language, Locale reader, HttpServletRequest request) {
        String href = UriComponentsBuilder.newInstance()
                .query("GET".equals(request.getMethod()) ? request.getQueryString() : null)
                .replaceQueryParam("lang", language.getLanguage())
                .build()
                .toUriString();
        return new Choice(
                language.getLanguage(),
                StringUtils.capitalize(language.getDisplayLanguage(language)),
                href,
                language.getLanguage().equals(reader.getLanguage()));
    }
}
