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
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.kms.local.MasterKeyFiles;
import org.imageferry.settings.CatalogPlace;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;

/// The master key of a data folder: opened when a server starts, rotated while none runs.
public final class MasterKeys {
    private final DataFolder folder;
    private final SecureRandom random;
    private final MasterKeyFiles files;

    MasterKeys(DataFolder folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
        this.files = new MasterKeyFiles(folder.masterKey(), random);
    }

    /// Makes a new master key and wraps with it what the one before wrapped.
    ///
    /// Three steps, each durable before the next: the new key's file, the catalog's one transaction, the
    /// new file in place of the old. [#open] ends what was broken off between them. Of a catalog in
    /// PostgreSQL no node may be running: each has a copy of the key in memory.
    ///
    /// @param data a data folder that no server uses
    /// @param config the server's, which says where the catalog is
    /// @throws IOException if it can't be done; the message says why and what to do. The catalog and the
    ///     key that fits it are there all the same
    public static Rewrapped rotate(Path data, Optional<Path> config) throws IOException {
        if (!Files.exists(data.resolve("catalog.db")) && !Files.exists(data.resolve("node"))) {
            throw new IOException(
                    data + " has no catalog: name the data folder of a server with --data");
        }
        try {
            Settings settings =
                    config.isPresent() ? Settings.read(config.get()) : Settings.DEFAULTS;
            CatalogPlace place = settings.in(System.getenv()).catalog();
            try (DataFolder folder = DataFolder.open(data)) {
                OpenedCatalog.requireFits(folder, place);
                MasterKeys keys = new MasterKeys(folder, new SecureRandom());
                return switch (place) {
                    case CatalogPlace.Embedded _ -> keys.rotate();
                    case CatalogPlace.Postgres(PostgresAddress address) -> keys.rotate(address);
                };
            }
        } catch (StartException | CatalogException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Rewrapped rotate() throws StartException, IOException {
        MasterKey present = open();
        try (Catalog catalog = catalog()) {
            return rotate(catalog, present);
        }
    }

    private Rewrapped rotate(PostgresAddress address) throws StartException, IOException {
        if (!Files.exists(folder.masterKey())) {
            throw new StartException(
                    folder.masterKey() + " is not there: give the command on a node that has it");
        }
        try (PostgresOffline offline = PostgresOffline.take(address, OpenedCatalog.threads())) {
            Optional<Catalog> there = offline.present(random);
            if (there.isEmpty()) {
                throw new StartException("there is no catalog in " + address);
            }
            try (Catalog catalog = there.get()) {
                String installation = catalog.read(tables -> tables.regions().installation());
                NodeFile _ = NodeFile.ensure(folder.node(), installation, random);
                return rotate(catalog, open(catalog));
            }
        }
    }

    private Rewrapped rotate(Catalog catalog, MasterKey present)
            throws StartException, IOException {
        WrappedSecrets secrets = new WrappedSecrets(catalog);
        if (!secrets.fit(present)) {
            throw Admission.otherKey(folder.masterKey());
        }
        Rewrapped rewrapped = rewrap(secrets, present, files.makeNext());
        files.replace();
        return rewrapped;
    }

    private static Rewrapped rewrap(WrappedSecrets secrets, MasterKey present, MasterKey next)
            throws StartException {
        try {
            return secrets.rewrap(present, next);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    e.getMessage()
                            + ": it is damaged, and nothing was changed; delete what it belongs to, or"
                            + " restore the data folder from a backup",
                    e);
        }
    }

    /// The key that fits the catalog; a new one if there is no catalog yet. Of a rotation that was broken
    /// off nothing is left.
    ///
    /// @throws StartException if the file is gone or can't be used
    MasterKey open() throws StartException {
        if (Files.exists(folder.catalog()) && !Files.exists(folder.masterKey())) {
            throw new StartException(
                    folder.masterKey()
                            + " is gone, and the secrets in the catalog can't be read without it:"
                            + " put back the one from a backup; a new one would be of no use");
        }
        if (!files.rotating()) {
            return present();
        }
        try (Catalog catalog = catalog()) {
            return open(catalog);
        }
    }

    /// The key that fits this catalog; a new one if there is no file.
    ///
    /// @throws StartException if the file can't be used
    MasterKey open(Catalog catalog) throws StartException {
        try {
            return files.rotating() ? files.settle(new WrappedSecrets(catalog)::fit) : present();
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private MasterKey present() throws StartException {
        try {
            return MasterKeyFile.openOrCreate(folder.masterKey(), random);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Catalog catalog() {
        return SqliteCatalog.open(folder.catalog(), InstantSource.system(), random);
    }
}
