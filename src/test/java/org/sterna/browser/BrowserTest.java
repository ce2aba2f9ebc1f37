package org.sterna.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A test that looks at pages as people do. One Chromium serves all browser tests of a JVM; every page opened by
 * {@link #open} is in a context of its own, without anybody's cookies, and is closed after the test. When the test
 * fails, what was on screen is kept in {@code target/screenshots}.
 */
public abstract class BrowserTest {

    /** The rules of WCAG 2.2, levels A and AA, by axe's tags. */
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Milliseconds that a page has for what is waited for; a slow machine needs some of them. */
    private static final int PATIENCE = 20_000;

    private final List<Page> pages = new ArrayList<>();
    private final List<Page> scriptless = new ArrayList<>();

    @RegisterExtension
    final AfterEachCallback end = this::closePages;

    /**
     * How a reader sits before the page.
     *
     * @param language language that the browser asks for
     * @param width of the page in CSS pixels
     * @param height of the page in CSS pixels
     * @param scripts whether scripts run
     */
    public record View(Locale language, int width, int height, boolean scripts) {

        /** A desktop computer, in English. */
        public static View desktop() {
            return new View(Locale.ENGLISH, 1280, 900, true);
        }

        /** A small telephone, in English. */
        public static View phone() {
            return new View(Locale.ENGLISH, 360, 740, true);
        }

        /** The same in another language. */
        public View in(Locale other) {
            return new View(other, width, height, scripts);
        }

        /** The same without scripts. */
        public View withoutScripts() {
            return new View(language, width, height, false);
        }
    }

    /** An empty page in a fresh context, with no cookies. */
    protected Page open(View view) {
        BrowserContext context = Shared.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale(view.language().toLanguageTag())
                        .setViewportSize(view.width(), view.height())
                        .setJavaScriptEnabled(view.scripts())
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Page page = context.newPage();
        pages.add(page);
        if (!view.scripts()) {
            scriptless.add(page);
        }
        return page;
    }

    /** Keeps what is on screen, from top to bottom, as {@code target/screenshots/<name>.png}. */
    protected Path screenshot(Page page, String name) {
        Path file = SCREENSHOTS.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    /** Fails naming rule, element and remedy, if axe finds anything against WCAG 2.2 A or AA. */
    protected void assertAccessible(Page page) {
        assertAccessible(page, "html");
    }

    /**
     * The same for the part of the page under a selector, where the rest is not ours.
     *
     * @throws IllegalArgumentException if the page was opened without scripts: axe is one, and would wait for ever
     */
    protected void assertAccessible(Page page, String selector) {
        if (scriptless.contains(page)) {
            throw new IllegalArgumentException("axe needs a page with scripts");
        }
        List<String> faults = new AxeBuilder(page)
                .include(selector).withTags(WCAG).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream().map(node -> "%s (%s): %s%n    %s%n    %s"
                                .formatted(
                                        rule.getId(),
                                        rule.getImpact(),
                                        rule.getHelp(),
                                        node.getHtml(),
                                        node.getFailureSummary().replace("\n", " "))))
                        .toList();
        assertThat(faults).as("accessibility of %s", page.url()).isEmpty();
    }

    /** Fails if the page is wider than the screen. */
    protected void assertNoSidewaysScrolling(Page page) {
        Object hidden = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) hidden).intValue())
                .as("pixels of %s beyond the right edge", page.url())
                .isZero();
    }

    private void closePages(ExtensionContext test) {
        for (int i = 0; i < pages.size(); i++) {
            Page page = pages.get(i);
            if (test.getExecutionException().isPresent() && !page.isClosed()) {
                screenshot(
                        page,
                        "failed-%s-%s-%d"
                                .formatted(
                                        test.getRequiredTestClass().getSimpleName(),
                                        test.getRequiredTestMethod().getName(),
                                        i + 1));
            }
            page.context().close();
        }
        pages.clear();
        scriptless.clear();
    }

    /** The browser of this JVM: started with the first page, closed with the JVM. */
    private static final class Shared {

        private static @Nullable Browser browser;
        private static @Nullable RuntimeException missing;

        static synchronized Browser browser() {
            if (missing != null) {
                throw missing;
            }
            if (browser == null) {
                try {
                    browser = start(Chromium.executable());
                } catch (RuntimeException notStarted) {
                    missing = notStarted;
                    throw notStarted;
                }
            }
            return browser;
        }

        private static Browser start(Path executable) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--disable-dev-shm-usage",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }

        private Shared() {}
    }
}
