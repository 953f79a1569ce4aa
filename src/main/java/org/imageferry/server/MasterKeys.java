package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.kms.local.MasterKeyFiles;

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
    /// new file in place of the old. [#open] ends what was broken off between them.
    ///
    /// @param data a data folder that no server uses
    /// @throws IOException if it can't be done; the message says why and what to do. The catalog and the
    ///     key that fits it are there all the same
    public static Rewrapped rotate(Path data) throws IOException {
        if (Files.exists(data.resolve("node"))) {
            throw new IOException(
                    data
                            + " is a node's of a catalog in PostgreSQL: its master key can't be rotated"
                            + " so far, for all nodes have the same");
        }
        if (!Files.exists(data.resolve("catalog.db"))) {
            throw new IOException(
                    data + " has no catalog: name the data folder of a server with --data");
        }
        try (DataFolder folder = DataFolder.open(data)) {
            return new MasterKeys(folder, new SecureRandom()).rotate();
        } catch (StartException | CatalogException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Rewrapped rotate() throws StartException, IOException {
        MasterKey present = open();
        try (Catalog catalog = catalog()) {
            WrappedSecrets secrets = new WrappedSecrets(catalog);
            if (!secrets.fit(present)) {
                throw Admission.otherKey(folder.masterKey());
            }
            Rewrapped rewrapped = rewrap(secrets, present, files.makeNext());
            files.replace();
            return rewrapped;
        }
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
        try {
            return files.rotating()
                    ? settled()
                    : MasterKeyFile.openOrCreate(folder.masterKey(), random);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private MasterKey settled() throws IOException {
        try (Catalog catalog = catalog()) {
            return files.settle(new WrappedSecrets(catalog)::fit);
        }
    }

    private Catalog catalog() {
        return SqliteCatalog.open(folder.catalog(), InstantSource.system(), random);
    }
}
