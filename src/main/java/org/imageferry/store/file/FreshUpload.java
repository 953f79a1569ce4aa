package org.imageferry.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.imageferry.domain.Digest;
import org.imageferry.store.Extent;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// An upload that a crash ends: nothing is forced to the disk before [#close].
final class FreshUpload implements Upload {
    private final AnnouncedObject announced;
    private final UploadFiles files;
    private final FileChannel data;
    private final BasicFileAttributes dataFile;
    private final KeyLocks locks;
    private final Failures failures;
    private final ArrivedExtents arrived = new ArrivedExtents();

    /// Extents share it, the end has it alone: nothing is written to the object once it is seen.
    private final ReadWriteLock ending = new ReentrantReadWriteLock();

    private boolean ended;

    private FreshUpload(
            AnnouncedObject announced,
            UploadFiles files,
            FileChannel data,
            BasicFileAttributes dataFile,
            KeyLocks locks,
            Failures failures) {
        this.announced = announced;
        this.files = files;
        this.data = data;
        this.dataFile = dataFile;
        this.locks = locks;
        this.failures = failures;
    }

    /// The caller holds the lock of the object.
    static FreshUpload open(
            AnnouncedObject announced, UploadFiles files, KeyLocks locks, Failures failures)
            throws IOException {
        FileChannel data =
                FileChannel.open(files.data(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        return new FreshUpload(announced, files, data, dataFile(files), locks, failures);
    }

    private static BasicFileAttributes dataFile(UploadFiles files) throws IOException {
        return Files.readAttributes(
                files.data(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void put(long offset, ByteBuffer content, Digest digest) throws StoreException {
        Extent extent = announced.extent(offset, content);
        try (KeyLocks.Held _ = hold(ending.readLock())) {
            requireOpen();
            Transfers.write(data, offset, content);
            if (extent.length() > 0) {
                arrived.add(new Arrived(extent, digest));
            }
        } catch (NoSuchFileException e) {
            throw ended(e);
        } catch (IOException e) {
            throw failures.ofWrite("write object " + announced.key(), extent.length(), e);
        }
    }

    @Override
    public List<Arrived> arrived() throws StoreException {
        try (KeyLocks.Held _ = hold(ending.readLock())) {
            requireOpen();
            return arrived.list();
        } catch (NoSuchFileException e) {
            throw ended(e);
        }
    }

    @Override
    public void close() throws StoreException {
        try (KeyLocks.Held _ = hold(ending.writeLock())) {
            requireOpen();
            data.force(true);
            try (KeyLocks.Held _ = locks.hold(files.object())) {
                requireOurs();
                files.publish();
            }
            ended = true;
            data.close();
        } catch (NoSuchFileException e) {
            throw ended(e);
        } catch (IOException e) {
            throw failures.ofWrite("end object " + announced.key(), 0, e);
        }
    }

    @Override
    public void discard() throws StoreException {
        try (KeyLocks.Held _ = hold(ending.writeLock());
                KeyLocks.Held _ = locks.hold(files.object())) {
            if (!ended) {
                ended = true;
                data.close();
                requireOurs();
                files.discard();
            }
        } catch (NoSuchFileException e) {
            // It is gone already, or another upload's.
        } catch (IOException e) {
            throw failures.of("throw away object " + announced.key(), e);
        }
    }

    private void requireOpen() throws NoSuchFileException {
        if (ended) {
            throw new NoSuchFileException(files.data().toString());
        }
    }

    /// Another upload of the key may have thrown our file away and begun its own.
    private void requireOurs() throws IOException {
        if (!Objects.equals(dataFile.fileKey(), dataFile(files).fileKey())) {
            throw new NoSuchFileException(files.data().toString());
        }
    }

    private static KeyLocks.Held hold(Lock lock) {
        lock.lock();
        return lock::unlock;
    }

    private StoreException ended(NoSuchFileException cause) {
        return failures.missing("upload of " + announced.key() + " under way", cause);
    }
}
