package org.imageferry.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A disk without a file system: files of the Java runtime, which is always there, with holes between.
final class PlainDisk implements DemoDisk {
    private static final int GAP_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 1 << 20;

    private final long diskBytes;
    private final long contentBytes;

    PlainDisk(long diskBytes, long contentBytes) {
        this.diskBytes = diskBytes;
        this.contentBytes = contentBytes;
    }

    @Override
    public Made first(Path folder) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        List<Path> files = RealFiles.below(List.of(home), contentBytes);
        Path disk = folder.resolve(FIRST);
        try (FileChannel channel =
                FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            for (Path file : files) {
                long end = at + Files.size(file);
                if (end < diskBytes) {
                    copy(file, channel, at);
                    at = (end / GAP_BYTES + 1) * GAP_BYTES;
                }
            }
            channel.write(ByteBuffer.allocate(1), diskBytes - 1);
        }
        return new Made(disk, "%d files of the Java runtime".formatted(files.size()));
    }

    private static void copy(Path file, FileChannel disk, long offset) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long at = offset;
        try (FileChannel source = FileChannel.open(file)) {
            while (source.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    at += disk.write(chunk, at);
                }
                chunk.clear();
            }
        }
    }

    @Override
    public Made next(Path folder, Made first) throws IOException {
        return GivenDisk.patched(folder, first);
    }
}
