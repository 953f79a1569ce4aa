package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.ecs.client.Call;

/// A real server with an image, and a real browser. Regions but the source's are slow enough for a key to be
/// disabled while a copy is on its way.
final class BrowserScene implements AutoCloseable {
    static final String SOURCE = RealServer.SOURCE;
    static final int WIDE = TestBrowser.WIDE;
    static final int NARROW = TestBrowser.NARROW;

    private static final int DISK_BYTES = 24 << 20;
    private static final String CONFIG =
            """
            regions:
              - id: cn-hangzhou
              - id: cn-shanghai
                bandwidth-mib: 2
              - id: ap-southeast-1
                bandwidth-mib: 2
              - id: eu-central-1
            """;

    private final RealServer server;
    private final String golden;
    private final TestBrowser browser;

    BrowserScene(Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
        this.server = new RealServer(folder, DISK_BYTES, "--config", config.toString());
        this.golden = wire().image(Wire.importing(SOURCE, RealServer.OBJECT, "golden"));
        this.browser = new TestBrowser();
        assertThat(wire().outcome(SOURCE, golden)).isEqualTo("Available");
    }

    Wire wire() {
        return server.wire();
    }

    /// An image of 24 MiB in the source region, none of which can be compressed.
    String golden() {
        return golden;
    }

    String origin() {
        return server.process().endpoint();
    }

    Page open(int width) {
        return browser.open(origin(), width);
    }

    Page loggedIn(int width) {
        return browser.loggedIn(origin(), width, server.accessKeyId(), server.secret());
    }

    void login(Page page, String secret) {
        TestBrowser.login(page, server.accessKeyId(), secret);
    }

    void go(Page page, String path) {
        page.navigate(origin() + "/console/" + path);
    }

    void assertAccessible(Page page) {
        browser.assertAccessible(page);
    }

    void assertNoComplaints() {
        browser.assertNoComplaints();
    }

    /// Copies without a page.
    String copy(String destination, String name) throws Exception {
        return wire().image(Wire.copying(SOURCE, golden, destination, name));
    }

    void delete(String region, String image) throws Exception {
        wire().call(Call.ecs("DeleteImage").with("RegionId", region).with("ImageId", image));
    }

    @Override
    public void close() throws InterruptedException, IOException {
        browser.close();
        server.close();
    }
}
