package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A catalog in a PostgreSQL database that no node uses, and none can open until this is closed.
///
/// Who wants it for himself takes an advisory lock, and then looks whether any node is connected; a node
/// connects, and then looks whether anyone has the lock. So one of both sees the other. A node that was
/// cut off from the database all the time is not seen; that is why a new catalog's claims have numbers
/// that none of the old one's can have.
///
/// A new catalog is made in a schema of its own, beside the one in use. One transaction moves the old
/// tables away and the new ones into their place: whoever comes finds one of both, whole.
public final class PostgresOffline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresOffline.class);
    private static final String NEXT = "imageferry_next";
    private static final String KEPT = "imageferry_before_rebuild";
    private static final int MOST_KEPT = 1_000;
    private static final int CONNECTIONS = 4;

    /// The server needs a moment to notice that a node has ended.
    private static final int LOOKS = 25;

    private static final String REST = "select pg_sleep(0.2)";

    private static final String NODES =
            """
            select distinct coalesce(host(client_addr), 'this machine') from pg_stat_activity
            where datname = current_database() and application_name = ? order by 1
            """;

    private static final String TABLES =
            """
            select 1 from pg_class where relkind = 'r'
            and relnamespace = (select oid from pg_namespace where nspname = current_schema())
            """;

    /// So that nodes which were cut off all the time find out.
    private static final String EPOCH =
            """
            update catalog_format set epoch = (extract(epoch from clock_timestamp()) * 1000000)::bigint
            """;

    private static final String CLAIMS =
            """
            select setval(pg_get_serial_sequence('claim', 'id'),
                (extract(epoch from clock_timestamp()) * 1000)::bigint)
            """;

    private final PostgresDatabase live;
    private final Executor executor;
    private final CatalogClock clock;
    private final Session session;
    private final Transactions transactions;
    private boolean closed;

    private PostgresOffline(PostgresDatabase live, Executor executor, CatalogClock clock) {
        this.live = live;
        this.executor = executor;
        this.clock = clock;
        this.transactions = new Transactions(_ -> Instant.EPOCH, live.dialect());
        try {
            Connection connection = live.source().getConnection();
            this.session = new Session(connection, live.dialect());
        } catch (SQLException e) {
            throw PostgresDatabase.explained(live.dialect(), e);
        }
    }

    /// Takes the catalog, which need not be there yet.
    ///
    /// @param executor as for [PostgresCatalog#open]
    /// @throws CatalogException if nodes use it, or it can't be reached or used
    public static PostgresOffline take(PostgresAddress address, Executor executor) {
        return take(address, executor, PostgresCatalog::databaseClock);
    }

    static PostgresOffline take(PostgresAddress address, Executor executor, CatalogClock clock) {
        PostgresDatabase database = PostgresDatabase.at(address);
        boolean empty = database.version() == 0;
        PostgresOffline offline =
                new PostgresOffline(database.in(database.usualSchema()), executor, clock);
        boolean alone = false;
        try {
            offline.hold();
            offline.refuseForeign(empty);
            alone = true;
            return offline;
        } finally {
            if (!alone) {
                offline.close();
            }
        }
    }

    private void hold() {
        if (!transact(sql -> sql.first(PostgresDatabase.HOLD, row -> row.getBoolean(1)))
                .orElseThrow()) {
            throw failure("is in the hands of another command: wait until that has ended");
        }
        for (int i = 1; !nodes().isEmpty(); i++) {
            if (i == LOOKS) {
                requireNoNode();
            }
            boolean _ = transact(sql -> sql.exists(REST));
        }
    }

    private void refuseForeign(boolean noCatalog) {
        if (noCatalog && transact(sql -> sql.exists(TABLES))) {
            throw failure("holds something else: name an empty database or schema");
        }
    }

    private List<String> nodes() {
        return transact(sql -> sql.list(NODES, row -> row.getString(1), PostgresDatabase.NODE));
    }

    private void requireNoNode() {
        List<String> nodes = nodes();
        if (!nodes.isEmpty()) {
            throw failure(
                    "is in use: stop all servers on it first (connected from "
                            + String.join(", ", nodes)
                            + ")");
        }
    }

    private CatalogException failure(String problem) {
        return new CatalogException(live.dialect().subject() + " " + problem);
    }

    /// The catalog that is there; nothing if there is none.
    ///
    /// @throws CatalogException if it can't be used
    public Optional<Catalog> present(RandomGenerator random) {
        if (live.version() == 0) {
            return Optional.empty();
        }
        Catalog catalog = open(live, random);
        int _ = transact(sql -> sql.change(EPOCH));
        return Optional.of(catalog);
    }

    /// A new catalog beside it. Of one that was made before, and not put in its place, nothing is left.
    public Catalog next(RandomGenerator random) {
        boolean _ =
                transact(sql -> {
                    sql.change("drop schema if exists " + NEXT + " cascade");
                    sql.change("create schema " + NEXT);
                    return true;
                });
        return open(live.in(NEXT), random);
    }

    private Catalog open(PostgresDatabase database, RandomGenerator random) {
        return PostgresCatalog.open(
                database, CONNECTIONS, random, executor, PostgresCatalog.PATIENCE, clock);
    }

    /// Makes a new catalog beside it that holds all rows of the one in this SQLite file.
    ///
    /// @param sqlite of this program's version; nobody changes it meanwhile
    /// @return how many rows each table has: as many as in the file
    /// @throws CatalogException if it can't be done, or not all rows arrived
    public Map<String, Long> fill(Path sqlite, RandomGenerator random) {
        next(random).close();
        return new RowTransfer(sqlite, live.in(NEXT)).run();
    }

    /// Puts the new catalog, which is closed, in the place of the old one.
    ///
    /// @return the schema in which the old one is kept; nothing if there was none
    /// @throws CatalogException if it was not done, or its outcome is not known; then too one of both is
    ///     in place
    public Optional<String> swap() {
        requireNoNode();
        boolean there = live.version() > 0;
        return transact(sql -> {
            Optional<String> kept = there ? Optional.of(unused(sql)) : Optional.empty();
            kept.ifPresent(name -> {
                sql.change("create schema " + name);
                new Move(sql, usual(), name).all();
            });
            new Move(sql, NEXT, usual()).all();
            sql.change("drop schema " + NEXT);
            boolean _ = sql.exists(CLAIMS);
            return kept;
        });
    }

    private String usual() {
        return live.schema().orElseThrow();
    }

    private static String unused(Sql sql) {
        return IntStream.rangeClosed(1, MOST_KEPT)
                .mapToObj(i -> i == 1 ? KEPT : KEPT + "_" + i)
                .filter(name -> !sql.exists("select 1 from pg_namespace where nspname = ?", name))
                .findFirst()
                .orElseThrow(() ->
                        new CatalogException(
                                "there are too many schemas like " + KEPT + ": drop some"));
    }

    /// Moves what is ours out of one schema into another: of tables, sequences, functions and types those whose names
    /// the new catalog has. Tables take their indexes and sequences along.
    private record Move(Sql sql, String from, String to) {
        private static final String TABLES =
                """
                select format('alter table %I.%I set schema %I', ?, relname, ?) from pg_class
                where relnamespace = ?::regnamespace and relkind = 'r'
                    and relname in (select relname from pg_class where relnamespace = ?::regnamespace)
                """;

        /// Those that belong to no column.
        private static final String SEQUENCES =
                """
                select format('alter sequence %I.%I set schema %I', ?, relname, ?) from pg_class
                where relnamespace = ?::regnamespace and relkind = 'S'
                    and relname in (select relname from pg_class where relnamespace = ?::regnamespace)
                    and not exists (select 1 from pg_depend where classid = 'pg_class'::regclass
                        and objid = pg_class.oid and deptype in ('a', 'i'))
                """;

        private static final String FUNCTIONS =
                """
                select format('alter function %I.%I(%s) set schema %I',
                    ?, proname, pg_get_function_identity_arguments(oid), ?) from pg_proc
                where pronamespace = ?::regnamespace
                    and proname in (select proname from pg_proc where pronamespace = ?::regnamespace)
                """;

        private static final String TYPES =
                """
                select format('alter domain %I.%I set schema %I', ?, typname, ?) from pg_type
                where typnamespace = ?::regnamespace and typtype = 'd'
                    and typname in (select typname from pg_type where typnamespace = ?::regnamespace)
                """;

        void all() {
            for (String which : List.of(TABLES, SEQUENCES, FUNCTIONS, TYPES)) {
                String quoted = quoted(from);
                sql.list(which, row -> row.getString(1), from, to, quoted, NEXT)
                        .forEach(sql::change);
            }
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    private <T> T transact(Function<Sql, T> work) {
        try {
            return transactions.alone(session, "begin", true, work);
        } catch (TransactionLostException e) {
            throw e.explained();
        }
    }

    /// Lets nodes use the catalog again, at once if the server can still be asked to. Closing it twice is
    /// harmless.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try (session) {
                boolean _ = transact(sql -> sql.exists(PostgresDatabase.UNHOLD));
            } catch (CatalogException e) {
                LOG.atDebug().setCause(e).log("the connection was gone already");
            }
        }
    }
}
