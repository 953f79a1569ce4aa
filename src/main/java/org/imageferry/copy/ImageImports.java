package org.imageferry.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.format.FormatException;
import org.imageferry.format.ImageFormat;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// Takes requests to make an image of objects in a bucket.
public final class ImageImports {
    private final Changes changes;
    private final ClientTokens tokens = new ClientTokens("ImportImage");
    private final RegionMap regions;
    private final Buckets buckets;
    private final KeyChoices keys;
    private final Ids ids;

    public ImageImports(
            Changes changes, RegionMap regions, Buckets buckets, KeyChoices keys, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.buckets = buckets;
        this.keys = keys;
        this.ids = ids;
    }

    /// @throws RefusedException with the reason; nothing was changed then
    public Accepted importImage(Caller caller, ImportRequest request) {
        Function<Tables, String> entry = entry(caller, request);
        String answer =
                changes.make(
                        caller,
                        tables ->
                                tokens.once(
                                        tables,
                                        caller.account(),
                                        request.token(),
                                        () -> entry.apply(tables)));
        List<String> both = List.of(answer.split(" ", 2));
        return new Accepted(new ImageId(both.get(0)), new TaskId(both.get(1)));
    }

    /// Looks at the objects before the transaction, for that may take long. A refusal waits for it all
    /// the same: a repeated request gets its first answer, whatever has become of the objects since.
    private Function<Tables, String> entry(Caller caller, ImportRequest request) {
        try {
            Region region =
                    regions.usable(request.region(), new Refusal.UnknownRegion(request.region()));
            List<Pinned> disks =
                    request.disks().stream().map(disk -> pin(caller, region, disk)).toList();
            long bytes = disks.stream().mapToLong(Pinned::bytes).sum();
            if (bytes > region.mostImageBytes()) {
                throw new RefusedException(
                        new Refusal.ImageTooLarge(bytes, region.mostImageBytes()));
            }
            KeyChoice key = keys.forImport(caller.account(), region.id());
            return tables -> enter(tables, caller, request, disks, key);
        } catch (RefusedException e) {
            return _ -> {
                throw e;
            };
        }
    }

    /// An object as it is now; the task reads this very one or fails.
    private record Pinned(Work.ImportedDisk source, long bytes) {}

    private Pinned pin(Caller caller, Region region, ImportRequest.DiskSource disk) {
        Bucket bucket =
                buckets.find(caller.account(), region.id(), disk.bucket())
                        .orElseThrow(() ->
                                new RefusedException(new Refusal.UnknownBucket(disk.bucket())));
        try {
            Optional<BucketObject> found = bucket.open(disk.object());
            if (found.isEmpty()) {
                throw new RefusedException(new Refusal.UnknownObject(disk.bucket(), disk.object()));
            }
            try (BucketObject object = found.get()) {
                BucketFile file = new BucketFile(object);
                ImageFormat format = ImageFormat.of(disk.format(), file);
                // What is compressed as a whole tells its length when it is unpacked.
                long bytes = format.compression().isPresent() ? 0 : format.open(file).length();
                return new Pinned(
                        new Work.ImportedDisk(
                                disk.bucket(),
                                disk.object(),
                                object.length(),
                                object.etag(),
                                format.title()),
                        bytes);
            }
        } catch (FormatException e) {
            throw new RefusedException(new Refusal.UnsupportedFormat(e.format(), reason(e)));
        } catch (StoreException | IOException e) {
            throw new RefusedException(new Refusal.RegionUnavailable(region.id(), reason(e)));
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /// @return the ids of image and task, with a space between
    private String enter(
            Tables tables,
            Caller caller,
            ImportRequest request,
            List<Pinned> pinned,
            KeyChoice choice) {
        RegionId region = request.region();
        tables.regions().lock(region);
        Optional<KeyVersion> key = choice.key();
        ImageId id = ids.image();
        ImageName name = request.name().orElse(new ImageName("import-" + id));
        ResourceGroupId group = Owned.group(tables, caller.account(), request.group());
        if (tables.images().nameTaken(caller.account(), region, name)) {
            throw new RefusedException(new Refusal.NameTaken(name));
        }
        Quotas.checkImage(tables, caller.account(), region, pinned.size());
        if (request.dryRun()) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        choice.enter(tables);
        Image blank = blank(tables, caller, request, id, name, group);
        List<Disk> disks = new ArrayList<>();
        for (Pinned disk : pinned) {
            Snapshot snapshot = Snapshot.imported(ids.snapshot(), blank, disk.bytes(), key);
            tables.snapshots().insert(snapshot);
            disks.add(new Disk(disks.size(), disk.bytes(), snapshot.id()));
        }
        tables.images().insert(blank.with(disks));
        Work work = new Work.ImportImage(pinned.stream().map(Pinned::source).toList());
        Task task =
                new Task(
                        ids.task(),
                        caller.account(),
                        region,
                        Optional.of(id),
                        work,
                        new TaskState.Waiting(),
                        tables.regions().nextTicket(region),
                        tables.now(),
                        Progress.NONE);
        tables.tasks().insert(task, List.of());
        return id + " " + task.id();
    }

    /// Its disks are still to come.
    private static Image blank(
            Tables tables,
            Caller caller,
            ImportRequest request,
            ImageId id,
            ImageName name,
            ResourceGroupId group) {
        return new Image(
                id,
                caller.account(),
                request.region(),
                new ImageAttributes(
                        name,
                        request.description(),
                        Optional.empty(),
                        request.platform(),
                        request.features(),
                        group,
                        request.tags(),
                        false),
                new ImageState.Waiting(),
                tables.now(),
                new Origin.Imported(),
                List.of(),
                0,
                1);
    }
}
