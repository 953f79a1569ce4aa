package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DescribeSnapshotsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden =
            scene.image(EdgeScene.ACCOUNT, "golden", Tags.NONE, 2 * GIB + 1, 3 * GIB);
    private final String system = snapshot(golden, 0);
    private final String data = snapshot(golden, 1);

    private String snapshot(ImageId image, int disk) {
        return scene.find(image).orElseThrow().disks().get(disk).snapshot().value();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private List<String> ids(String region, String... filter) {
        List<String> ids = new ArrayList<>();
        list(region, filter).forEach(item -> ids.add(item.path("SnapshotId").asString()));
        return ids;
    }

    private JsonNode list(String region, String... filter) {
        List<String> parameters = new ArrayList<>(List.of("RegionId", region));
        parameters.addAll(List.of(filter));
        return scene.call("DescribeSnapshots", parameters.toArray(String[]::new))
                .path("Snapshots")
                .path("Snapshot");
    }

    @Test
    void theSnapshotOfACopySaysFromWhichItComes() {
        ImageId copy = scene.copyOf(golden, "copy");
        scene.change(
                scene.taskOf(copy),
                task -> task.start(scene.now(), 0).with(new Progress(100, 50, 0, 0)));

        JsonNode all = list(SHANGHAI, "SourceDiskType", "System");

        assertThat(all.size()).isEqualTo(1);
        JsonNode item = all.path(0);
        assertThat(item.path("SnapshotId").asString()).isEqualTo(snapshot(copy, 0));
        assertThat(item.path("SourceSnapshotId").asString()).isEqualTo(system);
        assertThat(item.path("SourceRegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(item.path("Status").asString()).isEqualTo("progressing");
        assertThat(item.path("Progress").asString()).isEqualTo("50%");
        assertThat(item.path("SourceDiskSize").asString()).isEqualTo("3");
        assertThat(item.path("Usage").asString()).isEqualTo("image");
        assertThat(item.path("Tags").path("Tag").isArray()).isTrue();
    }

    @Test
    void filtersFindWhatSnapshotsHereAre() {
        assertThat(ids(HANGZHOU)).containsExactlyInAnyOrder(system, data);
        assertThat(ids(HANGZHOU, "SnapshotIds", "[\"" + data + "\",\"s-x\"]"))
                .containsExactly(data);
        assertThat(ids(HANGZHOU, "SnapshotIds", "[\"s-x\"]")).isEmpty();
        assertThat(ids(HANGZHOU, "SourceDiskType", "data")).containsExactly(data);
        assertThat(ids(HANGZHOU, "Status", "accomplished", "SnapshotType", "user")).hasSize(2);
        assertThat(ids(HANGZHOU, "Status", "all", "Usage", "image", "Encrypted", "false"))
                .hasSize(2);
        assertThat(
                        ids(
                                HANGZHOU,
                                "Filter.1.Key",
                                "CreationStartTime",
                                "Filter.1.Value",
                                "2026-11-22T01:09Z"))
                .hasSize(2);
        for (String[] filter :
                new String[][] {
                    {"Status", "progressing"},
                    {"Status", "failed"},
                    {"SnapshotType", "auto"},
                    {"Usage", "none"},
                    {"Usage", "disk"},
                    {"Encrypted", "true"},
                    {"KMSKeyId", "k"},
                    {"DiskId", "d"},
                    {"Tag.1.Key", "a"},
                    {"Tag.1.Key", "a", "Tag.1.Value", "b"},
                    {"ResourceGroupId", "rg-other"},
                    {"ResourceGroupId", "no group"},
                    {"Category", "flash"},
                    {"SnapshotName", "x"},
                    {"Filter.1.Key", "CreationEndTime", "Filter.1.Value", "2026-11-22T01:09Z"}
                }) {
            assertThat(ids(HANGZHOU, filter)).as(String.join(" ", filter)).isEmpty();
        }
    }

    @Test
    void aSnapshotShowsAndIsFoundByWhatWasSaidOfIt() {
        scene.write(tables -> {
            Snapshot snapshot = tables.snapshots().find(new SnapshotId(system)).orElseThrow();
            ResourceGroupId group = snapshot.attributes().group();
            tables.snapshots()
                    .update(
                            snapshot.with(
                                            new SnapshotAttributes(
                                                    "golden-1",
                                                    new Description("before the upgrade"),
                                                    group,
                                                    Optional.of(30),
                                                    new Tags(Map.of("app", "web")),
                                                    true))
                                    .withDamage(Optional.of("a bit flipped")));
        });
        JsonNode item = list(HANGZHOU, "SnapshotName", "golden-*").path(0);

        assertThat(item.path("SnapshotId").asString()).isEqualTo(system);
        assertThat(item.path("Description").asString()).isEqualTo("before the upgrade");
        assertThat(item.path("RetentionDays").asInt()).isEqualTo(30);
        assertThat(item.path("Status").asString()).isEqualTo("accomplished");
        assertThat(item.path("Available").asBoolean()).isFalse();
        assertThat(item.path("Tags").toString())
                .isEqualTo("{\"Tag\":[{\"TagKey\":\"app\",\"TagValue\":\"web\"}]}");
        assertThat(ids(HANGZHOU, "Tag.1.Key", "app", "Tag.1.Value", "web")).containsExactly(system);
        assertThat(ids(HANGZHOU, "tag.1.key", "app")).containsExactly(system);
        String group = item.path("ResourceGroupId").asString();
        assertThat(ids(HANGZHOU, "ResourceGroupId", group)).hasSize(2);
    }

    @Test
    void aSnapshotWithoutImageIsUsedByNone() {
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", golden.value());

        assertThat(list(HANGZHOU, "Usage", "none").path(0).path("Usage").asString())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SnapshotIds|s-1|403|InvalidSnapshotIds.Malformed",
                "SnapshotIds|{}|403|InvalidSnapshotIds.Malformed",
                "Status|new|404|InvalidStatus.NotFound",
                "SnapshotType|x|404|InvalidSnapshotType.NotFound",
                "Usage|x|404|InvalidUsage",
                "SourceDiskType|x|404|InvalidSourceDiskType",
                "SnapshotLinkId|sl-1|404|InvalidSnapshotLinkId.NotFound",
                "Tag.1.Value|web|400|InvalidTag.Mismatch",
                "Filter.1.Key|CreationStartTime|404|InvalidFilterKey.NotFound",
                "NextToken|x|400|InvalidParameter.Format",
                "DryRun|true|400|DryRunOperation"
            })
    void aBadFilterIsRefused(String name, String value, int status, String code) {
        var reply = scene.ask("DescribeSnapshots", "RegionId", HANGZHOU, name, value);

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void moreThanAHundredIdsAreTooMany() {
        String ids = "[" + "\"s-x\",".repeat(100) + "\"s-x\"]";

        assertThat(scene.ask("DescribeSnapshots", "RegionId", HANGZHOU, "SnapshotIds", ids).code())
                .isEqualTo("InvalidSnapshotIds.Malformed");
    }

    @Test
    void pagesFollowEachOtherByNumberOrToken() {
        scene.pass(Duration.ofSeconds(1));
        String newest = snapshot(scene.image("second"), 0);
        JsonNode first = scene.call("DescribeSnapshots", "RegionId", HANGZHOU, "MaxResults", "1");
        String token = first.path("NextToken").asString();

        assertThat(first.path("Snapshots").path("Snapshot").path(0).path("SnapshotId").asString())
                .isEqualTo(newest);
        assertThat(ids(HANGZHOU, "NextToken", token, "MaxResults", "2"))
                .containsExactlyInAnyOrder(system, data);
        assertThat(
                        scene.call(
                                        "DescribeSnapshots",
                                        "RegionId",
                                        HANGZHOU,
                                        "NextToken",
                                        token,
                                        "MaxResults",
                                        "2")
                                .path("NextToken")
                                .asString())
                .isEmpty();
        assertThat(ids(HANGZHOU, "PageSize", "1", "PageNumber", "1")).containsExactly(newest);
        assertThat(scene.askAsOther("DescribeSnapshots", "RegionId", HANGZHOU).text())
                .contains("\"Snapshots\":{\"Snapshot\":[]},\"TotalCount\":0");
    }
}
