package org.imageferry.catalog.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL that is started when the first test needs it and lives as long as this process; each test
/// has a database for itself.
public final class TestPostgres {
    /// For tests that are not about how many.
    private static final int CONNECTIONS = 12;

    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Migrated and empty, from tests that are over.
    private static final Queue<PostgresAddress> FREE = new ConcurrentLinkedQueue<>();

    /// Without triggers and references, so in any order. What the migrations wrote stays.
    private static final String EMPTY =
            """
            set session_replication_role = replica;
            do $$ declare its_name text; begin
                for its_name in select tablename from pg_tables where schemaname = 'public'
                    and tablename not in ('catalog_format', 'image_state', 'task_action',
                        'flyway_schema_history')
                loop execute 'delete from ' || its_name; end loop;
            end $$
            """;

    private TestPostgres() {}

    private static final class Server {
        /// No test cuts the power.
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "64MB")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// A database with the newest tables, from which others are copied.
        static final String TEMPLATE = template();

        private static String template() {
            PostgresAddress address = create("");
            PostgresDatabase.at(address).migrate();
            return address.database();
        }

        private static PostgresAddress create(String template) {
            String name = "test_" + COUNT.incrementAndGet();
            execute("create database " + name + template);
            return new PostgresAddress(
                    List.of(new PostgresAddress.Host("127.0.0.1", POSTGRES.getPort())),
                    name,
                    "postgres",
                    Map.of(),
                    Optional.of("postgres"));
        }
    }

    /// A new database without tables.
    public static PostgresAddress empty() {
        return Server.create("");
    }

    /// A database with the newest tables, and nothing in them.
    public static PostgresAddress migrated() {
        PostgresAddress free = FREE.poll();
        return free != null ? free : Server.create(" template " + Server.TEMPLATE);
    }

    /// To be called when nobody uses the database any more, and its tables are as they were made.
    public static void giveBack(PostgresAddress address) {
        execute(address.database(), EMPTY);
        FREE.add(address);
    }

    public static void drop(PostgresAddress address) {
        execute("drop database " + address.database() + " with (force)");
    }

    /// Runs statements as the server's administrator.
    public static void execute(String text) {
        execute("postgres", text);
    }

    public static void execute(String database, String text) {
        try (Connection connection =
                        Server.POSTGRES.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /// How many rows a table has.
    public static long count(PostgresAddress address, String table) {
        try (Connection connection =
                        Server.POSTGRES
                                .getDatabase("postgres", address.database())
                                .getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
    }

    /// As JDBC has it.
    public static String url(PostgresAddress address) {
        return "jdbc:postgresql://%s/%s?user=%s"
                .formatted(address.hosts().getFirst(), address.database(), address.user());
    }

    /// From now on asks this user for his password; all others are let in without.
    static void guard(String user) {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet file = statement.executeQuery("show hba_file")) {
            file.next();
            Path rules = Path.of(file.getString(1));
            String before = Files.readString(rules);
            Files.writeString(rules, "host all " + user + " 127.0.0.1/32 scram-sha-256\n" + before);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        execute("select pg_reload_conf()");
    }

    /// A thread for each.
    public static Executor threads() {
        return task -> Thread.ofPlatform().daemon().start(task);
    }

    /// The same database, but reached by another port of this machine.
    public static PostgresAddress at(int port, PostgresAddress address) {
        return new PostgresAddress(
                List.of(new PostgresAddress.Host("127.0.0.1", port)),
                address.database(),
                address.user(),
                address.parameters(),
                address.password());
    }

    /// A catalog on this clock.
    public static PostgresCatalog open(PostgresAddress address, InstantSource clock) {
        return PostgresCatalog.open(
                address,
                CONNECTIONS,
                new Random(1),
                threads(),
                Duration.ofSeconds(30),
                _ -> clock.instant());
    }

    /// The catalog for himself alone, on this clock.
    public static PostgresOffline take(PostgresAddress address, InstantSource clock) {
        return PostgresOffline.take(address, threads(), _ -> clock.instant());
    }

    /// A catalog that soon gives up to connect.
    static PostgresCatalog open(PostgresAddress address, Duration patience) {
        return PostgresCatalog.open(
                address,
                CONNECTIONS,
                new Random(1),
                threads(),
                patience,
                PostgresCatalog::databaseClock);
    }

    /// A catalog on the database's own clock.
    public static PostgresCatalog open(PostgresAddress address) {
        return PostgresCatalog.open(address, CONNECTIONS, new Random(1), threads());
    }
}
