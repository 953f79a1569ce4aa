package org.imageferry.store.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imageferry.store.Extent;

/// Tells where a file has data and where holes. Any number of threads may ask.
///
/// Where the system can't tell, all is data: nothing depends on a hole being known but the time to
/// read it.
final class SparseFile implements AutoCloseable {
    private final Optional<Posix> posix;
    private OptionalInt file;

    private SparseFile(Optional<Posix> posix, OptionalInt file) {
        this.posix = posix;
        this.file = file;
    }

    static SparseFile open(Path path) {
        return open(path, Posix.instance());
    }

    /// @param posix nothing, to get along without
    static SparseFile open(Path path, Optional<Posix> posix) {
        try {
            OptionalInt file =
                    posix.isPresent()
                            ? OptionalInt.of(posix.get().open(path))
                            : OptionalInt.empty();
            return new SparseFile(posix, file);
        } catch (Posix.CallException e) {
            return new SparseFile(posix, OptionalInt.empty());
        }
    }

    /// The data between `from` and `to`: in order, not overlapping, clipped to both.
    synchronized List<Extent> extents(long from, long to) {
        if (from >= to) {
            return List.of();
        }
        try {
            return file.isPresent()
                    ? extents(posix.orElseThrow(), file.getAsInt(), from, to)
                    : List.of(new Extent(from, to - from));
        } catch (Posix.CallException e) {
            return List.of(new Extent(from, to - from)); // the file system does not know holes
        }
    }

    private static List<Extent> extents(Posix posix, int file, long from, long to)
            throws Posix.CallException {
        List<Extent> extents = new ArrayList<>();
        OptionalLong data = data(posix, file, from);
        while (data.isPresent() && data.getAsLong() < to) {
            long start = data.getAsLong();
            long end = Math.min(to, posix.seekHole(file, start));
            if (end > start) { // not so if a hole was punched between the two calls
                extents.add(new Extent(start, end - start));
            }
            data = data(posix, file, end);
        }
        return extents;
    }

    private static OptionalLong data(Posix posix, int file, long from) throws Posix.CallException {
        try {
            return OptionalLong.of(posix.seekData(file, from));
        } catch (Posix.CallException e) {
            if (e.errno() == Posix.ENXIO) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        file.ifPresent(number -> posix.orElseThrow().close(number));
        file = OptionalInt.empty(); // the number will soon mean another file
    }
}
