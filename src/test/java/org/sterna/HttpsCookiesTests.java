package org.sterna;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class HttpsCookiesTests {

    private final MockEnvironment settings = new MockEnvironment();

    @Test
    void changesNothingOverPlainHttp() {
        settings.setProperty("sterna.base-url", "http://localhost:8080");
        assertThat(HttpsCookies.settings(settings)).isEmpty();
    }

    @Test
    void bindsTheSessionToTheHostOverHttps() {
        settings.setProperty("sterna.base-url", "https://sterna.example.org/");
        assertThat(HttpsCookies.settings(settings))
                .containsEntry("server.servlet.session.cookie.name", "__Host-SID")
                .containsEntry("server.servlet.session.cookie.path", "/")
                .containsEntry("server.servlet.session.cookie.secure", true)
                .containsEntry("camunda.bpm.webapp.csrf.enable-secure-cookie", true)
                .containsEntry("camunda.bpm.webapp.session-cookie.enable-secure-cookie", true);
    }

    @Test
    void tellsTheEngineWhereItsPagesAreCalledFrom() {
        settings.setProperty("sterna.base-url", "https://sterna.example.org:8443/");
        assertThat(HttpsCookies.settings(settings))
                .containsEntry("camunda.bpm.webapp.csrf.target-origin", "https://sterna.example.org:8443");
    }

    @Test
    void keepsTheCookiesNameBelowAContextPath() {
        settings.setProperty("sterna.base-url", "https://example.org/sterna");
        settings.setProperty("server.servlet.context-path", "/sterna");
        assertThat(HttpsCookies.settings(settings))
                .containsEntry("server.servlet.session.cookie.secure", true)
                .doesNotContainKey("server.servlet.session.cookie.name");
    }
}
