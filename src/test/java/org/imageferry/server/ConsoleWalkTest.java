package org.imageferry.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody does who has just started a server, all in its pages: brings in a disk of 2 GiB, copies it
/// to two regions, watches, cancels one copy and starts it again, finds out why a third failed, and mends it.
class ConsoleWalkTest {
    private static final String SOURCE = "cn-hangzhou";
    private static final String ONE = "cn-shanghai";
    private static final String OTHER = "ap-southeast-1";
    private static final String THIRD = "eu-central-1";

    /// Slow enough to see a copy move.
    private static final String CONFIG =
            """
            regions:
              - id: cn-hangzhou
              - id: cn-shanghai
                bandwidth-mib: 10
              - id: ap-southeast-1
                bandwidth-mib: 4
              - id: eu-central-1
                bandwidth-mib: 4
            """;

    private static final int EXTENTS = 16;
    private static final int EXTENT_BYTES = 5 << 19;
    private static final int GAP_BYTES = 251 << 19;

    /// It is gone with the page, which goes when the upload is done.
    private static final String KEEP_AMOUNT =
            """
            () => {
              const amount = document.querySelector(".upload .amount");
              const keep = () => sessionStorage.setItem("amount", amount.textContent);
              new MutationObserver(keep).observe(amount, { childList: true });
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void needABrowser() {
        assumeTrue(TestBrowser.executable().isPresent(), TestBrowser.MISSING);
    }

    /// 2 GiB with 40 MiB that can't be compressed, the rest of it holes; compressed as a whole.
    private Path disk() throws IOException {
        Path file = folder.resolve("debian-13.raw.zst");
        Random random = new Random(1);
        byte[] data = new byte[EXTENT_BYTES];
        byte[] gap = new byte[GAP_BYTES];
        try (OutputStream disk = new ZstdOutputStream(Files.newOutputStream(file), 1)) {
            for (int i = 0; i < EXTENTS; i++) {
                random.nextBytes(data);
                disk.write(data);
                disk.write(gap);
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {TestBrowser.WIDE, TestBrowser.NARROW})
    void fromAnEmptyServerToACopyThatWasMended(int width) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Path data = folder.resolve("data");
        try (ServerProcess server =
                        ServerProcess.launch(data, "--config", config.toString()).ready();
                TestBrowser browser = new TestBrowser()) {
            Credentials key =
                    Credentials.find(Map.of(), data.resolve("credentials"), new SecureRandom());
            Page page = browser.loggedIn(server.endpoint(), width, key.accessKeyId(), key.secret());
            browser.assertAccessible(page);

            bringIn(page, browser);
            assertThat(uploads(data)).as("what was uploaded is gone with its import").isEmpty();
            copyAndWatch(page);
            failAndMend(page, browser);
            for (String region : List.of(ONE, OTHER, THIRD)) {
                arrived(page, region);
            }
            browser.assertNoComplaints();
        }
    }

    private void bringIn(Page page, TestBrowser browser) throws IOException {
        page.locator("ul.regions").getByText(SOURCE).click();
        page.getByText("Bring in a disk", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        page.getByLabel("Disk image on this computer").setInputFiles(disk());
        assertThat(page.getByLabel("Name of the image").first()).hasValue("debian-13");
        browser.assertAccessible(page);
        page.evaluate(KEEP_AMOUNT);
        TestBrowser.press(page, "Upload and import");
        assertThat(page.getByText("The import is on its way.")).isVisible();
        assertThat((String) page.evaluate("sessionStorage.getItem('amount')")).contains("of 40");
        assertThat(page.locator("table.images .state")).hasText("available");
    }

    private static List<Path> uploads(Path data) throws IOException {
        try (var files = Files.walk(data.resolve("buckets"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void startCopies(Page page, String name, Runnable more, String... to) {
        page.navigate(console(page) + "regions/" + SOURCE);
        page.getByText("Copy…").click();
        for (String destination : to) {
            page.locator("input[name='to." + destination + "']").check();
        }
        page.getByLabel("Name of the copies").fill(name);
        more.run();
        TestBrowser.press(page, "Start copying");
        for (String destination : to) {
            assertThat(page.getByText("The copy to " + destination + " is on its way."))
                    .isVisible();
        }
    }

    private static String console(Page page) {
        return page.url().replaceFirst("/console/.*", "/console/");
    }

    private static Locator moving(Page page, String region) {
        return page.locator("#now .tasks li", new Page.LocatorOptions().setHasText("→ " + region));
    }

    private static void copyAndWatch(Page page) {
        startCopies(page, "moving", () -> {}, ONE, OTHER);
        Locator row = moving(page, OTHER);
        assertThat(page.locator("#pulse")).hasText("live");
        assertThat(row.locator(".percent")).hasText(Pattern.compile("^[1-9][0-9]? %$"));
        String first = row.locator(".percent").innerText();
        assertThat(row.locator(".percent")).not().hasText(first);
        assertThat(page.locator(".map .running")).not().hasCount(0);
        row.getByText("Cancel").click();
        assertThat(page.getByText("The copy is cancelled, and leaves nothing.")).isVisible();
        assertThat(moving(page, OTHER)).hasCount(0);

        startCopies(page, "moving", () -> {}, OTHER);
    }

    private static void failAndMend(Page page, TestBrowser browser) {
        page.navigate(console(page) + "keys");
        page.getByLabel("Make a key in " + THIRD).click();
        assertThat(page.getByText("The key is made.")).isVisible();
        String key =
                page.locator(
                                "#encryption li",
                                new Page.LocatorOptions().setHasText("the account’s"))
                        .last()
                        .locator("code")
                        .innerText();
        Runnable encrypted =
                () -> {
                    page.getByLabel("Encrypt the copies").check();
                    page.getByLabel("Key in the destination").fill(key);
                };
        startCopies(page, "sealed", encrypted, THIRD);
        page.navigate(console(page) + "keys");
        page.getByLabel("Disable " + key).click();

        page.navigate(console(page));
        Locator trouble = page.locator("#trouble");
        assertThat(trouble).containsText("it is disabled: enable it again");
        browser.assertAccessible(page);
        trouble.getByText("sealed").click();
        assertThat(page.getByText("It failed:")).isVisible();
        assertThat(page.locator("#progress")).containsText("See whether the key is enabled");
        browser.assertAccessible(page);
        page.locator("#progress").getByText("Keys").click();
        page.getByLabel("Enable " + key).click();
        assertThat(page.getByText("The key is enabled.")).isVisible();
        page.goBack();
        page.goBack();
        page.getByText("Start the copy again…").click();
        assertThat(page.locator("input[name='to." + THIRD + "']")).isChecked();
        page.getByLabel("Name of the copies").fill("sealed");
        encrypted.run();
        TestBrowser.press(page, "Start copying");
        assertThat(page.getByText("The copy to " + THIRD + " is on its way.")).isVisible();
    }

    private static void arrived(Page page, String region) {
        page.navigate(console(page) + "regions/" + region);
        assertThat(page.locator("table.images .s-Available").first()).isVisible();
        assertThat(page.getByText("Nothing runs or waits here.")).isVisible();
    }
}
