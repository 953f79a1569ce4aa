package org.imageferry.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folders below a root: makes them durably, and never goes through a symbolic link. The root
/// itself may be one; it is never made.
///
/// Links are looked for before the way is taken. That guards against what lies around, not against
/// somebody who may change folders of the store at that very moment: he has the bytes anyway.
final class Folders {
    private static final int MOST_KNOWN = 10_000;

    private final Path root;

    /// Whose names are known to survive a power cut. That a folder exists proves nothing: another
    /// thread, or a process that died, may have made it and not come to force its parent.
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Folders(Path root) {
        this.root = root;
    }

    /// Makes a root, unless it is there; durable once this returns.
    static void makeRoot(Path root) throws IOException {
        Path above = root;
        while (!Files.isDirectory(above)) {
            above = parent(above);
        }
        new Folders(above).make(root);
    }

    /// Makes a folder, and those above it, unless they are there; durable once this returns.
    void make(Path folder) throws IOException {
        if (folder.equals(root)) {
            return;
        }
        Path parent = parent(folder);
        make(parent);
        if (durable.contains(folder) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!attributes(folder).isDirectory()) {
                throw new FileSystemException(folder.toString(), null, "is a file, not a folder");
            }
        }
        force(parent);
        if (durable.size() >= MOST_KNOWN) {
            durable.clear();
        }
        durable.add(folder);
    }

    /// Goes from the root to a folder.
    ///
    /// @throws NoSuchFileException if it is not there
    void require(Path folder) throws IOException {
        if (!folder.equals(root)) {
            require(parent(folder));
            if (!attributes(folder).isDirectory()) {
                throw new NoSuchFileException(folder.toString());
            }
        }
    }

    /// @return what is known of the file, which is neither a folder nor a link
    /// @throws NoSuchFileException if it is not there
    BasicFileAttributes requireFile(Path file) throws IOException {
        try {
            BasicFileAttributes found = attributes(file);
            if (found.isRegularFile()) {
                return found;
            }
        } catch (FileSystemException e) {
            require(parent(file)); // a file above it is a way of not being there
            throw e;
        }
        throw new NoSuchFileException(file.toString());
    }

    /// Makes what was last made, renamed or deleted in a folder durable.
    static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("there is nothing above " + path);
        }
        return parent;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        BasicFileAttributes found =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink()) {
            throw new FileSystemException(
                    path.toString(), null, "is a symbolic link, and none is followed");
        }
        return found;
    }
}
