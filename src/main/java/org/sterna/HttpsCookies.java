package org.sterna;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes all cookies secure where people reach Sterna over HTTPS, whatever the profile. Over plain HTTP, as on a
 * developer's machine, browsers would not send secure cookies back.
 */
class HttpsCookies implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> settings = settings(context.getEnvironment());
        if (!settings.isEmpty()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("httpsCookies", settings));
        }
    }

    static Map<String, Object> settings(Environment environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        String address = environment.getProperty("sterna.base-url", "").strip();
        if (address.startsWith("https://")) {
            URI uri = URI.create(address);
            settings.put("server.servlet.session.cookie.secure", true);
            settings.put("camunda.bpm.webapp.csrf.enable-secure-cookie", true);
            settings.put("camunda.bpm.webapp.session-cookie.enable-secure-cookie", true);
            settings.put("camunda.bpm.webapp.csrf.target-origin", "https://" + uri.getAuthority());
            if (environment.getProperty("server.servlet.context-path", "").isBlank()) {
                // browsers accept the prefix only on a secure cookie of this host with the path /
                settings.put("server.servlet.session.cookie.name", "__Host-SID");
                settings.put("server.servlet.session.cookie.path", "/");
            }
        }
        return settings;
    }
}
