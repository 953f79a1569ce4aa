package org.imageferry.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Reads objects, and keeps those open that were read last: a copy reads many ranges of few segments.
///
/// A file is used only while it is what its path names: what was deleted or replaced behind our back
/// must not seem to be there.
final class OpenObjects {
    private static final int MOST_OPEN = 64;
    private static final int MOST_TRIES = 100;

    /// Least recently used first. Guarded by this, as are the fields of what it holds.
    private final Map<Path, Open> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    private final Folders folders;

    OpenObjects(Folders folders) {
        this.folders = folders;
    }

    private static final class Open {
        private final FileChannel channel;
        private final BasicFileAttributes file;
        private int readers;
        private boolean retired;

        private Open(FileChannel channel, BasicFileAttributes file) {
            this.channel = channel;
            this.file = file;
        }

        private boolean is(BasicFileAttributes other) {
            return Objects.equals(file.fileKey(), other.fileKey()) && channel.isOpen();
        }
    }

    /// Fills `into` from its position to its limit with the bytes from `offset`.
    ///
    /// @throws EOFException if the file ends too early
    void read(Path path, long offset, ByteBuffer into) throws IOException {
        int start = into.position();
        for (int tries = 1; ; tries++) {
            Open object = take(path);
            try {
                Transfers.fill(object.channel, offset + (into.position() - start), into);
                return;
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                // The JDK closes a channel when one of the threads that read it is interrupted.
                // That
                // must not hurt the others.
                if (tries == MOST_TRIES) {
                    throw e;
                }
            } finally {
                give(object);
            }
        }
    }

    /// Forgets a deleted object, so that its space is free.
    synchronized void forget(Path path) throws IOException {
        Open object = open.remove(path);
        if (object != null) {
            retire(object);
        }
    }

    private Open take(Path path) throws IOException {
        BasicFileAttributes file = folders.requireFile(path);
        synchronized (this) {
            Open object = open.get(path);
            if (object != null && object.is(file)) {
                object.readers++;
                return object;
            }
        }
        folders.require(Folders.parent(path));
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return keep(path, new Open(channel, file));
    }

    private synchronized Open keep(Path path, Open fresh) throws IOException {
        fresh.readers = 1;
        Open before = open.put(path, fresh);
        if (before != null) {
            retire(before);
        }
        if (open.size() > MOST_OPEN) {
            var eldest = open.entrySet().iterator();
            Open last = eldest.next().getValue();
            eldest.remove();
            retire(last);
        }
        return fresh;
    }

    private synchronized void give(Open object) throws IOException {
        object.readers--;
        closeIfDone(object);
    }

    private static void retire(Open object) throws IOException {
        object.retired = true;
        closeIfDone(object);
    }

    private static void closeIfDone(Open object) throws IOException {
        if (object.retired && object.readers == 0) {
            object.channel.close();
        }
    }
}
