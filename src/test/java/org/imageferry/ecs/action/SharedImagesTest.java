package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.EdgeScene.ACCOUNT;
import static org.imageferry.ecs.EdgeScene.OTHER;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Which of others' images DescribeImages and DescribeImageDetail show, and what of them.
class SharedImagesTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden =
            scene.image(ACCOUNT, "golden", new Tags(Map.of("app", "web")), 2 * GIB);
    private final ImageId theirs = scene.image(OTHER, "theirs", Tags.NONE, GIB);

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String[] with(List<String> first, String... more) {
        List<String> parameters = new ArrayList<>(first);
        parameters.addAll(List.of(more));
        return parameters.toArray(String[]::new);
    }

    private void share(String name, String value) {
        scene.call(
                "ModifyImageSharePermission",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                name,
                value);
    }

    private JsonNode listedToOther(String... filter) {
        JsonNode answer =
                scene.askAsOther("DescribeImages", with(List.of("RegionId", HANGZHOU), filter))
                        .json();
        JsonNode images = answer.path("Images").path("Image");
        assertThat(answer.path("TotalCount").asInt()).isEqualTo(images.size());
        return images;
    }

    private List<String> toOther(String... filter) {
        return listedToOther(filter)
                .valueStream()
                .map(image -> image.path("ImageName").asString())
                .sorted()
                .toList();
    }

    @Test
    void aSharedImageIsListedUntilItIsNot() {
        assertThat(toOther()).containsExactly("theirs");
        share("AddAccount.1", OTHER.value());
        assertThat(toOther()).containsExactly("golden", "theirs");
        assertThat(toOther("ImageOwnerAlias", "others")).containsExactly("golden");
        assertThat(toOther("ImageOwnerAlias", "self")).containsExactly("theirs");
        assertThat(toOther("ImageId", golden.value() + "," + theirs.value()))
                .containsExactly("golden", "theirs");
        assertThat(toOther("ImageName", "gold*")).containsExactly("golden");
        share("RemoveAccount.1", OTHER.value());
        assertThat(toOther()).containsExactly("theirs");
        assertThat(toOther("ImageId", golden.value())).isEmpty();
    }

    @Test
    void aPublicImageIsListedForWhoAsksForPublicOnes() {
        share("IsPublic", "true");

        assertThat(toOther()).containsExactly("theirs");
        assertThat(toOther("ImageOwnerAlias", "others")).isEmpty();
        assertThat(toOther("ImageOwnerAlias", "others", "IsPublic", "true"))
                .containsExactly("golden");
        assertThat(toOther("ImageOwnerAlias", "community")).containsExactly("golden");
        assertThat(toOther("ImageOwnerAlias", "community", "ImageOwnerId", OTHER.value()))
                .isEmpty();
        JsonNode image = listedToOther("ImageOwnerAlias", "community").path(0);
        assertThat(image.path("IsPublic").asBoolean()).isTrue();
        assertThat(image.path("ImageOwnerAlias").asString()).isEqualTo("others");
    }

    @Test
    void theMarketplaceIsListedForWhoAsksForIt() {
        scene.own(
                "PublishImage",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                "Region.1",
                SHANGHAI);

        assertThat(toOther()).containsExactly("theirs");
        JsonNode image = listedToOther("ImageOwnerAlias", "marketplace").path(0);
        assertThat(image.path("ImageName").asString()).isEqualTo("golden");
        assertThat(image.path("ImageOwnerAlias").asString()).isEqualTo("marketplace");
    }

    @Test
    void ownersAreToldApart() {
        share("AddAccount.1", OTHER.value());

        assertThat(toOther("ImageOwnerAlias", "others", "ImageOwnerId", ownerOf("golden")))
                .containsExactly("golden");
        assertThat(toOther("ImageOwnerAlias", "others", "ImageOwnerId", ownerOf("theirs")))
                .isEmpty();
        assertThat(toOther("ImageOwnerAlias", "others", "ImageOwnerId", "me")).isEmpty();
    }

    private String ownerOf(String name) {
        return listedToOther("ImageName", name).path(0).path("ImageOwnerId").asString();
    }

    @Test
    void ofAnothersImageNeitherTagsNorGroupNorSnapshotsAreShown() {
        share("AddAccount.1", OTHER.value());

        JsonNode image = listedToOther("ImageOwnerAlias", "others").path(0);

        assertThat(image.path("ImageOwnerAlias").asString()).isEqualTo("others");
        assertThat(image.path("IsSelfShared").asString()).isEmpty();
        assertThat(image.path("Tags").path("Tag").isEmpty()).isTrue();
        assertThat(image.path("ResourceGroupId").asString()).isEmpty();
        JsonNode disk = image.path("DiskDeviceMappings").path("DiskDeviceMapping").path(0);
        assertThat(disk.path("Size").asString()).isEqualTo("2");
        assertThat(disk.path("SnapshotId").asString()).isEmpty();
    }

    @Test
    void nobodyGuessesAnothersTagsGroupOrSnapshots() {
        share("AddAccount.1", OTHER.value());
        String snapshot = scene.find(golden).orElseThrow().disks().getFirst().snapshot().value();
        String group = ResourceGroupId.standard(ACCOUNT).value();
        for (String alias : List.of("", "others")) {
            assertThat(toOther("ImageOwnerAlias", alias, "Tag.1.Key", "app")).isEmpty();
            assertThat(toOther("ImageOwnerAlias", alias, "SnapshotId", snapshot)).isEmpty();
            assertThat(toOther("ImageOwnerAlias", alias, "ResourceGroupId", group)).isEmpty();
        }
    }

    @Test
    void itsOwnerSeesThatAnImageIsShared() {
        assertThat(mine().path("IsSelfShared").asString()).isEqualTo("False");
        share("AddAccount.1", OTHER.value());
        assertThat(mine().path("IsSelfShared").asString()).isEqualTo("True");
        assertThat(mine().path("ImageOwnerAlias").asString()).isEqualTo("self");
    }

    private JsonNode mine() {
        return scene.call("DescribeImages", "RegionId", HANGZHOU)
                .path("Images")
                .path("Image")
                .path(0);
    }

    @Test
    void ownImagesAreFoundByGroupAndFamily() {
        String group = ResourceGroupId.standard(ACCOUNT).value();
        assertThat(own("ResourceGroupId", group)).containsExactly("golden");
        assertThat(own("ResourceGroupId", "rg-other1")).isEmpty();
        assertThat(own("ImageFamily", "metals")).isEmpty();
        scene.call(
                "ModifyImageAttribute",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                "ImageFamily",
                "metals");
        assertThat(own("ImageFamily", "metals")).containsExactly("golden");
    }

    private List<String> own(String... filter) {
        return scene.call("DescribeImages", with(List.of("RegionId", HANGZHOU), filter))
                .path("Images")
                .path("Image")
                .valueStream()
                .map(image -> image.path("ImageName").asString())
                .toList();
    }

    @Test
    void theDetailOfAnothersImageHasItsOwnersSecretsLeftOut() {
        assertThat(detailAsOther().path("Code").asString()).isEqualTo("InvalidImageId.NotFound");
        share("AddAccount.1", OTHER.value());

        JsonNode detail = detailAsOther();

        assertThat(detail.path("ImageName").asString()).isEqualTo("golden");
        assertThat(detail.path("Task").isEmpty()).isTrue();
        assertThat(detail.path("Disks").path("Disk").isEmpty()).isTrue();
        assertThat(detail.path("Copies").path("Copy").isEmpty()).isTrue();
        JsonNode copied =
                scene.askAsOther("CopyImage", "RegionId", HANGZHOU, "ImageId", golden.value())
                        .json();
        JsonNode copies = detailAsOther().path("Copies").path("Copy");
        assertThat(copies.size()).isEqualTo(1);
        assertThat(copies.path(0).path("ImageId")).isEqualTo(copied.path("ImageId"));
        assertThat(
                        scene.own(
                                        "DescribeImageDetail",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageId",
                                        golden.value())
                                .path("Copies")
                                .path("Copy")
                                .isEmpty())
                .isTrue();
    }

    private JsonNode detailAsOther() {
        return scene.client()
                .as("other", "othersecret")
                .acs3(
                        Api.FERRY.version(),
                        "DescribeImageDetail",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        golden.value())
                .json();
    }
}
