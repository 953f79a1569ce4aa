package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.imageferry.format.ImageFormat;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;

/// Where the disks of imports lie that had to be unpacked: each in a scratch file called after its task
/// and its number.
final class UnpackedFile {
    private UnpackedFile() {}

    static String name(TaskId task, int disk) {
        return task.value() + "-" + disk;
    }

    /// The task that a scratch file was made for.
    static TaskId task(String name) {
        return new TaskId(name.substring(0, name.lastIndexOf('-')));
    }

    static boolean needed(Work.ImportedDisk disk) {
        return ImageFormat.titled(disk.format()).flatMap(ImageFormat::compression).isPresent();
    }

    /// @return nothing if it is not there, or not whole yet
    static Optional<BucketObject> open(Workshop shop, Task task, int disk) throws StoreException {
        return shop.scratch().open(name(task.id(), disk));
    }

    /// Whether all that the task reads is there, as far as this machine is concerned.
    static boolean allThere(Workshop shop, Task task) throws StoreException {
        if (!(task.work() instanceof Work.ImportImage work)) {
            return true;
        }
        List<Work.ImportedDisk> disks = work.disks();
        for (int disk = 0; disk < disks.size(); disk++) {
            if (needed(disks.get(disk))) {
                Optional<BucketObject> file = open(shop, task, disk);
                file.ifPresent(BucketObject::close);
                if (file.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }
}
