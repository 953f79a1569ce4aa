package org.imageferry.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.Test;

/// The page of a region with a thousand images, in a real browser.
class LargeRegionTest {
    private static final int IMAGES = 1_000;

    /// All that a page has before its list: the bar, the search, a link, and the table that scrolls.
    private static final int MOST_TABS = 15;

    @Test
    void aThousandImagesArePagedFoundByNameAndReachedByKeyboard() throws Exception {
        assumeTrue(TestBrowser.executable().isPresent(), TestBrowser.MISSING);
        try (ActionScene scene = new ActionScene();
                TestBrowser browser = new TestBrowser()) {
            for (int i = 0; i < IMAGES; i++) {
                scene.image("golden-%04d".formatted(i));
                scene.pass(java.time.Duration.ofSeconds(1));
            }
            String origin = "http://127.0.0.1:" + scene.port();
            for (int width : new int[] {TestBrowser.WIDE, TestBrowser.NARROW}) {
                Page page = browser.loggedIn(origin, width, "testid", "testsecret");
                page.navigate(origin + "/console/regions/" + ActionScene.HANGZHOU);
                browser.assertAccessible(page);
                isPaged(page);
                isFoundByKeyboard(page);
                page.context().close();
            }
            browser.assertNoComplaints();
        }
    }

    private static void isPaged(Page page) {
        assertThat(page.locator("#images-title")).hasText("Images 1000");
        assertThat(page.locator("table.images tbody tr")).hasCount(100);
        assertThat(page.locator("table.images tbody tr").first()).containsText("golden-0999");
        assertThat(page.getByText("1 of 10")).isVisible();
        page.getByText("Older").click();
        assertThat(page.getByText("2 of 10")).isVisible();
        assertThat(page.locator("table.images tbody tr").first()).containsText("golden-0899");
        page.getByText("Newer").click();
        assertThat(page.locator("table.images tbody tr").first()).containsText("golden-0999");
    }

    private static Object focused(Page page) {
        return page.evaluate("document.activeElement.textContent");
    }

    /// From the head of the page on with nothing but the keyboard.
    private static void isFoundByKeyboard(Page page) {
        page.keyboard().press("Tab");
        assertThat(page.getByText("To the content")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Images by name")).isFocused();
        page.keyboard().type("0777");
        page.keyboard().press("Enter");
        assertThat(page.locator("table.images tbody tr")).hasCount(1);
        for (int i = 0; i < MOST_TABS && !"golden-0777".equals(focused(page)); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo("golden-0777");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("/console/images/"));
        assertThat(page.locator("h1")).containsText("golden-0777");
    }
}
