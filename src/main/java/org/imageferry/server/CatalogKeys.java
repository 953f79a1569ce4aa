package org.imageferry.server;

import java.util.Optional;
import org.imageferry.catalog.Accounts;
import org.imageferry.catalog.Catalog;
import org.imageferry.ecs.Keys;
import org.imageferry.kms.MasterKey;

/// The access keys of the catalog, their secrets unwrapped by the master key when they are asked for.
final class CatalogKeys implements Keys {
    private final Catalog catalog;
    private final MasterKey master;

    CatalogKeys(Catalog catalog, MasterKey master) {
        this.catalog = catalog;
        this.master = master;
    }

    @Override
    public Optional<Credential> find(String accessKeyId) {
        return catalog.read(tables -> tables.accounts().key(accessKeyId)).map(this::credential);
    }

    private Credential credential(Accounts.AccessKey key) {
        String secret = master.unwrap(key.wrappedSecret(), context(key.id()));
        return new Credential(key.account(), new Secret(secret), key.active());
    }

    /// A wrapped secret is good for its own access key only.
    static String context(String accessKeyId) {
        return "access-key:" + accessKeyId;
    }
}
