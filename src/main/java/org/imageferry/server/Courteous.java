package org.imageferry.server;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// Makes threads that give way to all others of the process when the cores are busy: hashing and
/// compressing can wait for some milliseconds, who called should not.
///
/// On Linux a thread's niceness is its own, and anybody may raise it; `Thread.setPriority` does nothing
/// there. Source: setpriority(2), "C library/kernel differences" and NOTES. Elsewhere, or where it is
/// refused, they are threads as any others.
final class Courteous implements ThreadFactory {
    /// About a tenth of the processor beside a thread that is not nice at all.
    private static final int NICENESS = 10;

    private static final int OF_A_THREAD = 0; // PRIO_PROCESS: on Linux that is a thread
    private static final int THIS_ONE = 0;
    private static final Optional<MethodHandle> SET_PRIORITY = find();

    private final ThreadFactory threads;

    Courteous(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Thread newThread(Runnable work) {
        return threads.newThread(() -> {
            giveWay();
            work.run();
        });
    }

    private static void giveWay() {
        if (SET_PRIORITY.isPresent()) {
            try {
                int _ = (int) SET_PRIORITY.get().invokeExact(OF_A_THREAD, THIS_ONE, NICENESS);
            } catch (Throwable e) {
                throw new IllegalStateException("setpriority throws nothing", e);
            }
        }
    }

    @SuppressWarnings("restricted") // the launcher grants native access to all of the class path
    private static Optional<MethodHandle> find() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("setpriority")
                .map(address -> linker.downcallHandle(address, shape));
    }
}
