package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// share, set, publish, and what images and copy know of others.
final class SharingCommandsTest extends CommandTest {
    private static final String OTHER = "1000000000000002";

    @Test
    void sharesAnImageAndListsWhoSeesIt() {
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "--with", OTHER)).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        ACCOUNT           SINCE
                        1000000000000002  2026-11-22T01:09:36Z
                        """);
        var request = scene().server().requests("ModifyImageSharePermission").getFirst();
        assertThat(request.get("ImageId")).isEqualTo("m-1");
        assertThat(request.get("RegionId")).isEqualTo(SHANGHAI);
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "--remove", OTHER)).isZero();
        assertThat(scene().out()).isEqualTo("ACCOUNT  SINCE\n");
    }

    @Test
    void everybodyIsOneOfThoseWhoSee() {
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "--public")).isZero();
        assertThat(scene().out()).contains("everybody");
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "--private")).isZero();
        assertThat(scene().out()).doesNotContain("everybody");
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "--public", "--private"))
                .isEqualTo(1);
        assertThat(scene().err()).contains("--public or --private, and not both");
    }

    @Test
    void withoutOptionsSharingOnlyLists() {
        assertThat(scene().run("share", "m-1", "--region", SHANGHAI, "-o", "json")).isZero();

        assertThat(scene().server().requests("ModifyImageSharePermission")).isEmpty();
        assertThat(scene().json().path("TotalCount").asInt()).isZero();
    }

    @Test
    void setsWhatIsGivenAndNothingElse() {
        scene().cloud().anImage(HANGZHOU, "golden", new byte[] {1});

        assertThat(
                        scene().run(
                                        "set",
                                        "m-1",
                                        "--region",
                                        HANGZHOU,
                                        "--description",
                                        "",
                                        "--family",
                                        "metals",
                                        "--deprecated"))
                .isZero();

        assertThat(scene().out()).startsWith("REGION").contains("m-1", "golden");
        var request = scene().server().requests("ModifyImageAttribute").getFirst();
        assertThat(request.parameters()).containsEntry("Description", "");
        assertThat(request.get("ImageFamily")).isEqualTo("metals");
        assertThat(request.get("Status")).isEqualTo("Deprecated");
        assertThat(request.parameters()).doesNotContainKeys("ImageName", "BootMode");
        assertThat(scene().run("set", "m-1", "--region", HANGZHOU, "--deprecated", "--available"))
                .isEqualTo(1);
    }

    @Test
    void publishesAndWithdraws() {
        assertThat(scene().run("publish", "m-1", "--region", HANGZHOU, "--into", SHANGHAI))
                .isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       IMAGE  PUBLISHED IN
                        cn-hangzhou  m-1    cn-shanghai
                        """);
        assertThat(scene().server().requests("PublishImage").getFirst().get("Region.1"))
                .isEqualTo(SHANGHAI);
        assertThat(scene().run("publish", "m-1", "--region", HANGZHOU, "--withdraw")).isZero();
        assertThat(scene().server().requests("UnpublishImage")).hasSize(1);
        assertThat(scene().run("publish", "m-1", "--region", HANGZHOU)).isEqualTo(1);
        assertThat(scene().err()).contains("--into and a region, or --withdraw");
    }

    @Test
    void listsByFamilyGroupTagAndOwner() {
        assertThat(
                        scene().run(
                                        "images",
                                        "--region",
                                        HANGZHOU,
                                        "--family",
                                        "metals",
                                        "--group",
                                        "rg-1",
                                        "--tag",
                                        "app=web",
                                        "--shared"))
                .isZero();

        var request = scene().server().requests("DescribeImages").getFirst();
        assertThat(request.get("ImageFamily")).isEqualTo("metals");
        assertThat(request.get("ResourceGroupId")).isEqualTo("rg-1");
        assertThat(request.get("Tag.1.Key")).isEqualTo("app");
        assertThat(request.get("Tag.1.Value")).isEqualTo("web");
        assertThat(request.get("ImageOwnerAlias")).isEqualTo("others");
        scene().run("images", "--region", HANGZHOU, "--public");
        assertThat(scene().server().requests("DescribeImages").getLast().get("ImageOwnerAlias"))
                .isEqualTo("community");
        scene().run("images", "--region", HANGZHOU, "--market");
        assertThat(scene().server().requests("DescribeImages").getLast().get("ImageOwnerAlias"))
                .isEqualTo("marketplace");
        assertThat(scene().run("images", "--shared", "--market")).isEqualTo(1);
    }
}
