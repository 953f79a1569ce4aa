package org.imageferry.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Scratch;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// Scratch files in a folder, which nobody else uses and which is emptied when it is opened.
public final class ScratchFolder implements Scratch {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");
    private static final String DRAFT = ".draft";

    private final Path root;
    private final long reserveBytes;
    private final Folders folders;
    private final Failures failures;

    private ScratchFolder(Path root, long reserveBytes) {
        this.root = root.toAbsolutePath();
        this.reserveBytes = reserveBytes;
        this.folders = new Folders(this.root);
        this.failures = new Failures(this.root);
    }

    /// Makes the folder, unless it is there, and empties it.
    ///
    /// @param reserveBytes so much of its disk stays free
    public static ScratchFolder open(Path root, long reserveBytes) throws StoreException {
        ScratchFolder scratch = new ScratchFolder(root, reserveBytes);
        try {
            Folders.makeRoot(scratch.root);
            try (Stream<Path> files = Files.list(scratch.root)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            return scratch;
        } catch (IOException e) {
            throw scratch.failures.of("empty " + root, e);
        }
    }

    private Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no scratch file is called " + name);
        }
        return root.resolve(name);
    }

    @Override
    public Draft draft(String name) throws StoreException {
        Path path = path(name);
        Path draft = root.resolve(name + DRAFT);
        try {
            FileChannel channel =
                    FileChannel.open(
                            draft,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
            return new FileDraft(path, draft, channel);
        } catch (IOException e) {
            throw failures.of("begin scratch file " + name, e);
        }
    }

    @Override
    public Optional<BucketObject> open(String name) throws StoreException {
        try {
            return Optional.of(FolderObject.open(path(name), folders, failures));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failures.of("open scratch file " + name, e);
        }
    }

    @Override
    public Set<String> names() throws StoreException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw failures.of("list " + root, e);
        }
    }

    @Override
    public void delete(String name) throws StoreException {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw failures.of("delete scratch file " + name, e);
        }
    }

    private final class FileDraft implements Draft {
        private final Path path;
        private final Path draft;
        private final FileChannel channel;

        private FileDraft(Path path, Path draft, FileChannel channel) {
            this.path = path;
            this.draft = draft;
            this.channel = channel;
        }

        @Override
        public void put(long offset, ByteBuffer content) throws StoreException {
            long free = root.toFile().getUsableSpace();
            if (free - content.remaining() < reserveBytes) {
                throw new StoreException(
                        Kind.FULL,
                        "cannot unpack any more into %s (%d bytes are free, %d must stay so): make room on its disk"
                                .formatted(root, free, reserveBytes));
            }
            try {
                Transfers.write(channel, offset, content);
            } catch (IOException e) {
                throw failures.ofWrite("write " + draft, content.remaining(), e);
            }
        }

        @Override
        public void finish(long length) throws StoreException {
            try {
                if (channel.size() < length) { // a hole at its end
                    channel.write(ByteBuffer.allocate(1), length - 1);
                }
                channel.close();
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw failures.of("finish " + draft, e);
            }
        }

        @Override
        public void close() throws StoreException {
            try {
                channel.close();
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                throw failures.of("throw away " + draft, e);
            }
        }
    }
}
