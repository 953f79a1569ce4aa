package org.imageferry.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.domain.ObjectKey;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload;

/// A bucket that is a folder.
final class FolderBucket implements Bucket {
    private final Path folder;
    private final Folders folders;
    private final KeyLocks locks;
    private final Failures failures;

    FolderBucket(Path folder, Folders folders, KeyLocks locks, Failures failures) {
        this.folder = folder;
        this.folders = folders;
        this.locks = locks;
        this.failures = failures;
    }

    @Override
    public Optional<BucketObject> open(ObjectKey key) throws StoreException {
        try {
            return Optional.of(FolderObject.open(path(key), folders, failures));
        } catch (NoSuchFileException e) {
            StoreException failure = failures.missing("object " + key, e);
            if (failure.kind() != Kind.MISSING) {
                throw failure;
            }
            return Optional.empty();
        } catch (IOException e) {
            throw failures.of("open object " + key, e);
        }
    }

    @Override
    public Upload upload(ObjectKey key, long length) throws StoreException {
        AnnouncedObject announced = new AnnouncedObject(key, length);
        UploadFiles files = UploadFiles.of(path(key));
        try (KeyLocks.Held _ = locks.hold(files.object())) {
            if (!canResume(files, length)) {
                folders.make(Folders.parent(files.object()));
                files.begin(length);
                ExtentLog.create(files.log(), length);
                Folders.force(Folders.parent(files.object()));
            }
            return new ResumableUpload(announced, files, locks, failures);
        } catch (IOException e) {
            throw failures.ofWrite("begin the upload of " + key, 0, e);
        }
    }

    private boolean canResume(UploadFiles files, long length) throws IOException {
        try {
            folders.require(Folders.parent(files.object()));
            if (folders.requireFile(files.data()).size() != length) {
                return false;
            }
            Optional<ExtentLog> log = ExtentLog.open(files.log(), length);
            if (log.isPresent()) {
                log.get().close();
            }
            return log.isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Upload create(ObjectKey key, long length) throws StoreException {
        AnnouncedObject announced = new AnnouncedObject(key, length);
        UploadFiles files = UploadFiles.of(path(key));
        try (KeyLocks.Held _ = locks.hold(files.object())) {
            folders.make(Folders.parent(files.object()));
            files.begin(length);
            return FreshUpload.open(announced, files, locks, failures);
        } catch (IOException e) {
            throw failures.ofWrite("begin object " + key, 0, e);
        }
    }

    @Override
    public void delete(ObjectKey key) throws StoreException {
        Path object = path(key);
        try (KeyLocks.Held _ = locks.hold(object)) {
            folders.require(Folders.parent(object));
            UploadFiles.of(object).discard();
            folders.requireFile(object);
            Files.delete(object);
        } catch (NoSuchFileException e) {
            StoreException failure = failures.missing("object " + key, e);
            if (failure.kind() != Kind.MISSING) {
                throw failure;
            }
        } catch (IOException e) {
            throw failures.of("delete object " + key, e);
        }
    }

    private Path path(ObjectKey key) throws StoreException {
        try {
            return folder.resolve(key.value());
        } catch (InvalidPathException e) {
            throw new StoreException(
                    Kind.FAILED,
                    "cannot name a file %s (%s): start imageferry with LC_ALL=C.UTF-8"
                            .formatted(key, e.getReason()),
                    e);
        }
    }
}
