package org.imageferry.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// Keeps a region's objects as files below a folder, which one object of this class has for itself; or one
/// in each of several processes, if each has a name of its own.
///
/// An object is written under a temporary name, forced to the disk, renamed, and its folder forced:
/// so a power cut leaves all of it or nothing.
public final class FolderRegionStore implements RegionStore {
    /// What is not longer may use the reserve: to delete what takes the space, a store must note that
    /// something is deleted.
    private static final int SMALL_BYTES = 4 << 10;

    private final StoreRoot root;
    private final long reserveBytes;
    private final Folders folders;
    private final NewFiles files = new NewFiles();
    private final OpenObjects objects;
    private final ObjectWalk walk;
    private final Failures failures;
    private final AtomicLong writesStarted = new AtomicLong();

    /// Bytes that writes under way may yet take.
    private final AtomicLong underWayBytes = new AtomicLong();

    /// Nobody else in this process renames to objects' names, so that looking and renaming are one step. Other
    /// processes write other objects, or the same with the same bytes.
    private final Object renaming = new Object();

    /// Opens a store that [#create] made. If it is not there now it may come later: until then every
    /// call fails `UNAVAILABLE`.
    ///
    /// @param reserveBytes what every write of more than 4 KiB leaves free on the disk
    public FolderRegionStore(Path root, long reserveBytes) {
        this(new StoreRoot(root.toAbsolutePath(), true, ""), reserveBytes);
    }

    /// A store that another process may have for itself: it is only read, and nothing in it is tidied up.
    public static FolderRegionStore reading(Path root) {
        return new FolderRegionStore(new StoreRoot(root.toAbsolutePath(), false, ""), 0);
    }

    private FolderRegionStore(StoreRoot root, long reserveBytes) {
        this.root = root;
        this.reserveBytes = reserveBytes;
        this.folders = new Folders(this.root.path());
        this.objects = new OpenObjects(folders);
        this.failures = new Failures(this.root.path());
        this.walk = new ObjectWalk(this.root, folders, failures);
        this.root.open();
    }

    /// Opens a store that several processes use, on one machine or by a network's file system.
    ///
    /// @param process nobody else's name, and the same after each start
    public static FolderRegionStore share(Path root, long reserveBytes, String process) {
        return new FolderRegionStore(
                new StoreRoot(root.toAbsolutePath(), true, process + "-"), reserveBytes);
    }

    /// Makes the folder, unless it is a store already, and opens it. For a region's first day only:
    /// done at every start it would put an empty store where a disk is not mounted.
    public static FolderRegionStore create(Path root, long reserveBytes) throws StoreException {
        make(root);
        return new FolderRegionStore(root, reserveBytes);
    }

    /// Makes the folder, unless it is a store already.
    public static void make(Path root) throws StoreException {
        try {
            StoreRoot.create(root.toAbsolutePath());
        } catch (IOException e) {
            throw new Failures(root).notMade(e);
        }
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        root.checkOurs();
        Path object = path(name);
        int bytes = content.remaining();
        underWayBytes.addAndGet(bytes);
        try {
            if (Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
                requireSame(name, object, content);
            } else {
                requireRoom(name, bytes);
                place(name, object, content);
            }
            folders.make(Folders.parent(object));
            Folders.force(Folders.parent(object));
        } catch (IOException e) {
            throw failures.ofWrite("write " + name, bytes, e);
        } finally {
            underWayBytes.addAndGet(-bytes);
        }
        root.check(); // if the disk went meanwhile, we wrote to what lies below its mount point
    }

    private void requireRoom(ObjectName name, int bytes) throws StoreException {
        long free = root.path().toFile().getUsableSpace();
        if (bytes > SMALL_BYTES && free - underWayBytes.get() < reserveBytes) {
            throw new StoreException(
                    Kind.FULL,
                    "cannot write %s of %d bytes in %s (%d bytes are free, %d must stay so): %s"
                            .formatted(
                                    name,
                                    bytes,
                                    root.path(),
                                    free,
                                    reserveBytes,
                                    "make room on its disk"));
        }
    }

    private void place(ObjectName name, Path object, ByteBuffer content)
            throws IOException, StoreException {
        folders.make(root.temporary());
        Path temporary = root.temporary(writesStarted.incrementAndGet());
        try {
            files.write(temporary, content);
            folders.make(Folders.parent(object));
            if (!rename(temporary, object)) {
                requireSame(name, object, content);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// A rename replaces what is there, and not every file system has the hard links that don't.
    private boolean rename(Path temporary, Path object) throws IOException {
        synchronized (renaming) {
            if (Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(temporary, object, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private void requireSame(ObjectName name, Path object, ByteBuffer content)
            throws IOException, StoreException {
        folders.require(Folders.parent(object));
        try (FileChannel channel =
                FileChannel.open(object, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (!Transfers.same(channel, content)) {
                throw new StoreException(
                        Kind.EXISTS,
                        "cannot write "
                                + name
                                + " in "
                                + root.path()
                                + " (it is there with other bytes): write under another name");
            }
        }
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        int bytes = into.remaining();
        try {
            objects.read(path(name), offset, into);
        } catch (EOFException e) {
            throw new StoreException(
                    Kind.DAMAGED,
                    "cannot read %d bytes at %d of %s in %s (it %s): %s"
                            .formatted(
                                    bytes,
                                    offset,
                                    name,
                                    root.path(),
                                    e.getMessage(),
                                    "restore the file from a backup or copy its images anew"),
                    e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        try {
            folders.require(Folders.parent(path(name)));
            return folders.requireFile(path(name)).size();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private StoreException unreadable(ObjectName name, IOException cause) throws StoreException {
        root.check();
        if (cause instanceof NoSuchFileException) {
            String message = "there is no object " + name + " in " + root.path();
            return new StoreException(Kind.MISSING, message, cause);
        }
        return failures.of("read " + name, cause);
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        String folder = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        if (!prefix.isEmpty() && !(prefix.endsWith("/") && ObjectName.isOne(folder))) {
            throw new IllegalArgumentException("not a prefix of object names: " + prefix);
        }
        root.check();
        try {
            return walk.below(folder);
        } catch (IOException e) {
            throw failures.of("list " + prefix, e);
        }
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        root.checkOurs();
        Path object = path(name);
        try {
            folders.require(Folders.parent(object));
            folders.requireFile(object);
            Files.delete(object);
            objects.forget(object);
        } catch (NoSuchFileException e) {
            root.check(); // it is gone, which is what was asked for, if the store is not
        } catch (IOException e) {
            throw failures.of("delete " + name, e);
        }
    }

    private Path path(ObjectName name) {
        return root.path().resolve(name.value());
    }
}
