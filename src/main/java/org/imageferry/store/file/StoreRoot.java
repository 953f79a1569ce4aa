package org.imageferry.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// The folder of a region store, told from any other folder by a file in it.
///
/// Where a disk is not mounted there is an empty folder, which must not pass for an empty store; so
/// the marker is looked for again and again. Its time tells one store from another: it stays the
/// same when a disk is mounted again, unlike the numbers of device and file.
final class StoreRoot {
    /// Neither this nor [#TEMPORARY] can be part of an object's name.
    static final String MARKER = "IMAGEFERRY-STORE";

    static final String TEMPORARY = ".tmp";

    private static final String MARKER_TEXT =
            """
            This folder is the store of one region of imageferry. Its files are written once and
            never changed: copy them, but leave them as they are. Without this file the store counts
            as missing.
            """;

    private final Path path;
    private final boolean ours;

    /// Begins the names of what this process writes; empty if no other process writes here.
    private final String owner;

    /// The marker's time when we first saw it.
    private Optional<FileTime> known = Optional.empty();

    /// @param ours whether we have it for ourselves, and may change it
    StoreRoot(Path path, boolean ours, String owner) {
        this.path = path;
        this.ours = ours;
        this.owner = owner;
    }

    /// @throws StoreException `UNAVAILABLE` unless the store is there, the one it was before, and ours
    void checkOurs() throws StoreException {
        check();
        if (!ours) {
            throw unavailable(
                    "it is only read here", "this is a mistake of the program: report it");
        }
    }

    Path path() {
        return path;
    }

    Path temporary() {
        return path.resolve(TEMPORARY);
    }

    /// Where a write is gathered until it is whole.
    Path temporary(long number) {
        return temporary().resolve(owner + number);
    }

    /// Makes the folder and what marks it. Does nothing if it is a store already.
    static void create(Path path) throws IOException {
        Folders.makeRoot(path);
        new Folders(path).make(path.resolve(TEMPORARY));
        try {
            Files.writeString(
                    path.resolve(MARKER),
                    MARKER_TEXT,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
        } catch (FileAlreadyExistsException e) {
            // a store already; but who made it may not have come to force its name
        }
        Folders.force(path);
    }

    /// Tidies up, if the store is there.
    void open() {
        try {
            check();
        } catch (StoreException e) {
            // It may come later. Until then every call tells what is wrong.
        }
    }

    /// @throws StoreException `UNAVAILABLE` unless the store is there, and the one it was before
    void check() throws StoreException {
        FileTime marked = marked();
        if (!same(marked)) {
            throw unavailable(
                    "another store is in its place",
                    "mount the disk that was there, or restart imageferry to use this one");
        }
    }

    private FileTime marked() throws StoreException {
        try {
            BasicFileAttributes marker =
                    Files.readAttributes(
                            path.resolve(MARKER),
                            BasicFileAttributes.class,
                            LinkOption.NOFOLLOW_LINKS);
            if (marker.size() == 0) {
                throw unavailable("it is being made just now", "wait a moment");
            }
            return marker.lastModifiedTime();
        } catch (IOException e) {
            throw unavailable(
                    "there is no readable file " + MARKER + " in it",
                    "mount its disk, restore the folder or let us read it; none is made in its place");
        }
    }

    private synchronized boolean same(FileTime marked) {
        if (known.isEmpty()) {
            known = Optional.of(marked);
            if (ours) {
                removeLeftovers();
            }
        }
        return known.get().equals(marked);
    }

    /// Removes what a crash left unfinished, but nothing of other processes.
    private void removeLeftovers() {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporary(), owner + "*")) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody will miss the space as much as the store: of one mounted read-only, say, all
            // can still be read. A write that meets the leftover fails, and tells.
        }
    }

    private StoreException unavailable(String reason, String remedy) {
        return new StoreException(
                Kind.UNAVAILABLE,
                "cannot use region store " + path + " (" + reason + "): " + remedy);
    }
}
