package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.imageferry.catalog.CatalogException;

/// Lets transactions that wait for the only writer share one commit: what takes long is to have the
/// disk keep it, and that takes no longer for many than for one.
///
/// Of the threads that wait, one leads: it runs the transactions of all in the order in which they
/// came, each that joins within a savepoint, commits, and only then does any of them learn its result;
/// a refused one too, for what it was refused for may have been another's change. Where the whole is
/// lost, each runs again alone, so that none fails for what another did.
final class GroupCommit {
    /// So that the first does not wait for ever while others join.
    private static final int MOST = 64;

    private final SessionPool writers;
    private final Transactions transactions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ledOnce = lock.newCondition();
    private final Queue<Member<?>> waiting = new ArrayDeque<>();
    private boolean led;

    GroupCommit(SessionPool writers, Transactions transactions) {
        this.writers = writers;
        this.transactions = transactions;
    }

    <T> T run(Function<Sql, T> work) {
        Member<T> mine = new Member<>(work);
        lock.lock();
        try {
            waiting.add(mine);
            while (!mine.over) {
                if (led) {
                    ledOnce.awaitUninterruptibly();
                } else {
                    leadUnlocked();
                }
            }
        } finally {
            lock.unlock();
        }
        return mine.outcome.get();
    }

    private void leadUnlocked() {
        led = true;
        lock.unlock();
        List<Member<?>> group = new ArrayList<>();
        try {
            lead(group);
        } finally {
            lock.lock();
            group.forEach(member -> member.over = true);
            led = false;
            ledOnce.signalAll();
        }
    }

    private void lead(List<Member<?>> group) {
        try {
            if (!writers.lend(session -> together(session, group))) {
                group.forEach(this::alone);
            }
        } catch (RuntimeException | Error e) { // no session was to be had, or not even memory
            if (group.isEmpty()) {
                join(group);
            }
            group.forEach(member -> member.fail(e));
        }
    }

    /// The first needs no savepoint: if it fails, there is nothing else to keep. That spares it what
    /// SQLite does to be able to go back, which a large transaction feels.
    ///
    /// @return false if nothing of it was kept
    private boolean together(Session session, List<Member<?>> group) {
        try {
            session.begin(transactions.dialect().beginWriting());
            if (!join(group).orElseThrow().first(session, transactions)) {
                return true;
            }
            for (Optional<Member<?>> next = join(group); next.isPresent(); next = join(group)) {
                next.get().within(session, transactions);
            }
            session.commit();
            return true;
        } catch (SQLException e) {
            session.rollback(e);
            return false;
        } catch (RuntimeException | Error e) {
            session.rollback(e);
            throw e;
        }
    }

    /// Takes the next that waits into the group, if there is room.
    private Optional<Member<?>> join(List<Member<?>> group) {
        lock.lock();
        try {
            Optional<Member<?>> next =
                    group.size() < MOST ? Optional.ofNullable(waiting.poll()) : Optional.empty();
            next.ifPresent(group::add);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void alone(Member<?> member) {
        try {
            writers.lend(session -> {
                member.alone(session, transactions);
                return true;
            });
        } catch (RuntimeException | Error e) {
            member.fail(e);
        }
    }

    /// One thread's transaction.
    private static final class Member<T> {
        private final Function<Sql, T> work;

        private Supplier<T> outcome =
                () -> {
                    throw new IllegalStateException("a transaction ended without a result");
                };

        /// Guarded by the lock; whoever sees it set sees the outcome too.
        private boolean over;

        Member(Function<Sql, T> work) {
            this.work = work;
        }

        /// Ends the transaction if it fails.
        ///
        /// @return whether it did not
        boolean first(Session session, Transactions transactions) {
            try {
                T result = transactions.run(session, true, work);
                outcome = () -> result;
                return true;
            } catch (Throwable e) {
                session.rollback(e);
                fail(e);
                return false;
            }
        }

        /// @throws SQLException if the whole is lost, or might not have failed without the others
        void within(Session session, Transactions transactions) throws SQLException {
            try {
                T result = transactions.within(session, work);
                outcome = () -> result;
            } catch (SQLException e) {
                throw e;
            } catch (CatalogException e) {
                throw new SQLException(e);
            } catch (Throwable e) {
                fail(e);
            }
        }

        void alone(Session session, Transactions transactions) {
            T result = transactions.alone(session, true, work);
            outcome = () -> result;
        }

        void fail(Throwable e) {
            outcome =
                    () -> {
                        throw Member.<RuntimeException>asIs(e);
                    };
        }

        /// Work may throw what it does not declare, as it could without us.
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E asIs(Throwable e) throws E {
            throw (E) e;
        }
    }
}
