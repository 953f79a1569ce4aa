package org.imageferry.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Extent;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// An open file of a bucket: what had the name when it was opened, whatever has it later.
final class FolderObject implements BucketObject {
    private static final int MOST_TRIES = 100;
    private static final int ETAG_BYTES = 8;

    private final Path path;
    private final FileChannel file;
    private final SparseFile holes;
    private final BasicFileAttributes attributes;
    private final Failures failures;

    private FolderObject(
            Path path,
            FileChannel file,
            SparseFile holes,
            BasicFileAttributes attributes,
            Failures failures) {
        this.path = path;
        this.file = file;
        this.holes = holes;
        this.attributes = attributes;
        this.failures = failures;
    }

    /// The file is opened twice, because the JDK shows nobody its holes, and looked at before and
    /// after: if it is the same then, all four looked at one file.
    ///
    /// @throws NoSuchFileException if it is not there
    static FolderObject open(Path path, Folders folders, Failures failures) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            folders.require(Folders.parent(path));
            BasicFileAttributes before = folders.requireFile(path);
            FileChannel file =
                    FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            FolderObject object =
                    new FolderObject(path, file, SparseFile.open(path), before, failures);
            if (object.is(path, folders)) {
                return object;
            }
            object.close();
        }
        throw new FileSystemException(path.toString(), null, "is replaced again and again");
    }

    private boolean is(Path path, Folders folders) throws IOException {
        try {
            return etag().equals(etag(folders.requireFile(path)));
        } catch (NoSuchFileException e) {
            return false; // deleted meanwhile: the next look tells
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public long length() {
        return attributes.size();
    }

    @Override
    public String etag() {
        return etag(attributes);
    }

    private static String etag(BasicFileAttributes file) {
        long nanos = file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String facts = file.size() + " " + nanos + " " + file.fileKey();
        return HexFormat.of().formatHex(sha256(facts), 0, ETAG_BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public List<Extent> extents(long from, long to) {
        return holes.extents(from, Math.min(to, length()));
    }

    @Override
    public void read(long offset, ByteBuffer into) throws StoreException {
        try {
            Transfers.fill(file, offset, into);
        } catch (EOFException e) {
            throw new StoreException(
                    Kind.DAMAGED,
                    "cannot read byte %d of %s (it %s): put the whole file there again"
                            .formatted(offset, path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw failures.of("read " + path, e);
        }
    }

    @Override
    public void close() {
        holes.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }
}
