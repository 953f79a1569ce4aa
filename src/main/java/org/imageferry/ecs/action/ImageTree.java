package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An image as DescribeImages shows it. All of its fields are always there, the unset ones empty:
/// typed clients stumble over absent ones. Source: ECS API 2014-05-26, DescribeImages.
final class ImageTree {
    private static final long GIB = 1L << 30;

    private final Image image;
    private final Look look;
    private final Optional<Task> task;
    private final Optional<KeyVersion> key;

    private ImageTree(Image image, Look look) {
        this.image = image;
        this.look = look;
        this.task = Optional.ofNullable(look.bringing.get(image.id()));
        this.key = look.keys.getOrDefault(image.id(), Set.of()).stream().findFirst();
    }

    /// Who looks at images, and what there is to see besides these: who else sees them, what they are
    /// encrypted with, and what brings them. Of others' images an account sees neither tags nor group nor
    /// snapshots.
    record Look(
            AccountId account,
            Set<ImageId> shared,
            Set<ImageId> published,
            Map<ImageId, Set<KeyVersion>> keys,
            Map<ImageId, Task> bringing,
            Instant now) {
        static Look of(Tables tables, AccountId account, List<Image> images) {
            List<ImageId> ids = images.stream().map(Image::id).toList();
            return new Look(
                    account,
                    tables.shares().sharedOf(ids),
                    tables.shares().publishedOf(ids),
                    tables.encryption().keysOf(ids),
                    bringing(tables, images),
                    tables.now());
        }

        /// What brought an available image has no more to say about it.
        private static Map<ImageId, Task> bringing(Tables tables, List<Image> images) {
            List<ImageId> coming =
                    images.stream().filter(image -> !image.whole()).map(Image::id).toList();
            return coming.isEmpty() ? Map.of() : tables.tasks().bringing(coming);
        }

        boolean owns(Image image) {
            return image.account().equals(account);
        }

        private String alias(Image image) {
            String others = published.contains(image.id()) ? "marketplace" : "others";
            return owns(image) ? "self" : others;
        }

        private String selfShared(Image image) {
            String own = shared.contains(image.id()) ? "True" : "False";
            return owns(image) ? own : "";
        }
    }

    static void write(ObjectNode tree, Tables tables, AccountId account, Image image) {
        write(tree, Look.of(tables, account, List.of(image)), image);
    }

    static void write(ObjectNode tree, Look look, Image image) {
        new ImageTree(image, look).write(tree);
    }

    static Images.Status status(ImageState state) {
        return switch (state) {
            case ImageState.Waiting _ -> Images.Status.Waiting;
            case ImageState.Creating _ -> Images.Status.Creating;
            case ImageState.Available _ -> Images.Status.Available;
            case ImageState.UnAvailable _ -> Images.Status.UnAvailable;
            case ImageState.Deprecated _ -> Images.Status.Deprecated;
            case ImageState.CreateFailed _ -> Images.Status.CreateFailed;
        };
    }

    private void write(ObjectNode tree) {
        tree.put("ImageId", image.id().value());
        tree.put("ImageName", image.name().value());
        tree.put("Description", image.description().value());
        tree.put("ImageFamily", image.attributes().family().map(ImageFamily::value).orElse(""));
        tree.put("ImageVersion", "");
        tree.put("Status", status(image.state()).name());
        tree.put("Progress", image.whole() ? "100%" : pace().text());
        tree.put("Size", (int) gib());
        tree.put("CreationTime", Times.seconds(image.created()));
        tree.put("IsCopied", image.origin() instanceof Origin.Copied);
        tree.put("Usable", image.available());
        writeOwner(tree);
        writePlatform(tree, image.platform(), image.attributes().features());
        writeDisks(Trees.list(tree, "DiskDeviceMappings", "DiskDeviceMapping"));
        writeTags(Trees.list(tree, "Tags", "Tag"));
    }

    private Pace pace() {
        return task.map(it -> Pace.of(it, look.now)).orElse(new Pace(0, 0));
    }

    /// Of the system disk, as ECS counts; of all, when a failed image has no disks any more.
    private long gib() {
        return image.disks().isEmpty()
                ? (image.bytes() + GIB - 1) / GIB
                : image.disks().getFirst().gib();
    }

    private void writeOwner(ObjectNode tree) {
        tree.put("ImageOwnerAlias", look.alias(image));
        tree.put("ImageOwnerId", Long.parseLong(image.account().value()));
        tree.put("IsSelfShared", look.selfShared(image)); // a text, unlike the flags below
        tree.put("IsPublic", image.attributes().isPublic());
        tree.put("IsSubscribed", false);
        tree.put("ResourceGroupId", look.owns(image) ? image.group().value() : "");
        tree.put("ProductCode", "");
        tree.put("SupplierName", "");
        tree.put("LicenseType", image.attributes().features().licenseType());
        tree.put("Usage", "none");
    }

    private static void writePlatform(ObjectNode tree, Platform platform, Features can) {
        tree.put("Architecture", platform.architecture());
        tree.put("BootMode", platform.bootMode());
        tree.put("OSType", platform.osType());
        tree.put("Platform", platform.platform());
        tree.put("OSName", platform.platform());
        tree.put("OSNameEn", platform.platform());
        tree.put("IsSupportIoOptimized", true);
        tree.put("IsSupportCloudinit", true);
        tree.put("LoginAsNonRootSupported", false);
        ObjectNode features = tree.putObject("Features");
        features.put("NvmeSupport", can.nvmeSupport() ? "supported" : "unsupported");
        features.put("ImdsSupport", can.imdsSupport());
        features.put("CpuOnlineUpgrade", "unsupported");
        features.put("CpuOnlineDowngrade", "unsupported");
        features.put("MemoryOnlineUpgrade", "unsupported");
        features.put("MemoryOnlineDowngrade", "unsupported");
        tree.putObject("SecureBootOptions").put("SecureBootSupport", "");
        ObjectNode detection = tree.putObject("DetectionOptions");
        detection.put("Status", "");
        Trees.list(detection, "Items", "Item");
    }

    private void writeDisks(ArrayNode disks) {
        Pace pace = pace();
        for (Disk disk : image.disks()) {
            ObjectNode tree = disks.addObject();
            tree.put("Device", disk.device());
            tree.put("Type", disk.type());
            tree.put("Format", "RAW");
            tree.put("Size", Long.toString(disk.gib()));
            tree.put("SnapshotId", look.owns(image) ? disk.snapshot().value() : "");
            tree.put("Progress", image.whole() ? "100%" : pace.text());
            tree.put("RemainTime", pace.remainingSeconds());
            tree.put("Encrypted", key.isPresent());
            key.ifPresent(of -> tree.put("KMSKeyId", of.key().value()));
            Optional<Work.ImportedDisk> from = importedFrom(disk);
            tree.put("ImportOSSBucket", from.map(it -> it.bucket().value()).orElse(""));
            tree.put("ImportOSSObject", from.map(it -> it.object().value()).orElse(""));
        }
    }

    private Optional<Work.ImportedDisk> importedFrom(Disk disk) {
        return task.filter(_ -> look.owns(image))
                .map(Task::work)
                .filter(Work.ImportImage.class::isInstance)
                .map(work -> ((Work.ImportImage) work).disks().get(disk.number()));
    }

    private void writeTags(ArrayNode tags) {
        (look.owns(image) ? image.tags() : Tags.NONE)
                .all()
                .forEach(
                        (key, value) -> tags.addObject().put("TagKey", key).put("TagValue", value));
    }
}
