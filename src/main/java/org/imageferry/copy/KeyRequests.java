package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.NamedKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.KeyAdministration;
import org.imageferry.records.AccountRecord;

/// Takes requests about the keys of an account in a region, and about what the account wants encrypted.
///
/// Where a change is asked for, the request's nonce is spent first, in a transaction of its own: the key
/// service has its own transactions. If the change fails after that, it is to be asked for anew.
public final class KeyRequests {
    private final Catalog catalog;
    private final Changes changes;
    private final KeyAdministration keys;
    private final Function<RegionId, KeyPolicy> policies;

    /// @param policies of every region that there is
    public KeyRequests(
            Catalog catalog,
            Changes changes,
            KeyAdministration keys,
            Function<RegionId, KeyPolicy> policies) {
        this.catalog = catalog;
        this.changes = changes;
        this.keys = keys;
        this.policies = policies;
    }

    /// A key is named by its id or one of its aliases.
    public record Named(RegionId region, String key) {}

    public KmsKey create(Caller caller, RegionId region, String description) {
        begin(caller, region);
        return keys.create(caller.account(), region, description);
    }

    public KmsKey describe(AccountId account, Named key) {
        check(key.region());
        return keys.describe(account, key.region(), key.key());
    }

    /// Oldest first, then by id.
    public List<KmsKey> list(AccountId account, RegionId region) {
        check(region);
        return keys.list(account, region);
    }

    public void enable(Caller caller, Named key) {
        begin(caller, key.region());
        keys.enable(caller.account(), key.region(), key.key());
    }

    public void disable(Caller caller, Named key) {
        begin(caller, key.region());
        keys.disable(caller.account(), key.region(), key.key());
    }

    public KmsKey scheduleDeletion(Caller caller, Named key, int days) {
        begin(caller, key.region());
        return keys.scheduleDeletion(caller.account(), key.region(), key.key(), days);
    }

    public void cancelDeletion(Caller caller, Named key) {
        begin(caller, key.region());
        keys.cancelDeletion(caller.account(), key.region(), key.key());
    }

    /// @param granted whether the image service may use the key from now on
    public void grant(Caller caller, Named key, boolean granted) {
        begin(caller, key.region());
        keys.grant(caller.account(), key.region(), key.key(), granted);
    }

    public void createAlias(Caller caller, KeyAlias alias, Named key) {
        begin(caller, key.region());
        keys.createAlias(caller.account(), key.region(), alias, key.key());
    }

    public void deleteAlias(Caller caller, RegionId region, KeyAlias alias) {
        begin(caller, region);
        keys.deleteAlias(caller.account(), region, alias);
    }

    /// By name.
    ///
    /// @param key only those of this key
    public List<NamedKey> aliases(AccountId account, RegionId region, Optional<String> key) {
        check(region);
        return keys.aliases(account, region, key);
    }

    public KeySettings settings(AccountId account) {
        return catalog.read(tables -> tables.encryption().settings(account));
    }

    /// Changes what the account may say itself: whether the image service may use the key service, and
    /// what is encrypted.
    ///
    /// @param service empty leaves it as it is
    /// @param encrypt empty leaves it as it is
    public KeySettings settle(
            Caller caller, Optional<Boolean> service, Optional<KeySettings.Encrypt> encrypt) {
        return changes.make(
                caller,
                tables -> {
                    KeySettings before = tables.encryption().settings(caller.account());
                    KeySettings after =
                            new KeySettings(
                                    service.orElse(before.service()),
                                    before.customerKeys(),
                                    encrypt.orElse(before.encrypt()));
                    tables.encryption().set(caller.account(), after);
                    AccountRecord.changed(tables, caller.account());
                    return after;
                });
    }

    private void begin(Caller caller, RegionId region) {
        check(region);
        changes.make(caller, _ -> region);
    }

    private void check(RegionId region) {
        if (!policies.apply(region).keys()) {
            throw new RefusedException(new Refusal.NoKeyService(region));
        }
    }
}
