package org.imageferry.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.server.BrowserScene.NARROW;
import static org.imageferry.server.BrowserScene.SOURCE;
import static org.imageferry.server.BrowserScene.WIDE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console as a person meets it: a real browser, at the width of a desk and of a phone, before a real
/// server that copies real bytes. Needs Chromium; `CHROMIUM` names one that is elsewhere than usual.
class ConsoleBrowserTest {
    /// Far more than anything here takes, even on a busy machine.
    private static final int PATIENCE_MS = 90_000;

    @TempDir static Path folder;

    private static @Nullable BrowserScene started;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                BrowserScene.executable().isPresent(),
                "THE CONSOLE WAS NOT TESTED IN A BROWSER: there is no Chromium here");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
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
    void aCopyIsSeenToMoveIsCancelledAndStartedAgain(int width) throws Exception {
        String destination = width == WIDE ? "cn-shanghai" : "ap-southeast-1";
        Page page = scene().loggedIn(width);
        startCopies(page, destination, "eu-central-1");

        Locator row =
                page.locator(
                        "#now .tasks li", new Page.LocatorOptions().setHasText("→ " + destination));
        assertThat(row.locator(".percent")).hasText(Pattern.compile("^[1-9][0-9]? %$"));
        String first = row.locator(".percent").innerText();
        assertThat(row.locator(".percent")).not().hasText(first);
        assertThat(page.locator(".map .running")).not().hasCount(0);
        assertThat(page.locator("#pulse")).hasText("live");
        row.getByText("Cancel").click();
        assertThat(page.getByText("The copy is cancelled, and leaves nothing.")).isVisible();
        assertThat(moving(destination)).isEmpty();

        startCopies(page, destination);
        // what had arrived is not moved twice, so this may be quick
        assertThat(scene().wire().outcome(destination, moving(destination).getFirst().id()))
                .isEqualTo("Available");
        assertThat(row).hasCount(0);
        assertThat(moving(destination)).singleElement().matches(Wire.Shown::available);
        scene().delete("eu-central-1", moving("eu-central-1").getFirst().id());
    }

    private static List<Wire.Shown> moving(String region) throws Exception {
        return scene().wire().images(region).stream()
                .filter(image -> image.name().equals("moving"))
                .toList();
    }

    private static void startCopies(Page page, String... destinations) {
        scene().go(page, "regions/" + SOURCE);
        page.locator("#i-" + scene().golden()).getByText("Copy…").click();
        for (String destination : destinations) {
            page.locator("input[name='to." + destination + "']").check();
        }
        page.getByLabel("Name of the copies").fill("moving");
        BrowserScene.press(page, "Start copying");
        for (String destination : destinations) {
            assertThat(page.getByText("The copy to " + destination + " is on its way."))
                    .isVisible();
        }
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
        BrowserScene.press(page, "Start copying");
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
        assertThat(BrowserScene.button(page, "Start the copy again")).isVisible();
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
        BrowserScene.press(page, "Search");
        page.getByText("short-lived-" + width).click();
        assertThat(page.locator("#lineage")).containsText(scene().golden());

        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("stage");
        page.getByLabel("Value").fill("gold");
        BrowserScene.press(page, "Tag");
        assertThat(page.getByText("stage = gold")).isVisible();
        scene().assertAccessible(page);
        page.getByLabel("Take the tag stage off").click();
        assertThat(page.getByText("stage = gold")).hasCount(0);

        page.getByLabel("Account").fill("1");
        BrowserScene.press(page, "Share");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That was refused");
        page.getByText("Delete this image").click();
        BrowserScene.press(page, "Delete short-lived-" + width);
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
