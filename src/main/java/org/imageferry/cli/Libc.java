package org.imageferry.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The few functions of the C library that the JDK has no door to. On a system without one of them, the
/// answer is the one that is always safe.
@SuppressWarnings("restricted") // the manifest enables native access
final class Libc {
    static final int STANDARD_ERROR = 2;

    private static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

    // Sources: Linux include/uapi/linux/fs.h and asm-generic/{ioctls,errno}.h; Darwin sys/unistd.h,
    // sys/ttycom.h and sys/errno.h.
    private static final int SEEK_DATA = MAC ? 4 : 3;
    private static final int SEEK_HOLE = MAC ? 3 : 4;
    private static final long TIOCGWINSZ = MAC ? 0x40087468L : 0x5413L;
    private static final int ENXIO = 6;
    private static final int READ_ONLY = 0;

    private static final int NOT_THERE = -1;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(StructLayout.PathElement.groupElement("errno"));

    private Libc() {}

    static boolean isTerminal(int descriptor) {
        try {
            return (int) function("isatty", signature(ValueLayout.JAVA_INT)).invokeExact(descriptor)
                    == 1;
        } catch (Throwable _) {
            return false;
        }
    }

    /// @return nothing if it is no terminal, or one that does not tell
    static OptionalInt columns(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle ioctl =
                    function(
                            "ioctl",
                            signature(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS),
                            Linker.Option.firstVariadicArg(2));
            MemorySegment size = arena.allocate(8, 8); // four shorts: rows, columns, two unused
            int result = (int) ioctl.invokeExact(descriptor, TIOCGWINSZ, size);
            int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
            return result == 0 && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (Throwable _) {
            return OptionalInt.empty();
        }
    }

    /// A descriptor to seek with; nothing if the file can't be opened this way.
    static OptionalInt open(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open =
                    function(
                            "open",
                            signature(ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                            Linker.Option.firstVariadicArg(2));
            MemorySegment name = arena.allocateFrom(file.toAbsolutePath().toString());
            int descriptor = (int) open.invokeExact(name, READ_ONLY);
            return descriptor >= 0 ? OptionalInt.of(descriptor) : OptionalInt.empty();
        } catch (Throwable _) {
            return OptionalInt.empty();
        }
    }

    static void close(int descriptor) {
        try {
            int _ =
                    (int)
                            function("close", signature(ValueLayout.JAVA_INT))
                                    .invokeExact(descriptor);
        } catch (Throwable _) {
            // a descriptor that can't be closed goes with the process
        }
    }

    /// Where the next data begins, at or after an offset. `Long.MAX_VALUE` if there is none up to the
    /// file's end; nothing if this file system does not tell.
    static OptionalLong nextData(int descriptor, long offset) {
        return seek(descriptor, offset, SEEK_DATA);
    }

    /// Where the next hole begins, at or after an offset; a file ends with one. See [#nextData].
    static OptionalLong nextHole(int descriptor, long offset) {
        return seek(descriptor, offset, SEEK_HOLE);
    }

    private static OptionalLong seek(int descriptor, long offset, int whence) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle lseek =
                    function(
                            "lseek",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT),
                            Linker.Option.captureCallState("errno"));
            MemorySegment state = arena.allocate(STATE);
            long found = (long) lseek.invokeExact(state, descriptor, offset, whence);
            if (found == NOT_THERE) {
                boolean none = (int) ERRNO.get(state, 0L) == ENXIO;
                return none ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
            }
            return OptionalLong.of(found);
        } catch (Throwable _) {
            return OptionalLong.empty();
        }
    }

    private static FunctionDescriptor signature(ValueLayout... arguments) {
        return FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    }

    private static MethodHandle function(
            String name, FunctionDescriptor signature, Linker.Option... options) {
        MemorySegment address = LINKER.defaultLookup().find(name).orElseThrow();
        return LINKER.downcallHandle(address, signature, options);
    }
}
