package org.imageferry.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.Digest;
import org.imageferry.store.Extent;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload;

/// An upload that survives a crash. All its state is in its files, which any number of these share:
/// a request takes one, adds an extent and lets go of it, with nothing to close.
final class ResumableUpload implements Upload {
    private final AnnouncedObject announced;
    private final UploadFiles files;
    private final KeyLocks locks;
    private final Failures failures;

    ResumableUpload(
            AnnouncedObject announced, UploadFiles files, KeyLocks locks, Failures failures) {
        this.announced = announced;
        this.files = files;
        this.locks = locks;
        this.failures = failures;
    }

    /// The log never says more than the disk holds: what is overwritten is withdrawn before, and
    /// what arrived is forced before it is entered. One thread at a time, as the disk is the limit.
    @Override
    public void put(long offset, ByteBuffer content, Digest digest) throws StoreException {
        Extent extent = announced.extent(offset, content);
        try (KeyLocks.Held _ = locks.hold(files.object());
                ExtentLog log = log();
                FileChannel data =
                        FileChannel.open(
                                files.data(),
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS)) {
            if (extent.length() == 0) {
                return;
            }
            if (anythingAt(extent)) {
                log.withdrawn(extent);
            }
            Transfers.write(data, offset, content);
            data.force(false);
            log.arrived(new Arrived(extent, digest));
        } catch (NoSuchFileException e) {
            throw ended(e);
        } catch (IOException e) {
            throw failures.ofWrite("upload to " + announced.key(), extent.length(), e);
        }
    }

    /// To look at the file is cheaper than to read the log for every extent.
    private boolean anythingAt(Extent extent) {
        try (SparseFile data = SparseFile.open(files.data())) {
            return !data.extents(extent.offset(), extent.end()).isEmpty();
        }
    }

    @Override
    public List<Arrived> arrived() throws StoreException {
        try (KeyLocks.Held _ = locks.hold(files.object());
                ExtentLog log = log()) {
            return log.read().list();
        } catch (NoSuchFileException e) {
            throw ended(e);
        } catch (IOException e) {
            throw failures.of("resume the upload of " + announced.key(), e);
        }
    }

    @Override
    public void close() throws StoreException {
        try (KeyLocks.Held _ = locks.hold(files.object())) {
            log().close(); // is it still this upload? All that arrived is on the disk already.
            files.publish();
        } catch (NoSuchFileException e) {
            throw ended(e);
        } catch (IOException e) {
            throw failures.ofWrite("end the upload of " + announced.key(), 0, e);
        }
    }

    @Override
    public void discard() throws StoreException {
        try (KeyLocks.Held _ = locks.hold(files.object());
                ExtentLog _ = log()) {
            files.discard();
        } catch (NoSuchFileException e) {
            requireStore(e);
        } catch (IOException e) {
            throw failures.of("throw away the upload of " + announced.key(), e);
        }
    }

    private void requireStore(NoSuchFileException cause) throws StoreException {
        StoreException failure = ended(cause);
        if (failure.kind() != Kind.MISSING) {
            throw failure;
        }
    }

    /// @throws NoSuchFileException if there is none of this upload
    private ExtentLog log() throws IOException {
        Optional<ExtentLog> log = ExtentLog.open(files.log(), announced.length());
        return log.orElseThrow(() -> new NoSuchFileException(files.log().toString()));
    }

    private StoreException ended(NoSuchFileException cause) {
        return failures.missing("upload of " + announced.key() + " under way", cause);
    }
}
