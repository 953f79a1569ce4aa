package org.imageferry.catalog.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.sql.DataSource;
import org.imageferry.catalog.CatalogException;
import org.jspecify.annotations.Nullable;

/// Lends connections to one PostgreSQL, a bounded number at a time, in the order in which they were
/// asked for. Those that broke are replaced.
final class PostgresPool implements AutoCloseable {
    /// Each waits so long at a time, and then hears what became of the last attempt.
    private static final Duration TURN = Duration.ofSeconds(1);

    private final int size;
    private final Duration patience;
    private final Dialect dialect;
    private final Semaphore permits;
    private final HikariDataSource connections;
    private volatile @Nullable CatalogException replaced;

    /// @param patience how long to try to get a connection
    PostgresPool(DataSource source, int size, Duration patience, Dialect dialect) {
        this.size = size;
        this.patience = patience;
        this.dialect = dialect;
        this.permits = new Semaphore(size, true);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("catalog");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(shorter(TURN, patience).toMillis());
        config.setInitializationFailTimeout(-1); // who opened the catalog had a connection already
        this.connections = new HikariDataSource(config);
    }

    <T> T lend(Function<Session, T> use) {
        permits.acquireUninterruptibly();
        try {
            if (connections.isClosed()) {
                throw new IllegalStateException("the catalog is closed");
            }
            return lendOne(use);
        } finally {
            permits.release();
        }
    }

    private <T> T lendOne(Function<Session, T> use) {
        Connection connection = connect();
        Session session = new Session(connection, dialect);
        try {
            return use.apply(session);
        } finally {
            if (session.broken()) { // and so are others, if the server was started again
                connections.evictConnection(connection);
                connections.getHikariPoolMXBean().softEvictConnections();
            }
            session.close();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Tries for as long as there is patience. A catalog that is another one now stays so, and nobody tries any
    /// more.
    private Connection connect() {
        for (long turns = Math.ceilDiv(patience.toNanos(), TURN.toNanos()); ; turns--) {
            refuseReplaced();
            try {
                return connections.getConnection();
            } catch (SQLException e) {
                RuntimeException failure = PostgresDatabase.explained(dialect, cause(e));
                if (failure instanceof CatalogException gone && gone.replaced()) {
                    replaced = gone;
                } else if (connections.isClosed() || turns <= 1) {
                    throw failure;
                }
            }
        }
    }

    private void refuseReplaced() {
        CatalogException gone = replaced;
        if (gone != null) {
            throw CatalogException.ofReplaced(String.valueOf(gone.getMessage()), gone);
        }
    }

    /// What the pool says of a failure is of no use; the last connection's own is its cause.
    private static SQLException cause(SQLException failure) {
        return failure.getCause() instanceof SQLException cause ? cause : failure;
    }

    /// Waits until all connections are back.
    @Override
    public void close() {
        permits.acquireUninterruptibly(size);
        connections.close();
        permits.release(size);
    }
}
