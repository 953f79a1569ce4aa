package org.imageferry.store.file;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Lets one thread at a time work on the files of one object. Two objects may share a lock.
final class KeyLocks {
    private static final int LOCKS = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /// A lock that is held until this is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held hold(Path object) {
        ReentrantLock lock = locks.get(Math.floorMod(object.hashCode(), LOCKS));
        lock.lock();
        return lock::unlock;
    }
}
