package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// A folder that we made, so that we may delete it with all that is in it.
final class TemporaryFolder implements AutoCloseable {
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

    /// Deletes it, unless it is to be kept. May be called twice.
    @Override
    public void close() throws IOException {
        if (!kept && Files.exists(path)) {
            delete(path);
        }
    }

    /// Follows no links.
    static void delete(Path folder) throws IOException {
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
                    public FileVisitResult postVisitDirectory(
                            Path directory, java.io.IOException failure) throws IOException {
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
