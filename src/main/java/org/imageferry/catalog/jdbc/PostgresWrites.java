package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.function.Function;
import org.imageferry.catalog.CatalogException;

/// Runs transactions that write, again if need be: see [PostgresDialect] for how that comes to an end.
final class PostgresWrites {
    /// A server that fails over, or is started again, costs each connection one try.
    private static final int MOST_LOST_CONNECTIONS = 2;

    private static final int MOST_QUESTIONS = 2;

    private final PostgresPool pool;
    private final Transactions transactions;
    private final CommitMarks marks;

    PostgresWrites(PostgresPool pool, Transactions transactions, CommitMarks marks) {
        this.pool = pool;
        this.transactions = transactions;
        this.marks = marks;
    }

    /// How one try ended. What it threw, and meant, is thrown.
    private sealed interface Try<T> {
        record Done<T>(T result) implements Try<T> {}

        record Again<T>(RuntimeException failure) implements Try<T> {}

        /// The connection was lost while it was being committed.
        record Unanswered<T>(T result, CommitMarks.Slot slot, SQLException failure)
                implements Try<T> {}
    }

    <T> T run(Function<Sql, T> work) {
        int lost = 0;
        Iterator<String> begins = PostgresDialect.WRITES.iterator();
        while (true) {
            String begin = begins.next();
            RuntimeException failure;
            switch (pool.lend(session -> attempt(session, begin, work))) {
                case Try.Done<T>(T result) -> {
                    return result;
                }
                case Try.Unanswered<T> unanswered -> {
                    if (committed(unanswered)) {
                        return unanswered.result();
                    }
                    failure = transactions.dialect().explain(unanswered.failure());
                }
                case Try.Again<T>(RuntimeException why) -> failure = why;
            }
            lost += isConflict(failure) ? 0 : 1;
            if (!begins.hasNext() || lost > MOST_LOST_CONNECTIONS) {
                throw meant(failure);
            }
        }
    }

    private static boolean isConflict(RuntimeException failure) {
        return !(failure instanceof TransactionLostException lost)
                || lost.kind() == PostgresFailure.CONFLICT;
    }

    static RuntimeException meant(RuntimeException failure) {
        return failure instanceof TransactionLostException lost ? lost.explained() : failure;
    }

    private record Worked<T>(T result, boolean changed) {}

    private <T> Try<T> attempt(Session session, String begin, Function<Sql, T> work) {
        Worked<T> worked;
        try {
            session.begin(begin);
            worked = transactions.run(session, true, sql -> worked(sql, work));
        } catch (SQLException e) {
            session.rollback(e);
            return again(session, transactions.dialect().explain(e));
        } catch (TransactionLostException | BrokenRuleException e) {
            session.rollback(e);
            return again(session, e);
        } catch (Throwable e) {
            session.rollback(e);
            throw e;
        }
        return commit(session, worked);
    }

    /// A work that hides that a statement failed, and throws something else for it, is not believed.
    private static <T> Worked<T> worked(Sql sql, Function<Sql, T> work) {
        try {
            return new Worked<>(work.apply(sql), sql.changedAnything());
        } catch (RuntimeException e) {
            sql.rethrow();
            throw e;
        }
    }

    private static <T> Try<T> again(Session session, RuntimeException failure) {
        switch (failure) {
            case BrokenRuleException _ -> {}
            case TransactionLostException lost -> {
                if (lost.kind() == PostgresFailure.CONNECTION_STALE) {
                    session.abandon();
                }
            }
            default -> throw failure;
        }
        return new Try.Again<>(failure);
    }

    private <T> Try<T> commit(Session session, Worked<T> worked) {
        CommitMarks.Slot slot = marks.borrow();
        try {
            if (worked.changed()) {
                marks.commit(session, slot);
            } else {
                session.commit();
            }
        } catch (SQLException e) {
            session.rollback(e);
            if (worked.changed() && PostgresFailure.of(e).losesConnection()) {
                return new Try.Unanswered<>(worked.result(), slot, e);
            }
            marks.giveBack(slot);
            return again(session, transactions.dialect().explain(e));
        }
        marks.giveBack(slot);
        return new Try.Done<>(worked.result());
    }

    /// @throws CatalogException if there is no way to find out
    private boolean committed(Try.Unanswered<?> unanswered) {
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            try {
                return pool.lend(session ->
                        transactions.run(
                                session, true, sql -> marks.committed(sql, unanswered.slot())));
            } catch (TransactionLostException | CatalogException e) {
                unanswered.failure().addSuppressed(e);
            }
        }
        throw CatalogException.ofUnknownOutcome(
                transactions.dialect().subject()
                        + " could not be reached while it was changed: the change may have been made,"
                        + " or not. See what is there before you try again",
                unanswered.failure());
    }
}
