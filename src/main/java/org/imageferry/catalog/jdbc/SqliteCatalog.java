package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;

/// A catalog in one SQLite file, or in memory.
///
/// SQLite takes one writer at a time. So there is one connection that writes, which callers are given
/// in the order they came, and a few that read: in WAL mode neither waits for the other. In memory
/// there is one connection for all. Any number of threads may call.
public final class SqliteCatalog implements Catalog {
    private static final int READERS = 4;
    private static final int INSTALLATION_BYTES = 16;

    private final InstantSource clock;
    private final Dialect dialect;
    private final SessionPool writers;
    private final SessionPool readers;

    /// Bound while a thread is in one of this catalog's transactions.
    private final ScopedValue<Boolean> within = ScopedValue.newInstance();

    private SqliteCatalog(
            InstantSource clock, Dialect dialect, SessionPool writers, SessionPool readers) {
        this.clock = clock;
        this.dialect = dialect;
        this.writers = writers;
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
        return new SqliteCatalog(clock, database.dialect(), writers, readers).named(random);
    }

    /// An empty catalog in memory: as strict as one in a file, but gone once it is closed.
    public static SqliteCatalog inMemory(InstantSource clock, RandomGenerator random) {
        Dialect dialect = new SqliteDialect("in memory");
        SessionPool one = SessionPool.of(SqliteDatabase.inMemory(dialect));
        return new SqliteCatalog(clock, dialect, one, one).named(random);
    }

    private SqliteCatalog named(RandomGenerator random) {
        byte[] id = new byte[INSTALLATION_BYTES];
        random.nextBytes(id);
        try {
            within(
                    writers,
                    true,
                    sql ->
                            sql.change(
                                    "insert into installation values (1, ?) on conflict do nothing",
                                    HexFormat.of().formatHex(id)));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        return within(writers, true, sql -> work.apply(new JdbcTables(sql)));
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return within(readers, false, sql -> work.apply(new JdbcTables(sql)));
    }

    private <T> T within(SessionPool pool, boolean writes, Function<Sql, T> work) {
        refuseInside("can't begin inside another");
        return ScopedValue.where(within, true)
                .call(() -> pool.lend(session -> transact(session, writes, work)));
    }

    private <T> T transact(Session session, boolean writes, Function<Sql, T> work) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try (Sql sql = new Sql(session, dialect, now, writes)) {
            session.begin(writes);
            T result = work.apply(sql);
            sql.rethrow(); // also if the work went on regardless
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

    private void refuseInside(String why) {
        if (within.isBound()) {
            throw new IllegalStateException("a transaction of the catalog " + why);
        }
    }

    /// Waits for the transactions under way. Closing it twice is harmless.
    @Override
    public void close() {
        refuseInside("can't close it");
        readers.close();
        writers.close();
    }
}
