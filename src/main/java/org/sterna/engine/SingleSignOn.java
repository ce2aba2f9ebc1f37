package org.sterna.engine;

import java.util.Map;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

/** One login for all pages: the bundled web applications take the application's. */
@Configuration(proxyBeanMethods = false)
class SingleSignOn {

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> engineLogin(Accounts accounts, Parties parties) {
        RegisterAuthentication.over(accounts, parties);
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> registration =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        registration.setInitParameters(Map.of("authentication-provider", RegisterAuthentication.class.getName()));
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*", "/camunda/lib/*");
        registration.setOrder(201);
        return registration;
    }
}
