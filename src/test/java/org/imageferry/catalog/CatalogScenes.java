package org.imageferry.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Description;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Sets scenes in a catalog: accounts, images with all that belongs to them, tasks. Ids count up, so
/// a test sees the same ones each time.
public final class CatalogScenes {
    public static final RegionId HANGZHOU = new RegionId("cn-hangzhou");
    public static final RegionId SHANGHAI = new RegionId("cn-shanghai");
    public static final RegionId BEIJING = new RegionId("cn-beijing");
    public static final long DISK_BYTES = 3L << 30;

    /// A claim that nobody holds.
    public static final long NO_CLAIM = 0;

    private final Catalog catalog;
    private final AtomicLong count = new AtomicLong();

    public CatalogScenes(Catalog catalog) {
        this.catalog = catalog;
        catalog.write(tables -> {
            Stream.of(HANGZHOU, SHANGHAI, BEIJING).forEach(tables.regions()::ensure);
            return true;
        });
    }

    private String letters() {
        return "%020d".formatted(count.incrementAndGet());
    }

    public ImageId imageId() {
        return new ImageId("m-" + letters());
    }

    public SnapshotId snapshotId() {
        return new SnapshotId("s-" + letters());
    }

    public TaskId taskId() {
        return new TaskId("t-" + letters());
    }

    public ObjectId objectId() {
        long number = count.incrementAndGet();
        return new ObjectId(number * 0x9e3779b97f4a7c15L, number);
    }

    /// One that spreads over the block index as a real one does.
    public Digest digest() {
        long number = count.incrementAndGet();
        return new Digest(number * 0x9e3779b97f4a7c15L, number, 0, 0);
    }

    public List<Digest> digests(int many) {
        return IntStream.range(0, many).mapToObj(_ -> digest()).toList();
    }

    /// An account that was added.
    public AccountId account() {
        AccountId account = new AccountId("%016d".formatted(count.incrementAndGet()));
        catalog.write(tables -> {
            add(tables, account, "account " + account);
            return account;
        });
        return account;
    }

    /// Adds an account with all at its default.
    public static void add(Tables tables, AccountId account, String name) {
        if (!tables.accounts().add(Account.of(account, new AccountName(name), tables.now()))) {
            throw new AssertionError("another account is called " + name);
        }
    }

    /// A new account's scope in [#HANGZHOU].
    public Scope scope() {
        return new Scope(account(), HANGZHOU);
    }

    /// A snapshot that was inserted, without its parts.
    public Snapshot snapshot(AccountId account, RegionId region) {
        return snapshot(account, region, DISK_BYTES);
    }

    public Snapshot snapshot(AccountId account, RegionId region, long bytes) {
        return catalog.write(tables -> {
            Snapshot snapshot =
                    new Snapshot(
                            snapshotId(),
                            account,
                            region,
                            SnapshotAttributes.of("a snapshot", ResourceGroupId.standard(account)),
                            bytes,
                            Optional.empty(),
                            tables.now(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            1);
            tables.snapshots().insert(snapshot);
            return snapshot;
        });
    }

    /// Objects that are live, but needed by no part, written under no claim.
    public List<ObjectId> objects(Scope scope, StoredObjects.Kind kind, int many) {
        List<ObjectId> ids = IntStream.range(0, many).mapToObj(_ -> objectId()).toList();
        catalog.write(tables -> {
            tables.objects().reserve(NO_CLAIM, scope, kind, ids);
            ids.forEach(id -> tables.objects().written(id, 1_000));
            return ids;
        });
        return ids;
    }

    public ObjectId segment(Scope scope) {
        return objects(scope, StoredObjects.Kind.SEGMENT, 1).getFirst();
    }

    /// A part that no snapshot has, with a manifest and `segments` segments of its own.
    public Parts.Part part(Scope scope, int segments) {
        ObjectId manifest = objects(scope, StoredObjects.Kind.MANIFEST, 1).getFirst();
        List<ObjectId> needs =
                new ArrayList<>(objects(scope, StoredObjects.Kind.SEGMENT, segments));
        needs.add(manifest);
        Digest digest = digest();
        return catalog.write(tables -> tables.parts().add(scope, digest, manifest, 1L << 20, needs))
                .orElseThrow();
    }

    /// A snapshot with all its parts.
    public Snapshot wholeSnapshot(AccountId account, RegionId region, int parts) {
        Snapshot snapshot = snapshot(account, region);
        for (int i = 0; i < parts; i++) {
            attach(snapshot, i, part(new Scope(account, region), 2));
        }
        Snapshot whole = snapshot.with(digest());
        return catalog.write(tables -> {
            tables.snapshots().update(whole);
            return whole;
        });
    }

    public void attach(Snapshot snapshot, int number, Parts.Part part) {
        catalog.write(tables -> {
            tables.parts().attach(snapshot.id(), number, part);
            return part;
        });
    }

    /// An image as its owner imported it, not inserted yet.
    public Image blank(AccountId account, RegionId region, Snapshot... snapshots) {
        ImageId id = imageId();
        List<Disk> disks = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            disks.add(new Disk(disks.size(), snapshot.bytes(), snapshot.id()));
        }
        return new Image(
                id,
                account,
                region,
                attributes(account, "image-" + id, Platform.DEFAULT, Tags.NONE),
                new ImageState.Available(),
                catalog.read(Tables::now),
                new Origin.Imported(),
                disks,
                disks.stream().mapToLong(Disk::bytes).sum(),
                1);
    }

    /// In the account's default group, without a family, not public.
    public static ImageAttributes attributes(
            AccountId account, String name, Platform platform, Tags tags) {
        return new ImageAttributes(
                new ImageName(name),
                Description.NONE,
                Optional.empty(),
                platform,
                Features.DEFAULT,
                ResourceGroupId.standard(account),
                tags,
                false);
    }

    public Image insert(Image image) {
        return catalog.write(tables -> {
            tables.images().insert(image);
            return image;
        });
    }

    /// An available image of one disk with two parts.
    public Image image(AccountId account, RegionId region) {
        return insert(blank(account, region, wholeSnapshot(account, region, 2)));
    }

    /// The task of a copy that waits, entered as a request would: with its image and snapshots.
    public Task copy(Image source, RegionId destination) {
        Snapshot[] snapshots =
                source.disks().stream()
                        .map(disk -> snapshot(source.account(), destination, disk.bytes()))
                        .toArray(Snapshot[]::new);
        Image blank = blank(source.account(), destination, snapshots);
        Image copy = insert(blank.with(new ImageState.Waiting()));
        Work work = new Work.CopyImage(source.id(), source.region(), BlockCheck.CONTENT);
        return insert(
                task(copy, destination, work),
                source.disks().stream().map(Disk::snapshot).toList());
    }

    /// The task of a snapshot's copy that waits, with the snapshot that it brings.
    public Task copy(Snapshot source, RegionId destination) {
        Snapshot copy = snapshot(source.account(), destination, source.bytes());
        Task task =
                new Task(
                        taskId(),
                        source.account(),
                        destination,
                        Optional.empty(),
                        new Work.CopySnapshot(source.id(), source.region(), copy.id()),
                        new TaskState.Waiting(),
                        catalog.write(tables -> tables.regions().nextTicket(destination)),
                        catalog.read(Tables::now),
                        Progress.NONE);
        return insert(task, List.of(source.id()));
    }

    /// A task for an image, not inserted yet.
    public Task task(Image image, RegionId region, Work work) {
        return new Task(
                taskId(),
                image.account(),
                region,
                Optional.of(image.id()),
                work,
                new TaskState.Waiting(),
                catalog.write(tables -> tables.regions().nextTicket(region)),
                catalog.read(Tables::now),
                Progress.NONE);
    }

    /// A waiting export, which has no parts.
    public Task export(Image image) {
        Work work =
                new Work.ExportImage(new BucketName("images"), "", ExportFormat.QCOW2_COMPRESSED);
        return insert(task(image, image.region(), work), List.of());
    }

    /// A waiting import of one object; its image is not inserted.
    public Task imported(AccountId account, RegionId region) {
        Work work =
                new Work.ImportImage(
                        List.of(
                                new Work.ImportedDisk(
                                        new BucketName("images"),
                                        new ObjectKey("golden/debian.raw"),
                                        DISK_BYTES,
                                        "etag",
                                        "RAW")));
        return insert(task(blank(account, region), region, work), List.of());
    }

    public Task insert(Task task, List<SnapshotId> reads) {
        return catalog.write(tables -> {
            tables.tasks().insert(task, reads);
            return task;
        });
    }

    public Task start(Task task, int slot) {
        return catalog.write(tables -> {
            Task running = tables.tasks().find(task.id()).orElseThrow().start(tables.now(), slot);
            tables.tasks().update(running);
            return running;
        });
    }

    public Task end(Task task) {
        return catalog.write(tables -> {
            Task read = tables.tasks().find(task.id()).orElseThrow();
            Task ended = read.end(new TaskState.Done(tables.now()));
            tables.tasks().update(ended);
            return ended;
        });
    }

    /// The snapshot of the image's disk of this number.
    public static SnapshotId disk(Image image, int number) {
        return image.disks().get(number).snapshot();
    }
}
