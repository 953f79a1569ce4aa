package org.imageferry.server;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.PostgresCatalog;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.kms.MasterKey;
import org.imageferry.settings.CatalogPlace;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;

/// The catalog that a server found where its settings say, with the master key that fits it.
///
/// @param node names this process in the catalog's claims. Those of this name that are there at the start
///     are those of a process that is gone
/// @param alone whether no other process can use it
record OpenedCatalog(Catalog catalog, MasterKey master, String node, boolean alone) {
    /// The data folder has one owner, and its catalog has one node.
    static final String EMBEDDED = "embedded";

    /// @throws StartException if the folder and the catalog do not belong together
    static OpenedCatalog open(DataFolder folder, Settings settings, SecureRandom random)
            throws StartException {
        requireFits(folder, settings.catalog());
        return switch (settings.catalog()) {
            case CatalogPlace.Embedded _ -> embedded(folder, random);
            case CatalogPlace.Postgres(PostgresAddress address) ->
                    postgres(folder, address, settings, random);
        };
    }

    /// A folder has a catalog of its own, or is a node's of one elsewhere.
    ///
    /// @throws StartException if it is not as the settings have it
    static void requireFits(DataFolder folder, CatalogPlace place) throws StartException {
        switch (place) {
            case CatalogPlace.Embedded _ -> {
                if (NodeFile.find(folder.node()).isPresent()) {
                    throw new StartException(
                            folder.path()
                                    + " is a node's of a catalog in PostgreSQL: say where that is, by"
                                    + " 'catalog' in the settings or by the variable "
                                    + CatalogPlace.VARIABLE);
                }
            }
            case CatalogPlace.Postgres(PostgresAddress address) -> {
                if (Files.exists(folder.catalog())) {
                    throw new StartException(
                            folder.path()
                                    + " has a catalog of its own: name a new or empty folder with --data"
                                    + " for a node of "
                                    + address);
                }
            }
        }
    }

    /// For what a catalog in PostgreSQL does beside its callers.
    static Executor threads() {
        return task -> Thread.ofPlatform().daemon().name("catalog-", 0).start(task);
    }

    private static OpenedCatalog embedded(DataFolder folder, SecureRandom random)
            throws StartException {
        MasterKey master = new MasterKeys(folder, random).open();
        return new OpenedCatalog(
                SqliteCatalog.open(folder.catalog(), InstantSource.system(), random),
                master,
                EMBEDDED,
                true);
    }

    private static OpenedCatalog postgres(
            DataFolder folder, PostgresAddress address, Settings settings, SecureRandom random)
            throws StartException {
        Catalog catalog =
                PostgresCatalog.open(address, settings.catalogConnections(), random, threads());
        boolean fits = false;
        try {
            MasterKey master = master(folder, catalog, address, random);
            String installation = catalog.read(tables -> tables.regions().installation());
            String node = NodeFile.ensure(folder.node(), installation, random).name();
            if (settings.keepsImagesInFolder()) {
                new ImageFolder(settings.buckets().orElse(folder.buckets()))
                        .requireShared(catalog, random);
            }
            fits = true;
            return new OpenedCatalog(catalog, master, node, false);
        } finally {
            if (!fits) {
                catalog.close();
            }
        }
    }

    /// All nodes have one master key. Only the first may make it.
    private static MasterKey master(
            DataFolder folder, Catalog catalog, PostgresAddress address, SecureRandom random)
            throws StartException {
        WrappedSecrets secrets = new WrappedSecrets(catalog);
        if (!Files.exists(folder.masterKey()) && secrets.any()) {
            throw new StartException(
                    "the catalog "
                            + address
                            + " has a master key already: copy "
                            + folder.masterKey().getFileName()
                            + " from another node, or a backup, to "
                            + folder.masterKey());
        }
        MasterKey master = new MasterKeys(folder, random).open(catalog);
        if (!secrets.fit(master)) {
            throw new StartException(
                    folder.masterKey()
                            + " is not the key that wrapped the secrets in the catalog "
                            + address
                            + ": all its nodes need the same one, so copy it from another node");
        }
        return master;
    }
}
