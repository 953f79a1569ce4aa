package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.PostgresOffline;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.settings.CatalogPlace;
import org.imageferry.settings.StartException;

/// Where the catalog is that is made anew, and the right to do that: nobody else uses it until this is
/// closed.
sealed interface RebuildPlace extends AutoCloseable {
    /// The catalog that is there; nothing if there is none.
    ///
    /// @throws CatalogException if it can't be used
    Optional<Catalog> present();

    /// A new catalog, empty, and not in place yet.
    Catalog next() throws IOException;

    /// Puts the new catalog, which is closed, in place, at once or not at all.
    ///
    /// @return where the old one is kept; nothing if there was none
    /// @throws CatalogException if the new one is damaged, or its place can't be reached
    Optional<String> swap() throws IOException;

    @Override
    void close();

    /// The catalog's name, for messages.
    @Override
    String toString();

    /// @param folder whose catalog it is, or whose node uses it
    /// @throws StartException if they do not belong together
    /// @throws CatalogException if the catalog is in use, or can't be reached
    static RebuildPlace of(DataFolder folder, CatalogPlace place, SecureRandom random)
            throws StartException {
        OpenedCatalog.requireFits(folder, place);
        return switch (place) {
            case CatalogPlace.Embedded _ -> new InFolder(folder.catalog(), random);
            case CatalogPlace.Postgres(PostgresAddress address) ->
                    new InPostgres(
                            address,
                            PostgresOffline.take(address, OpenedCatalog.threads()),
                            random);
        };
    }

    /// A file in the data folder, whose lock is held.
    record InFolder(Path file, SecureRandom random) implements RebuildPlace {
        private Path nextFile() {
            return file.resolveSibling(file.getFileName() + ".new");
        }

        @Override
        public Optional<Catalog> present() {
            return Files.exists(file) ? Optional.of(open(file)) : Optional.empty();
        }

        private Catalog open(Path its) {
            return SqliteCatalog.open(its, InstantSource.system(), random);
        }

        @Override
        public Catalog next() throws IOException {
            CatalogSwap.clear(nextFile());
            return open(nextFile());
        }

        @Override
        public Optional<String> swap() throws IOException {
            SqliteCatalog.check(nextFile());
            return new CatalogSwap(file, nextFile()).run().map(Path::toString);
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /// A database that no node uses.
    record InPostgres(PostgresAddress address, PostgresOffline offline, SecureRandom random)
            implements RebuildPlace {
        @Override
        public Optional<Catalog> present() {
            return offline.present(random);
        }

        @Override
        public Catalog next() {
            return offline.next(random);
        }

        @Override
        public Optional<String> swap() {
            return offline.swap().map(schema -> "schema " + schema + " of " + address);
        }

        @Override
        public void close() {
            offline.close();
        }

        @Override
        public String toString() {
            return "the catalog " + address;
        }
    }
}
