package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Takes requests to copy a snapshot into another region. A copy is only entered in its queue here.
public final class SnapshotCopies {
    private final Changes changes;
    private final ClientTokens tokens = new ClientTokens("CopySnapshot");
    private final RegionMap regions;
    private final KeyChoices keys;
    private final Ids ids;

    public SnapshotCopies(Changes changes, RegionMap regions, KeyChoices keys, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.keys = keys;
        this.ids = ids;
    }

    /// @return the id of the copy, a snapshot of its own from now on
    /// @throws RefusedException with the reason; nothing was changed then
    public SnapshotId copy(Caller caller, SnapshotCopyRequest request) {
        KeyChoice key = key(caller.account(), request);
        return changes.make(
                caller,
                tables ->
                        new SnapshotId(
                                tokens.once(
                                        tables,
                                        caller.account(),
                                        request.token(),
                                        () ->
                                                enter(tables, caller.account(), request, key)
                                                        .value())));
    }

    private KeyChoice key(AccountId account, SnapshotCopyRequest request) {
        if (regions.find(request.destination()).isEmpty()) {
            return new KeyChoice.Plain();
        }
        KeyChoices.Wish wish =
                new KeyChoices.Wish(
                        account, request.destination(), request.encrypted(), request.kmsKey());
        return keys.forCopy(wish, request.source());
    }

    private SnapshotId enter(
            Tables tables, AccountId account, SnapshotCopyRequest request, KeyChoice choice) {
        regions.check(request.sourceRegion(), new Refusal.UnknownRegion(request.sourceRegion()));
        regions.usable(request.destination(), new Refusal.UnknownRegion(request.destination()));
        tables.regions().lock(request.destination());
        Snapshot source = source(tables, account, request);
        if (source.region().equals(request.destination())) {
            throw new RefusedException(new Refusal.OfSnapshot.SameRegion(source.region()));
        }
        CopyRules.checkRegions(tables, source.region(), request.destination());
        Optional<KeyVersion> key = choice.key();
        tables.tasks()
                .copying(source.id(), request.destination())
                .flatMap(Task::snapshot)
                .ifPresent(copy -> {
                    throw new RefusedException(
                            new Refusal.OfSnapshot.BeingCopied(source.id(), copy));
                });
        choice.enter(tables);
        Snapshot copy =
                Snapshot.copyOf(
                        source,
                        ids.snapshot(),
                        request.destination(),
                        attributes(tables, account, request),
                        tables.now(),
                        key);
        Quotas.checkSnapshots(tables, account, copy.region(), 1);
        tables.snapshots().insert(copy);
        tables.tasks().insert(task(tables, source, copy), List.of(source.id()));
        return copy.id();
    }

    private static SnapshotAttributes attributes(
            Tables tables, AccountId account, SnapshotCopyRequest request) {
        return new SnapshotAttributes(
                request.name(),
                request.description(),
                Owned.group(tables, account, request.group()),
                request.retentionDays(),
                request.tags(),
                true);
    }

    private static Snapshot source(Tables tables, AccountId account, SnapshotCopyRequest request) {
        Snapshot source = Owned.snapshot(tables, account, request.source());
        if (!source.region().equals(request.sourceRegion())) {
            throw new RefusedException(new Refusal.UnknownSnapshot(source.id()));
        }
        return Owned.sound(source);
    }

    private Task task(Tables tables, Snapshot source, Snapshot copy) {
        return new Task(
                ids.task(),
                copy.account(),
                copy.region(),
                Optional.empty(),
                new Work.CopySnapshot(source.id(), source.region(), copy.id()),
                new TaskState.Waiting(),
                tables.regions().nextTicket(copy.region()),
                tables.now(),
                Progress.NONE);
    }
}
