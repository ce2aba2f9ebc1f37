package org.sterna.access;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.CacheControlConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.sterna.register.Accounts;

/**
 * The four doors: the programming interface (a password with every request), what is for other programs, the bundled web
 * applications (behind the gateway) and our own pages. One login serves the last two. Paths are matched as patterns, not as Spring MVC's
 * mappings, which would not cover the bundled applications' servlets.
 */
@Configuration(proxyBeanMethods = false)
class Doors {

    /** Everything a page of ours needs comes from ourselves, and nobody else may frame it. */
    static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final RoleRefresh roles;
    private final LanguageFilter language;
    private final KeptForms forms;
    private final FormKeeper keeper;

    Doors(Accounts accounts, Languages languages, KeptForms forms) {
        this.roles = new RoleRefresh(accounts);
        this.language = new LanguageFilter(languages);
        this.forms = forms;
        this.keeper = new FormKeeper(
                forms, paths("/login", "/login/**", "/logout", "/account/**", "/camunda/**", "/documents"));
    }

    @Bean
    GatewayRules gatewayRules(@Value("classpath:gateway.yaml") Resource file) {
        return GatewayRules.read(file);
    }

    @Bean
    AskedPage askedPage(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        return new AskedPage(secure);
    }

    @Bean
    PageTokens pageTokens(
            @Value("${server.servlet.session.cookie.name:SID}") String sessionCookie,
            @Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        return new PageTokens(forms, sessionCookie, secure);
    }

    @Bean
    @Order(1)
    SecurityFilterChain apiDoor(HttpSecurity http, ApiRefusal refusal) throws Exception {
        return common(http)
                .securityMatcher(paths("/api", "/api/**", "/v3/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .build();
    }

    /** What no person comes to: where nothing is, a program is told so instead of being led to the login page. */
    @Bean
    @Order(2)
    SecurityFilterChain programDoor(HttpSecurity http) throws Exception {
        return common(http)
                .securityMatcher(paths("/actuator", "/actuator/**", "/engine-rest", "/engine-rest/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(paths("/actuator/health"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, reason) -> response.setStatus(HttpStatus.NOT_FOUND.value()))
                        .accessDeniedHandler(
                                (request, response, reason) -> response.setStatus(HttpStatus.NOT_FOUND.value())))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain camundaDoor(
            HttpSecurity http,
            GatewayRules rules,
            AccessSettings settings,
            @Value("${camunda.bpm.generic-properties.properties.query-max-results-limit}") int largestPage,
            AskedPage asked)
            throws Exception {
        return common(http)
                .securityMatcher(paths("/camunda", "/camunda/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterAfter(
                        new Gateway(rules, settings.largestCamundaRequest(), new PageSize(largestPage)),
                        AuthorizationFilter.class)
                .requestCache(cache -> cache.requestCache(asked))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(loginPage()))
                // these applications bring their own protection against forged requests
                .csrf(AbstractHttpConfigurer::disable)
                .logout(logout -> logout.logoutRequestMatcher(PathPatternRequestMatcher.withDefaults()
                                .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/logout"))
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                // their files may be kept by the browser, their answers not
                .headers(headers -> headers.cacheControl(CacheControlConfig::disable)
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                paths("/camunda/api/engine/**", "/camunda/api/admin/auth/**"),
                                new CacheControlHeadersWriter())))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pageDoor(
            HttpSecurity http, AskedPage asked, PageTokens tokens, FormPages pages, MessageSource messages)
            throws Exception {
        return common(http)
                .addFilterAfter(new KeptFormFilter(forms, pages, messages), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(paths(
                                "/login",
                                "/login/forgotten",
                                // by the secret in the address
                                "/login/link/*",
                                "/error",
                                "/webjars/**",
                                "/assets/**",
                                "/favicon.ico",
                                "/favicon.svg",
                                // by their own secret, or only where the calendar is public
                                "/calendar",
                                "/calendar.ics",
                                "/calendar/*",
                                // only where the status of contributions is public
                                "/contributions",
                                "/contributions.csv"))
                        .permitAll()
                        .requestMatchers(paths("/secretariat/accounts", "/secretariat/accounts/**"))
                        .hasAuthority(Role.ADMINISTRATOR.authority())
                        .requestMatchers(paths("/secretariat", "/secretariat/**"))
                        .hasAuthority(Role.SECRETARIAT.authority())
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(new Landing(asked, forms))
                        .failureHandler(new LoginFailure()))
                .logout(logout -> logout.logoutRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout"))
                        .logoutSuccessUrl("/login?left"))
                // a new session: the bundled applications keep their own record of who is logged in in the old one
                .sessionManagement(sessions -> sessions.sessionFixation(fixation -> fixation.newSession()))
                .requestCache(cache -> cache.requestCache(asked))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(loginPage()).accessDeniedHandler(refusal()))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .build();
    }

    private HttpSecurity common(HttpSecurity http) throws Exception {
        return http.addFilterAfter(roles, SecurityContextHolderFilter.class)
                .addFilterAfter(language, RoleRefresh.class)
                .headers(headers -> headers.contentTypeOptions(Customizer.withDefaults())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)));
    }

    /**
     * The login page for people, a bare 401 for scripts and for the bundled applications' own calls. A form that came
     * without a session is kept.
     */
    private AuthenticationEntryPoint loginPage() {
        RequestMatcher calls = paths("/camunda/api/**");
        AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint("/login");
        AuthenticationEntryPoint ended = new LoginUrlAuthenticationEntryPoint("/login?ended");
        return (request, response, reason) -> {
            if (Navigation.byScript(request) || calls.matches(request)) {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                response.setHeader("HX-Redirect", request.getContextPath() + "/login");
            } else if (request.getAttribute(RoleRefresh.NO_OFFICE) != null) {
                ended.commence(request, response, reason);
            } else if (!keeper.keep(request, response)) {
                page.commence(request, response, reason);
            }
        };
    }

    /**
     * A login page left open for too long is shown anew, instead of an error; any other form whose token is not that of
     * the session is kept and shown again.
     */
    private AccessDeniedHandler refusal() {
        RequestMatcher doors = paths("/login", "/logout", "/login/forgotten");
        RequestMatcher links = paths("/login/link/*");
        AccessDeniedHandler error = new AccessDeniedHandlerImpl();
        return (request, response, reason) -> {
            if (reason instanceof CsrfException && doors.matches(request)) {
                response.sendRedirect(request.getContextPath() + "/login?expired");
            } else if (reason instanceof CsrfException && links.matches(request)) {
                response.sendRedirect(request.getRequestURI());
            } else if (!(reason instanceof CsrfException) || !keeper.keep(request, response)) {
                error.handle(request, response, reason);
            }
        };
    }

    private static RequestMatcher paths(String... patterns) {
        RequestMatcher[] matchers = new RequestMatcher[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            matchers[i] = PathPatternRequestMatcher.withDefaults().matcher(patterns[i]);
        }
        return new OrRequestMatcher(matchers);
    }
}
