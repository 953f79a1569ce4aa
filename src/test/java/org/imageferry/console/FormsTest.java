package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.ImageId;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FormsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final String page = "/console/images/cn-hangzhou/" + golden;
    private final Surfer surfer = Surfer.loggedIn(scene.port(), "testid", "testsecret");

    @AfterEach
    void stop() {
        surfer.close();
        scene.close();
    }

    private long images(String region) {
        return scene.call("DescribeImages", "RegionId", region, "Status", "ALL")
                .path("TotalCount")
                .asLong(-1);
    }

    @Test
    void aCopyGoesToEachRegionThatIsTicked() {
        Surfer.Seen seen =
                surfer.submit(
                        page,
                        "copy",
                        Map.of(
                                "to.cn-shanghai",
                                "on",
                                "to.cn-hangzhou",
                                "on",
                                "name",
                                "twin",
                                "encrypt",
                                "on"));

        assertThat(seen.status()).isEqualTo(303);
        assertThat(seen.header("Location")).isEqualTo("/console/");
        assertThat(surfer.get("/console/").body())
                .contains("The copy to cn-shanghai is on its way.", "twin");
        assertThat(surfer.get("/console/").body()).doesNotContain("is on its way.");
        assertThat(images("cn-shanghai")).isEqualTo(1);
        assertThat(images("cn-hangzhou")).isEqualTo(2);
    }

    @Test
    void aFormThatIsSentTwiceIsDoneOnce() {
        Map<String, String> form = Surfer.form(surfer.get(page).body(), "tag");
        form.putAll(Map.of("key", "stage", "value", "gold"));
        surfer.post("/console/do/tag", form);
        surfer.submit(page, "untag", Map.of());

        Surfer.Seen again = surfer.post("/console/do/tag", form);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("SignatureNonceUsed").doesNotContain("stage = gold");
    }

    @Test
    void whereOneCopyIsRefusedTheOthersAreStillMade() {
        Surfer.Seen seen =
                surfer.submit(
                        page,
                        "copy",
                        Map.of("to.cn-shanghai", "on", "to.cn-hangzhou", "on", "name", "golden"));

        assertThat(seen.status()).isEqualTo(403);
        assertThat(seen.body())
                .contains("The copy to cn-hangzhou was refused", "IncorrectDestinationRegion")
                .contains("The copy to cn-shanghai is on its way.");
        assertThat(images("cn-shanghai")).isEqualTo(1);
    }

    @Test
    void noRegionTickedIsSaid() {
        Surfer.Seen seen = surfer.submit(page, "copy", Map.of("name", "twin"));

        assertThat(seen.status()).isEqualTo(400);
        assertThat(seen.body()).contains("No region is ticked");
    }

    @Test
    void aCopyIsCancelledFromTheFirstPageAndFromItsOwn() {
        ImageId one = scene.copyOf(golden, "one");
        surfer.submit("/console/", "cancel-copy", Map.of());
        assertThat(scene.find(one)).isEmpty();

        ImageId two = scene.copyOf(golden, "two");
        Surfer.Seen seen =
                surfer.submit("/console/images/cn-shanghai/" + two, "cancel-copy", Map.of());

        assertThat(scene.find(two)).isEmpty();
        assertThat(seen.header("Location")).startsWith("/console/regions/cn-shanghai");
    }

    @Test
    void anImageIsDeletedWithItsSnapshots() {
        surfer.submit(page, "delete", Map.of("snapshots", "on"));

        assertThat(scene.find(golden)).isEmpty();
        assertThat(
                        scene.call("DescribeSnapshots", "RegionId", "cn-hangzhou")
                                .path("TotalCount")
                                .asInt(-1))
                .isZero();
    }

    @Test
    void anImageIsTaggedAndSharedAndTheOtherWayRound() {
        surfer.submit(page, "tag", Map.of("key", "stage", "value", "gold"));
        surfer.submit(page, "share", Map.of("account", EdgeScene.OTHER.value()));
        assertThat(surfer.get(page).body()).contains("stage = gold", EdgeScene.OTHER.value());

        surfer.submit(page, "untag", Map.of());
        surfer.submit(page, "unshare", Map.of());

        assertThat(surfer.get(page).body())
                .doesNotContain("stage = gold", "<span>" + EdgeScene.OTHER.value());
    }

    @Test
    void whatTheApiRefusesIsSaidInItsWords() {
        Surfer.Seen seen = surfer.submit(page, "share", Map.of("account", "nobody"));

        assertThat(seen.status()).isBetween(400, 499);
        assertThat(seen.body()).contains("That was refused", "role=\"alert\"");
    }

    @Test
    void anImportBeginsWithAnObjectThatIsThere() {
        scene.object("golden.raw", 1L << 30);

        Surfer.Seen seen =
                surfer.submit(
                        "/console/regions/cn-hangzhou",
                        "import",
                        Map.of("bucket", "images", "object", "golden.raw", "name", "new"));

        assertThat(seen.status()).isEqualTo(303);
        assertThat(images("cn-hangzhou")).isEqualTo(2);
        surfer.submit("/console/", "cancel-task", Map.of());
        assertThat(images("cn-hangzhou")).isEqualTo(1);
    }

    @Test
    void accessKeysAreDeactivatedAndDeletedButNotTheOneInUse() {
        scene.user(EdgeScene.ACCOUNT, "reader");
        assertThat(surfer.get("/console/keys").body())
                .contains("key-of-reader", "logged in with it");

        surfer.submit("/console/keys", "access-key-status", Map.of());
        assertThat(Surfer.form(surfer.get("/console/keys").body(), "access-key-delete"))
                .containsEntry("key", "key-of-reader");
        surfer.submit("/console/keys", "access-key-delete", Map.of());

        scene.write(tables ->
                assertThat(tables.accessKeys().find(new AccessKeyId("key-of-reader"))).isEmpty());
    }

    @Test
    void encryptionKeysAreMadeAndDisabled() {
        surfer.submit("/console/keys", "encryption-key", Map.of());
        surfer.submit("/console/keys", "encryption-key-status", Map.of());

        assertThat(surfer.get("/console/keys").body()).contains("disabled</span>");
    }

    @Test
    void anUnknownFormIsNotFound() {
        Map<String, String> form = Surfer.form(surfer.get(page).body(), "tag");

        assertThat(surfer.post("/console/do/conquer", form).status()).isEqualTo(404);
    }
}
