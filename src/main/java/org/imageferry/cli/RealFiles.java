package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Real files of this machine to fill a disk with: random bytes would say nothing about compression and
/// deduplication.
final class RealFiles extends SimpleFileVisitor<Path> {
    private static final long LONGEST_FILE_BYTES = 64L << 20;
    private static final int MOST_FILES = 20_000;

    private final List<Path> files = new ArrayList<>();
    private final long mostBytes;
    private long bytes;

    private RealFiles(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Readable files below these folders, together at most so many bytes, an equal share for each
    /// folder.
    static List<Path> below(List<Path> folders, long mostBytes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                RealFiles share = new RealFiles(mostBytes / folders.size());
                Files.walkFileTree(folder, share);
                files.addAll(share.files);
            }
        }
        return files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        long length = attributes.size();
        boolean fits = length > 0 && length <= LONGEST_FILE_BYTES && bytes + length <= mostBytes;
        if (attributes.isRegularFile() && fits && Files.isReadable(file)) {
            files.add(file);
            bytes += length;
        }
        return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE; // what can't be looked at is left out
    }
}
