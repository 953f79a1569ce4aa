package org.imageferry.catalog.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.imageferry.catalog.CatalogException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/// Brings a database's tables to the version that this program knows.
final class Migrations {
    /// The version of the last script.
    static final int NEWEST = 13;

    static final String SQLITE = "classpath:catalog/sqlite";
    static final String POSTGRESQL = "classpath:catalog/postgresql";

    private Migrations() {}

    /// @param version of the tables that are there
    /// @throws CatalogException if a newer program made them
    static void refuseNewer(long version, Dialect dialect) {
        if (version > NEWEST) {
            throw new CatalogException(
                    """
                    %s was made by a newer imageferry (its tables have version %d, this program knows \
                    %d): start the newer one, or restore the catalog from before\
                    """
                            .formatted(dialect.subject(), version, NEWEST));
        }
    }

    /// @throws CatalogException if the database holds something else, or can't be written
    ///
    /// @param scripts where they lie
    static void run(DataSource source, Dialect dialect, String scripts) {
        try {
            Flyway.configure().dataSource(source).locations(scripts).load().migrate();
        } catch (FlywayException e) {
            throw explain(e, dialect);
        }
    }

    private static RuntimeException explain(FlywayException failure, Dialect dialect) {
        return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
                .limit(10)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .map(dialect::explain)
                .orElseGet(() ->
                        new CatalogException(
                                dialect.subject()
                                        + " holds something else, or its tables were changed: "
                                        + dialect.ifForeign(),
                                failure));
    }

    /// The bytes of an empty, migrated database.
    static byte[] template() {
        return Template.BYTES;
    }

    /// Made when it is first asked for, and once.
    private static final class Template {
        static final byte[] BYTES = make();

        private static byte[] make() {
            try {
                Path folder = Files.createTempDirectory("imageferry");
                Path file = folder.resolve("template.db");
                try {
                    return migrated(file);
                } finally {
                    Files.deleteIfExists(file);
                    Files.delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] migrated(Path file) {
            Dialect dialect = new SqliteDialect(file.toString());
            DataSource source = SqliteDatabase.source(new SQLiteConfig(), file.toString());
            run(source, dialect, SQLITE);
            try (SQLiteConnection connection = (SQLiteConnection) source.getConnection()) {
                return connection.serialize("main");
            } catch (SQLException e) {
                throw dialect.explain(e);
            }
        }
    }
}
