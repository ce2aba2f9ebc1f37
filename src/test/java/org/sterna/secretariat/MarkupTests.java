package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.sterna.pages.Wording;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** What is written without the templates is what they would write. */
class MarkupTests {

    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    private final SpringTemplateEngine templates = new SpringTemplateEngine();

    MarkupTests() {
        messages.setBasename("messages/app");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        ClassLoaderTemplateResolver files =
                new ClassLoaderTemplateResolver(getClass().getClassLoader());
        files.setPrefix("templates/");
        files.setSuffix(".html");
        files.setCharacterEncoding("UTF-8");
        templates.setTemplateResolver(files);
        templates.setTemplateEngineMessageSource(messages);
    }

    private String fragment(String name, Object value, Locale reader) {
        Context context = new Context(reader);
        context.setVariable(name, value);
        return templates.process("parts", Set.of(name), context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"With the Party", "Côte d’Ivoire", "<b>&amp; \"here\"", "it's", "日本"})
    void writesTagsAsTheFragmentDoes(String label) {
        Wording.Tag tag = new Wording.Tag("with-party", "●", label);

        assertThat(Markup.tag(tag)).isEqualTo(fragment("tag", tag, Locale.ENGLISH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "es"})
    void writesWhenSomethingIsDueAsTheFragmentDoes(String language) {
        Locale reader = Locale.forLanguageTag(language);
        String provisional = messages.getMessage("deadline.provisional", null, reader);
        for (boolean overdue : List.of(true, false)) {
            for (boolean mayMove : List.of(true, false)) {
                Wording.Due due =
                        new Wording.Due("2026-12-01", "1er décembre 2026", "dans <3> jours", overdue, mayMove);

                assertThat(Markup.due(due, provisional)).isEqualTo(fragment("due", due, reader));
            }
        }
    }
}
