package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.store.Bucket;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what was uploaded for an import, and nothing else, once the import has ended well: objects whose
/// keys begin with `uploads/`. Of one that failed they stay, so that they can be imported otherwise.
final class UsedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(UsedUploads.class);
    private static final String FOLDER = "uploads/";

    private UsedUploads() {}

    /// Called after each part of a task. Should the server die just now, an upload is left over, no more.
    static void tidy(Workshop shop, Task task) {
        if (!(task.work() instanceof Work.ImportImage work)
                || work.disks().stream().noneMatch(UsedUploads::isUpload)
                || !isDone(shop, task)) {
            return;
        }
        work.disks().stream().filter(UsedUploads::isUpload).forEach(it -> delete(shop, task, it));
    }

    private static boolean isUpload(Work.ImportedDisk disk) {
        return disk.object().value().startsWith(FOLDER);
    }

    private static boolean isDone(Workshop shop, Task task) {
        return shop.catalog()
                .read(tables -> tables.tasks().find(task.id()))
                .filter(now -> now.state() instanceof TaskState.Done)
                .isPresent();
    }

    private static void delete(Workshop shop, Task task, Work.ImportedDisk disk) {
        Optional<Bucket> bucket = shop.buckets().find(task.account(), task.region(), disk.bucket());
        try {
            if (bucket.isPresent()) {
                bucket.get().delete(disk.object());
            }
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("task", task.id())
                    .addKeyValue("object", disk.object())
                    .addKeyValue("reason", e.getMessage())
                    .log("an upload is left over");
        }
    }
}
