package org.imageferry.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.local.KeyRecords;
import org.imageferry.records.KeyRecord;

/// Keeps the keys of the embedded key service in the catalog, and a record of each in the store of its
/// region, so that these can be read again when the catalog is lost.
public record CatalogKeyRecords(Catalog catalog) implements KeyRecords {
    @Override
    public <T> T read(Function<Table, T> look) {
        return catalog.read(tables -> look.apply(new Keys(tables)));
    }

    @Override
    public <T> T change(Function<Table, T> change) {
        return catalog.write(tables -> change.apply(new Keys(tables)));
    }

    private record Keys(Tables tables) implements Table {
        @Override
        public Instant now() {
            return tables.now();
        }

        @Override
        public Optional<KmsKey> find(KeyId id) {
            return tables.kmsKeys().find(id);
        }

        @Override
        public Optional<WrappedKey> material(KeyId id) {
            return tables.kmsKeys().material(id);
        }

        @Override
        public List<KmsKey> list(AccountId account, RegionId region) {
            return tables.kmsKeys().list(account, region);
        }

        @Override
        public void insert(KmsKey key, WrappedKey material) {
            tables.kmsKeys().insert(key, material);
            KeyRecord.changed(tables, key.id());
        }

        @Override
        public void update(KmsKey key) {
            tables.kmsKeys().update(key);
            KeyRecord.changed(tables, key.id());
        }

        @Override
        public void delete(KeyId id) {
            KeyRecord.deleted(tables, id);
            tables.kmsKeys().delete(id);
        }

        @Override
        public List<KmsKey> pendingDeletion() {
            return tables.kmsKeys().pendingDeletion();
        }

        @Override
        public Optional<KeyId> find(AccountId account, RegionId region, KeyAlias alias) {
            return tables.kmsKeys().find(account, region, alias);
        }

        @Override
        public void insert(KeyAlias alias, KmsKey key) {
            tables.kmsKeys().insert(alias, key);
            KeyRecord.changed(tables, key.id());
        }

        @Override
        public void delete(AccountId account, RegionId region, KeyAlias alias) {
            Optional<KeyId> key = tables.kmsKeys().find(account, region, alias);
            tables.kmsKeys().delete(account, region, alias);
            key.ifPresent(of -> KeyRecord.changed(tables, of));
        }

        @Override
        public List<KeyAlias> aliases(KeyId key) {
            return tables.kmsKeys().aliases(key);
        }
    }
}
