package org.sterna.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The instruments of the browser tests show what they are there to show. */
class BrowserSupportE2E extends BrowserTest {

    private static final String SOUND = """
            <!doctype html><html lang="en"><head><title>Sound</title></head>
            <body><main><h1>Sound</h1><label>Name <input name="name"></label></main></body></html>
            """;

    @Test
    void soundPagePassesAxe() {
        Page page = open(View.phone());
        page.setContent(SOUND);
        assertAccessible(page);
        assertNoSidewaysScrolling(page);
    }

    @Test
    void namesRuleAndElementOfAnInaccessiblePage() {
        Page page = open(View.desktop());
        page.setContent(SOUND.replace("<label>Name <input name=\"name\"></label>", "<input name=\"nameless\">"));
        assertThatThrownBy(() -> assertAccessible(page))
                .hasMessageContaining("label (critical)")
                .hasMessageContaining("nameless");
    }

    @Test
    void asksForTheReadersLanguage() {
        Page page = open(View.desktop().in(Locale.FRENCH));
        assertThat(page.evaluate("navigator.language")).isEqualTo("fr");
    }

    @Test
    void runsNoScriptsForThoseWhoHaveNone() {
        Page page = open(View.desktop().withoutScripts());
        page.setContent("<p id='said'>before</p><script>document.getElementById('said').textContent='after'</script>");
        assertThat(page.textContent("#said")).isEqualTo("before");
    }

    @Test
    void keepsAPicture() {
        Page page = open(View.phone());
        page.setContent(SOUND);
        assertThat(screenshot(page, "browser-support")).isNotEmptyFile();
    }
}
