package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Features;
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
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Takes requests to copy an image and to cancel a copy. Milliseconds, whatever the image's size: a
/// copy is only entered in its queue here.
///
/// The order of the checks is the API's where it has one: what the caller can mend at once first, what
/// depends on the state of things last, so that the answer does not depend on timing.
public final class ImageCopies {
    private final Changes changes;
    private final ClientTokens tokens;
    private final RegionMap regions;
    private final KeyChoices keys;
    private final Ids ids;

    public ImageCopies(Changes changes, RegionMap regions, KeyChoices keys, Ids ids) {
        this.changes = changes;
        this.tokens = new ClientTokens("CopyImage");
        this.regions = regions;
        this.keys = keys;
        this.ids = ids;
    }

    /// @return the id of the copy, an image of its own from now on
    /// @throws RefusedException with the reason; nothing was changed then
    public ImageId copy(Caller caller, CopyRequest request) {
        RegionId destination = request.destination().orElse(request.sourceRegion());
        KeyChoice key = key(caller.account(), request, destination);
        return changes.make(
                caller,
                tables ->
                        new ImageId(
                                tokens.once(
                                        tables,
                                        caller.account(),
                                        request.token(),
                                        () ->
                                                enter(
                                                                tables,
                                                                caller.account(),
                                                                request,
                                                                destination,
                                                                key)
                                                        .value())));
    }

    /// A region that there is not has no keys either; the transaction says that it is not there.
    private KeyChoice key(AccountId account, CopyRequest request, RegionId destination) {
        if (regions.find(destination).isEmpty()) {
            return new KeyChoice.Plain();
        }
        KeyChoices.Wish wish =
                new KeyChoices.Wish(account, destination, request.encrypted(), request.kmsKey());
        return keys.forCopy(wish, request.source());
    }

    private ImageId enter(
            Tables tables,
            AccountId account,
            CopyRequest request,
            RegionId destination,
            KeyChoice choice) {
        regions.check(
                request.sourceRegion(), new Refusal.UnknownSourceRegion(request.sourceRegion()));
        Region into =
                regions.usable(destination, new Refusal.UnknownDestinationRegion(destination));
        tables.regions().lock(destination);
        Image source = source(tables, account, request);
        checkPlace(request, source, destination);
        Optional<KeyVersion> key = choice.key();
        checkSize(source, into);
        List<Snapshot> disks = snapshots(tables, source);
        ImageId id = ids.image();
        ImageName name = request.name().orElse(new ImageName("copy-" + id));
        if (tables.images().nameTaken(account, destination, name)) {
            throw new RefusedException(new Refusal.NameTaken(name));
        }
        if (tables.tasks().copying(source.id(), destination)) {
            throw new RefusedException(new Refusal.ImageBeingCopied(source.id()));
        }
        if (request.dryRun()) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        choice.enter(tables);
        Image copy = blank(tables, request, source, id, name, into);
        write(tables, request, source, disks, copy, key);
        return id;
    }

    private static Image source(Tables tables, AccountId account, CopyRequest request) {
        Image source = Owned.image(tables, account, request.sourceRegion(), request.source());
        if (!source.available()) {
            throw new RefusedException(new Refusal.ImageNotAvailable(source.id(), source.state()));
        }
        return source;
    }

    private static void checkPlace(CopyRequest request, Image source, RegionId destination) {
        if (source.region().equals(destination) && !request.encrypted().orElse(false)) {
            throw new RefusedException(new Refusal.SameRegion(destination));
        }
    }

    private static void checkSize(Image source, Region into) {
        if (source.bytes() > into.mostImageBytes()) {
            throw new RefusedException(
                    new Refusal.ImageTooLarge(source.bytes(), into.mostImageBytes()));
        }
    }

    private static List<Snapshot> snapshots(Tables tables, Image source) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (Disk disk : source.disks()) {
            snapshots.add(
                    tables.snapshots()
                            .find(disk.snapshot())
                            .filter(Snapshot::sound)
                            .orElseThrow(() ->
                                    new RefusedException(
                                            new Refusal.SourceSnapshotMissing(disk.snapshot()))));
        }
        return snapshots;
    }

    private static Image blank(
            Tables tables,
            CopyRequest request,
            Image source,
            ImageId id,
            ImageName name,
            Region into) {
        return new Image(
                id,
                source.account(),
                into.id(),
                new ImageAttributes(
                        name,
                        request.description(),
                        Optional.empty(),
                        source.platform(),
                        Features.DEFAULT,
                        ResourceGroupId.standard(source.account()),
                        request.tags(),
                        false),
                new ImageState.Waiting(),
                tables.now(),
                new Origin.Copied(source.id(), source.region()),
                List.of(),
                source.bytes(),
                1);
    }

    private void write(
            Tables tables,
            CopyRequest request,
            Image source,
            List<Snapshot> read,
            Image copy,
            Optional<KeyVersion> key) {
        List<Disk> disks = new ArrayList<>();
        for (Snapshot from : read) {
            Snapshot snapshot = Snapshot.copyOf(from, ids.snapshot(), copy, key);
            tables.snapshots().insert(snapshot);
            disks.add(new Disk(disks.size(), from.bytes(), snapshot.id()));
        }
        tables.images().insert(copy.with(disks));
        Task task =
                new Task(
                        ids.task(),
                        copy.account(),
                        copy.region(),
                        Optional.of(copy.id()),
                        new Work.CopyImage(source.id(), request.sourceRegion()),
                        new TaskState.Waiting(),
                        tables.regions().nextTicket(copy.region()),
                        copy.created(),
                        Progress.NONE);
        tables.tasks().insert(task, read.stream().map(Snapshot::id).toList());
    }

    /// Ends a copy that waits or runs. When this returns, its image, its snapshots and its name are
    /// gone and the source is free; a worker in the middle of it finds its claim gone.
    ///
    /// @param image the copy, in its own region
    /// @throws RefusedException `UnknownImage`, `NotACopy`, or `CopyEnded` when there is nothing left
    ///     to cancel
    public void cancel(Caller caller, RegionId region, ImageId image) {
        regions.check(region, new Refusal.UnknownRegion(region));
        changes.make(
                caller,
                tables -> {
                    Image copy = Owned.image(tables, caller.account(), region, image);
                    if (!(copy.origin() instanceof Origin.Copied)) {
                        throw new RefusedException(new Refusal.NotACopy(image));
                    }
                    Task task =
                            tables.tasks()
                                    .bringing(image)
                                    .orElseThrow(() ->
                                            new RefusedException(
                                                    new Refusal.CopyEnded(
                                                            image,
                                                            new TaskState.Done(copy.created()))));
                    if (task.state() instanceof TaskState.Ended end) {
                        throw new RefusedException(new Refusal.CopyEnded(image, end));
                    }
                    Endings.cancel(tables, task);
                    return task;
                });
    }
}
