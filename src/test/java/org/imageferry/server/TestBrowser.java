package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real browser before the console of a server: Chromium; `CHROMIUM` names one that is elsewhere than usual.
final class TestBrowser implements AutoCloseable {
    static final int WIDE = 1200;
    static final int NARROW = 390;

    /// What a test says that is skipped for want of one.
    static final String MISSING =
            "THE CONSOLE WAS NOT TESTED IN A BROWSER: there is no Chromium here";

    /// Far more than anything takes, even on a busy machine.
    private static final int PATIENCE_MS = 90_000;

    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final String axe;
    private final List<String> complaints = new ArrayList<>();

    TestBrowser() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        this.axe = Files.readString(Path.of("src/test/resources/axe/axe.min.js"));
        this.playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable().orElseThrow())
                                        .setArgs(ARGUMENTS));
    }

    static Optional<Path> executable() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), BROWSERS.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A window of this width on the server's login page; narrow ones are dark. What it asks elsewhere,
    /// and what its pages are forbidden, is noted.
    Page open(String origin, int width) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 800)
                                .setColorScheme(
                                        width == NARROW ? ColorScheme.DARK : ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE_MS);
        context.onRequest(request -> {
            if (!request.url().startsWith(origin + "/")) {
                complaints.add("asked " + request.url());
            }
        });
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        Page page = context.newPage();
        page.navigate(origin + "/");
        return page;
    }

    Page loggedIn(String origin, int width, String accessKey, String secret) {
        Page page = open(origin, width);
        login(page, accessKey, secret);
        page.waitForURL(origin + "/console/");
        return page;
    }

    static void login(Page page, String accessKey, String secret) {
        page.getByLabel("Access key id").fill(accessKey);
        page.getByLabel("Secret").fill(secret);
        press(page, "Log in");
    }

    static void press(Page page, String button) {
        button(page, button).click();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// Nothing that axe-core finds, and nothing beyond the window's width.
    void assertAccessible(Page page) {
        page.waitForLoadState(); // a page shows text before its style sheet is there
        page.evaluate(axe);
        assertThat(
                        page.evaluate(
                                """
                                async () => (await axe.run()).violations.map(v => v.id + ': '
                                    + v.nodes.map(n => n.html.slice(0, 200)).join(' '))\
                                """))
                .as(page.url())
                .isEqualTo(List.of());
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(page.url())
                .isEqualTo(true);
    }

    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
