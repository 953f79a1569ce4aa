package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;

/// The keys of the embedded key service. An alias is used once in an account and region.
public interface KmsKeys {
    Optional<KmsKey> find(KeyId id);

    /// The key itself, as the master key wrapped it.
    Optional<WrappedKey> material(KeyId id);

    /// Of all accounts and regions.
    List<KmsKey> all();

    /// Oldest first, then by id.
    List<KmsKey> list(AccountId account, RegionId region);

    void insert(KmsKey key, WrappedKey material);

    void update(KmsKey key);

    /// The same key, wrapped by another master key.
    void rewrap(KeyId id, WrappedKey material);

    /// Counts one change more of the key.
    ///
    /// @return how many there were, its making the first
    long raise(KeyId id);

    /// With its aliases.
    void delete(KeyId id);

    List<KmsKey> pendingDeletion();

    Optional<KeyId> find(AccountId account, RegionId region, KeyAlias alias);

    void insert(KeyAlias alias, KmsKey key);

    void delete(AccountId account, RegionId region, KeyAlias alias);

    /// By name.
    List<KeyAlias> aliases(KeyId key);
}
