package org.imageferry.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Lets one thread at a time work on the files of one object, of this process or, where processes share
/// the files, of all. Two objects may share a lock.
///
/// Between processes each lock is a byte of a file that the operating system locks, and lets go when its
/// holder dies. The file stays open: POSIX drops a process's locks as soon as it closes any channel on it.
final class KeyLocks {
    static final String FILE = ".locks";

    private static final int LOCKS = 64;

    private final Path root;
    private final Optional<FileChannel> file;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    private KeyLocks(Path root, Optional<FileChannel> file) {
        this.root = root;
        this.file = file;
    }

    /// For one process that has all below the root for itself.
    static KeyLocks alone(Path root) {
        return new KeyLocks(root, Optional.empty());
    }

    /// For processes that share all below the root, on whatever machines.
    static KeyLocks shared(Path root) throws IOException {
        FileChannel file =
                FileChannel.open(
                        root.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new KeyLocks(root, Optional.of(file));
    }

    /// A lock that is held until this is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// @param object below the root, which need not be at the same place for all processes
    Held hold(Path object) throws IOException {
        int number = Math.floorMod(root.relativize(object).toString().hashCode(), LOCKS);
        ReentrantLock ours = locks.get(number);
        ours.lock();
        boolean held = false;
        try {
            Optional<FileLock> everybodys = lock(number);
            held = true;
            return () -> release(ours, everybodys);
        } finally {
            if (!held) {
                ours.unlock();
            }
        }
    }

    private Optional<FileLock> lock(int number) throws IOException {
        return file.isPresent() ? Optional.of(file.get().lock(number, 1, false)) : Optional.empty();
    }

    private static void release(ReentrantLock ours, Optional<FileLock> everybodys) {
        try {
            if (everybodys.isPresent()) {
                everybodys.get().release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ours.unlock();
        }
    }
}
