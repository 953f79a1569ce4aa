package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.catalog.CatalogException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// One SQLite file, and the connections to it, set up as the catalog needs them.
///
/// WAL: readers and the writer don't wait for each other. FULL: a commit is on the disk when it
/// returns. Source: sqlite.org, "Write-Ahead Logging" and "PRAGMA synchronous".
record SqliteDatabase(Path file, Dialect dialect) {
    /// As the first migration sets it.
    private static final int APPLICATION = 0x69667279;

    private static final int BUSY_MILLIS = 5_000;
    private static final int WRITER_CACHE_KIB = 16 << 10;
    private static final int READER_CACHE_KIB = 1 << 10;
    private static final int MOST_IDLE_WAL_BYTES = 64 << 20;

    static SqliteDatabase in(Path file) {
        return new SqliteDatabase(file, new SqliteDialect(file.toString()));
    }

    /// Makes the tables, or brings those of an older version up to date.
    ///
    /// @throws CatalogException if a newer version made them, or the file is something else
    void migrate() {
        long version = version();
        Migrations.refuseNewer(version, dialect);
        if (version < Migrations.NEWEST) {
            SQLiteConfig config = config(WRITER_CACHE_KIB);
            config.enforceForeignKeys(
                    false); // else a table could not be made anew; they are checked after
            Migrations.run(source(config, file.toString()), dialect, Migrations.SQLITE);
        }
    }

    /// @throws CatalogException if anything is wrong with the file
    void check() {
        try (Session session = writer();
                Sql sql = new Sql(session, dialect, _ -> Instant.EPOCH, false)) {
            List<String> faults = new ArrayList<>();
            faults.addAll(sql.list("pragma integrity_check(1)", row -> row.getString(1)));
            faults.remove("ok");
            faults.addAll(
                    sql.list(
                            "pragma foreign_key_check",
                            row ->
                                    "a row of "
                                            + row.getString(1)
                                            + " refers to what is not there"));
            if (!faults.isEmpty()) {
                throw new CatalogException(dialect.subject() + " is damaged: " + faults.getFirst());
            }
        }
    }

    /// Writes one state of the database to a new file, while others go on to use it. Source: sqlite.org,
    /// "VACUUM INTO".
    ///
    /// @throws CatalogException if that fails, or the tables are not those of this program
    void snapshot(Path into) {
        long version = version();
        Migrations.refuseNewer(version, dialect);
        if (version < Migrations.NEWEST) {
            throw new CatalogException(
                    dialect.subject()
                            + " is of an older imageferry: start its server once with this one");
        }
        try (Session session = writer();
                Sql sql = new Sql(session, dialect, _ -> Instant.EPOCH, true)) {
            sql.change("vacuum into ?", into);
        }
    }

    /// @return the version of the tables, or 0 if these are not the catalog's
    private long version() {
        try (Session session = writer();
                Sql sql = new Sql(session, dialect, _ -> Instant.EPOCH, false)) {
            boolean ours = sql.number("pragma application_id") == APPLICATION;
            return ours ? sql.number("pragma user_version") : 0;
        }
    }

    /// Its temporary files are files, small ones apart: what SQLite notes in memory to undo a savepoint
    /// is a list that it walks from the start with each statement.
    Session writer() {
        return session(config(WRITER_CACHE_KIB), List.of());
    }

    Session reader() {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return session(config, List.of("pragma query_only = on"));
    }

    private Session session(SQLiteConfig config, List<String> settings) {
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(MOST_IDLE_WAL_BYTES);
        try {
            Connection connection = source(config, file.toString()).getConnection();
            try (Statement statement = connection.createStatement()) {
                for (String setting : settings) {
                    statement.execute(setting);
                }
            }
            return new Session(connection, dialect);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    /// A new database in memory: a copy of a migrated one, which takes a fraction of a millisecond.
    static Session inMemory(Dialect dialect) {
        try {
            SQLiteConnection connection =
                    (SQLiteConnection) source(config(WRITER_CACHE_KIB), ":memory:").getConnection();
            connection.deserialize("main", Migrations.template());
            return new Session(connection, dialect);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    static SQLiteDataSource source(SQLiteConfig config, String name) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + name);
        return source;
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // else each insert is followed by a query for its row
        config.setCacheSize(-cacheKib); // negative: KiB instead of pages
        return config;
    }
}
