package org.imageferry.catalog.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections to one catalog as it was when the first was made. Whoever takes the catalog for himself
/// ([PostgresOffline]) leaves it with another epoch: what a node that was cut off meanwhile holds in memory,
/// the master key above all, may not fit it any more, so it gets no connection.
///
/// A node that is connected can't miss it: as long as it is, nobody takes the catalog.
final class LoyalSource implements DataSource {
    /// What such a node is told: a class that PostgreSQL does not use.
    static final String REPLACED = "IF001";

    private static final long NONE = -1;

    private final DataSource source;
    private final AtomicLong epoch = new AtomicLong(NONE);

    LoyalSource(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        boolean same = false;
        try {
            long now = epoch(connection);
            epoch.compareAndSet(NONE, now);
            if (epoch.get() != now) {
                throw new SQLException("the catalog is another one", REPLACED);
            }
            same = true;
            return connection;
        } finally {
            if (!same) {
                connection.close();
            }
        }
    }

    private static long epoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select epoch from catalog_format")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException("the address says who we are");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        throw new UnsupportedOperationException("the driver does not log so");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
