package org.imageferry.copy;

import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Description;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Features;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Platform;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// What clients ask of an [EngineScene].
final class Requests {
    private final EngineScene scene;
    private int count;

    Requests(EngineScene scene) {
        this.scene = scene;
    }

    Caller caller(AccountId account) {
        return new Caller(account, "key", "nonce " + count++);
    }

    Caller me() {
        return caller(ME);
    }

    private Changes changes() {
        return new Changes(scene.shop().catalog());
    }

    ImageCopies copies() {
        return new ImageCopies(
                changes(), scene.shop().regions(), scene.keys().choices(), scene.shop().ids());
    }

    ImageSharing sharing() {
        return new ImageSharing(changes(), scene.shop().regions(), scene.keys().choices());
    }

    SnapshotCopies snapshotCopies() {
        return new SnapshotCopies(
                changes(), scene.shop().regions(), scene.keys().choices(), scene.shop().ids());
    }

    ImageImports imports() {
        Workshop shop = scene.shop();
        return new ImageImports(
                changes(), shop.regions(), shop.buckets(), scene.keys().choices(), shop.ids());
    }

    ImageExports exports() {
        Workshop shop = scene.shop();
        return new ImageExports(
                changes(), shop.regions(), shop.buckets(), scene.keys().choices(), shop.ids());
    }

    Verifications verifications() {
        return new Verifications(changes(), scene.shop().regions(), scene.shop().ids());
    }

    Deletions deletions() {
        return new Deletions(changes(), scene.shop().regions());
    }

    TaskCancellations cancellations() {
        return new TaskCancellations(changes());
    }

    /// A disk of so many parts, none like another.
    static byte[] disk(int parts, long seed) {
        byte[] disk = new byte[Math.toIntExact(parts * Disks.PART_BYTES)];
        new SplittableRandom(seed).nextBytes(disk);
        return disk;
    }

    /// Puts a disk into the account's bucket.
    ObjectKey put(AccountId account, RegionId region, byte[] disk) throws StoreException {
        ObjectKey key = new ObjectKey("disk-" + count++ + ".raw");
        scene.durable().put(account, region, key, disk);
        return key;
    }

    static ImportRequest importing(RegionId region, ObjectKey... objects) {
        return importing(
                region,
                Arrays.stream(objects)
                        .map(key ->
                                new ImportRequest.DiskSource(
                                        Buckets.DEFAULT, key, Optional.of("RAW")))
                        .toList(),
                Optional.empty(),
                false);
    }

    static ImportRequest importing(
            RegionId region,
            List<ImportRequest.DiskSource> disks,
            Optional<ImageName> name,
            boolean dryRun) {
        return new ImportRequest(
                region,
                disks,
                name,
                Description.NONE,
                Platform.DEFAULT,
                Features.DEFAULT,
                Optional.empty(),
                Tags.NONE,
                dryRun,
                Optional.empty());
    }

    /// An import that waits.
    ImageId imported(AccountId account, RegionId region, byte[] disk) throws StoreException {
        return imports()
                .importImage(caller(account), importing(region, put(account, region, disk)))
                .image();
    }

    /// An image that is available.
    ImageId image(AccountId account, RegionId region, byte[] disk) throws Exception {
        ImageId image = imported(account, region, disk);
        scene.work();
        if (!scene.image(image).orElseThrow().available()) {
            throw new IllegalStateException("not available: " + scene.bringing(image));
        }
        return image;
    }

    ImageId image(long seed) throws Exception {
        return image(ME, A, disk(2, seed));
    }

    static CopyRequest copying(ImageId source, RegionId from, RegionId to) {
        return new CopyRequest(
                source,
                from,
                Optional.of(to),
                Optional.empty(),
                Description.NONE,
                Optional.empty(),
                Tags.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                BlockCheck.STORED);
    }

    static SnapshotCopyRequest copying(SnapshotId source, RegionId from, RegionId to) {
        return new SnapshotCopyRequest(
                source,
                from,
                to,
                "a-copy",
                Description.NONE,
                Optional.empty(),
                Optional.empty(),
                Tags.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// A copy of a snapshot that waits.
    SnapshotId copy(SnapshotId source, RegionId from, RegionId to) {
        return snapshotCopies().copy(me(), copying(source, from, to));
    }

    static CopyRequest named(CopyRequest request, String name) {
        return new CopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                Optional.of(new ImageName(name)),
                request.description(),
                request.group(),
                request.tags(),
                request.encrypted(),
                request.kmsKey(),
                request.dryRun(),
                request.token(),
                request.check());
    }

    static CopyRequest inGroup(CopyRequest request, ResourceGroupId group) {
        return new CopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                request.name(),
                request.description(),
                Optional.of(group),
                request.tags(),
                request.encrypted(),
                request.kmsKey(),
                request.dryRun(),
                request.token(),
                request.check());
    }

    static CopyRequest encrypted(
            CopyRequest request, Optional<Boolean> encrypted, Optional<String> key) {
        return new CopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                request.name(),
                request.description(),
                request.group(),
                request.tags(),
                encrypted,
                key,
                request.dryRun(),
                request.token(),
                request.check());
    }

    static CopyRequest dry(CopyRequest request) {
        return new CopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                request.name(),
                request.description(),
                request.group(),
                request.tags(),
                request.encrypted(),
                request.kmsKey(),
                true,
                request.token(),
                request.check());
    }

    static CopyRequest withToken(CopyRequest request, String token, long parameters) {
        return new CopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                request.name(),
                request.description(),
                request.group(),
                request.tags(),
                request.encrypted(),
                request.kmsKey(),
                request.dryRun(),
                Optional.of(new ClientToken(token, new Digest(parameters, 0, 0, 0))),
                request.check());
    }

    /// A copy that waits.
    ImageId copy(AccountId account, ImageId source, RegionId from, RegionId to) {
        return copies().copy(caller(account), copying(source, from, to));
    }

    TaskId export(ImageId image, RegionId region) {
        return export(image, region, ExportFormat.RAW);
    }

    TaskId export(ImageId image, RegionId region, ExportFormat format) {
        return exports()
                .export(me(), new ExportRequest(region, image, Buckets.DEFAULT, "", format, false));
    }

    /// The bytes of all the image's disks, as they are read back.
    List<byte[]> content(ImageId image) throws Exception {
        List<byte[]> content = new java.util.ArrayList<>();
        for (Disk disk : scene.image(image).orElseThrow().disks()) {
            content.add(content(disk.snapshot()));
        }
        return content;
    }

    byte[] content(SnapshotId snapshot) throws Exception {
        return new ContentReader(scene.durable())
                .read(scene.see(tables -> tables.snapshots().find(snapshot).orElseThrow()));
    }

    /// What an export wrote of the image's system disk.
    Optional<byte[]> exported(TaskId id) throws StoreException {
        Task task = scene.task(id);
        var work = (org.imageferry.domain.Work.ExportImage) task.work();
        var bucket =
                scene.durable()
                        .buckets()
                        .find(task.account(), task.region(), work.bucket())
                        .orElseThrow();
        var object = bucket.open(ImageExports.object(task, work, 0));
        if (object.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ExportedFile.disk(object.get(), work.format()));
    }
}
