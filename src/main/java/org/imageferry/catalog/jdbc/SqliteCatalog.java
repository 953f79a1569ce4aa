package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// A catalog in one SQLite file, or in memory.
///
/// SQLite takes one writer at a time. So there is one connection that writes, for the callers in the
/// order they came, several of them in one commit ([GroupCommit]); and a few that read: in WAL mode
/// neither waits for the other. In memory there is one connection for all. Any number of threads may
/// call.
public final class SqliteCatalog implements Catalog {
    /// More than there are cores: who reads may have to wait for the disk, and then holds its session.
    private static final int READERS = 12;

    private final Transactions transactions;
    private final SessionPool writers;
    private final GroupCommit group;
    private final SessionPool readers;

    private final List<Consumer<RegionId>> listeners = new CopyOnWriteArrayList<>();

    private final Nesting nesting = new Nesting();

    private SqliteCatalog(Transactions transactions, SessionPool writers, SessionPool readers) {
        this.transactions = transactions;
        this.writers = writers;
        this.group = new GroupCommit(writers, transactions);
        this.readers = readers;
    }

    /// Opens the catalog in `file`; makes it if there is none, and brings an older one up to date.
    ///
    /// @param random makes the installation's id
    /// @throws CatalogException if it can't be opened, is damaged or was made by a newer version
    public static SqliteCatalog open(Path file, InstantSource clock, RandomGenerator random) {
        SqliteDatabase database = SqliteDatabase.in(file.toAbsolutePath());
        database.migrate();
        SessionPool writers = new SessionPool(1, database::writer);
        SessionPool readers = new SessionPool(READERS, database::reader);
        return new SqliteCatalog(
                        new Transactions(_ -> clock.instant(), database.dialect()),
                        writers,
                        readers)
                .named(random);
    }

    /// Looks whether the catalog in `file`, which nobody has open, is in order: its pages, its indexes, and
    /// that what refers to something finds it.
    ///
    /// @throws CatalogException if it is not
    public static void check(Path file) {
        SqliteDatabase.in(file.toAbsolutePath()).check();
    }

    /// Writes what the catalog in `file` holds now to the new file `into`: one state of it, while a server
    /// goes on to use it.
    ///
    /// @throws CatalogException if that fails, or an older or newer version made it
    public static void snapshot(Path file, Path into) {
        SqliteDatabase.in(file.toAbsolutePath()).snapshot(into.toAbsolutePath());
    }

    /// An empty catalog in memory: as strict as one in a file, but gone once it is closed.
    public static SqliteCatalog inMemory(InstantSource clock, RandomGenerator random) {
        Dialect dialect = new SqliteDialect("in memory");
        SessionPool one = SessionPool.of(SqliteDatabase.inMemory(dialect));
        return new SqliteCatalog(new Transactions(_ -> clock.instant(), dialect), one, one)
                .named(random);
    }

    private SqliteCatalog named(RandomGenerator random) {
        try {
            group.run(sql -> InstallationRow.ensure(sql, random));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        Rung<T> rung = nesting.run(() -> group.run(Rung.by(work)));
        rung.tell(listeners);
        return rung.result();
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return nesting.run(() ->
                readers.lend(session ->
                        transactions.alone(
                                session, false, sql -> work.apply(new JdbcTables(sql)))));
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        listeners.add(listener);
    }

    /// Waits for the transactions under way. Closing it twice is harmless.
    @Override
    public void close() {
        nesting.refuse("can't close it");
        readers.close();
        writers.close();
    }
}
