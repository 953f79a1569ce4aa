package org.imageferry.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.imageferry.settings.StartException;

/// A file of lines that begins anew when it is full. So many older ones are kept beside it, `FILE.1` the newest.
///
/// A line is written whole or not at all, but may be lost in a power cut: nobody waits for the disk. One thread at
/// a time uses it.
final class AuditFile implements AutoCloseable {
    static final int OLDER = 9;
    static final long MOST_BYTES = 32L << 20;

    private final Path path;
    private final long mostBytes;
    private Optional<FileChannel> channel = Optional.empty();

    /// @param mostBytes of one file
    AuditFile(Path path, long mostBytes) {
        this.path = path;
        this.mostBytes = mostBytes;
    }

    /// @throws StartException if it can't be written
    static AuditFile open(Path path) throws StartException {
        AuditFile file = new AuditFile(path, MOST_BYTES);
        try {
            file.open();
            return file;
        } catch (IOException e) {
            throw new StartException(
                    "can't write the audit log "
                            + path
                            + " ("
                            + e
                            + "): name another with 'audit' in the settings, or say 'audit: off'",
                    e);
        }
    }

    Path path() {
        return path;
    }

    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        FileChannel to = channel.isPresent() ? channel.get() : open();
        if (to.size() > 0 && to.size() + bytes.remaining() > mostBytes) {
            close();
            shift();
            to = open();
        }
        long end = to.size();
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            to.truncate(end); // half a line would spoil the next
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
        FileChannel opened =
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        permissions("rw-------"));
        channel = Optional.of(opened);
        return opened;
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private void shift() throws IOException {
        for (int i = OLDER; i > 0; i--) {
            Path newer = i == 1 ? path : numbered(i - 1);
            if (Files.exists(newer)) {
                Files.move(newer, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() {
        channel.ifPresent(it -> {
            try {
                it.close();
            } catch (IOException _) {
                // each line was handed to the system already
            }
        });
        channel = Optional.empty();
    }
}
