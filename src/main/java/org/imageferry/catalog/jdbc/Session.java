package org.imageferry.catalog.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A connection and its prepared statements. One thread at a time uses it.
final class Session implements AutoCloseable {
    /// More than all fixed statements; only lists with many kinds of filters push others out.
    private static final int MOST_STATEMENTS = 250;

    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private boolean broken;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /// Begins and ends are statements: the driver's own `commit` would begin the next transaction at
    /// once, and with that keep the writer's lock.
    void begin(String text) throws SQLException {
        run(text);
    }

    void commit() throws SQLException {
        run("commit");
    }

    /// @param text ends with a commit
    void commit(String text, String first, long second) throws SQLException {
        try {
            PreparedStatement statement = prepare(text);
            statement.setString(1, first);
            statement.setLong(2, second);
            statement.executeUpdate();
        } catch (SQLException e) {
            forget(text);
            throw e;
        }
    }

    /// Undoes the transaction. Where even that fails the session is broken: closing it undoes all.
    ///
    /// @param failure why; learns of what else went wrong
    void rollback(Throwable failure) {
        try {
            run("rollback");
        } catch (SQLException e) {
            if (!dialect.rolledBackAlready(e)) {
                broken = true;
                failure.addSuppressed(e);
            }
        }
    }

    /// Where [#backToMark] goes back to. There is one mark at a time.
    void mark() throws SQLException {
        run("savepoint mark");
    }

    /// Keeps what was done since the mark.
    void unmark() throws SQLException {
        run("release mark");
    }

    /// Undoes what was done since the mark.
    ///
    /// @param failure why
    /// @throws SQLException if there is no going back: the whole transaction is undone, or must be
    void backToMark(Throwable failure) throws SQLException {
        try {
            run("rollback to mark");
            run("release mark");
        } catch (SQLException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private void run(String text) throws SQLException {
        try {
            prepare(text).executeUpdate();
        } catch (SQLException e) {
            forget(text);
            throw e;
        }
    }

    boolean broken() {
        return broken;
    }

    /// Says that the connection is of no more use.
    void abandon() {
        broken = true;
    }

    PreparedStatement prepare(String text) throws SQLException {
        PreparedStatement known = statements.get(text);
        if (known != null) {
            return known;
        }
        if (statements.size() >= MOST_STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
        PreparedStatement made = connection.prepareStatement(text);
        statements.put(text, made);
        return made;
    }

    /// To be called when a statement failed: the driver has thrown away what it had compiled.
    void forget(String text) throws SQLException {
        PreparedStatement failed = statements.remove(text);
        if (failed != null) {
            failed.close();
        }
    }

    /// The statements prepared so far.
    Set<String> texts() {
        return Set.copyOf(statements.keySet());
    }

    @Override
    public void close() {
        try (connection) {
            for (Statement statement : statements.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            // All that was committed is durable already, and there is nothing to be done.
            broken = true;
        }
    }
}
