package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.EdgeScene.ACCOUNT;
import static org.imageferry.ecs.EdgeScene.OTHER;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What CopyImage says when administrators, owners or quotas are against it.
class CopyRefusalsTest {
    private static final RegionId SOURCE = new RegionId(HANGZHOU);
    private static final RegionId DESTINATION = new RegionId(SHANGHAI);

    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply copy(String... more) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(
                                "RegionId",
                                HANGZHOU,
                                "ImageId",
                                golden.value(),
                                "DestinationRegionId",
                                SHANGHAI));
        parameters.addAll(List.of(more));
        return scene.ask("CopyImage", parameters.toArray(String[]::new));
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    private void setQuota(Quota quota, long most) {
        scene.write(tables -> tables.accounts().setQuota(ACCOUNT, quota, most));
    }

    @Test
    void quotasAreOfTheAccount() {
        setQuota(Quota.IMAGES, 0);
        isRefused(copy(), 403, "QuotaExceed.Image", "The Image Quota exceeds.");
        setQuota(Quota.IMAGES, 1);
        setQuota(Quota.SNAPSHOTS, 0);
        isRefused(copy(), 403, "QuotaExceed.Snapshot", "The snapshot quota exceeds.");
        setQuota(Quota.SNAPSHOTS, 1);
        setQuota(Quota.IMAGE_GIB, 2);
        isRefused(
                copy(),
                403,
                "SizeExceed.Image",
                "The image exceeds the maximum size. Please open a ticket to add the account to the"
                        + " white list.");
        setQuota(Quota.IMAGE_GIB, 3);
        assertThat(copy().status()).isEqualTo(200);
    }

    @Test
    void anImportHasQuotasToo() {
        setQuota(Quota.IMAGES, 1);
        scene.object("disk.raw", 1 << 20);
        isRefused(
                scene.ask(
                        "ImportImage",
                        "RegionId",
                        HANGZHOU,
                        "DiskDeviceMapping.1.OSSBucket",
                        "images",
                        "DiskDeviceMapping.1.OSSObject",
                        "disk.raw"),
                403,
                "QuotaExceed.Image",
                "The Image Quota exceeds.");
    }

    private void rule(RegionId region, RegionRules rules) {
        scene.write(tables -> tables.regions().setRules(region, rules));
    }

    @Test
    void whatARegionsRulesForbidIsRefused() {
        RegionRules usual = RegionRules.DEFAULT;
        rule(DESTINATION, new RegionRules(false, true, usual.oldestSnapshot(), Set.of()));
        isRefused(copy(), 403, "RegionNotSupportCopy", "The region not support copy.");
        rule(DESTINATION, usual);
        rule(SOURCE, new RegionRules(true, true, usual.oldestSnapshot(), Set.of(DESTINATION)));
        isRefused(
                copy(),
                403,
                "OperationDenied.NonCompliantDestinationRegion",
                "The copy operation to the destination region is not in compliance with"
                        + " regulations.");
        rule(SOURCE, new RegionRules(true, true, scene.now().plusSeconds(1), Set.of()));
        isRefused(
                copy(),
                403,
                "InvalidSnapshot.TooOld",
                "This operation is denied because the specified snapshot is created before"
                        + " 2013-07-15.");
        rule(SOURCE, usual);
        assertThat(copy().status()).isEqualTo(200);
    }

    @Test
    void aSnapshotMayMakeNoImages() {
        SnapshotId snapshot = scene.find(golden).orElseThrow().disks().getFirst().snapshot();
        scene.own("SetSnapshotImageCreation", "SnapshotId", snapshot.value(), "Allowed", "false");
        isRefused(
                copy(),
                403,
                "OperationDenied",
                "The specified snapshot is not allowed to create image.");
    }

    @Test
    void aCopyIsInAGroupOfItsAccount() {
        ResourceGroupId mine = new ResourceGroupId("rg-mine0");
        ResourceGroupId theirs = new ResourceGroupId("rg-theirs");
        ResourceGroupName name = new ResourceGroupName("project");
        scene.write(tables -> {
            tables.groups().add(new ResourceGroup(mine, ACCOUNT, name, "A", tables.now()));
            tables.groups().add(new ResourceGroup(theirs, OTHER, name, "A", tables.now()));
        });
        for (String unknown : List.of(theirs.value(), "rg-nothing", "no group")) {
            isRefused(
                    copy("ResourceGroupId", unknown),
                    404,
                    "InvalidResourceGroup.NotFound",
                    "The ResourceGroup provided does not exist in our records.");
        }
        RawHttp.Reply copied = copy("ResourceGroupId", mine.value());
        ImageId copy = new ImageId(copied.json().path("ImageId").asString());
        assertThat(scene.find(copy).orElseThrow().group()).isEqualTo(mine);
    }
}
