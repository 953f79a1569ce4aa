package org.imageferry.store.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/// The three calls of the C library that tell where a file's holes are; the JDK offers none.
///
/// Sources: open(2), lseek(2), close(2); the numbers are those of `fcntl.h` and `unistd.h` of Linux
/// and macOS. Only where `off_t` has 64 bits.
final class Posix {
    /// "No such device or address": there is no data, or no hole, from here on.
    static final int ENXIO = 6;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final Optional<Posix> INSTANCE = find();

    private final MethodHandle open;
    private final MethodHandle lseek;
    private final MethodHandle close;
    private final Numbers numbers;

    private record Numbers(int readOnlyCloseOnExec, int seekData, int seekHole) {}

    @SuppressWarnings("restricted") // the launcher grants native access to all of the class path
    private Posix(Numbers numbers) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        this.numbers = numbers;
        this.open =
                linker.downcallHandle(
                        library.findOrThrow("open"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        errno,
                        Linker.Option.firstVariadicArg(2));
        this.lseek =
                linker.downcallHandle(
                        library.findOrThrow("lseek"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT),
                        errno);
        this.close =
                linker.downcallHandle(
                        library.findOrThrow("close"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /// @return nothing where the platform has no such calls, or we may not use them
    static Optional<Posix> instance() {
        return INSTANCE;
    }

    private static Optional<Posix> find() {
        try {
            return switch (System.getProperty("os.name", "")) {
                case "Linux" -> Optional.of(new Posix(new Numbers(0x80000, 3, 4)));
                case "Mac OS X" -> Optional.of(new Posix(new Numbers(0x1000000, 4, 3)));
                default -> Optional.empty();
            };
        } catch (UnsupportedOperationException | IllegalCallerException e) {
            return Optional.empty();
        }
    }

    /// A failed call, with the system's number for the reason.
    static final class CallException extends IOException {
        private static final long serialVersionUID = 1;
        private final int errno;

        private CallException(String call, int errno) {
            super(call + " failed with errno " + errno);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    /// @return the number of the open file, for [#close]
    int open(Path path) throws CallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment name = arena.allocateFrom(path.toString());
            int file = (int) open.invokeExact(state, name, numbers.readOnlyCloseOnExec());
            if (file < 0) {
                throw new CallException("open", errno(state));
            }
            return file;
        } catch (CallException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("open(2) can't be called", e);
        }
    }

    /// @return where the next data begins, at `offset` or later
    long seekData(int file, long offset) throws CallException {
        return seek(file, offset, numbers.seekData());
    }

    /// @return where the next hole begins, at `offset` or later; every file ends in one
    long seekHole(int file, long offset) throws CallException {
        return seek(file, offset, numbers.seekHole());
    }

    private long seek(int file, long offset, int what) throws CallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long found = (long) lseek.invokeExact(state, file, offset, what);
            if (found < 0) {
                throw new CallException("lseek", errno(state));
            }
            return found;
        } catch (CallException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("lseek(2) can't be called", e);
        }
    }

    void close(int file) {
        try {
            int _ = (int) close.invokeExact(file); // it was only read: no failure matters
        } catch (Throwable e) {
            throw new IllegalStateException("close(2) can't be called", e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }
}
