package org.imageferry.store.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.imageferry.store.StoreException;

/// Reads a long range as several short ones at once, so that one reader can fill a link whose answers
/// take their time. How many are under way is the connection's to say.
public final class ParallelReads {
    /// As long as the engine's own reads, which are therefore one request each.
    private static final int PIECE_BYTES = 2 << 20;

    private final Executor executor;

    /// @param executor starts whatever it is given at once
    public ParallelReads(Executor executor) {
        this.executor = executor;
    }

    interface Piece {
        /// Fills `into` from its position to its limit.
        void read(long offset, ByteBuffer into) throws StoreException;
    }

    /// Fills `into` from its position to its limit. When it fails, no piece is being read any more.
    void read(long offset, ByteBuffer into, Piece piece) throws StoreException {
        int start = into.position();
        List<FutureTask<Boolean>> others = new ArrayList<>();
        for (int at = PIECE_BYTES; at < into.remaining(); at += PIECE_BYTES) {
            long from = offset + at;
            ByteBuffer part = slice(into, start + at);
            FutureTask<Boolean> task =
                    new FutureTask<>(() -> {
                        piece.read(from, part);
                        return true;
                    });
            others.add(task);
            executor.execute(task);
        }
        try {
            piece.read(offset, slice(into, start));
        } finally {
            others.forEach(Ends::await);
        }
        for (FutureTask<Boolean> other : others) {
            requireDone(other);
        }
        into.position(into.limit());
    }

    /// @param task that has ended
    private static void requireDone(FutureTask<Boolean> task) throws StoreException {
        if (task.state() == Future.State.FAILED) {
            if (task.exceptionNow() instanceof StoreException ours) {
                throw ours;
            }
            throw new IllegalStateException("a read failed", task.exceptionNow());
        }
    }

    private static ByteBuffer slice(ByteBuffer of, int from) {
        return of.slice(from, Math.min(PIECE_BYTES, of.limit() - from));
    }
}
