package org.imageferry.store.s3;

import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

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
        List<Exception> failures = new ArrayList<>();
        try {
            piece.read(offset, slice(into, start));
        } catch (StoreException e) {
            failures.add(e);
        } finally {
            others.forEach(other -> await(other, failures));
        }
        if (!failures.isEmpty()) {
            throw first(failures);
        }
        into.position(into.limit());
    }

    private static StoreException first(List<Exception> failures) {
        if (failures.getFirst() instanceof StoreException ours) {
            return ours;
        }
        throw new IllegalStateException("a read failed", failures.getFirst());
    }

    private static ByteBuffer slice(ByteBuffer of, int from) {
        return of.slice(from, Math.min(PIECE_BYTES, of.limit() - from));
    }

    /// Waits whatever comes: as long as it is read into, the buffer can't be given to others.
    private static void await(FutureTask<Boolean> task, List<Exception> failures) {
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof Exception cause ? cause : e);
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            failures.add(new StoreException(Kind.FAILED, "interrupted while reading: read again"));
        }
    }
}
