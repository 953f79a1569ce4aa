package org.imageferry.catalog.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.imageferry.catalog.CatalogException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// One PostgreSQL database, and the connections to it, set up as the catalog needs them.
///
/// @param schema where the tables are, for who has the catalog for himself ([PostgresOffline]) and may
///     take his time; nodes find them in the schema that is the database's or their user's usual one
record PostgresDatabase(PostgresAddress address, Dialect dialect, Optional<String> schema) {
    /// By this name nodes are told from others who are connected.
    static final String NODE = "imageferry";

    private static final String OFFLINE = "imageferry offline";

    /// An advisory lock for each schema: held by who has the catalog for himself.
    private static final String LOCK = "1768321657, hashtext(current_schema())";

    static final String HOLD = "select pg_try_advisory_lock(" + LOCK + ")";

    static final String UNHOLD = "select pg_advisory_unlock(" + LOCK + ")";

    private static final String SCHEMA =
            "select current_schema() where current_schema() is not null";

    private static final String UNHELD =
            "select 1 where pg_try_advisory_xact_lock_shared(" + LOCK + ")";

    private static final int OLDEST = 140_000;
    private static final int CONNECT_SECONDS = 10;

    /// More than the longest that a statement may take.
    private static final int SILENCE_SECONDS = 45;

    /// A node that stops in the middle of a transaction must not keep others waiting. And what is looked
    /// for has an index: a table that is read as a whole, because it is small, would be in the way of
    /// every transaction that changes it.
    private static final String SERVER_SETTINGS =
            """
            -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s \
            -c enable_seqscan=off -c client_min_messages=error\
            """;

    private static final String OFFLINE_SETTINGS =
            "-c enable_seqscan=off -c client_min_messages=error -c lock_timeout=30s";

    static PostgresDatabase at(PostgresAddress address) {
        return new PostgresDatabase(
                address, new PostgresDialect(address.toString()), Optional.empty());
    }

    /// The same database, for who has it for himself.
    PostgresDatabase in(String itsSchema) {
        return new PostgresDatabase(address, dialect, Optional.of(itsSchema));
    }

    /// For a node, to the catalog as it is at the first connection: if somebody has it for himself later on,
    /// there are none any more.
    DataSource source() {
        PGSimpleDataSource source = plain();
        if (schema.isPresent()) {
            set(source, PGProperty.OPTIONS, OFFLINE_SETTINGS);
            return source;
        }
        set(source, PGProperty.OPTIONS, SERVER_SETTINGS);
        set(source, PGProperty.SOCKET_TIMEOUT, Integer.toString(SILENCE_SECONDS));
        return new LoyalSource(source);
    }

    /// Without limits: a migration may take its time, and so may waiting for that of another node.
    private PGSimpleDataSource plain() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(
                address.hosts().stream().map(PostgresAddress.Host::name).toArray(String[]::new));
        source.setPortNumbers(
                address.hosts().stream().mapToInt(PostgresAddress.Host::port).toArray());
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        address.password().ifPresent(source::setPassword);
        set(source, PGProperty.APPLICATION_NAME, schema.isPresent() ? OFFLINE : NODE);
        schema.ifPresent(name -> set(source, PGProperty.CURRENT_SCHEMA, name));
        set(source, PGProperty.CONNECT_TIMEOUT, Integer.toString(CONNECT_SECONDS));
        set(source, PGProperty.LOGIN_TIMEOUT, Integer.toString(2 * CONNECT_SECONDS));
        set(source, PGProperty.TCP_KEEP_ALIVE, "true");
        // else messages would show what is in the rows
        set(source, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        if (address.hosts().size() > 1) {
            set(source, PGProperty.TARGET_SERVER_TYPE, "primary");
        }
        secure(source);
        return source;
    }

    /// Certificates are checked against those that Java knows where no file is named.
    private void secure(PGSimpleDataSource source) {
        address.parameters().forEach((name, value) -> set(source, PGProperty.forName(name), value));
        boolean checked = address.parameters().getOrDefault("sslmode", "").startsWith("verify");
        if (checked && !address.parameters().containsKey("sslrootcert")) {
            set(source, PGProperty.SSL_FACTORY, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static void set(
            PGSimpleDataSource source, @Nullable PGProperty property, String value) {
        source.setProperty(Objects.requireNonNull(property), value);
    }

    /// Makes the tables, or brings those of an older version up to date. However many nodes do this at
    /// once, one of them does it, and the others wait.
    ///
    /// @throws CatalogException if it can't be used; the message says why
    void migrate() {
        long version = version();
        Migrations.refuseNewer(version, dialect);
        if (version < Migrations.NEWEST) {
            Migrations.run(plain(), dialect, Migrations.POSTGRESQL);
        }
    }

    /// The schema in which nodes find the tables, or would make them.
    String usualSchema() {
        Optional<String> usual = ask(sql -> sql.first(SCHEMA, row -> row.getString(1)));
        require(usual.isPresent(), "has no schema for this user: create one");
        return usual.orElseThrow();
    }

    /// The version of the tables, or 0 if there are none of the catalog's.
    ///
    /// @throws CatalogException if the database can't be used; the message says why
    long version() {
        return ask(this::usableVersion);
    }

    private long usableVersion(Sql sql) {
        requireUnheld(sql);
        require(
                sql.number("select current_setting('server_version_num')::bigint") >= OLDEST,
                "is on a PostgreSQL that is too old: use 14 or a newer one");
        require(
                sql.exists("select 1 where current_setting('server_encoding') = 'UTF8'"),
                "has another encoding than UTF8: create the database with that");
        require(
                sql.exists("select 1 where current_setting('synchronous_commit') <> 'off'"),
                "may lose what it committed: set synchronous_commit to on for it");
        boolean ours = sql.exists("select 1 where to_regclass('catalog_format') is not null");
        return ours ? sql.number("select version from catalog_format") : 0;
    }

    /// @throws CatalogException if someone has the catalog for himself
    void requireUnheld(Sql sql) {
        require(
                schema.isPresent() || sql.exists(UNHELD),
                "is being made anew, moved, or given another master key: wait until that has ended");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new CatalogException(dialect.subject() + " " + problem);
        }
    }

    /// On a connection of its own, so that it is heard at once what is wrong with it.
    private <T> T ask(Function<Sql, T> question) {
        try (Connection connection = plain().getConnection();
                Session session = new Session(connection, dialect);
                Sql sql = new Sql(session, dialect, _ -> Instant.EPOCH, false)) {
            return question.apply(sql);
        } catch (SQLException e) {
            throw explained(dialect, e);
        } catch (TransactionLostException e) {
            throw e.explained();
        }
    }

    /// What the failure means to who can't try again.
    static RuntimeException explained(Dialect dialect, SQLException failure) {
        return PostgresWrites.meant(dialect.explain(failure));
    }
}
