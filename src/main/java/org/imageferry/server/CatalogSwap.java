package org.imageferry.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Puts a new catalog in place of the old one, which is kept under a name that says so. At any moment one
/// of both is in place, whole.
///
/// @param catalog the file that a server opens
/// @param next the new one, closed: SQLite has put all of it into this one file
record CatalogSwap(Path catalog, Path next) {
    /// What SQLite puts beside a database: <https://sqlite.org/tempfiles.html>, sections 2.1 to 2.3.
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private static final int MOST_KEPT = 1_000;

    /// @return where the old one is now; nothing if there was none
    Optional<Path> run() throws IOException {
        for (String end : BESIDE) {
            if (Files.exists(beside(next, end))) {
                throw new IOException("can't finish " + next + ": " + end + " is left beside it");
            }
        }
        Path kept = unused();
        boolean was = keep(kept);
        force();
        Files.move(next, catalog, StandardCopyOption.ATOMIC_MOVE);
        force();
        return was ? Optional.of(kept) : Optional.empty();
    }

    /// One that was kept by an attempt that was broken off is this one already.
    private Path unused() throws IOException {
        for (int i = 1; i <= MOST_KEPT; i++) {
            Path name =
                    catalog.resolveSibling(
                            catalog.getFileName() + ".before-rebuild" + (i == 1 ? "" : "-" + i));
            boolean used = Files.exists(name) || Files.exists(beside(name, "-wal"));
            if (!used || isTheSame(name)) {
                return name;
            }
        }
        throw new IOException(
                "there are too many old catalogs beside " + catalog + ": delete some");
    }

    private boolean isTheSame(Path name) throws IOException {
        return Files.exists(name) && Files.exists(catalog) && Files.isSameFile(name, catalog);
    }

    /// What lies beside the old one goes with it: SQLite would take it for the new one's.
    ///
    /// @return whether there is an old one
    private boolean keep(Path kept) throws IOException {
        boolean there = Files.exists(catalog);
        if (there && !Files.exists(kept)) {
            link(kept);
        }
        for (String end : BESIDE) {
            if (Files.exists(beside(catalog, end))) {
                Files.move(beside(catalog, end), beside(kept, end), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return there;
    }

    /// Not all file systems have hard links.
    private void link(Path kept) throws IOException {
        try {
            Files.createLink(kept, catalog);
        } catch (UnsupportedOperationException | FileSystemException _) {
            Path copy = beside(next, "-copy");
            Files.copy(catalog, copy, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /// Removes what an attempt that was broken off has left of a new catalog.
    static void clear(Path next) throws IOException {
        Files.deleteIfExists(next);
        for (String end : BESIDE) {
            Files.deleteIfExists(beside(next, end));
        }
        Files.deleteIfExists(beside(next, "-copy"));
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private void force() throws IOException {
        Path folder = catalog.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
