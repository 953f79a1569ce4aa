package org.imageferry.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.imageferry.format.DiskImage;
import org.imageferry.format.FormatException;
import org.imageferry.format.ImageFile;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the free slots of a region to the tasks that wait for them: first in, first out within an
/// account, and of the accounts the one that was served longest ago.
public final class TaskStarter {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStarter.class);

    /// Names a part that is all zeros.
    private static final Digest NO_DATA = new Manifest(List.of()).digest();

    private final Workshop shop;

    /// The heads of the queues that could not be started. Forgotten in a crash: then they are only
    /// tried a few times more.
    private final Map<Queue, Stuck> heads = new ConcurrentHashMap<>();

    private record Queue(RegionId region, Work.Action action) {}

    private record Stuck(TaskId task, int times) {
        static Stuck again(Stuck before, Stuck now) {
            return before.task().equals(now.task())
                    ? new Stuck(now.task(), before.times() + 1)
                    : now;
        }
    }

    public TaskStarter(Workshop shop) {
        this.shop = shop;
    }

    /// Starts one task of each action, if one waits and a slot is free.
    ///
    /// @return whether it did anything
    public boolean step(Region region) {
        Set<Work.Action> startable =
                shop.catalog()
                        .read(tables ->
                                Errands.startable(
                                        tables.openings().of(region.id(), shop.node()), region));
        boolean any = false;
        for (Work.Action action : startable) {
            any |= step(region, action);
        }
        return any;
    }

    /// Starts one task of this action, if one waits and a slot is free.
    ///
    /// @return whether it did anything
    public boolean step(Region region, Work.Action action) {
        if (trouble(region, action).isPresent()) {
            return false;
        }
        Optional<Task> next = shop.catalog().read(tables -> next(tables, region, action));
        if (next.isEmpty()) {
            return false;
        }
        try {
            if (!UnpackedFile.allThere(shop, next.get())) {
                return false;
            }
            Offers offers = offersOf(next.get());
            if (shop.catalog().write(tables -> start(tables, region, next.get(), offers))) {
                LOG.atInfo()
                        .addKeyValue("task", next.get().id())
                        .addKeyValue("action", action)
                        .addKeyValue("resource", next.get().resource())
                        .addKeyValue("region", region.id())
                        .log("task started");
                if (action.brings()) { // else it has no parts
                    takeKnown(next.get(), offers.seal().orElseThrow().scope());
                }
            }
        } catch (FormatException e) {
            TaskEnds.fail(shop, next.get().id(), String.valueOf(e.getMessage()));
        } catch (KmsException e) {
            if (Seals.passes(e)) {
                return false;
            }
            TaskEnds.fail(shop, next.get().id(), String.valueOf(e.getMessage()));
        } catch (IOException | StoreException e) {
            return failed(next.get(), e);
        }
        return true;
    }

    /// A bucket that fails is asked again, as often as a store is for a part.
    private boolean failed(Task task, Exception failure) {
        Queue queue = new Queue(task.region(), task.work().action());
        Stuck stuck = heads.merge(queue, new Stuck(task.id(), 1), Stuck::again);
        boolean last = stuck.times() >= FailedPart.MOST_ATTEMPTS;
        if (last) {
            TaskEnds.fail(shop, task.id(), String.valueOf(failure.getMessage()));
        }
        return last;
    }

    private static Optional<String> trouble(Region region, Work.Action action) {
        return action.brings() ? region.health().trouble() : region.health().gone();
    }

    private static Optional<Task> next(Tables tables, Region region, Work.Action action) {
        Set<Integer> taken = tables.tasks().slots(region.id(), action);
        int slots = region.slots().getOrDefault(action, 1);
        return taken.size() < slots ? tables.tasks().next(region.id(), action) : Optional.empty();
    }

    /// The parts of each disk that are to be brought. For an import they are read off its files, which
    /// takes too long for a transaction; for a copy they are in the catalog, and read inside it.
    ///
    /// @param lengths of an import's disks
    /// @param seal of the scope that the parts are brought into; empty if the task brings none
    private record Offers(
            List<List<Claims.Offer>> ofDisks, List<Long> lengths, Optional<Seal> seal) {}

    private Offers offersOf(Task task) throws IOException, StoreException, KmsException {
        if (!task.work().action().brings()) {
            return new Offers(List.of(), List.of(), Optional.empty());
        }
        Seal seal = shop.seals().of(shop.catalog().read(tables -> scope(tables, task)));
        List<List<Claims.Offer>> ofDisks = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        if (task.work() instanceof Work.ImportImage work) {
            for (Work.ImportedDisk disk : work.disks()) {
                try (ImportedFile file = ImportedFile.open(shop, task, disk, ofDisks.size())) {
                    ofDisks.add(offers(file.disk(), seal));
                    lengths.add(file.disk().length());
                }
            }
        }
        return new Offers(ofDisks, lengths, Optional.of(seal));
    }

    /// All that a task brings is encrypted with one key, or nothing is. A task that ended meanwhile
    /// brings nothing, and will not be started either.
    private static Scope scope(Tables tables, Task task) {
        boolean open = tables.tasks().find(task.id()).filter(Task::open).isPresent();
        return (open ? Brought.by(tables, task).snapshots() : List.<SnapshotId>of())
                .stream()
                        .flatMap(id -> tables.snapshots().find(id).stream())
                        .map(Snapshot::scope)
                        .findFirst()
                        .orElseGet(() -> new Scope(task.account(), task.region()));
    }

    private List<Claims.Offer> offers(DiskImage disk, Seal seal) throws IOException {
        List<Claims.Offer> offers = new ArrayList<>();
        for (int number = 0; number < shop.parts(disk.length()); number++) {
            long from = number * shop.partBytes();
            long to = Math.min(disk.length(), from + shop.partBytes());
            long bytes =
                    PartImporter.pages(disk, from, to).stream()
                            .mapToLong(ImageFile.Stretch::length)
                            .sum();
            // A part without data is known beforehand: it need not be claimed to be found out.
            offers.add(
                    new Claims.Offer(
                            number,
                            bytes == 0 ? Optional.of(seal.name(NO_DATA)) : Optional.empty(),
                            bytes));
        }
        return offers;
    }

    /// @return false if somebody else was quicker
    private boolean start(Tables tables, Region region, Task seen, Offers offers) {
        tables.regions().lock(region.id());
        Optional<Task> next = next(tables, region, seen.work().action());
        if (next.isEmpty() || !next.get().id().equals(seen.id())) {
            return false;
        }
        Task task = next.get();
        tables.tasks().update(task.start(tables.now(), freeSlot(tables, region, task)));
        tables.regions()
                .served(
                        region.id(),
                        task.work().action(),
                        task.account(),
                        tables.regions().nextTicket(region.id()));
        if (task.work() instanceof Work.Bringing) {
            offer(tables, task, offers);
        }
        return true;
    }

    private static int freeSlot(Tables tables, Region region, Task task) {
        Set<Integer> taken = tables.tasks().slots(region.id(), task.work().action());
        int slot = 0;
        while (taken.contains(slot)) {
            slot++;
        }
        return slot;
    }

    private void offer(Tables tables, Task task, Offers imported) {
        if (!imported.lengths().isEmpty()) {
            measure(tables, task, imported.lengths());
        }
        Brought brought = Brought.by(tables, task);
        brought.become(tables, new ImageState.Creating());
        long total = 0;
        for (int disk = 0; disk < brought.snapshots().size(); disk++) {
            SnapshotId snapshot = brought.snapshots().get(disk);
            List<Claims.Offer> offers =
                    imported.ofDisks().isEmpty()
                            ? copied(tables, snapshot, imported.seal().orElseThrow())
                            : imported.ofDisks().get(disk);
            tables.claims().offer(task.id(), snapshot, offers);
            total += offers.stream().mapToLong(Claims.Offer::bytes).sum();
        }
        tables.tasks().addProgress(task.id(), new Progress(total, 0, 0, 0));
    }

    /// What is compressed as a whole has a length only once it is unpacked.
    private static void measure(Tables tables, Task task, List<Long> lengths) {
        Image image = tables.images().find(task.itsImage()).orElseThrow();
        if (image.disks().stream().map(Disk::bytes).toList().equals(lengths)) {
            return;
        }
        List<Disk> disks = new ArrayList<>();
        for (Disk disk : image.disks()) {
            long bytes = lengths.get(disk.number());
            Snapshot snapshot = tables.snapshots().find(disk.snapshot()).orElseThrow();
            tables.snapshots().update(snapshot.with(bytes));
            disks.add(new Disk(disk.number(), bytes, disk.snapshot()));
        }
        tables.images().update(image.with(disks));
    }

    private static List<Claims.Offer> copied(Tables tables, SnapshotId id, Seal seal) {
        Snapshot copy = tables.snapshots().find(id).orElseThrow();
        Snapshot.Source source = copy.source().orElseThrow();
        List<Claims.Offer> offers = new ArrayList<>();
        for (Parts.Numbered part : tables.parts().of(source.snapshot())) {
            Parts.Part from = part.part();
            offers.add(new Claims.Offer(part.number(), nameIn(seal, from), from.contentBytes()));
        }
        return offers;
    }

    /// What a part that is sealed otherwise will be called only its manifest tells, once it is opened.
    private static Optional<Digest> nameIn(Seal seal, Parts.Part from) {
        if (from.scope().key().isEmpty()) {
            return Optional.of(seal.name(from.digest()));
        }
        return from.scope().equals(seal.scope()) ? Optional.of(from.digest()) : Optional.empty();
    }

    private void takeKnown(Task task, Scope scope) {
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            long from = next.getAsLong();
            next = shop.catalog().write(t -> KnownParts.take(t, task.id(), scope, from));
        }
    }
}
