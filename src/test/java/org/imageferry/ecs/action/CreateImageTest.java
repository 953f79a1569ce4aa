package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateImageTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden =
            scene.image(EdgeScene.ACCOUNT, "golden", Tags.NONE, 2 * GIB + 1, 3 * GIB);
    private final String system = snapshot(0);
    private final String data = snapshot(1);

    private String snapshot(int disk) {
        return scene.find(golden).orElseThrow().disks().get(disk).snapshot().value();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply create(String... parameters) {
        List<String> all = new ArrayList<>(List.of("RegionId", HANGZHOU));
        all.addAll(List.of(parameters));
        return scene.ask("CreateImage", all.toArray(String[]::new));
    }

    private Image created(String... parameters) {
        RawHttp.Reply reply = create(parameters);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("RequestId", "ImageId");
        return scene.find(new ImageId(reply.json().path("ImageId").asString())).orElseThrow();
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("Message").asString()).isEqualTo(message);
    }

    @Test
    void anImageOfASnapshotIsAvailableAtOnce() {
        Image image =
                created(
                        "SnapshotId",
                        system,
                        "ImageName",
                        "again",
                        "Description",
                        "of golden",
                        "ImageFamily",
                        "debian",
                        "ImageVersion",
                        "1.0",
                        "Platform",
                        "Windows Server 2022",
                        "tag.1.key",
                        "app",
                        "tag.1.value",
                        "web");

        assertThat(image.available()).isTrue();
        assertThat(image.origin()).isEqualTo(new Origin.Created());
        assertThat(image.disks()).containsExactly(new Disk(0, 2 * GIB + 1, new SnapshotId(system)));
        assertThat(image.name().value()).isEqualTo("again");
        assertThat(image.attributes().family()).hasToString("Optional[debian]");
        assertThat(image.platform().osType()).isEqualTo("windows");
        assertThat(image.tags().all()).containsEntry("app", "web");
        scene.write(tables -> {
            var told = tables.outbox().pending(new RegionId(HANGZHOU), 10);
            assertThat(told.getLast().body()).contains(image.id().value(), "\"created\"");
        });
    }

    @Test
    void manyImagesMayShareASnapshot() {
        Image first = created("SnapshotId", system);
        Image second = created("SnapshotId", system);

        assertThat(first.name().value()).isEqualTo("image-" + first.id());
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", golden.value());
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", first.id().value());
        assertThat(scene.ask("DeleteSnapshot", "SnapshotId", system, "Force", "true").code())
                .isEqualTo("SnapshotCreatedImage");
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", second.id().value());
        assertThat(scene.ask("DeleteSnapshot", "SnapshotId", system).status()).isEqualTo(200);
    }

    @Test
    void theSystemDiskComesFirstWhereverItStands() {
        Image image =
                created(
                        "DiskDeviceMapping.1.SnapshotId",
                        data,
                        "DiskDeviceMapping.1.Device",
                        "/dev/xvdb",
                        "DiskDeviceMapping.2.SnapshotId",
                        system,
                        "DiskDeviceMapping.2.Size",
                        "3",
                        "DiskDeviceMapping.2.DiskType",
                        "system");
        assertThat(image.disks())
                .extracting(disk -> disk.snapshot().value())
                .containsExactly(system, data);
    }

    @Test
    void thereIsOneSystemDisk() {
        isRefused(
                create(
                        "DiskDeviceMapping.1.SnapshotId",
                        data,
                        "DiskDeviceMapping.1.DiskType",
                        "data"),
                400,
                "OperationDenied",
                "The specified parameter DiskDeviceMapping.n.SnapshotId does not contain system"
                        + " disk snapshot.");
        isRefused(
                create(
                        "DiskDeviceMapping.1.SnapshotId",
                        system,
                        "DiskDeviceMapping.1.DiskType",
                        "system",
                        "DiskDeviceMapping.2.SnapshotId",
                        data,
                        "DiskDeviceMapping.2.Device",
                        "/dev/xvda"),
                400,
                "OperationDenied",
                "The specified parameter DiskDeviceMapping.n.SnapshotId contains two or more"
                        + " system disk snapshots.");
    }

    @Test
    void aDiskIsNotShorterThanItsSnapshot() {
        isRefused(
                create("DiskDeviceMapping.1.SnapshotId", system, "DiskDeviceMapping.1.Size", "2"),
                400,
                "InvalidSize.ValueNotSupported",
                "The specified parameter DiskDeviceMapping.n.Size beyond the permitted range.");
    }

    @Test
    void thereMustBeSomethingToMakeItOf() {
        isRefused(
                create(),
                400,
                "MissingParameter",
                "The input parameter SnapshotId or InstanceId or DiskDeviceMapping that is"
                        + " mandatory for processing this request is not supplied.");
        isRefused(
                create("InstanceId", "i-1", "SnapshotId", system),
                404,
                "InvalidInstanceId.NotFound",
                "The specified InstanceId does not exist.");
    }

    @Test
    void aNameIsUsedOnce() {
        isRefused(
                create("SnapshotId", system, "ImageName", "golden"),
                400,
                "InvalidImageName.Duplicated",
                "The specified Image name has already bean used.");
    }

    private void change(java.util.function.UnaryOperator<Snapshot> next) {
        scene.write(tables ->
                tables.snapshots()
                        .update(
                                next.apply(
                                        tables.snapshots()
                                                .find(new SnapshotId(system))
                                                .orElseThrow())));
    }

    @Test
    void whatIsDamagedOrNotWholeOrOfAnotherRegionMakesNoImage() {
        change(snapshot -> snapshot.withDamage(Optional.of("a bit flipped")));
        assertThat(create("SnapshotId", system).code()).isEqualTo("InvalidSnapshotId.NotFound");
        change(snapshot -> snapshot.withDamage(Optional.empty()));
        String copy =
                scene.find(scene.copyOf(golden, "copy"))
                        .orElseThrow()
                        .disks()
                        .getFirst()
                        .snapshot()
                        .value();
        assertThat(create("SnapshotId", copy).code()).isEqualTo("InvalidSnapshotId.NotFound");
        assertThat(scene.ask("CreateImage", "RegionId", SHANGHAI, "SnapshotId", copy).code())
                .isEqualTo("InvalidSnapshotId.NotReady");
        assertThat(
                        scene.askAsOther("CreateImage", "RegionId", HANGZHOU, "SnapshotId", system)
                                .code())
                .isEqualTo("InvalidSnapshotId.NotFound");
    }

    @Test
    void theOwnerMayForbidImages() {
        scene.own("SetSnapshotImageCreation", "SnapshotId", system, "Allowed", "false");
        isRefused(
                create("SnapshotId", system),
                403,
                "OperationDenied",
                "The specified snapshot is not allowed to create image.");
    }

    @Test
    void aSnapshotOlderThanTheRegionTakesMakesNoImage() {
        scene.write(tables ->
                tables.regions()
                        .setRules(
                                new RegionId(HANGZHOU),
                                new RegionRules(
                                        true,
                                        true,
                                        Instant.parse("2030-01-01T00:00:00Z"),
                                        Set.of())));
        isRefused(
                create("SnapshotId", system),
                403,
                "InvalidSnapshot.TooOld",
                "This operation is denied because the specified snapshot by"
                        + " DiskDeviceMapping.n.SnapshotId or SnapshotId is created before"
                        + " 2013-07-15.");
    }

    @Test
    void theQuotaOfImagesHolds() {
        scene.write(tables -> tables.accounts().setQuota(EdgeScene.ACCOUNT, Quota.IMAGES, 1));
        isRefused(
                create("SnapshotId", system), 403, "QuotaExceed.Image", "The Image Quota exceeds.");
    }

    @Test
    void theQuotaOfSnapshotsHoldsForTheirCopies() {
        scene.write(tables -> tables.accounts().setQuota(EdgeScene.ACCOUNT, Quota.SNAPSHOTS, 0));
        assertThat(copySystem().code()).isEqualTo("QuotaExceed.Snapshot");
    }

    @Test
    void whereNothingIsCopiedSnapshotsAreNotEither() {
        scene.write(tables ->
                tables.regions()
                        .setRules(
                                new RegionId(HANGZHOU),
                                new RegionRules(
                                        true,
                                        true,
                                        RegionRules.DEFAULT.oldestSnapshot(),
                                        Set.of(new RegionId(SHANGHAI)))));
        assertThat(copySystem().code()).isEqualTo("OperationDenied.NonCompliantDestinationRegion");
    }

    private RawHttp.Reply copySystem() {
        return scene.ask(
                "CopySnapshot",
                "RegionId",
                HANGZHOU,
                "SnapshotId",
                system,
                "DestinationRegionId",
                SHANGHAI);
    }

    @Test
    void aTokenMakesOneImage() {
        Image image = created("SnapshotId", system, "ClientToken", "once");
        assertThat(created("SnapshotId", system, "ClientToken", "once").id()).isEqualTo(image.id());
        isRefused(
                create("SnapshotId", data, "ClientToken", "once"),
                400,
                "IdempotenceParamNotMatch",
                "Request uses a client token in a previous request but is not identical to that"
                        + " request.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ImageName|1st|400|InvalidImageName.Malformed",
                "Description|http://x|400|InvalidDescription.Malformed",
                "ImageVersion|a b|400|InvalidImageVersion.Malformed",
                "Architecture|mips|400|InvalidArchitecture.Malformed",
                "ResourceGroupId|rg-unknown|404|InvalidResourceGroup.NotFound",
                "Tag.1.Key|acs:x|400|InvalidTagKey.Malformed",
                "DryRun|true|400|DryRunOperation"
            })
    void aBadValueIsRefused(String name, String value, int status, String code) {
        RawHttp.Reply reply = create("SnapshotId", system, name, value);

        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }
}
