package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.function.Function;

/// Runs a transaction's work on a session: all of it, or nothing.
record Transactions(CatalogClock clock, Dialect dialect) {
    /// In a transaction for this work alone.
    <T> T alone(Session session, boolean writes, Function<Sql, T> work) {
        String begin = writes ? dialect.beginWriting() : dialect.beginReading();
        return alone(session, begin, writes, work);
    }

    /// @param begin the statement that begins it
    <T> T alone(Session session, String begin, boolean writes, Function<Sql, T> work) {
        try {
            session.begin(begin);
            T result = run(session, writes, work);
            session.commit();
            return result;
        } catch (SQLException e) {
            session.rollback(e);
            throw dialect.explain(e);
        } catch (Throwable e) {
            session.rollback(e);
            throw e;
        }
    }

    /// In a transaction that has begun. What the work throws undoes the work and nothing else.
    ///
    /// @throws SQLException if the whole transaction is lost
    <T> T within(Session session, Function<Sql, T> work) throws SQLException {
        session.mark();
        T result;
        try {
            result = run(session, true, work);
        } catch (Throwable e) {
            session.backToMark(e);
            throw e;
        }
        session.unmark();
        return result;
    }

    /// In a transaction that the caller begins and ends.
    <T> T run(Session session, boolean writes, Function<Sql, T> work) {
        try (Sql sql = new Sql(session, dialect, clock, writes)) {
            T result = work.apply(sql);
            sql.rethrow(); // also if the work went on regardless
            return result;
        }
    }
}
