package org.imageferry.server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Secret;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Webhooks;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.UserId;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.events.WebhookSecret;
import org.imageferry.kms.MasterKey;
import org.imageferry.records.KeyRecord;
import org.imageferry.records.OwnerRecord;

/// All that the master key wraps in a catalog: the secrets of access keys and webhooks, and the keys of the
/// embedded key service. One key wraps all of it, so one piece tells which.
record WrappedSecrets(Catalog catalog) {
    /// Whether the key unwraps what the catalog holds. Any does if that is nothing.
    boolean fit(MasterKey key) {
        return catalog.read(tables -> fit(tables, key));
    }

    /// Whether there is anything that a master key has wrapped.
    boolean any() {
        return catalog.read(tables ->
                tables.accessKeys().oldest().isPresent() || !tables.kmsKeys().all().isEmpty());
    }

    private static boolean fit(Tables tables, MasterKey key) {
        try {
            Optional<AccessKeys.Kept> oldest = tables.accessKeys().oldest();
            if (oldest.isPresent()) {
                CatalogKeys.unwrap(key, oldest.get());
                return true;
            }
            List<KmsKey> keys = tables.kmsKeys().all();
            if (!keys.isEmpty()) {
                unwrap(tables, keys.getFirst().id(), key);
            }
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Wraps all of it anew, in one transaction, and enters the records of keys for their stores.
    ///
    /// @throws IllegalArgumentException if `present` does not unwrap all; then nothing is changed
    Rewrapped rewrap(MasterKey present, MasterKey next) {
        return catalog.write(tables -> {
            List<AccessKeys.Kept> secrets = tables.accessKeys().all();
            secrets.forEach(kept -> rewrap(tables, kept, present, next));
            tables.webhooks().all().forEach(kept -> rewrap(tables, kept, present, next));
            owners(secrets).forEach(key -> OwnerRecord.changed(tables, key));
            List<KmsKey> keys = tables.kmsKeys().all();
            keys.forEach(key -> rewrap(tables, key.id(), present, next));
            return new Rewrapped(secrets.size(), keys.size());
        });
    }

    /// One key of each.
    private static Collection<AccessKey> owners(List<AccessKeys.Kept> secrets) {
        record Owner(AccountId account, Optional<UserId> user) {}
        Map<Owner, AccessKey> owners = new LinkedHashMap<>();
        secrets.stream()
                .map(AccessKeys.Kept::key)
                .forEach(key -> owners.putIfAbsent(new Owner(key.account(), key.user()), key));
        return owners.values();
    }

    private static void rewrap(
            Tables tables, AccessKeys.Kept kept, MasterKey present, MasterKey next) {
        AccessKeyId id = kept.key().id();
        Secret secret = CatalogKeys.unwrap(present, kept);
        tables.accessKeys().rewrap(id, CatalogKeys.wrap(next, id, secret));
    }

    private static void rewrap(
            Tables tables, Webhooks.Kept kept, MasterKey present, MasterKey next) {
        WebhookId id = kept.webhook().id();
        WebhookSecret secret = WebhookSecret.unwrap(present, kept);
        tables.webhooks().rewrap(id, secret.wrap(next, id));
    }

    private static void rewrap(Tables tables, KeyId id, MasterKey present, MasterKey next) {
        String wrapped = next.wrap(unwrap(tables, id, present), MasterKey.contextOf(id));
        tables.kmsKeys().rewrap(id, new WrappedKey(wrapped));
        KeyRecord.changed(tables, id);
    }

    private static String unwrap(Tables tables, KeyId id, MasterKey key) {
        WrappedKey material = tables.kmsKeys().material(id).orElseThrow();
        return key.unwrap(material.text(), MasterKey.contextOf(id));
    }
}
