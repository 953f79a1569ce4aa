package org.imageferry.catalog.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.imageferry.domain.RegionId;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other nodes of a catalog which regions' workers may find something to do, and hears it from
/// them: by NOTIFY, and by LISTEN on a connection of its own.
///
/// It is no part of the transaction that made the work: PostgreSQL commits those that notify one after
/// the other. While one notice is on its way, all that comes up becomes the next one.
final class PostgresChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresChannel.class);

    /// A notice may have 8,000 bytes, a region's id 64.
    private static final int MOST_REGIONS = 100;

    private static final int LOOK_MILLIS = 10_000;
    private static final int ANSWER_SECONDS = 5;
    private static final long REST_SECONDS = 1;

    private final DataSource source;
    private final Executor executor;
    private final Name name;
    private final PostgresPool pool;
    private final Transactions transactions;
    private final Consumer<RegionId> listener;
    private final Set<RegionId> untold = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean queued = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection listening;

    /// @param channel the catalog's
    /// @param node nobody else's: what it says itself it does not hear
    record Name(String channel, String node) {}

    /// @param source of the connection to hear on
    /// @param pool of connections to tell on
    /// @param listener is told what other nodes say; and of all regions, when something may have been missed
    PostgresChannel(
            DataSource source,
            Executor executor,
            Name name,
            PostgresPool pool,
            Transactions transactions,
            Consumer<RegionId> listener) {
        this.source = source;
        this.executor = executor;
        this.name = name;
        this.pool = pool;
        this.transactions = transactions;
        this.listener = listener;
    }

    void open() {
        executor.execute(this::hear);
    }

    /// Returns at once.
    void tell(Set<RegionId> regions) {
        untold.addAll(regions);
        if (!regions.isEmpty() && closed.getCount() > 0 && queued.compareAndSet(false, true)) {
            executor.execute(this::tellUntold);
        }
    }

    private void tellUntold() {
        queued.set(false);
        List<String> words = new ArrayList<>(List.of(name.node()));
        for (RegionId region : untold.stream().limit(MOST_REGIONS).toList()) {
            untold.remove(region);
            words.add(region.value());
        }
        try {
            ask(sql ->
                    sql.exists("select pg_notify(?, ?)", name.channel(), String.join(" ", words)));
        } catch (RuntimeException e) {
            warn("other nodes were not told of work, and will look for it a little later", e);
        }
        tell(Set.copyOf(untold));
    }

    private <T> T ask(Function<Sql, T> question) {
        return pool.lend(session -> transactions.run(session, false, question));
    }

    private void warn(String message, Exception cause) {
        if (closed.getCount() > 0) {
            LOG.atWarn().addKeyValue("reason", cause.getMessage()).log(message);
        }
    }

    private void hear() {
        try {
            boolean missed = false;
            do {
                try (Connection connection = source.getConnection()) {
                    listening = connection;
                    hear(connection, missed);
                } catch (SQLException | RuntimeException e) {
                    missed = true;
                    warn("can't hear other nodes, and look for work by ourselves", e);
                }
            } while (!closed.await(REST_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param missed whether there may have been notices that nobody heard
    private void hear(Connection connection, boolean missed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen \"" + name.channel() + "\"");
        }
        if (missed) {
            ask(sql -> new JdbcRegions(sql).all()).forEach(listener);
        }
        PGConnection ear = connection.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            PGNotification[] said = ear.getNotifications(LOOK_MILLIS);
            boolean nothing = said == null || said.length == 0;
            if (nothing && !connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("the connection is gone");
            }
            if (!nothing) {
                Arrays.stream(said).map(PGNotification::getParameter).forEach(this::heard);
            }
        }
    }

    private void heard(String notice) {
        List<String> words = List.of(notice.split(" ", -1));
        if (!words.getFirst().equals(name.node())) {
            words.stream().skip(1).map(RegionId::new).forEach(listener);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection connection = listening;
        if (connection != null) {
            try {
                connection.abort(executor);
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("the connection to hear on was gone already");
            }
        }
    }
}
