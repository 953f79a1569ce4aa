package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Progress;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DescribeImagesTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private List<String> names(String region, String... filter) {
        List<String> parameters = new ArrayList<>(List.of("RegionId", region));
        parameters.addAll(List.of(filter));
        JsonNode answer = scene.call("DescribeImages", parameters.toArray(String[]::new));
        List<String> names = new ArrayList<>();
        answer.path("Images")
                .path("Image")
                .forEach(image -> names.add(image.path("ImageName").asString()));
        return names;
    }

    /// Every field of the page, in JSON and in XML, for an image with two disks and a tag.
    @ParameterizedTest
    @ValueSource(strings = {"json", "xml"})
    void anImageHasAllFieldsOfThePage(String format) throws IOException {
        ImageId id =
                scene.image(
                        EdgeScene.ACCOUNT,
                        "golden",
                        new Tags(Map.of("team", "a<b")),
                        2 * GIB + 1,
                        3 * GIB);
        var disks = scene.find(id).orElseThrow().disks();

        RawHttp.Reply reply =
                scene.client().rpc("DescribeImages", "RegionId", HANGZHOU, "Format", format);

        assertThat(reply.text())
                .isEqualToIgnoringWhitespace(
                        golden("DescribeImages." + format)
                                .replace("{request}", reply.header("x-acs-request-id"))
                                .replace("{image}", id.value())
                                .replace(
                                        "{group}",
                                        ResourceGroupId.standard(EdgeScene.ACCOUNT).value())
                                .replace("{system}", disks.getFirst().snapshot().value())
                                .replace("{data}", disks.getLast().snapshot().value()));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in =
                DescribeImagesTest.class.getResourceAsStream("/ecs/answers/" + name)) {
            if (in == null) {
                throw new AssertionError("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsNotFoundIsAnEmptyListInItsWrapper() {
        RawHttp.Reply json =
                scene.ask("DescribeImages", "RegionId", HANGZHOU, "ImageId", "m-nothing");
        RawHttp.Reply xml =
                scene.client().rpc("DescribeImages", "RegionId", HANGZHOU, "Format", "XML");

        assertThat(json.status()).isEqualTo(200);
        assertThat(json.text())
                .contains(
                        "\"Images\":{\"Image\":[]},\"TotalCount\":0,\"PageNumber\":1,\"PageSize\":10");
        assertThat(xml.text()).contains("<Images></Images>");
    }

    @Test
    void aCopyIsHiddenUntilItIsAvailableUnlessAskedFor() {
        ImageId copy = scene.copyOf(scene.image("golden"), "copy");

        assertThat(names(SHANGHAI)).isEmpty();
        assertThat(names(SHANGHAI, "Status", "Waiting,Creating")).containsExactly("copy");
        assertThat(names(SHANGHAI, "Status", "ALL")).containsExactly("copy");
        assertThat(names(SHANGHAI, "Status", "Available, CreateFailed")).isEmpty();
        assertThat(names(SHANGHAI, "Status", "UnAvailable,Deprecated,Foo")).isEmpty();
        assertThat(names(SHANGHAI, "Status", "ALL", "Usable", "true")).isEmpty();
        assertThat(names(SHANGHAI, "Status", "ALL", "Usable", "false")).containsExactly("copy");
        scene.change(copy, new ImageState.Available());
        assertThat(names(SHANGHAI)).containsExactly("copy");
        assertThat(names(SHANGHAI, "Status", "Available", "Usable", "true"))
                .containsExactly("copy");
    }

    @Test
    void aCopyShowsHowFarItIsAndHowLongItMayTake() {
        ImageId copy = scene.copyOf(scene.image("golden"), "copy");
        assertThat(only(SHANGHAI).path("Progress").asString()).isEqualTo("0%");
        assertThat(only(SHANGHAI).path("Status").asString()).isEqualTo("Waiting");

        scene.change(scene.taskOf(copy), task -> task.start(scene.now(), 0));
        scene.change(copy, new ImageState.Creating());
        scene.change(scene.taskOf(copy), task -> task.with(new Progress(1000, 250, 250, 100)));
        scene.pass(Duration.ofSeconds(10));

        JsonNode image = only(SHANGHAI);
        assertThat(image.path("Status").asString()).isEqualTo("Creating");
        assertThat(image.path("Progress").asString()).isEqualTo("25%");
        assertThat(image.path("IsCopied").asBoolean()).isTrue();
        assertThat(image.path("Usable").asBoolean()).isFalse();
        JsonNode disk = image.path("DiskDeviceMappings").path("DiskDeviceMapping").path(0);
        assertThat(disk.path("Progress").asString()).isEqualTo("25%");
        assertThat(disk.path("RemainTime").asInt()).isEqualTo(30);
    }

    @Test
    void aFailedCopyStaysVisibleByItsStatus() {
        ImageId copy = scene.copyOf(scene.image("golden"), "copy");
        scene.change(
                scene.taskOf(copy), task -> task.end(new TaskState.Failed(scene.now(), "rot")));
        scene.change(copy, new ImageState.CreateFailed("rot"));

        assertThat(names(SHANGHAI, "Status", "CreateFailed")).containsExactly("copy");
        JsonNode image = only(SHANGHAI);
        assertThat(image.path("Size").asInt()).isEqualTo(3);
        assertThat(image.path("DiskDeviceMappings").path("DiskDeviceMapping").isArray()).isTrue();
    }

    private JsonNode only(String region) {
        JsonNode images =
                scene.call("DescribeImages", "RegionId", region, "Status", "ALL")
                        .path("Images")
                        .path("Image");
        assertThat(images.size()).isEqualTo(1);
        return images.path(0);
    }

    @Test
    void namesAreExactAndAStarStandsForAnything() {
        scene.image("golden-1");
        scene.image("golden-10");

        assertThat(names(HANGZHOU, "ImageName", "golden-1")).containsExactly("golden-1");
        assertThat(names(HANGZHOU, "ImageName", "golden-*"))
                .containsExactlyInAnyOrder("golden-1", "golden-10");
        assertThat(names(HANGZHOU, "ImageName", "golden")).isEmpty();
    }

    @Test
    void severalIdsAreAskedForWithCommas() {
        ImageId one = scene.image("one");
        ImageId two = scene.image("two");
        scene.image("three");

        assertThat(names(HANGZHOU, "ImageId", one + "," + two + ",m-nothing"))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void tagsMustAllMatchInNewAndLegacySpelling() {
        scene.image(EdgeScene.ACCOUNT, "one", new Tags(Map.of("a", "1", "b", "2")), GIB);
        scene.image(EdgeScene.ACCOUNT, "two", new Tags(Map.of("a", "1")), GIB);

        assertThat(names(HANGZHOU, "Tag.1.Key", "a", "Tag.1.Value", "1"))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(names(HANGZHOU, "Tag.1.key", "a", "Tag.2.key", "b", "Tag.2.value", "2"))
                .containsExactly("one");
        assertThat(names(HANGZHOU, "Tag.1.Key", "a", "Tag.1.Value", "3")).isEmpty();
    }

    @Test
    void otherFiltersFindWhatImagesHereAre() {
        ImageId id = scene.image("golden");
        String snapshot = scene.find(id).orElseThrow().disks().getFirst().snapshot().value();
        String now = "2026-11-22T01:09:36Z";

        for (String[] filter :
                new String[][] {
                    {"SnapshotId", snapshot},
                    {"OSType", "linux"},
                    {"Architecture", "x86_64"},
                    {"Usage", "none"},
                    {"ImageOwnerAlias", "self"},
                    {"IsSupportIoOptimized", "true"},
                    {"Filter.1.Key", "CreationStartTime", "Filter.1.Value", now},
                    {"Filter.1.Key", "CreationEndTime", "Filter.1.Value", "2026-11-22T01:10Z"},
                    {"Filter.1.Key", "CpuOnlineUpgrade", "Filter.1.Value", "unsupported"},
                    {"InstanceType", "ecs.g5.large", "ActionType", "ChangeOS", "Unknown", "x"}
                }) {
            assertThat(names(HANGZHOU, filter))
                    .as(String.join(" ", filter))
                    .containsExactly("golden");
        }
        for (String[] filter :
                new String[][] {
                    {"SnapshotId", "s-nothing"},
                    {"OSType", "windows"},
                    {"Architecture", "arm64"},
                    {"Usage", "instance"},
                    {"ImageOwnerAlias", "system"},
                    {"ImageOwnerAlias", "others", "IsPublic", "true"},
                    {"ImageFamily", "f"},
                    {"ResourceGroupId", "rg"},
                    {"IsSupportCloudinit", "false"},
                    {"Filter.1.Key", "CreationStartTime", "Filter.1.Value", "2026-11-22T01:10Z"},
                    {"Filter.1.Key", "MemoryOnlineUpgrade", "Filter.1.Value", "supported"}
                }) {
            assertThat(names(HANGZHOU, filter)).as(String.join(" ", filter)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ImageOwnerAlias|mine|400|InvalidImageOwnerAlias.ValueNotSupported",
                "ImageOwnerId|1|400|InvalidOperation.ImageOwnerIdUnsupported",
                "IsPublic|true|400|InvalidImageOwnerAlias.PublicImageUnsupported",
                "OSType|beos|404|InvalidOSType",
                "Architecture|sparc|404|InvalidArchitecture",
                "Usage|all|404|InvalidUsage",
                "ActionType|Fly|400|InvalidParamter",
                "Filter.1.Key|Color|404|InvalidFilterKey.NotFound",
                "Filter.1.Key|CreationEndTime|404|InvalidFilterValue",
                "Filter.1.Key|NetworkType|400|InvalidFilterValue.NetworkType",
                "Tag.1.Value|x|400|InvalidTag.Mismatch",
                "PageSize|101|400|InvalidParameter.Format",
                "PageNumber|0|400|InvalidParameter.Format",
                "DryRun|true|400|DryRunOperation",
                "RegionId|cn-nowhere|404|InvalidRegionId.NotFound",
                "RegionId||400|MissingParameter"
            })
    void aBadFilterIsRefused(String name, String value, int status, String code) {
        RawHttp.Reply reply =
                name.equals("RegionId")
                        ? scene.ask("DescribeImages", name, value == null ? "" : value)
                        : scene.ask("DescribeImages", "RegionId", HANGZHOU, name, value);

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void listsArePaged() {
        for (int i = 0; i < 12; i++) {
            scene.image("image-" + i);
            scene.pass(Duration.ofSeconds(1));
        }
        JsonNode page =
                scene.call(
                        "DescribeImages", "RegionId", HANGZHOU, "PageNumber", "3", "PageSize", "5");

        assertThat(page.path("TotalCount").asInt()).isEqualTo(12);
        assertThat(page.path("PageNumber").asInt()).isEqualTo(3);
        assertThat(page.path("PageSize").asInt()).isEqualTo(5);
        assertThat(page.path("Images").path("Image").size()).isEqualTo(2);
        assertThat(names(HANGZHOU, "PageSize", "2")).containsExactly("image-11", "image-10");
    }

    @Test
    void nobodySeesWhatOthersHave() {
        scene.image("golden");
        scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, GIB);

        JsonNode answer = scene.askAsOther("DescribeImages", "RegionId", HANGZHOU).json();

        assertThat(answer.path("TotalCount").asInt()).isEqualTo(1);
        assertThat(answer.path("Images").path("Image").path(0).path("ImageName").asString())
                .isEqualTo("theirs");
    }
}
