package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.imageferry.ecs.client.Call;
import org.imageferry.store.Extent;

/// A real server and a real browser. Regions but the source's are slow enough to see a copy move.
final class BrowserScene implements AutoCloseable {
    static final String SOURCE = RealServer.SOURCE;
    static final int WIDE = 1200;
    static final int NARROW = 390;

    private static final int PATIENCE_MS = 90_000;
    private static final long DISK_BYTES = 2L << 30;
    private static final int EXTENTS = 40;
    private static final int EXTENT_BYTES = 4 << 20;

    private static final String CONFIG =
            """
            regions:
              - id: cn-hangzhou
              - id: cn-shanghai
                bandwidth-mib: 12
              - id: ap-southeast-1
                bandwidth-mib: 12
              - id: eu-central-1
            """;
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

    private final RealServer server;
    private final String golden;
    private final Playwright playwright;
    private final Browser browser;
    private final String axe;
    private final List<String> complaints = new ArrayList<>();

    BrowserScene(Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
        this.server = new RealServer(folder, 1 << 20, "--config", config.toString());
        wire().upload(disk(folder.resolve("golden.raw")), SOURCE, "golden.raw");
        this.golden = wire().image(Wire.importing(SOURCE, "golden.raw", "golden"));
        assertThat(wire().outcome(SOURCE, golden)).isEqualTo("Available");
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

    /// 160 MiB that can't be compressed, spread over 2 GiB.
    private static TestDisk disk(Path file) throws IOException {
        List<Extent> extents = new ArrayList<>();
        Random random = new Random(1);
        byte[] bytes = new byte[EXTENT_BYTES];
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(DISK_BYTES);
            for (int i = 0; i < EXTENTS; i++) {
                Extent extent = new Extent(i * (DISK_BYTES / EXTENTS) / 4096 * 4096, EXTENT_BYTES);
                random.nextBytes(bytes);
                disk.seek(extent.offset());
                disk.write(bytes);
                extents.add(extent);
            }
        }
        return new TestDisk(file, DISK_BYTES, extents);
    }

    static Optional<Path> executable() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), BROWSERS.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    Wire wire() {
        return server.wire();
    }

    /// An image of 2 GiB in the source region, with 160 MiB of content.
    String golden() {
        return golden;
    }

    String origin() {
        return server.process().endpoint();
    }

    /// A window of this width on the login page; narrow ones are dark. What it asks elsewhere, and what
    /// its pages are forbidden, is noted.
    Page open(int width) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 800)
                                .setColorScheme(
                                        width == NARROW ? ColorScheme.DARK : ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE_MS);
        context.onRequest(request -> {
            if (!request.url().startsWith(origin() + "/")) {
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
        page.navigate(origin() + "/");
        return page;
    }

    Page loggedIn(int width) {
        Page page = open(width);
        login(page, server.secret());
        page.waitForURL(origin() + "/console/");
        return page;
    }

    void login(Page page, String secret) {
        page.getByLabel("Access key id").fill(server.accessKeyId());
        page.getByLabel("Secret").fill(secret);
        press(page, "Log in");
    }

    void go(Page page, String path) {
        page.navigate(origin() + "/console/" + path);
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

    /// Copies without a page.
    String copy(String destination, String name) throws Exception {
        return wire().image(Wire.copying(SOURCE, golden, destination, name));
    }

    void delete(String region, String image) throws Exception {
        wire().call(Call.ecs("DeleteImage").with("RegionId", region).with("ImageId", image));
    }

    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        browser.close();
        playwright.close();
        server.close();
    }
}
