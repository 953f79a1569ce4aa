package org.imageferry.catalog.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// A catalog in a PostgreSQL database, for any number of nodes.
///
/// The time is the database's, so the nodes' clocks need not agree. Any number of threads may call; they
/// share a few connections.
public final class PostgresCatalog implements Catalog {
    private static final int MOST_READS = 3;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresPool pool;
    private final Transactions transactions;
    private final PostgresWrites writes;
    private final PostgresChannel channel;
    private final List<Consumer<RegionId>> listeners = new CopyOnWriteArrayList<>();
    private final Nesting nesting = new Nesting();

    private PostgresCatalog(
            PostgresDatabase database,
            PostgresPool pool,
            Transactions transactions,
            DataSource source,
            Executor executor,
            RandomGenerator random) {
        this.pool = pool;
        this.transactions = transactions;
        String node = nodeId();
        this.writes = new PostgresWrites(pool, transactions, new CommitMarks(node));
        String installation =
                writes.run(sql -> {
                    database.requireUnheld(sql); // again, for now we can be seen to be connected
                    CommitMarks.forget(sql);
                    return InstallationRow.ensure(sql, random);
                });
        PostgresChannel.Name name = new PostgresChannel.Name("imageferry_" + installation, node);
        this.channel =
                new PostgresChannel(
                        source,
                        executor,
                        name,
                        pool,
                        transactions,
                        region -> listeners.forEach(listener -> listener.accept(region)));
    }

    /// Opens the catalog in a database; makes its tables in an empty one, and brings older ones up to
    /// date.
    ///
    /// @param connections how many this node has at most, and one more to hear the other nodes
    /// @param random makes the installation's id
    /// @param executor runs what listens for other nodes, until the catalog is closed
    /// @throws CatalogException if it can't be reached or used, or was made by a newer version
    public static PostgresCatalog open(
            PostgresAddress address, int connections, RandomGenerator random, Executor executor) {
        return open(
                address, connections, random, executor, PATIENCE, PostgresCatalog::databaseClock);
    }

    /// @param patience how long to try to get a connection
    static PostgresCatalog open(
            PostgresAddress address,
            int connections,
            RandomGenerator random,
            Executor executor,
            Duration patience,
            CatalogClock clock) {
        return open(PostgresDatabase.at(address), connections, random, executor, patience, clock);
    }

    static PostgresCatalog open(
            PostgresDatabase database,
            int connections,
            RandomGenerator random,
            Executor executor,
            Duration patience,
            CatalogClock clock) {
        database.migrate();
        DataSource source = database.source();
        PostgresPool pool = new PostgresPool(source, connections, patience, database.dialect());
        Transactions transactions = new Transactions(clock, database.dialect());
        boolean opened = false;
        try {
            PostgresCatalog catalog =
                    new PostgresCatalog(database, pool, transactions, source, executor, random);
            catalog.channel.open();
            opened = true;
            return catalog;
        } finally {
            if (!opened) {
                pool.close();
            }
        }
    }

    /// From the database, so that no two have the same.
    private String nodeId() {
        return readOften(
                sql -> sql.list("select gen_random_uuid()", row -> row.getString(1)).getFirst());
    }

    static Instant databaseClock(Sql sql) {
        return Instant.ofEpochMilli(
                sql.number("select floor(extract(epoch from clock_timestamp()) * 1000)::bigint"));
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        Rung<T> rung = nesting.run(() -> writes.run(Rung.by(work)));
        rung.tell(listeners);
        channel.tell(rung.regions());
        return rung.result();
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return nesting.run(() -> readOften(sql -> work.apply(new JdbcTables(sql))));
    }

    private <T> T readOften(Function<Sql, T> work) {
        for (int i = 1; ; i++) {
            try {
                return pool.lend(session -> readOnce(session, work));
            } catch (TransactionLostException e) {
                if (i == MOST_READS) {
                    throw e.explained();
                }
            }
        }
    }

    /// After a failover, or a migration by a newer node, others of the pool are of no more use either.
    private <T> T readOnce(Session session, Function<Sql, T> work) {
        try {
            return transactions.alone(session, false, work);
        } catch (TransactionLostException e) {
            if (e.kind() == PostgresFailure.CONNECTION_STALE) {
                session.abandon();
            }
            throw e;
        }
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        listeners.add(listener);
    }

    /// Waits for the transactions under way. Closing it twice is harmless.
    @Override
    public void close() {
        nesting.refuse("can't close it");
        channel.close();
        pool.close();
    }
}
