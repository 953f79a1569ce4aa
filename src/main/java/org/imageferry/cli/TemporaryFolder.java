package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder that we made, so that we may delete it with all that is in it.
final class TemporaryFolder implements AutoCloseable {
    private static final int MOST_PASSES = 5;

    private final Path path;
    private volatile boolean kept;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    static TemporaryFolder make() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("imageferry-demo-"));
    }

    Path path() {
        return path;
    }

    void keep() {
        kept = true;
    }

    /// Deletes it, unless it is to be kept. May be called twice, also while something is still being
    /// written into it.
    @Override
    public void close() throws IOException {
        if (!kept) {
            delete(path);
        }
    }

    /// Follows no links.
    ///
    /// @throws IOException if something of it is still there
    static void delete(Path folder) throws IOException {
        for (int pass = 0; pass < MOST_PASSES && Files.exists(folder); pass++) {
            sweep(folder);
        }
        if (Files.exists(folder)) {
            throw new IOException("can't delete " + folder + "; delete it by hand");
        }
    }

    private static void sweep(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE; // gone meanwhile
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) {
                        try {
                            Files.deleteIfExists(directory);
                        } catch (IOException _) {
                            // something came into it meanwhile: the next pass finds it
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
