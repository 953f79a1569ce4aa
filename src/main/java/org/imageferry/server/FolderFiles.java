package org.imageferry.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Brings single files from one folder into another, whole or not at all.
final class FolderFiles {
    private FolderFiles() {}

    /// Copies a file that only its owner may read, if there is one.
    ///
    /// @return whether there is
    static boolean copy(Path file, Path into) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Path next = beside(into);
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, Files.readAllBytes(file));
        place(next, into);
        return true;
    }

    /// Puts a finished file in its place, and has the disk keep it.
    static void place(Path next, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        FolderMark.force(parent(file));
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is no file");
        }
        return parent;
    }
}
