package org.imageferry.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.server.BrowserScene.NARROW;
import static org.imageferry.server.BrowserScene.SOURCE;
import static org.imageferry.server.BrowserScene.WIDE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console as a person meets it: a real browser, at the width of a desk and of a phone, before a real
/// server. [ConsoleWalkTest] begins with nothing and sees copies move.
class ConsoleBrowserTest {
    @TempDir static Path folder;

    private static @Nullable BrowserScene started;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(TestBrowser.executable().isPresent(), TestBrowser.MISSING);
        started = new BrowserScene(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (started != null) {
            started.close();
        }
    }

    private static BrowserScene scene() {
        return Objects.requireNonNull(started);
    }

    @AfterEach
    void nothingWasAskedElsewhereAndNothingWasForbidden() {
        scene().assertNoComplaints();
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void everyPageIsAccessible(int width) throws Exception {
        Page page = scene().open(width);
        scene().assertAccessible(page);
        scene().login(page, "a wrong secret");
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText("There is no such access key, or its secret is another.");
        scene().assertAccessible(page);
        page.context().close();

        page = scene().loggedIn(width);
        for (String path :
                List.of(
                        "",
                        "activity",
                        "keys",
                        "regions/" + SOURCE,
                        "regions/cn-shanghai",
                        "images/" + SOURCE + "/" + scene().golden(),
                        "no/such/page")) {
            scene().go(page, path);
            scene().assertAccessible(page);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aCopyThatFailedSaysWhyAndWhatToDo(int width) throws Exception {
        String destination = width == WIDE ? "cn-shanghai" : "ap-southeast-1";
        Page page = scene().loggedIn(width);
        scene().go(page, "keys");
        page.getByLabel("Make a key in " + destination).click();
        assertThat(page.getByText("The key is made.")).isVisible();
        String key =
                page.locator(
                                "#encryption li",
                                new Page.LocatorOptions().setHasText("the account’s"))
                        .last()
                        .locator("code")
                        .innerText();
        scene().go(page, "images/" + SOURCE + "/" + scene().golden());
        page.locator("input[name='to." + destination + "']").check();
        page.getByLabel("Name of the copies").fill("sealed");
        page.getByLabel("Encrypt the copies").check();
        page.getByLabel("Key in the destination").fill(key);
        TestBrowser.press(page, "Start copying");
        assertThat(page.getByText("is on its way.")).isVisible();
        scene().assertAccessible(page);
        scene().go(page, "keys");
        page.getByLabel("Disable " + key).click();
        assertThat(page.getByText("The key is disabled.")).isVisible();

        scene().go(page, "regions/" + destination);
        page.locator("table.images")
                .getByText("sealed", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByText("It failed:")).isVisible();
        assertThat(page.locator("#progress")).containsText("it is disabled: enable it again");
        assertThat(page.getByText("Start the copy again…")).isVisible();
        scene().assertAccessible(page);
        scene().go(page, "");
        assertThat(page.locator("#trouble")).containsText("it is disabled: enable it again");
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void anImageIsTaggedSearchedForAndDeleted(int width) throws Exception {
        String copy = scene().copy("eu-central-1", "short-lived-" + width);
        assertThat(scene().wire().outcome("eu-central-1", copy)).isEqualTo("Available");
        Page page = scene().loggedIn(width);
        scene().go(page, "regions/eu-central-1");
        page.getByLabel("Images by name").fill("lived-" + width);
        TestBrowser.press(page, "Search");
        page.getByText("short-lived-" + width).click();
        assertThat(page.locator("#lineage")).containsText(scene().golden());

        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("stage");
        page.getByLabel("Value").fill("gold");
        TestBrowser.press(page, "Tag");
        assertThat(page.getByText("stage = gold")).isVisible();
        scene().assertAccessible(page);
        page.getByLabel("Take the tag stage off").click();
        assertThat(page.getByText("stage = gold")).hasCount(0);

        page.getByLabel("Account").fill("1");
        TestBrowser.press(page, "Share");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That was refused");
        page.getByText("Delete this image").click();
        TestBrowser.press(page, "Delete short-lived-" + width);
        assertThat(page.getByText("The image is deleted.")).isVisible();
        assertThat(scene().wire().find("eu-central-1", copy)).isEmpty();
    }

    @Test
    void allCanBeReachedByKeyboard() {
        Page page = scene().loggedIn(WIDE);

        page.keyboard().press("Tab");
        assertThat(page.getByText("To the content")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");

        assertThat(page.evaluate("document.activeElement.closest('main') !== null"))
                .isEqualTo(true);
    }
}
