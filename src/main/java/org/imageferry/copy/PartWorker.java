package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves copies and imports forward, one part at a time; any number of workers may run it.
///
/// All promises rest on two catalog transactions: a claim hands out a part of a task that may run now,
/// and a commit takes the part only from the claim that is still its own. All state is in the catalog,
/// so a crash between the two loses one part's work and nothing else.
public final class PartWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PartWorker.class);

    /// So often a part is planned anew because a segment went while it was planned.
    private static final int MOST_PLANS = 5;

    private static final List<Work.Action> BRINGING =
            Stream.of(Work.Action.values()).filter(Work.Action::brings).toList();

    private final Workshop shop;

    public PartWorker(Workshop shop) {
        this.shop = shop;
    }

    /// A part that is ours to bring, with what its task says of it.
    ///
    /// @param disk which of the task's snapshots it is a part of
    /// @param source of the snapshot, if it is a copy
    private record Job(
            Claims.PartClaim claim,
            Task task,
            int disk,
            Snapshot snapshot,
            Optional<SnapshotId> source,
            Scope scope) {}

    /// Does one part of the region's running copies and imports, if there is one to do.
    ///
    /// @return whether there was
    public boolean step(Region region) throws InterruptedException {
        if (region.health().trouble().isPresent()) {
            return false;
        }
        Set<Work.Action> claimable =
                shop.catalog().read(tables -> tables.openings().claimable(region.id()));
        for (Work.Action action : BRINGING) {
            if (!claimable.contains(action)) {
                continue; // most looks are in vain, and a claim is a write
            }
            List<Task> running =
                    shop.catalog().read(tables -> tables.tasks().running(region.id(), action));
            for (Task task : running) {
                if (!isReachable(task)) {
                    continue;
                }
                Optional<Job> job = shop.catalog().write(tables -> claim(tables, task));
                if (job.isPresent()) {
                    shop.wake().accept(region.id()); // for one more, if there is another part
                    work(region, job.get());
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether what the task reads is within this node's reach. Other nodes may have other regions.
    private boolean isReachable(Task task) {
        return switch (task.work()) {
            case Work.CopyImage copy -> shop.regions().find(copy.sourceRegion()).isPresent();
            case Work.CopySnapshot copy -> shop.regions().find(copy.sourceRegion()).isPresent();
            case Work.ImportImage _ -> isUnpacked(task);
            case Work.ExportImage _, Work.VerifyImages _ -> true;
        };
    }

    /// Each node unpacks for itself.
    private boolean isUnpacked(Task task) {
        try {
            return UnpackedFile.allThere(shop, task);
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("task", task.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("can't see what was unpacked");
            return false;
        }
    }

    private Optional<Job> claim(Tables tables, Task seen) {
        tables.claims().expire();
        Optional<Task> task = TaskEnds.running(tables, seen.id());
        if (task.isEmpty()) {
            return Optional.empty();
        }
        return tables.claims()
                .claimPart(seen.id(), shop.node(), tables.now().plus(shop.leases().length()))
                .map(claim -> job(tables, task.get(), claim));
    }

    private static Job job(Tables tables, Task task, Claims.PartClaim claim) {
        Snapshot snapshot = tables.snapshots().find(claim.snapshot()).orElseThrow();
        return new Job(
                claim,
                task,
                Brought.by(tables, task).snapshots().indexOf(snapshot.id()),
                snapshot,
                snapshot.source().map(Snapshot.Source::snapshot),
                snapshot.scope());
    }

    private void work(Region region, Job job) throws InterruptedException {
        try {
            bring(region, job);
            UsedUploads.tidy(shop, job.task());
        } catch (Exception e) {
            new FailedPart(shop, job.claim()).after(e);
        }
    }

    private void bring(Region region, Job job) throws Exception {
        Seal seal = shop.seals().of(job.scope());
        for (int plan = 0; plan < MOST_PLANS; plan++) {
            if (takeKnown(job)) {
                return;
            }
            PartBuilder.Built built = build(region, job, seal);
            shop.seals().check(job.scope());
            switch (shop.catalog().write(tables -> commit(tables, job, built))) {
                case TAKEN -> {
                    logDone(job, built);
                    return;
                }
                case LOST -> {
                    built.landing().withdraw(shop.catalog(), region.store());
                    throw new ClaimLostException(job.claim().claim());
                }
                case STALE -> LOG.atInfo().addKeyValue("part", job.claim()).log("planned anew");
            }
        }
        throw new DamagedException(
                "part " + job.claim().number() + " of " + job.claim().snapshot(),
                "segments that it needs went while it was planned, " + MOST_PLANS + " times");
    }

    /// Whole parts that the region holds already cost a look-up. The part may have come since the
    /// claim, or go before the commit: so it is looked up again inside the transaction. Where one came, there
    /// likely are more: those of a disk that have no data are all the same.
    private boolean takeKnown(Job job) {
        Optional<Digest> digest = job.claim().name();
        if (digest.isEmpty() || shop.catalog().read(t -> known(t, job, digest.get())).isEmpty()) {
            return false;
        }
        return shop.catalog()
                .write(tables -> {
                    Optional<Parts.Part> part =
                            known(tables, job, digest.get())
                                    .filter(_ -> tables.claims().holds(job.claim().claim()));
                    part.ifPresent(known -> {
                        accept(tables, job, known);
                        KnownParts.take(tables, job.task().id(), job.scope(), 0);
                    });
                    return part.isPresent();
                });
    }

    private static Optional<Parts.Part> known(Tables tables, Job job, Digest digest) {
        return tables.parts().find(job.scope(), digest);
    }

    private PartBuilder.Built build(Region region, Job job, Seal seal) throws Exception {
        try (Lease lease = shop.leases().of(shop.catalog(), job.claim().claim())) {
            return build(region, job, seal, lease);
        }
    }

    private PartBuilder.Built build(Region region, Job job, Seal seal, Lease lease)
            throws Exception {
        Optional<Parts.Part> nearest =
                shop.catalog()
                        .read(tables ->
                                tables.parts()
                                        .nearest(
                                                job.scope(),
                                                job.claim().number(),
                                                job.snapshot().bytes()));
        PartBuilder builder = new PartBuilder(shop, region.store(), seal, lease, nearest);
        try {
            return switch (job.task().work()) {
                case Work.CopyImage copy ->
                        copy(job, copy.sourceRegion(), copy.check(), builder, seal, lease);
                case Work.CopySnapshot copy ->
                        copy(job, copy.sourceRegion(), BlockCheck.STORED, builder, seal, lease);
                case Work.ImportImage work -> importPart(job, work, builder, seal, lease);
                case Work.ExportImage _, Work.VerifyImages _ ->
                        throw new IllegalStateException("no parts to bring: " + job.task());
            };
        } finally {
            builder.abandon();
        }
    }

    private PartBuilder.Built copy(
            Job job, RegionId region, BlockCheck check, PartBuilder builder, Seal seal, Lease lease)
            throws Exception {
        SnapshotId source = job.source().orElseThrow();
        Parts.Part from =
                shop.catalog()
                        .read(tables -> tables.parts().of(source, job.claim().number()))
                        // A running task holds what it reads: this one has ended.
                        .orElseThrow(() -> new ClaimLostException(job.claim().claim()));
        return new PartCopier(shop, check)
                .copy(
                        from,
                        shop.regions().configured(region),
                        shop.seals().of(from.scope()),
                        builder,
                        seal,
                        lease);
    }

    private PartBuilder.Built importPart(
            Job job, Work.ImportImage work, PartBuilder builder, Seal seal, Lease lease)
            throws Exception {
        Work.ImportedDisk pinned = work.disks().get(job.disk());
        try (ImportedFile file = ImportedFile.open(shop, job.task(), pinned, job.disk())) {
            long from = job.claim().number() * shop.partBytes();
            long to = Math.min(job.snapshot().bytes(), from + shop.partBytes());
            PartBuilder.Built built =
                    new PartImporter(shop).bring(file.disk(), from, to, builder, seal, lease);
            ImportedFile.pinned(shop.buckets(), job.task(), pinned)
                    .close(); // unchanged to the end?
            return built;
        }
    }

    private enum Commit {
        TAKEN,
        /// The claim is somebody else's, or nobody's.
        LOST,
        /// A segment that the part needs has gone meanwhile, or was found bad: it is planned anew.
        STALE
    }

    private static Commit commit(Tables tables, Job job, PartBuilder.Built built) {
        if (!tables.claims().holds(job.claim().claim()) || !built.landing().enter(tables)) {
            return Commit.LOST;
        }
        if (built.isIn(tables.damage().among(job.scope().region(), built.needs()))) {
            return Commit.STALE;
        }
        boolean ailed = tables.damage().ails(job.scope(), built.digest());
        Optional<Parts.Part> part =
                tables.parts()
                        .add(
                                job.scope(),
                                built.digest(),
                                built.manifest(),
                                built.contentBytes(),
                                built.needs());
        if (part.isEmpty()) {
            return Commit.STALE;
        }
        if (ailed) {
            DamageNotes.part(tables, part.get(), true);
        }
        tables.tasks()
                .addProgress(
                        job.task().id(),
                        new Progress(0, 0, built.movedBytes(), built.storedBytes()));
        accept(tables, job, part.get());
        TaskEnds.finishIfWhole(tables, job.task().id());
        return Commit.TAKEN;
    }

    private static void accept(Tables tables, Job job, Parts.Part part) {
        tables.parts().attach(job.claim().snapshot(), job.claim().number(), part);
        tables.claims().done(job.claim().claim());
    }

    private void logDone(Job job, PartBuilder.Built built) {
        LOG.atInfo()
                .addKeyValue("task", job.task().id())
                .addKeyValue("part", job.claim().number())
                .addKeyValue("movedBytes", built.movedBytes())
                .addKeyValue("storedBytes", built.storedBytes())
                .log("part done");
    }
}
