package org.imageferry.copy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.imageferry.format.FormatException;
import org.imageferry.format.ImageFormat;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Scratch;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Unpacks the objects of imports that are compressed as a whole, into scratch files on this machine:
/// before the import starts, and again if they are gone, as after a restart. Used by one thread, so that
/// one decoder at a time takes memory.
public final class Unpacker {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacker.class);

    /// After so many bytes it is looked whether the task is still open.
    private static final long LOOK_BYTES = 64L << 20;

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Workshop shop;

    /// The tasks whose objects could not be unpacked. Forgotten in a crash: then they are only tried a
    /// few times more.
    private final Map<TaskId, Stuck> stuck = new HashMap<>();

    private record Stuck(int times, Instant notBefore) {}

    /// The task was cancelled, or failed.
    private static final class EndedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    public Unpacker(Workshop shop) {
        this.shop = shop;
    }

    /// Unpacks one object, if there is one to unpack, after deleting what no open task needs any more.
    ///
    /// @return whether it did anything
    public boolean step() throws StoreException, InterruptedException {
        tidy();
        for (Region region : shop.regions().all()) {
            for (Task task : shop.catalog().read(tables -> imports(tables, region))) {
                if (due(task) && unpack(region, task)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void tidy() throws StoreException {
        for (String name : shop.scratch().names()) {
            if (!isOpen(UnpackedFile.task(name))) {
                shop.scratch().delete(name);
            }
        }
        stuck.keySet().removeIf(id -> !isOpen(id));
    }

    private boolean isOpen(TaskId id) {
        return shop.catalog()
                .read(tables -> tables.tasks().find(id).filter(Task::open).isPresent());
    }

    /// Those that run, and the one that is to start next.
    private static List<Task> imports(Tables tables, Region region) {
        List<Task> tasks =
                new ArrayList<>(tables.tasks().running(region.id(), Work.Action.ImportImage));
        tables.tasks().next(region.id(), Work.Action.ImportImage).ifPresent(tasks::add);
        return tasks;
    }

    private boolean due(Task task) {
        Instant now = shop.catalog().read(Tables::now);
        return !stuck.containsKey(task.id()) || !now.isBefore(stuck.get(task.id()).notBefore());
    }

    private boolean unpack(Region region, Task task) throws InterruptedException {
        try {
            List<Work.ImportedDisk> disks = ((Work.ImportImage) task.work()).disks();
            long left = region.mostImageBytes() - plainBytes(task, disks);
            for (int disk = 0; disk < disks.size(); disk++) {
                if (!UnpackedFile.needed(disks.get(disk))) {
                    continue;
                }
                Optional<BucketObject> done = UnpackedFile.open(shop, task, disk);
                if (done.isEmpty()) {
                    unpack(task, disk, disks.get(disk), left);
                    return true;
                }
                left -= done.get().length();
                done.get().close();
            }
            return false;
        } catch (FormatException e) {
            TaskEnds.fail(shop, task.id(), String.valueOf(e.getMessage()));
            return true;
        } catch (StoreException | IOException e) {
            return later(task, e);
        } catch (EndedException e) {
            return true;
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("task " + task.id(), e);
        }
    }

    /// What the disks have whose lengths were known from the beginning.
    private long plainBytes(Task task, List<Work.ImportedDisk> disks) {
        Optional<Image> image =
                shop.catalog().read(tables -> tables.images().find(task.itsImage()));
        return image.stream()
                .flatMap(it -> it.disks().stream())
                .filter(disk -> !UnpackedFile.needed(disks.get(disk.number())))
                .mapToLong(Disk::bytes)
                .sum();
    }

    private void unpack(Task task, int disk, Work.ImportedDisk pinned, long mostBytes)
            throws Exception {
        String name = UnpackedFile.name(task.id(), disk);
        LOG.atInfo().addKeyValue("task", task.id()).addKeyValue("disk", disk).log("unpacking");
        try (BucketObject object = ImportedFile.pinned(shop.buckets(), task, pinned);
                Scratch.Draft draft = shop.scratch().draft(name)) {
            BucketFile file = new BucketFile(object);
            Looks looks = new Looks(task.id());
            long length =
                    ImageFormat.of(Optional.of(pinned.format()), file)
                            .compression()
                            .orElseThrow()
                            .unpack(file, mostBytes, draft::put, looks::at);
            ImportedFile.pinned(shop.buckets(), task, pinned).close(); // unchanged to the end?
            draft.finish(length);
        }
        requireRaw(name, pinned);
        stuck.remove(task.id());
        LOG.atInfo().addKeyValue("task", task.id()).addKeyValue("disk", disk).log("unpacked");
        shop.wake().accept(task.region());
    }

    /// Looks now and then whether it is still worth the while.
    private final class Looks {
        private final TaskId task;
        private long next = LOOK_BYTES;

        private Looks(TaskId task) {
            this.task = task;
        }

        void at(long bytes) throws EndedException, InterruptedException {
            if (bytes >= next) {
                next = bytes + LOOK_BYTES;
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while unpacking for " + task);
                }
                if (!isOpen(task)) {
                    throw new EndedException();
                }
            }
        }
    }

    private void requireRaw(String name, Work.ImportedDisk pinned) throws Exception {
        try (BucketObject object = shop.scratch().open(name).orElseThrow()) {
            ImageFormat inside = ImageFormat.of(Optional.empty(), new BucketFile(object));
            if (inside != ImageFormat.RAW) {
                throw new FormatException(
                        pinned.format(),
                        "what is compressed in %s looks like a %s image: unpack it and import that, or if it is a raw disk that begins so, declare its format as RAW then"
                                .formatted(pinned.object(), inside.title()));
            }
        }
    }

    private boolean later(Task task, Exception failure) {
        int times = stuck.containsKey(task.id()) ? stuck.get(task.id()).times() + 1 : 1;
        Instant now = shop.catalog().read(Tables::now);
        stuck.put(task.id(), new Stuck(times, now.plus(WAIT)));
        LOG.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("attempts", times)
                .addKeyValue("reason", failure.getMessage())
                .log("unpacking failed");
        boolean last = times >= FailedPart.MOST_ATTEMPTS;
        if (last) {
            TaskEnds.fail(shop, task.id(), String.valueOf(failure.getMessage()));
        }
        return last;
    }
}
