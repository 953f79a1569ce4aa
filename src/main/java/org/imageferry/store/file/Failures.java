package org.imageferry.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// Tells what a failed file operation means for the store at `root`.
record Failures(Path root) {
    /// As strerror(3) puts ENOSPC and EDQUOT. The JDK gives no number, only this text.
    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded");

    /// With less than this a disk is full, whatever else is written to it.
    private static final long FULL_BYTES = 1 << 20;

    /// @param tried such as `write segments/3f/3f09`
    StoreException of(String tried, IOException cause) {
        String reason = reason(cause);
        if (!Files.isDirectory(root)) {
            return failure(Kind.UNAVAILABLE, tried, "it is not there", "mount its disk", cause);
        }
        if (FULL.stream().anyMatch(reason::contains)) {
            return failure(Kind.FULL, tried, reason, "make room on its disk", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return failure(Kind.UNAVAILABLE, tried, reason, "check the owner and mode", cause);
        }
        if (cause instanceof FileSystemException && isReadOnly()) {
            return failure(
                    Kind.UNAVAILABLE, tried, "it is mounted read-only", "mount it writable", cause);
        }
        return failure(Kind.FAILED, tried, reason, "check the disk and the system's log", cause);
    }

    StoreException notMade(IOException cause) {
        return failure(
                Kind.UNAVAILABLE,
                "make a store",
                reason(cause),
                "check that the folder above is writable",
                cause);
    }

    /// @return that `what` is not there, unless it is the store that is not
    StoreException missing(String what, IOException cause) {
        return Files.isDirectory(root)
                ? new StoreException(Kind.MISSING, "there is no " + what + " in " + root, cause)
                : of("find " + what, cause);
    }

    /// Like [#of], for a write of `bytes`: also `FULL` where the text is not English, but it is clear
    /// why there was no room.
    StoreException ofWrite(String tried, long bytes, IOException cause) {
        StoreException failure = of(tried, cause);
        long needed = Math.max(bytes, FULL_BYTES);
        if (failure.kind() == Kind.FAILED && root.toFile().getUsableSpace() < needed) {
            return failure(Kind.FULL, tried, reason(cause), "make room on its disk", cause);
        }
        return failure;
    }

    private StoreException failure(
            Kind kind, String tried, String reason, String remedy, IOException cause) {
        return new StoreException(
                kind, "cannot " + tried + " in " + root + " (" + reason + "): " + remedy, cause);
    }

    private boolean isReadOnly() {
        try {
            return Files.getFileStore(root).isReadOnly();
        } catch (IOException e) {
            return false; // then it is not why we failed
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException e -> "no access to " + e.getMessage();
            case NoSuchFileException e -> "there is no " + e.getMessage();
            case ClosedByInterruptException _ -> "the thread was interrupted";
            case ClosedChannelException _ -> "the file was closed when a thread was interrupted";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
