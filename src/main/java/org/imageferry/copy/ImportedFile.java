package org.imageferry.copy;

import java.io.IOException;
import java.util.Optional;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.format.DiskImage;
import org.imageferry.format.FormatException;
import org.imageferry.format.ImageFormat;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// The object that an import reads, still the very one that was there when it was accepted.
record ImportedFile(BucketObject object, DiskImage disk) implements AutoCloseable {
    /// @param number of the disk
    /// @throws FormatException if the object is gone, has changed, or is no such disk image: the import
    ///     has failed, and to try again is no use
    /// @throws StoreException `UNAVAILABLE` if it is still to be unpacked
    static ImportedFile open(Workshop shop, Task task, Work.ImportedDisk pinned, int number)
            throws IOException, StoreException {
        BucketObject object = pinned(shop.buckets(), task, pinned);
        boolean opened = false;
        try {
            if (UnpackedFile.needed(pinned)) {
                return unpacked(shop, task, pinned, number);
            }
            Optional<String> format = Optional.of(pinned.format()).filter(text -> !text.isEmpty());
            BucketFile bytes = new BucketFile(object);
            DiskImage disk = ImageFormat.of(format, bytes).open(bytes);
            opened = true;
            return new ImportedFile(object, disk);
        } finally {
            if (!opened) {
                object.close();
            }
        }
    }

    private static ImportedFile unpacked(
            Workshop shop, Task task, Work.ImportedDisk pinned, int number)
            throws IOException, StoreException {
        BucketObject file =
                UnpackedFile.open(shop, task, number)
                        .orElseThrow(() ->
                                new StoreException(
                                        StoreException.Kind.UNAVAILABLE,
                                        "object " + pinned.object() + " is still to be unpacked"));
        return new ImportedFile(file, ImageFormat.RAW.open(new BucketFile(file)));
    }

    /// The object, if it is still the one that was there when the import was accepted.
    static BucketObject pinned(Buckets buckets, Task task, Work.ImportedDisk pinned)
            throws IOException, StoreException {
        Optional<BucketObject> object = Optional.empty();
        var bucket = buckets.find(task.account(), task.region(), pinned.bucket());
        if (bucket.isPresent()) {
            object = bucket.get().open(pinned.object());
        }
        if (object.isEmpty()) {
            throw changed(pinned, "is gone");
        }
        boolean same = false;
        try {
            check(pinned, object.get());
            same = true;
            return object.get();
        } finally {
            if (!same) {
                object.get().close();
            }
        }
    }

    private static void check(Work.ImportedDisk pinned, BucketObject object)
            throws FormatException {
        if (object.length() != pinned.length() || !object.etag().equals(pinned.etag())) {
            throw changed(pinned, "was changed while it was imported");
        }
    }

    private static FormatException changed(Work.ImportedDisk pinned, String what) {
        return new FormatException(
                pinned.format(),
                "object "
                        + pinned.object()
                        + " of bucket "
                        + pinned.bucket()
                        + " "
                        + what
                        + "; put it there again and import it anew");
    }

    @Override
    public void close() {
        object.close();
    }
}
