package org.sterna.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebEngineContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Which links are looked for among the files that are served. */
class PageLinksTests {

    @ParameterizedTest
    @CsvSource({
        "/secretariat/obligations/0b7c, /secretariat/obligations/0b7c",
        "/secretariat/matrix?region=europe.x, /secretariat/matrix?region=europe.x",
        "/webjars/some/page.css, /webjars/some/page.css!",
        "/assets/sterna.css?v=1, /assets/sterna.css?v=1!",
        "/secretariat/register/CHE/file.pdf?v=1, /secretariat/register/CHE/file.pdf?v=1",
        "/desk?of=/assets/sterna.css, /desk?of=/assets/sterna.css",
        "#main, #main",
    })
    void areThoseWhereFilesAreServed(String link, String written) {
        MockServletContext server = new MockServletContext();
        MockHttpServletResponse response = new MockHttpServletResponse() {
            @Override
            public String encodeURL(String url) {
                return url + "!";
            }
        };
        WebEngineContext context = mock();
        when(context.getExchange())
                .thenReturn(JakartaServletWebApplication.buildApplication(server)
                        .buildExchange(new MockHttpServletRequest(server), response));
        when(context.getLocale()).thenReturn(Locale.ENGLISH);

        assertThat(new PageLinks(new SpringTemplateEngine()).buildLink(context, link, Map.of()))
                .isEqualTo(written);
    }
}
