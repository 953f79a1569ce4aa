package org.imageferry.catalog.jdbc;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.imageferry.catalog.CatalogException;

/// Lends a bounded number of sessions, in the order in which they were asked for; with one session
/// it is a fair lock. Opens them as they are needed, and puts a new one in the place of a broken one.
final class SessionPool implements AutoCloseable {
    private final int size;
    private final Semaphore permits;
    private final Supplier<Session> opener;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SessionPool(int size, Supplier<Session> opener) {
        this.size = size;
        this.permits = new Semaphore(size, true);
        this.opener = opener;
    }

    /// A pool of this one session. There is none that could take its place.
    static SessionPool of(Session only) {
        SessionPool pool =
                new SessionPool(
                        1,
                        () -> {
                            throw new CatalogException("the catalog in memory failed and is lost");
                        });
        pool.idle.add(only);
        return pool;
    }

    <T> T lend(Function<Session, T> use) {
        permits.acquireUninterruptibly();
        try {
            return lendOne(use);
        } finally {
            permits.release();
        }
    }

    private <T> T lendOne(Function<Session, T> use) {
        if (closed) {
            throw new IllegalStateException("the catalog is closed");
        }
        Session pooled = idle.pollFirst();
        Session session = pooled != null ? pooled : opener.get();
        try {
            return use.apply(session);
        } finally {
            if (session.broken()) {
                session.close();
            } else {
                idle.addFirst(session);
            }
        }
    }

    /// Waits until all sessions are back.
    @Override
    public void close() {
        permits.acquireUninterruptibly(size);
        closed = true;
        idle.forEach(Session::close);
        idle.clear();
        permits.release(size);
    }
}
