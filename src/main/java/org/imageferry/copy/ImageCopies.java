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
        Image source = source(tables, account, request, destination);
        checkPlace(tables, account, source, request, destination);
        Optional<KeyVersion> key = choice.key();
        Quotas.checkSize(tables, account, source, into);
        List<Snapshot> disks = CopyRules.snapshots(tables, source);
        Image copy = blank(tables, account, request, source, into);
        if (tables.images().nameTaken(account, destination, copy.name())) {
            throw new RefusedException(new Refusal.NameTaken(copy.name()));
        }
        if (tables.tasks().copying(account, source.id(), destination)) {
            throw new RefusedException(new Refusal.ImageBeingCopied(source.id()));
        }
        Quotas.checkImage(tables, account, destination, disks.size());
        if (request.dryRun()) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        choice.enter(tables);
        write(tables, request, source, disks, copy, key);
        return copy.id();
    }

    /// Whether the caller may copy it is decided here, once: sharing it no more does not disturb a copy
    /// that was entered.
    private static Image source(
            Tables tables, AccountId account, CopyRequest request, RegionId destination) {
        Image source = Visible.image(tables, account, request.sourceRegion(), request.source());
        Visible.checkCopy(tables, account, source, destination);
        if (!source.available()) {
            throw new RefusedException(new Refusal.ImageNotAvailable(source.id(), source.state()));
        }
        return source;
    }

    /// Another's image is copied within its region because the copy is the caller's own then.
    private static void checkPlace(
            Tables tables,
            AccountId account,
            Image source,
            CopyRequest request,
            RegionId destination) {
        boolean pointless =
                source.region().equals(destination)
                        && source.account().equals(account)
                        && !request.encrypted().orElse(false);
        if (pointless) {
            throw new RefusedException(new Refusal.SameRegion(destination));
        }
        CopyRules.checkRegions(tables, source.region(), destination);
    }

    private Image blank(
            Tables tables, AccountId account, CopyRequest request, Image source, Region into) {
        ImageId id = ids.image();
        return new Image(
                id,
                account,
                into.id(),
                new ImageAttributes(
                        request.name().orElse(new ImageName("copy-" + id)),
                        request.description(),
                        Optional.empty(),
                        source.platform(),
                        Features.DEFAULT,
                        Owned.group(tables, account, request.group()),
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
                        new Work.CopyImage(source.id(), request.sourceRegion(), request.check()),
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
